"""In words, which logs wait to be looked at in a meeting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sightline.actions.reviewed import UnreviewedLog
from sightline.web.wording import day, plural

_AT_MOST = 5  # then the others are counted


@dataclass(frozen=True, slots=True)
class UnreviewedLine:
    """One sentence, and where what is asked for stands."""

    says: str
    cites: str


def lines(logs: Sequence[UnreviewedLog]) -> list[UnreviewedLine]:
    """This function will say which logs wait to be looked at, the first few of them one by one."""
    found = [UnreviewedLine(_says(one), f"ACT-04; {one.found.cites}") for one in logs[:_AT_MOST]]
    more = len(logs) - _AT_MOST
    if more > 0:
        found.append(UnreviewedLine(f"So {'does' if more == 1 else 'do'} {plural(more, 'other log')}.", ""))
    return found


def _says(one: UnreviewedLog) -> str:
    found = one.found
    if found.meetings == 1:
        since = f"Nothing on record says that it was looked at in the meeting of {day(found.last_held_on)}."
    else:
        until = day(found.last_held_on)
        since = f"Nothing on record says that it was looked at in the last {found.meetings} meetings, up to {until}."
    before = f" The last time was {day(found.last_reviewed_on)}." if found.last_reviewed_on else ""
    return f"The action log of {one.name} waits to be reviewed. {since}{before}"
