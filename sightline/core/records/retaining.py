"""When a record is due for review of its disposal, and what stops that anybody disposes of it (REC-10, PER-14)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sightline.core.rulebook.clocks import later_by
from sightline.core.rulebook.keeping import RetentionClass
from sightline.core.verdict import ALLOWED, Verdict, refused

_A_YEAR = 12  # months
_SOURCE = "REC-10; PER-14; SQG 2022 Annex A"


def review_on(trigger: date, years: int) -> date:
    """This function will give the day on which a record is due, counted from the day that began its period (REC-10)."""
    return later_by(trigger, years * _A_YEAR)


def latest_trigger(due: date, years: int) -> date:
    """This function will give the last day on which a period began that is over on a day: the other way round."""
    found = later_by(due, -years * _A_YEAR)
    after = found + timedelta(days=1)  # the 29th of February falls due on the 28th of a common year
    return after if review_on(after, years) <= due else found


def may_dispose(of: RetentionClass, trigger: date | None, holds: Sequence[str], on: date) -> Verdict:
    """This function will say whether anybody could dispose of a record on a day, whatever their role (PER-14).

    ``holds`` are the reasons for which it is held; a hold stops disposal however long ago the period ended.
    """
    verdict = ALLOWED
    if of.years is None:
        verdict &= refused(f"No period is laid down for “{of.name}”.", _SOURCE)
    elif trigger is None:
        verdict &= refused("It is still in use: its period has not begun.", _SOURCE)
    elif on < (due := review_on(trigger, of.years)):
        verdict &= refused(f"It is kept to {due.day} {due:%B %Y} at least.", _SOURCE)
    for reason in holds:
        verdict &= refused(f"It is held: {reason}", _SOURCE)
    return verdict


def may_second(proposed_by: str, second: str) -> Verdict:
    """This function will say whether somebody may answer a proposal to dispose of a record: another than who made it."""
    if second == proposed_by:
        return refused("You proposed it. Another person agrees to it, or declines.", _SOURCE)
    return ALLOWED
