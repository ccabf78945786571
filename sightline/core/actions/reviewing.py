"""Whether a group looked at its action log as often as its guidance asks: at each meeting, or as the house has it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sightline.core.rulebook.clocks import Clock, Unit


@dataclass(frozen=True, slots=True)
class LogMeeting:
    """A meeting that was held while something was open in the log, and whether the log was looked at there."""

    held_on: date
    was_reviewed: bool


@dataclass(frozen=True, slots=True)
class Unreviewed:
    """That a log waits to be looked at: the meetings since it was, the last of them, and when it was, if ever."""

    meetings: int
    last_held_on: date
    last_reviewed_on: date | None
    cites: str


def unreviewed(clock: Clock | None, meetings: Iterable[LogMeeting], on: date) -> Unreviewed | None:
    """This function will say of a log whether its review is overdue on a day (ACT-04; SQG 2022 §3.10); else nothing.

    Counted in meetings, it is overdue once so many were held without it. Counted in days or months, it is overdue after
    so long since the last review, or since the first meeting at which something was open.
    """
    held = sorted((one for one in meetings if one.held_on <= on), key=lambda one: one.held_on)
    done = max((one.held_on for one in held if one.was_reviewed), default=None)
    without = [one for one in held if done is None or one.held_on > done]
    if clock is None or not clock.is_on or not without:
        return None
    if clock.unit is Unit.MEETINGS:
        is_overdue = len(without) >= clock.value
    else:
        due = clock.next_after(done or without[0].held_on)
        is_overdue = due is not None and due < on
    return Unreviewed(len(without), without[-1].held_on, done, clock.cites) if is_overdue else None
