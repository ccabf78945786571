"""The duty to answer a coroner's report to prevent future deaths: when an answer is due, and how it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

DAYS_TO_ANSWER = 56


class Stated(StrEnum):
    """What was published of an answer."""

    AWAITED = "awaited"
    ANSWERED = "answered"
    OVERDUE = "overdue"
    UNKNOWN = "unknown"


class Answer(StrEnum):
    """How an answer stands on a day."""

    AWAITED = "awaited"
    OVERDUE = "overdue"
    ANSWERED = "answered"
    ANSWERED_LATE = "answered_late"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Standing:
    """How an answer stands; ``days`` are those left while it is awaited, and those after the due day otherwise.

    They are None where the due day, or the day of the answer, is not known.
    """

    answer: Answer
    days: int | None = None


def response_due(sent_on: date) -> date:
    """This function will give the last day of the fifty-six in which an answer must be given.

    They run from the day on which the report is sent (Coroners (Investigations) Regulations 2013, reg. 29(4)).
    """
    return sent_on + timedelta(days=DAYS_TO_ANSWER)


def standing(
    due: date | None,
    status: Stated,
    *,
    on: date,
    answered_on: date | None = None,
    extended_to: date | None = None,
    stated_on: date | None = None,
) -> Standing:
    """This function will say how an answer stands on a day, by what was published as of ``stated_on``.

    A coroner may extend the time, even once it has run out (reg. 29(5)). Where a publication of before the due day
    called the answer awaited, nobody can say from it whether one came since: that is unknown, not overdue (INT-13).
    """
    last = max(due, extended_to) if due and extended_to else extended_to or due
    if answered_on is not None:
        return _answered(last, answered_on) if answered_on <= on else _not_answered(last, on, status, stated_on)
    match status:
        case Stated.ANSWERED:
            return Standing(Answer.ANSWERED)
        case Stated.UNKNOWN:
            return Standing(Answer.UNKNOWN)
        case _:
            return _not_answered(last, on, status, stated_on)


def _answered(last: date | None, answered_on: date) -> Standing:
    if last is None:
        return Standing(Answer.ANSWERED)
    after = (answered_on - last).days
    return Standing(Answer.ANSWERED_LATE, after) if after > 0 else Standing(Answer.ANSWERED, after)


def _not_answered(last: date | None, on: date, status: Stated, stated_on: date | None) -> Standing:
    if last is None:
        return Standing(Answer.OVERDUE if status is Stated.OVERDUE else Answer.AWAITED)
    after = (on - last).days
    if after <= 0:
        return Standing(Answer.AWAITED, -after)
    if status is not Stated.OVERDUE and stated_on is not None and stated_on <= last:
        return Standing(Answer.UNKNOWN, after)
    return Standing(Answer.OVERDUE, after)
