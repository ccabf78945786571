"""By when a request for information is answered, and when its passages may be cleared (IGV-03, IGV-04)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sightline.core.rulebook.clocks import later_by
from sightline.core.rulebook.keeping import Exemption, Regime
from sightline.core.verdict import ALLOWED, Verdict, refused

_SATURDAY = 5
_DAY = timedelta(days=1)
_SOURCE = "IGV-04; QSG 2017 ¶138"


class Ruling(StrEnum):
    """What is done with a passage."""

    RELEASE = "release"
    WITHHOLD = "withhold"
    OUT_OF_SCOPE = "out-of-scope"  # it is not what was asked for


@dataclass(frozen=True, slots=True)
class Ruled:
    """What was decided of a passage, and by whom; nothing while nobody decided."""

    ruling: Ruling | None = None
    by: str = ""


def is_working_day(day: date, holidays: Collection[date]) -> bool:
    """This function will say whether a day is one on which a public body works."""
    return day.weekday() < _SATURDAY and day not in holidays


def answer_by(regime: Regime, received: date, holidays: Collection[date]) -> date:
    """This function will give the last day for the answer; the day on which the request came is not counted.

    Of a month that is shorter, and where a month ends on a day without work, it is the next day on which there is.
    """
    if regime.months is not None:
        day = later_by(received, regime.months)
        while not is_working_day(day, holidays):
            day += _DAY
        return day
    day, left = received, regime.working_days or 0
    while left:
        day += _DAY
        left -= is_working_day(day, holidays)
    return day


def working_days_left(on: date, by: date, holidays: Collection[date]) -> int:
    """This function will count the working days after a day up to another; less than nothing where that one is over."""
    first, last = min(on, by), max(on, by)
    days = ((first + _DAY * number) for number in range(1, (last - first).days + 1))
    count = sum(is_working_day(one, holidays) for one in days)
    return count if by >= on else -max(1, count)


def may_rule(ruling: Ruling, exemption: Exemption | None, public_interest: str) -> Verdict:
    """This function will say whether a decision on a passage is whole: what is withheld has its ground (IGV-04).

    A ground that is weighed against the public interest needs the reason why that does not outweigh it.
    """
    if ruling is not Ruling.WITHHOLD:
        return ALLOWED
    if exemption is None:
        return refused("Name the ground on which it is withheld.", _SOURCE)
    if exemption.qualified and not public_interest.strip():
        return refused(
            "This ground is weighed against the public interest. Say why that does not outweigh it.", _SOURCE
        )
    return ALLOWED


def may_clear(ruled: Sequence[Ruled], clears: str) -> Verdict:
    """This function will say whether somebody may clear what is given out: all is decided, and by others than they."""
    if not ruled:
        return refused("Nothing was taken into this case yet.", _SOURCE)
    verdict = ALLOWED
    if undecided := sum(one.ruling is None for one in ruled):
        verdict &= refused(f"Still to be decided: {undecided} of {len(ruled)} passages.", _SOURCE)
    if clears in {one.by for one in ruled}:
        verdict &= refused("You decided on a passage of it. Another person clears what is given out.", _SOURCE)
    return verdict
