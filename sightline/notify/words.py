"""The words of the outbox. No Django here."""

from __future__ import annotations

from enum import StrEnum


class Fate(StrEnum):
    """How an attempt to send a message stands, or ended."""

    BEGUN = "begun"  # on its way to the mail server; how it ended is not known yet
    SENT = "sent"
    FAILED = "failed"  # the mail server did not take it; it is tried again
    NOT_THEIRS = "not_theirs"  # when it was to go, they might no longer see what it is about
    GIVEN_UP = "given_up"  # tried too often


# A message with an attempt of another fate is settled: nothing more happens to it.
OPEN = frozenset({Fate.BEGUN, Fate.FAILED})
