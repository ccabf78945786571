"""What recurs across systems in what reached somebody: the same trigger, severity or sector in several (NET-03)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from sightline.core.access import Actor
from sightline.core.rulebook.circumstances import Severity
from sightline.core.rulebook.levels import Levels, Trigger, Triggers
from sightline.core.rulebook.registers import Registers
from sightline.directory.models import Organisation
from sightline.directory.models.choices import label
from sightline.directory.words import Kind, Sector
from sightline.escalation.models import Exchange
from sightline.rulebook.queries import part_of, part_with_origin
from sightline.surveillance.models import LevelDecision
from sightline.surveillance.queries.moving import case_from

LOOKED_BACK = timedelta(days=365)  # for what was sent; levels count for as long as they stand


class What(StrEnum):
    """What may recur."""

    TRIGGER = "trigger"
    SEVERITY = "severity"
    SECTOR = "sector"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a system counts: a level that stands, or something that was sent, each to be opened by its link."""

    system: str
    subject: str
    level: str = ""
    since: date | None = None
    decision: UUID | None = None
    exchange: UUID | None = None
    sent_on: date | None = None


@dataclass(frozen=True, slots=True)
class Recurring:
    """One thing that stands in several systems, with every reason for saying so."""

    what: What
    name: str
    cites: str
    reasons: tuple[Reason, ...]

    @property
    def systems(self) -> tuple[str, ...]:
        """This function will name the systems in which it stands, once each."""
        return tuple(sorted({one.system for one in self.reasons}))


@dataclass(frozen=True, slots=True)
class _Mark:
    what: What
    key: str
    pack: str


def across(actor: Actor, on: date) -> tuple[Recurring, ...]:
    """This function will list what recurs in two systems or more, in what somebody may read, most systems first.

    Nothing is weighed or added up: each line names the systems, and each reason opens what it rests on (NET-03).
    """
    found: dict[_Mark, list[Reason]] = defaultdict(list)
    words = _Words(on)
    for marks, reason in (*_levels(actor, on, words), *_exchanges(actor, on)):
        for mark in marks:
            found[mark].append(reason)
    recurring = [_recurring(mark, reasons, words) for mark, reasons in found.items()]
    several = [one for one in recurring if len(one.systems) > 1]
    return tuple(sorted(several, key=lambda one: (-len(one.systems), list(What).index(one.what), one.name)))


def _levels(actor: Actor, on: date, words: _Words) -> Iterator[tuple[list[_Mark], Reason]]:
    rows = LevelDecision.objects.visible_to(actor, on).filter(effective_on__lte=on)
    rows = rows.select_related("subject", "proposal").order_by("subject", "-number")
    seen = set[UUID]()
    names = _names(one.system for one in rows)
    for one in rows:
        if one.subject_id in seen:
            continue
        seen.add(one.subject_id)
        levels = words.levels(one.pack)
        if not one.system or (levels and one.level_to == levels.lowest.id):
            continue
        level = levels.level(one.level_to) if levels else None
        case = case_from(one.proposal.case)
        marks = [_Mark(What.TRIGGER, trigger, one.pack) for trigger in one.proposal.triggers.split()]
        if case.severity is not Severity.NONE:
            marks.append(_Mark(What.SEVERITY, case.severity.value, ""))
        if one.subject.sector:
            marks.append(_Mark(What.SECTOR, one.subject.sector, ""))
        name = level.name if level else one.level_to
        yield marks, Reason(names[one.system], one.subject.name, name, one.effective_on, decision=one.pk)


def _exchanges(actor: Actor, on: date) -> Iterator[tuple[list[_Mark], Reason]]:
    rows = Exchange.objects.visible_to(actor, on).filter(sent_on__gt=on - LOOKED_BACK, to_body__kind=Kind.REGION)
    rows = rows.filter(from_body__kind=Kind.ICB).select_related("subject", "from_body")
    for one in rows:
        marks = [_Mark(What.TRIGGER, trigger, one.pack) for trigger in one.triggers.split()]
        if one.subject and one.subject.sector:
            marks.append(_Mark(What.SECTOR, one.subject.sector, ""))
        subject = one.subject.name if one.subject else ""
        yield marks, Reason(one.from_body.name, subject, exchange=one.pk, sent_on=one.sent_on)


def _names(codes: Iterable[str]) -> dict[str, str]:
    wanted = {one for one in codes if one}
    known = dict(Organisation.objects.filter(code__in=wanted).order_by().values_list("code", "name"))
    return {one: known.get(one, one) for one in wanted}


def _recurring(mark: _Mark, reasons: list[Reason], words: _Words) -> Recurring:
    name, cites = words.of(mark)
    ordered = sorted(reasons, key=lambda one: (one.system, one.subject, str(one.exchange or one.decision)))
    return Recurring(mark.what, name, cites, tuple(ordered))


class _Words:
    """Reads each guidance once."""

    def __init__(self, on: date) -> None:
        self._on = on
        self._levels: dict[str, Levels | None] = {}
        self._triggers: dict[str, Triggers | None] = {}

    def levels(self, pack: str) -> Levels | None:
        if pack not in self._levels:
            found = part_of(pack, "levels", self._on)
            self._levels[pack] = found.content if found and isinstance(found.content, Levels) else None
        return self._levels[pack]

    def of(self, mark: _Mark) -> tuple[str, str]:
        match mark.what:
            case What.TRIGGER:
                trigger = self._trigger(mark)
                return (trigger.says, trigger.cites) if trigger else (mark.key, "")
            case What.SEVERITY:
                found = part_with_origin("registers", self._on)
                words = found.content.severities if found and isinstance(found.content, Registers) else ()
                named = next((one for one in words if one.id == mark.key), None)
                return (named.name, named.cites) if named else (mark.key, "")
            case What.SECTOR:
                return label(Sector(mark.key)), ""

    def _trigger(self, mark: _Mark) -> Trigger | None:
        if mark.pack not in self._triggers:
            found = part_of(mark.pack, "triggers", self._on)
            self._triggers[mark.pack] = found.content if found and isinstance(found.content, Triggers) else None
        part = self._triggers[mark.pack]
        return part.trigger(mark.key) if part else None
