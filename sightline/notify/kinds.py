"""The kinds of message: their words, which are ours, and who may still see what a message of each is about.

A stage makes its kinds known when Django starts (``apps.py``), so that the outbox knows no stage above it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sightline.accounts.models import Person


@dataclass(frozen=True, slots=True)
class Entry:
    """What a letter brings to its reader's calendar: a method of iTIP (RFC 5546 §1.4), and an iCalendar object as text."""

    method: str
    text: str


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind. ``subject`` and ``says`` name no body and no matter; ``plural`` says it of several, with {count}.

    ``may_open`` is asked with the person, the record's id and the day, at the moment at which the message is sent, and
    so is ``entry`` with the person and the record's id, where the kind has something for a calendar.
    """

    id: str
    subject: str
    says: str
    plural: str
    may_open: Callable[[Person, str, date], bool]
    entry: Callable[[Person, str], Entry | None] | None = None


_KINDS: dict[str, Kind] = {}


def make_known(*kinds: Kind) -> None:
    """This function will make kinds of message known; the same kind twice is the same one."""
    _KINDS.update({one.id: one for one in kinds})


def kind_of(kind_id: str) -> Kind | None:
    """This function will find a kind, or nothing where a record names one that is no more."""
    return _KINDS.get(kind_id)


def known() -> tuple[Kind, ...]:
    """This function will give every kind, by its id."""
    return tuple(_KINDS[key] for key in sorted(_KINDS))
