"""What was seen when a level was decided, as one text with its hash, and each piece of evidence as it then was."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from enum import Enum
from typing import Any

from sightline.core.signals import Bearing
from sightline.groups.models import Office
from sightline.indicators.models import Signal
from sightline.indicators.queries import catalogue
from sightline.intelligence.models import Item, Passage
from sightline.profiles.models import CommissionerEntry, OtherProcess, Profile, ProviderEntry
from sightline.surveillance.models import Evidence, FrozenEvidence, LevelProposal
from sightline.surveillance.queries.moving import Judged, newest_statement
from sightline.surveillance.words import EvidenceKind

_BEARS = {Bearing.CONCERN: "worse", Bearing.IMPROVEMENT: "better", Bearing.NEITHER: "neither better nor worse"}


def canonical(content: Any) -> str:
    """This function will write anything down in the one way in which it can be written, so that its hash means it."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)


def sha256_of(text: str) -> str:
    """This function will give the hash of a text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def frozen_evidence(proposal: LevelProposal) -> list[FrozenEvidence]:
    """This function will freeze each piece on which a proposal rests, one row each and not saved yet.

    Of a signal it keeps the words. Intelligence, profiles and other processes keep their own handling, so that of those
    it keeps which record it was, and a hash that tells whether it has changed since.
    """
    found = {one.key: one for one in _of_concern(proposal)}
    if proposal.profile is not None:
        one = _of_profile(proposal.profile)
        found[one.key] = one
    if proposal.other_process is not None:
        one = _of_process(proposal.other_process)
        found[one.key] = one
    return [found[key] for key in sorted(found)]


def snapshot_of(
    proposal: LevelProposal, judged: Judged, office: Office, evidence: list[FrozenEvidence], on: date
) -> str:
    """This function will write down everything that whoever decided had before them (REC-05, FRW-01)."""
    statement = newest_statement(proposal.concern)
    move = asdict(judged.move)
    return canonical(
        {
            "rules": {"pack": judged.guidance.pack, "version": judged.guidance.version},
            "decided_on": on,
            "subject": {"id": judged.facts.id, "name": judged.facts.name, "organisation": judged.facts.organisation},
            "process_lead": judged.facts.process_lead,
            "case": asdict(judged.facts.case),
            "case_when_proposed": json.loads(proposal.case or "{}"),
            "stood_at": {"level": judged.standing.level.id, "since": judged.standing.since},
            "concern": {"id": proposal.concern_id, "statement": statement.number, "says": statement.says}
            if statement
            else None,
            "move": move,
            "authority": judged.authority.id if judged.authority else "",
            "decided_as": asdict(judged.decided) if judged.decided else None,
            "office": {
                "id": office.pk, "slot": office.slot, "organisation": office.organisation.code,
                "held_from": office.valid_from, "ends_on": office.ends_on,
            },
            "remarks": [asdict(one) for one in judged.remarks],
            "region_answers": [
                {"region": one.organisation.code, "is_agreed": one.is_agreed, "says": one.says, "on": one.said_on}
                for one in proposal.region_answers.all()
            ],
            "evidence": [{"kind": one.kind, "key": one.key, "sha256": one.sha256} for one in evidence],
        }
    )  # fmt: skip


def _of_concern(proposal: LevelProposal) -> Iterator[FrozenEvidence]:
    if proposal.concern is None:
        return
    rows = Evidence.objects.filter(concern=proposal.concern, removal=None)
    for one in rows.select_related("signal", "item", "profile", "other_process"):
        yield _of_piece(one)


def _of_piece(one: Evidence) -> FrozenEvidence:
    match EvidenceKind(one.kind):
        case EvidenceKind.SIGNAL:
            assert one.signal is not None
            return _of_signal(one.signal)
        case EvidenceKind.INTELLIGENCE:
            assert one.item is not None
            return _of_item(one.item)
        case EvidenceKind.PROFILE:
            assert one.profile is not None
            return _of_profile(one.profile)
        case EvidenceKind.OTHER_PROCESS:
            assert one.other_process is not None
            return _of_process(one.other_process)


def _of_signal(signal: Signal) -> FrozenEvidence:
    says = signal_in_words(signal)
    facts = [signal.measure, signal.kind, signal.bearing, signal.side, signal.since, signal.until, signal.value, says]
    return FrozenEvidence(
        kind=EvidenceKind.SIGNAL.value, key=f"signal:{signal.pk}", says=says, sha256=sha256_of(canonical(facts))
    )


def signal_in_words(signal: Signal) -> str:
    """This function will write a signal in one line, as it is kept with a decision."""
    known = catalogue().get(signal.measure)
    name = known.name if known else signal.measure
    how = f"{_BEARS[Bearing(signal.bearing)]}, {signal.kind.replace('_', ' ').replace('-', ' ')}"
    says = f"{name}: {how}, from {signal.since.isoformat()} to {signal.until.isoformat()} (periods: {signal.periods})"
    if signal.value is not None:
        says += f", last {signal.value:g}"
    if signal.usual_low is not None and signal.usual_high is not None:
        says += f", usual {signal.usual_low:g} to {signal.usual_high:g}"
    return f"{says}."


def _of_item(item: Item) -> FrozenEvidence:
    texts = Passage.objects.filter(item=item, replaced_by=None).order_by("recorded_at", "place", "pk")
    facts = [item.kind, item.bearing, item.heard_on, item.handling, item.counts]
    words = list(texts.values_list("text", flat=True))
    return FrozenEvidence(
        kind=EvidenceKind.INTELLIGENCE.value,
        key=f"item:{item.pk}",
        item=item,
        sha256=sha256_of(canonical([facts, words])),
    )


def _of_profile(profile: Profile) -> FrozenEvidence:
    fields = (
        "domain", "number", "evidence_for", "evidence_against", "good_practice", "view", "measures", "likelihood",
        "consequence", "confidence", "signals",
    )  # fmt: skip
    rows = [
        list(model._default_manager.filter(profile=profile).order_by("domain", "number").values_list(*fields))
        for model in (CommissionerEntry, ProviderEntry)
    ]
    return FrozenEvidence(
        kind=EvidenceKind.PROFILE.value,
        key=f"profile:{profile.pk}",
        sha256=sha256_of(canonical([profile.template_id, rows])),
    )


def _of_process(other: OtherProcess) -> FrozenEvidence:
    return FrozenEvidence(
        kind=EvidenceKind.OTHER_PROCESS.value,
        key=f"process:{other.pk}",
        sha256=sha256_of(canonical([other.name, other.held_on, other.reference, other.because])),
    )


def _plain(value: Any) -> Any:
    match value:
        case Enum():
            return value.value
        case date():
            return value.isoformat()
        case frozenset() | set():
            return sorted(value)
        case _:
            return str(value)
