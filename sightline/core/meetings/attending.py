"""Who was there and for how long, whether an attendance can be right, and what a group should know of its attendance."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sightline.core.meetings.quorum import Member, Missing, Status, Stay, in_utc
from sightline.core.meetings.words import few, verb
from sightline.core.rulebook.groups import ExpectedSeat, GroupType
from sightline.core.rulebook.levels import Force
from sightline.core.verdict import ALLOWED, Reason, Verdict, refused


def may_stay(stay: Stay, others: Iterable[Stay], ended: datetime | None = None) -> Verdict:
    """This function will say whether an attendance can be right beside the others of a meeting (REC-03).

    Somebody may be there several times, and for two seats at once. They do not leave before they come, are not there
    twice for one seat at one time, and are not there after the end.
    """
    verdict = ALLOWED
    if stay.left is not None and stay.left <= stay.arrived:
        verdict &= refused("They leave before or when they arrive. Mend one of the two times.")
    end = in_utc(ended) if ended is not None else None
    if end is not None and (stay.arrived >= end or (stay.left is not None and stay.left > end)):
        verdict &= refused("The meeting had ended by then. Mend the time.")
    mine = [one for one in others if one.person == stay.person and one.seat == stay.seat]
    if any(_overlap(stay, one) for one in mine):
        verdict &= refused("They are there at that time already. Record first when they left.")
    return verdict


def _overlap(one: Stay, other: Stay) -> bool:
    begins_in_time = other.left is None or one.arrived < other.left
    return begins_in_time and (one.left is None or other.arrived < one.left)


def time_there(stays: Iterable[Stay], ended: datetime) -> dict[str, timedelta]:
    """This function will add up how long each person was there, in as many stays as there were (REC-03; QSG 2017 ¶130).

    Whoever is still there is so until the end. A time for which somebody sat on two seats counts once.
    """
    end = in_utc(ended)
    spans: dict[str, list[tuple[datetime, datetime]]] = defaultdict(list)
    for one in stays:
        spans[one.person].append((one.arrived, min(one.left or end, end)))
    return {person: _together(found) for person, found in spans.items()}


def _together(spans: Iterable[tuple[datetime, datetime]]) -> timedelta:
    total, until = timedelta(), None
    for begins, ends in sorted(spans):
        begins = begins if until is None else max(begins, until)
        if ends > begins:
            total, until = total + (ends - begins), ends
    return total


def minimum_missing(
    kind: GroupType,
    members: Iterable[Member],
    stays: Iterable[Stay],
    moment: datetime,
    apart: Collection[str] = (),
    *,
    without_providers: bool = False,
) -> tuple[Reason, ...]:
    """This function will name the minimum members who are not there, as a remark that bars nothing (QUO-13).

    A review and an improvement group have minimum members and no quorum (MEM-08, MEM-09; NQB risk response 2022,
    Annexes B and C). Of a review that meets without providers they are none (MEM-10).
    """
    if kind.quorum is not None or not kind.about_one:
        return ()
    seats = {one.seat: one for one in members if not one.is_vacant}
    there = [(stay.person, seats[stay.seat]) for stay in stays if stay.seat in seats and _is_here(stay, moment, apart)]
    return tuple(
        Reason(f"A minimum member is missing: {one.words}.", one.cites)
        for expected in kind.seats
        if expected.force is not Force.MAY and not (without_providers and expected.is_provider)
        for one in _too_few(expected, [(person, seat.among) for person, seat in there if _fills(seat, expected)])
    )


def _fills(seat: Member, expected: ExpectedSeat) -> bool:
    return expected.is_filled_by(seat.category, seat.chairs_for)


def _is_here(stay: Stay, moment: datetime, apart: Collection[str]) -> bool:
    return stay.counts and stay.covers(moment) and stay.person not in apart


def _too_few(expected: ExpectedSeat, here: Sequence[tuple[str, str]]) -> Iterable[Missing]:
    """What is missing of one expected seat: each who was named apart or, where the guidance names no such, the number."""
    if not expected.names_each:
        people = {person for person, _ in here}
        if len(people) < expected.at_least:
            yield Missing(expected.id, expected.title, expected.at_least, len(people), expected.cites)
        return
    for wanted in expected.among:
        people = {person for person, among in here if among == wanted.id}
        if len(people) < wanted.at_least:
            yield Missing(expected.id, wanted.title, wanted.at_least, len(people), wanted.cites)


@dataclass(frozen=True, slots=True)
class Trend:
    """How often the meetings of a group were not quorate (QUO-14; SQG 2022 §3.21)."""

    meetings: int
    inquorate: int
    last_two: bool = False

    @property
    def words(self) -> str:
        """How it went, and what the guidance suggests where it went badly; nothing while every meeting was quorate."""
        if not self.inquorate:
            return ""
        were = verb(self.inquorate, "was", "were")
        says = f"{self.inquorate} of {few(self.meetings, 'meeting')} {were} not quorate."
        return f"{says} Members who join by video count as present; that may help." if self.last_two else says


def trend(statuses: Sequence[Status]) -> Trend:
    """This function will say how often meetings were not quorate, given in the order in which they were held (QUO-14)."""
    known = [one for one in statuses if one is not Status.NONE_SET]
    lacking = [one is Status.NOT_QUORATE for one in known]
    return Trend(len(known), sum(lacking), len(lacking) > 1 and all(lacking[-2:]))
