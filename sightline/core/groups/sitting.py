"""What is remarked upon in who sits in a group: changing people, missing deputies, unclear authority, two seats at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sightline.core.rulebook.clocks import later_by
from sightline.core.rulebook.groups import GroupType, SeatPart
from sightline.core.rulebook.levels import Force, Slot
from sightline.core.rulebook.registers import Tier

PARTS_OF_MEMBERS = frozenset({SeatPart.MEMBER, SeatPart.CHAIR, SeatPart.CO_CHAIR, SeatPart.DEPUTY_CHAIR})
_TIMES = {2: "twice", 3: "three times"}
_PRESIDES = {SeatPart.CHAIR: "its chair", SeatPart.CO_CHAIR: "a co-chair"}
_ONE_AT_A_TIME = "local, after SQG 2022 §3.20 (QUO-04)"


class Authority(StrEnum):
    """How it stands with the authority of somebody to decide for their organisation."""

    CONFIRMED = "confirmed"
    ELSEWHERE = "elsewhere"  # another body has to approve
    UNKNOWN = "unknown"  # nobody has said


@dataclass(frozen=True, slots=True)
class Sitter:
    """Somebody who sits or sat on a seat, or stands in there; ``until`` is the first day on which they no longer do."""

    person: str
    name: str
    since: date
    until: date | None = None
    is_deputy: bool = False
    authority: Authority = Authority.UNKNOWN
    offices: frozenset[Slot] = frozenset()

    def on(self, day: date) -> bool:
        """This function will say whether they sit there on a day."""
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Place:
    """One seat, whose it is, and everybody who sits or sat on it; ``is_providers`` where its body gives care.

    ``sort`` is in whose name somebody sits there as far as its body says so.
    """

    title: str
    category: str
    part: SeatPart
    body: str = ""
    body_name: str = ""
    is_providers: bool = False
    sitters: tuple[Sitter, ...] = ()
    sort: Slot | None = None

    @property
    def named(self) -> str:
        """The seat, with whose it is."""
        return f"{self.title} ({self.body_name})" if self.body_name else self.title

    def present(self, day: date) -> tuple[Sitter, ...]:
        """This function will give who sits or stands in there on a day."""
        return tuple(one for one in self.sitters if one.on(day))


class Concerns(StrEnum):
    """What a remark is about."""

    SAME_PERSON = "same-person"
    DEPUTY = "deputy"
    AUTHORITY = "authority"
    TWO_SEATS = "two-seats"
    PROVIDERS = "providers"
    EACH = "each"
    CHAIR = "chair"


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that the guidance would have otherwise. Nothing waits for it."""

    about: Concerns
    says: str
    cites: str


def remarks(kind: GroupType, places: Sequence[Place], on: date) -> tuple[Remark, ...]:
    """This function will say what the guidance would have otherwise in who sits in a group on a day.

    People who change or are several (MEM-11), deputies who are missing (MEM-13) or whose authority nobody knows
    (MEM-12), members without authority (MEM-14), one person on two seats (QUO-04), providers who do not sit (MEM-07),
    a chair in another name than the guidance's (CHR-01, CHR-02).
    """
    members = [one for one in places if one.part in PARTS_OF_MEMBERS]
    found: list[Remark] = []
    for rule in (_changing, _several, _without_deputy, _unclear_deputies, _without_authority, _providers, _chair):
        found.extend(rule(kind, members, on))
    return (*found, *_twice(places, on))


def missing_for_each(
    kind: GroupType, places: Sequence[Place], bodies: Mapping[Tier, Mapping[str, str]], on: date, where: str = ""
) -> tuple[Remark, ...]:
    """This function will say which bodies have nobody on a seat of which each of them is to have one (MEM-19).

    ``bodies`` are those of a tier, by their codes, with their names; ``where`` names the group if it is another one.
    """
    found = []
    for expected in kind.seats:
        there = {
            one.body
            for one in places
            if one.category == expected.id and any(not sitter.is_deputy for sitter in one.present(on))
        }
        for code, name in bodies.get(expected.for_each, {}).items() if expected.for_each else ():
            if code not in there:
                says = f"{expected.title} of {name} does not sit {f'in {where}' if where else 'here'}."
                found.append(Remark(Concerns.EACH, says, expected.cites))
    return tuple(found)


def _changing(kind: GroupType, places: Sequence[Place], on: date) -> Iterator[Remark]:
    rule = kind.same_person
    if rule is None:
        return
    first = later_by(on, -rule.within_months)
    for place in places:
        sat = {
            one.person
            for one in place.sitters
            if not one.is_deputy and one.since <= on and (one.until is None or one.until > first)
        }
        if len(sat) > rule.at_most:
            said = f"{len(sat)} people have sat here in the last {rule.within_months} months."
            yield Remark(Concerns.SAME_PERSON, f"{place.named}: {said} {rule.says}", rule.cites)


def _several(kind: GroupType, places: Sequence[Place], on: date) -> Iterator[Remark]:
    """One body with several people on seats of one kind; a chair sits beside the member of the same body."""
    rule = kind.same_person
    if rule is None:
        return
    people: dict[tuple[str, str], dict[str, Place]] = {}
    for place in places:
        for one in place.present(on):
            if place.body and not one.is_deputy:
                people.setdefault((place.body, place.category or place.title), {})[one.person] = place
    for sat in people.values():
        if len(sat) > 1:
            first = next(iter(sat.values()))
            said = f"{len(sat)} people sit for it. Agree who of them is the one who comes."
            yield Remark(Concerns.SAME_PERSON, f"{first.named}: {said}", rule.cites)


def _without_deputy(kind: GroupType, places: Sequence[Place], on: date) -> Iterator[Remark]:
    rule = kind.deputies
    if rule is None or rule.force is not Force.MUST:
        return
    for place in places:
        now = place.present(on)
        if any(not one.is_deputy for one in now) and not any(one.is_deputy for one in now):
            yield Remark(Concerns.DEPUTY, f"{place.named}: no deputy is named. {rule.says}", rule.cites)


def _unclear_deputies(kind: GroupType, places: Sequence[Place], on: date) -> Iterator[Remark]:
    rule = kind.deputies
    if rule is None or kind.authority is not None:  # where authority is asked of all, that remark says it
        return
    for place, one in _sitting(places, on):
        if one.is_deputy and one.authority is Authority.UNKNOWN:
            said = f"nobody has said whether {one.name}, who stands in, may decide."
            yield Remark(Concerns.AUTHORITY, f"{place.named}: {said}", rule.cites)


def _without_authority(kind: GroupType, places: Sequence[Place], on: date) -> Iterator[Remark]:
    rule = kind.authority
    if rule is None:
        return
    for place, one in _sitting(places, on):
        match one.authority:
            case Authority.UNKNOWN:
                said = f"nobody has said whether {one.name} may decide for their organisation."
            case Authority.ELSEWHERE:
                said = f"{one.name} may not decide there and then: another body has to approve, and they press for it."
            case Authority.CONFIRMED:
                continue
        yield Remark(Concerns.AUTHORITY, f"{place.named}: {said}", rule.cites)


def _providers(kind: GroupType, places: Sequence[Place], on: date) -> Iterator[Remark]:
    rule = kind.providers
    if rule is None or rule.are_members:
        return
    for place in places:
        if place.is_providers:
            yield Remark(Concerns.PROVIDERS, f"{place.named} is a provider’s seat. {rule.says}", rule.cites)


def _chair(kind: GroupType, places: Sequence[Place], on: date) -> Iterator[Remark]:
    """Who chairs or co-chairs in another name, or without the office; of a group about one subject its own rules speak."""
    for place in places:
        ways = [one for one in kind.chairs if one.part is place.part]
        if kind.about_one or not ways:
            continue
        allowed = {one.who for one in ways}
        if place.body and place.sort not in allowed:
            said = f"the guidance has {_PRESIDES[place.part]} come from another body."
            yield Remark(Concerns.CHAIR, f"{place.named}: {said}", ways[0].cites)
        elif Slot.ICB_EXECUTIVE_QUALITY_LEAD in allowed:
            for one in place.present(on):
                if not one.is_deputy and not one.offices & allowed:
                    said = f"{one.name} does not hold the office of the ICB’s executive lead for quality."
                    yield Remark(Concerns.CHAIR, f"{place.named}: {said}", ways[0].cites)


def _twice(places: Sequence[Place], on: date) -> Iterator[Remark]:
    """Somebody on two seats, or who stands in on two: they count for one of them at a time (QUO-04)."""
    seats: dict[str, list[str]] = {}
    names: dict[str, str] = {}
    for place, one in _sitting(places, on):
        seats.setdefault(one.person, []).append(f"{'deputy for ' if one.is_deputy else ''}{place.named}")
        names[one.person] = one.name
    for person, where in seats.items():
        if len(where) > 1:
            told = f"{', '.join(where[:-1])} and {where[-1]}"
            said = f"{names[person]} sits here {_TIMES.get(len(where), 'several times')}: {told}."
            yield Remark(Concerns.TWO_SEATS, f"{said} At any time they count for one of these seats.", _ONE_AT_A_TIME)


def _sitting(places: Iterable[Place], on: date) -> Iterator[tuple[Place, Sitter]]:
    return ((place, one) for place in places for one in place.present(on))
