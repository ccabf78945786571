"""When a message may be tried, and tried again: after ever longer waits, and never by two senders at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sightline.notify.words import OPEN, Fate

# A sender that was killed leaves its letter begun; after this nobody waits for it any longer. It is far more than a
# mail server is ever waited for, so that no second sender takes up a letter that is still on its way.
LOST_AFTER = timedelta(minutes=15)
# How long after each try the next one comes. Together they outlast a mail server that is down for a whole day.
AGAIN_AFTER = (
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(hours=12),
    timedelta(hours=24),
)
TRIES = len(AGAIN_AFTER) + 1


@dataclass(frozen=True, slots=True)
class Tried:
    """One attempt, as far as the next one hangs on it."""

    fate: Fate
    at: datetime


def is_settled(tried: Iterable[Tried]) -> bool:
    """This function will say whether nothing more happens to a message."""
    return any(one.fate not in OPEN for one in tried)


def may_be_tried(tried: Iterable[Tried], at: datetime) -> bool:
    """This function will say whether a message may be tried at a moment."""
    so_far = sorted(tried, key=lambda one: one.at)
    if is_settled(so_far):
        return False
    failed = [one for one in so_far if one.fate is Fate.FAILED]
    if so_far and so_far[-1].fate is Fate.BEGUN and at < so_far[-1].at + LOST_AFTER:
        return False  # somebody is sending it
    if not failed:
        return True
    return at >= failed[-1].at + AGAIN_AFTER[min(len(failed), len(AGAIN_AFTER)) - 1]


def was_tried_too_often(tried: Iterable[Tried]) -> bool:
    """This function will say whether a message was tried as often as any is, tries of which nothing was heard counted."""
    return sum(one.fate is Fate.BEGUN for one in tried) >= TRIES
