"""Oversight of bodies as other stages ask for it: segments with their framework year, recovery support, memoranda."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sightline.core.risks.oversight import RecoverySupport, Segment, segment_on, support_on
from sightline.directory.models import Organisation, OrganisationFact
from sightline.directory.words import FactKind

_KINDS = (
    FactKind.OVERSIGHT_SEGMENT, FactKind.RECOVERY_SUPPORT, FactKind.IMPROVEMENT_DIRECTOR, FactKind.MOU,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Memorandum:
    """What a region and an ICB agreed: who owns which risk, and how far the region is involved (ORG-13)."""

    name: str
    sets: str
    since: date
    source: str


@dataclass(frozen=True, slots=True)
class Oversight:
    """All that is on record of one body's oversight by a day, the oldest first (ORG-13, ORG-16, ORG-17)."""

    on: date
    segments: tuple[Segment, ...] = ()
    programmes: tuple[RecoverySupport, ...] = ()
    memorandum: Memorandum | None = None

    @property
    def segment(self) -> Segment | None:
        """The segment that counts on the day."""
        return segment_on(self.segments, self.on)

    @property
    def support(self) -> RecoverySupport | None:
        """The time in the Recovery Support Programme that holds the day."""
        return support_on(self.programmes, self.on)


@dataclass(frozen=True, slots=True)
class _Span:
    """A fact from its first day to the day on which it no longer counts, because it ended or another took its place."""

    fact: OrganisationFact
    since: date
    until: date | None


def oversight_of(organisations: Iterable[Organisation], on: date) -> dict[UUID, Oversight]:
    """This function will gather the oversight of bodies by a day; each asked for is there, if only with nothing in it."""
    pks = [one.pk for one in organisations]
    rows = OrganisationFact.objects.filter(organisation__in=pks, kind__in=[one.value for one in _KINDS])
    told: dict[UUID, dict[FactKind, list[OrganisationFact]]] = defaultdict(lambda: defaultdict(list))
    for fact in rows.order_by("valid_from", "recorded_at", "pk"):
        if _since(fact) <= on:
            told[fact.organisation_id][FactKind(fact.kind)].append(fact)
    return {pk: _gathered({kind: _spans(told[pk][kind]) for kind in _KINDS}, on) for pk in pks}


def _gathered(spans: dict[FactKind, Sequence[_Span]], on: date) -> Oversight:
    memoranda = [one for one in spans[FactKind.MOU] if _holds(one, on) and one.fact.value]
    directors = spans[FactKind.IMPROVEMENT_DIRECTOR]
    return Oversight(
        on,
        tuple(_segment(one) for one in spans[FactKind.OVERSIGHT_SEGMENT]),
        tuple(_programme(one, directors, on) for one in _joined(spans[FactKind.RECOVERY_SUPPORT])),
        _memorandum(memoranda[-1]) if memoranda else None,
    )


def _spans(facts: Sequence[OrganisationFact]) -> list[_Span]:
    """Which fact counted from when to when: of those in force, the one that began last; nothing between two."""
    days = sorted({_since(one) for one in facts} | {day for one in facts if (day := _until(one))})
    found: list[_Span] = []
    for day, following in zip(days, (*days[1:], None), strict=False):
        holding = [one for one in facts if _since(one) <= day and ((ends := _until(one)) is None or day < ends)]
        if not holding:
            continue
        if found and found[-1].fact == holding[-1] and found[-1].until == day:
            found[-1] = _Span(holding[-1], found[-1].since, following)
        else:
            found.append(_Span(holding[-1], day, following))
    return found


def _joined(spans: Sequence[_Span]) -> list[_Span]:
    """The times in the programme; told again without a break, it is one."""
    found: list[_Span] = []
    for one in spans:
        if one.fact.value != "yes":
            continue
        if found and found[-1].until == one.since:
            found[-1] = _Span(one.fact, found[-1].since, one.until)
        else:
            found.append(one)
    return found


def _segment(one: _Span) -> Segment:
    return Segment(one.fact.detail, int(one.fact.value), one.since, one.fact.source, one.until)


def _programme(one: _Span, directors: Sequence[_Span], on: date) -> RecoverySupport:
    day = on if one.until is None or on < one.until else one.until - timedelta(days=1)
    named = [each.fact.value for each in directors if _holds(each, day)]
    return RecoverySupport(one.since, one.until, named[-1] if named else "")


def _memorandum(one: _Span) -> Memorandum:
    return Memorandum(one.fact.value, one.fact.detail, one.since, one.fact.source)


def _holds(one: _Span, day: date) -> bool:
    return one.since <= day and (one.until is None or day < one.until)


def _until(fact: OrganisationFact) -> date | None:
    return fact.valid_to + timedelta(days=1) if fact.valid_to else None


def _since(fact: OrganisationFact) -> date:
    return fact.valid_from or date.min
