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


def may_go(*, older: str, is_leaned_on: bool, worked_on: date | None, years: int | None, on: date) -> Verdict:
    """This function will say whether what stands around a record lets it go, once its own period has ended (REC-10).

    ``older`` names an earlier version that is kept still: were the newer one gone, it would pass for what holds.
    ``worked_on`` is the last day on which somebody worked on what would go with the record, after it was begun.
    """
    verdict = ALLOWED
    if older:
        verdict &= refused(f"{older} is older and is kept still. It goes first.", _SOURCE)
    if is_leaned_on:
        verdict &= refused("Another record that is kept still rests on it.", _SOURCE)
    if worked_on is not None and years is not None and on < (due := review_on(worked_on, years)):
        worked = f"{worked_on.day} {worked_on:%B %Y}"
        verdict &= refused(f"Somebody worked on it until {worked}. It is kept to {due.day} {due:%B %Y}.", _SOURCE)
    return verdict


def may_second(proposed_by: str, second: str) -> Verdict:
    """This function will say whether somebody may answer a proposal to dispose of a record: another than who made it."""
    if second == proposed_by:
        return refused("You proposed it. Another person agrees to it, or declines.", _SOURCE)
    return ALLOWED
