"""Safeguarding in a group in words: who answers for it, what is confirmed, the boards of councils, what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sightline.accounts.models import Person
from sightline.groups.models import CouncilBody, SafeguardingLead, Seat, Seating
from sightline.groups.queries.safeguarding import Assurance, Confirmed, Council, Safeguarding
from sightline.groups.safeguarding_words import (
    COUNCIL_BODY,
    COUNCIL_BODY_CITES,
    USUAL_MONTHS,
    CouncilBodyKind,
    Represented,
)
from sightline.web.wording import day, plural

NOBODY = "Nobody sits there"
NO_MORE = "Somebody who is no longer known"
_TOLD = 6  # names in one line of what is missing


@dataclass(frozen=True, slots=True)
class LeadPart:
    """Who answers for the standing item, and who did before or will."""

    seat: str
    who: str
    when: str
    gap: str
    kept: str
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConfirmedLine:
    """One organisation and what it confirmed; ``briefs`` and ``kept`` are for those who may read them."""

    id: UUID
    name: str
    tag: tuple[str, str]
    when: str
    briefing: str
    briefs: str
    kept: str
    may_confirm: bool
    asks: str


@dataclass(frozen=True, slots=True)
class BodyLine:
    """One board or committee of a council."""

    kind: str
    slug: str
    cites: str
    name: str
    reached_by: str
    link: str
    when: str
    priorities: tuple[str, ...]
    kept: str
    gap: str


@dataclass(frozen=True, slots=True)
class CouncilSection:
    """One council with its boards."""

    id: UUID
    name: str
    sitters: str
    bodies: tuple[BodyLine, ...]


@dataclass(frozen=True, slots=True)
class SafeguardingPage:
    """A group's page about safeguarding."""

    lead: LeadPart
    missing: tuple[tuple[str, str], ...]
    counted: str
    period: str
    period_kept: str
    lines: tuple[ConfirmedLine, ...]
    seats_of_nobody: str
    stands: bool
    councils: tuple[CouncilSection, ...]


def safeguarding_page(
    view: Safeguarding, on: date, *, reader: str, keeps: bool, names: Mapping[str, str]
) -> SafeguardingPage:
    """This function will put a group's safeguarding into words; reasons are shown to those who keep it alone."""
    good = sum(one.row is not None and not one.is_due(on) for one in view.members)
    kept = f"{_because(view.period.because, view.period.recorded_by, names)}" if keeps and view.period else ""
    return SafeguardingPage(
        lead=_lead(view, on, keeps, names),
        missing=tuple(_missing(view, on)) if view.stands else (),
        counted=f"{good:,} of {plural(len(view.members), 'organisation')} confirmed, as of {day(on)}.",
        period=_period(view),
        period_kept=kept,
        lines=tuple(_confirmed(one, view, on, reader, keeps, names) for one in view.members),
        seats_of_nobody=_seats_of_nobody(view),
        stands=view.stands,
        councils=tuple(_council(one, view, keeps, names) for one in view.councils),
    )


def actors_of(view: Safeguarding) -> set[str]:
    """This function will give the ids of those who recorded something that the page tells of."""
    bodies = [body for one in view.councils for body in one.bodies.values() if body]
    rows = [view.lead.row if view.lead else None, view.period, *(one.row for one in view.members), *bodies]
    return {row.recorded_by for row in rows if row}


def _lead(view: Safeguarding, on: date, keeps: bool, names: Mapping[str, str]) -> LeadPart:
    others = tuple(_other(one, on) for one in view.leads_before)
    if view.lead is None:
        return LeadPart("", "", "", "Nobody answers for safeguarding yet.", "", others)
    row = view.lead.row
    gap = "" if view.lead.is_taken else "Nobody sits there: nobody answers for safeguarding."
    kept = _because(row.because, row.recorded_by, names) if keeps else ""
    return LeadPart(row.seat.title, _sitting(view.lead.sitters), f"Since {day(row.from_on)}", gap, kept, others)


def _other(row: SafeguardingLead, on: date) -> str:
    return f"{row.seat.title}: {'from' if on < row.from_on else 'before, from'} {day(row.from_on)}"


def _period(view: Safeguarding) -> str:
    if view.period is None:
        return (
            f"Each is asked again after {USUAL_MONTHS} months. The guidance names no time: this is the usual one here."
        )
    return (
        f"Each is asked again after {plural(view.months, 'month')}, as the group set from {day(view.period.from_on)}."
    )


def _seats_of_nobody(view: Safeguarding) -> str:
    if not view.seats_of_nobody:
        return ""
    one = view.seats_of_nobody == 1
    return (
        f"{plural(view.seats_of_nobody, 'seat')} {'names' if one else 'name'} no organisation: nobody confirms there."
    )


def _confirmed(
    one: Confirmed, view: Safeguarding, on: date, reader: str, keeps: bool, names: Mapping[str, str]
) -> ConfirmedLine:
    row, is_own = one.row, any(sitting.person.actor_id == reader for sitting in one.sitters)
    may_confirm = view.stands and bool(one.sitters) and (is_own or keeps)
    when = f"{day(row.confirmed_on)}, by {row.person.display_name}." if row else ""
    if one.asked_again_on:
        when += f" {'Was to be' if one.is_due(on) else 'To be'} confirmed again by {day(one.asked_again_on)}."
    wrote = row.recorded_by if row and row.recorded_by != row.person.actor_id else ""
    kept = f"Recorded by {names.get(wrote, NO_MORE)}." if keeps and wrote else ""
    if keeps and row and row.knowingly:
        kept += f" Why personal data stays: {row.knowingly}"
    return ConfirmedLine(
        id=one.organisation.pk,
        name=one.organisation.name,
        tag=_tag(one, on),
        when=when if one.sitters or row else "Nobody sits here for it.",
        briefing=_briefing(one),
        briefs=row.briefs if row and (keeps or is_own) else "",
        kept=kept,
        may_confirm=may_confirm,
        asks="Confirm again" if row else "Confirm",
    )


def _tag(one: Confirmed, on: date) -> tuple[str, str]:
    if one.row is None:
        return "Not confirmed", "nhsuk-tag--orange"
    return ("Ask again", "nhsuk-tag--yellow") if one.is_due(on) else ("Confirmed", "nhsuk-tag--green")


def _briefing(one: Confirmed) -> str:
    if one.row is None:
        return ""
    match Represented(one.row.represented):
        case Represented.SAME:
            return "The same person sits on the safeguarding boards."
        case Represented.NOBODY:
            return "It sits on no safeguarding board."
        case Represented.ANOTHER:
            known = (
                "It said how the two brief each other." if one.row.briefs else "How they brief each other is missing."
            )
            return f"Somebody else sits on the safeguarding boards. {known}"


def _council(one: Council, view: Safeguarding, keeps: bool, names: Mapping[str, str]) -> CouncilSection:
    lines = tuple(_body(kind, row, view, keeps, names) for kind, row in one.bodies.items())
    sitters = _sitting(one.sitters) if one.sitters else "nobody"
    return CouncilSection(one.organisation.pk, one.organisation.name, sitters, lines)


def _body(
    kind: CouncilBodyKind, row: CouncilBody | None, view: Safeguarding, keeps: bool, names: Mapping[str, str]
) -> BodyLine:
    if row is None:
        called = COUNCIL_BODY[kind]
        return BodyLine(called, kind.value, COUNCIL_BODY_CITES[kind], "", "", "", "", (), "", "Not on record.")
    kept = f"Recorded by {names.get(row.recorded_by, NO_MORE)}." if keeps else ""
    if kept and row.knowingly:
        kept += f" Why personal data stays: {row.knowingly}"
    return BodyLine(
        kind=COUNCIL_BODY[kind],
        slug=kind.value,
        cites=COUNCIL_BODY_CITES[kind],
        name=row.name,
        reached_by=row.reached_by,
        link=_link(row, view),
        when=f"As of {day(row.as_of)}.",
        priorities=tuple(line.strip() for line in row.priorities.splitlines() if line.strip()),
        kept=kept,
        gap=_gap(kind, row, view),
    )


def _link(row: CouncilBody, view: Safeguarding) -> str:
    if row.seat is None:
        return ""
    who = view.sits.get(row.seat_id, ()) if row.seat_id else ()
    return f"{row.seat.title}: {_sitting(who) if who else NOBODY.lower()}"


def _gap(kind: CouncilBodyKind, row: CouncilBody, view: Safeguarding) -> str:
    is_linked = row.seat_id is not None and bool(view.sits.get(row.seat_id))
    found = [] if is_linked else ["Nobody in the group keeps in touch with it."]
    if kind is CouncilBodyKind.WELLBEING_BOARD and not row.priorities:
        found.append("Its priorities are not on record.")
    return " ".join(found)


def _missing(view: Safeguarding, on: date) -> Iterator[tuple[str, str]]:
    """What is missing in all, each with the paragraph that asks for it."""
    if view.lead is None or not view.lead.is_taken:
        yield "A member who answers for safeguarding as a standing item.", "QSG 2017 ¶79"
    never = [one.organisation.name for one in view.members if one.row is None]
    again = [one.organisation.name for one in view.members if one.is_due(on)]
    unbriefed = [one.organisation.name for one in view.members if one.lacks_briefing]
    if never:
        yield f"Not confirmed that they know their part in safeguarding: {_listed(never)}.", "QSG 2017 ¶77"
    if again:
        yield f"To confirm it again: {_listed(again)}.", "QSG 2017 ¶77; how often is local"
    if unbriefed:
        yield (
            f"Two people speak for it, and how they brief each other is not said: {_listed(unbriefed)}.",
            "QSG 2017 ¶80",
        )
    for kind in CouncilBodyKind:
        lacking = [one.organisation.name for one in view.councils if _lacks(kind, one.bodies[kind], view)]
        if lacking:
            also = (
                ", a link to it or its priorities" if kind is CouncilBodyKind.WELLBEING_BOARD else ", or a link to it"
            )
            yield f"{COUNCIL_BODY[kind]}{also}: {_listed(lacking)}.", COUNCIL_BODY_CITES[kind]


def _lacks(kind: CouncilBodyKind, row: CouncilBody | None, view: Safeguarding) -> bool:
    return row is None or bool(_gap(kind, row, view))


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _TOLD
    return ", ".join(names[:_TOLD]) + (f" and {more:,} more" if more > 0 else "")


def _sitting(sitters: Iterable[Seating]) -> str:
    return ", ".join(f"{one.person.display_name}{' (deputy)' if one.is_deputy else ''}" for one in sitters)


def _because(because: str, by: str, names: Mapping[str, str]) -> str:
    return f"{because.rstrip('.')}. Recorded by {names.get(by, NO_MORE.lower())}."


# --- what forms offer


def seat_choices(seats: Iterable[tuple[Seat, tuple[Seating, ...]]]) -> dict[Seat, str]:
    """This function will give seats as a form offers them, each with who sits there and for whom."""
    found = {}
    for seat, sitters in seats:
        body = f", {seat.organisation.name}" if seat.organisation else ""
        found[seat] = f"{_sitting(sitters) or NOBODY}{body}"
    return found


def people_choices(sitters: Iterable[Seating]) -> dict[Person, str]:
    """This function will give those who sit for an organisation as a form offers them."""
    return {one.person: _sitting([one]) for one in sitters}


def as_recorded(row: CouncilBody) -> dict[str, str]:
    """This function will give what is on record of a board as a form begins with it; the day is asked anew."""
    seat = str(row.seat_id) if row.seat_id else ""
    return {"name": row.name, "reached_by": row.reached_by, "priorities": row.priorities, "seat": seat}


# --- where a matter is routed


@dataclass(frozen=True, slots=True)
class AssuranceLine:
    """One board to which a matter is routed."""

    kind: str
    name: str
    reached_by: str
    when: str


@dataclass(frozen=True, slots=True)
class AssuranceSection:
    """One council's boards under whose assurance safeguarding stands."""

    council: str
    lines: tuple[AssuranceLine, ...]


def assurance_sections(found: Iterable[Assurance]) -> list[AssuranceSection]:
    """This function will say to which boards a matter of safeguarding is routed, gaps named (SAF-08; SQG 2022 §3.12)."""
    return [
        AssuranceSection(one.council.name, tuple(_assuring(kind, row) for kind, row in one.bodies.items()))
        for one in found
    ]


def _assuring(kind: CouncilBodyKind, row: CouncilBody | None) -> AssuranceLine:
    if row is None:
        return AssuranceLine(COUNCIL_BODY[kind], "", "", "")
    return AssuranceLine(COUNCIL_BODY[kind], row.name, row.reached_by, f"As of {day(row.as_of)}")
