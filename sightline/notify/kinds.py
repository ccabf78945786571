"""The kinds of message: their words, which are ours, and who may still see what a message of each is about.

Letters to addresses outside, of people who have no account, are of kinds of their own and say only what is public.

A stage makes its kinds known when Django starts (``apps.py``), so that the outbox knows no stage above it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

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


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A letter to an address outside; at ``stop`` a mailbox ends letters like it by one POST (RFC 8058), where it may."""

    to: str
    subject: str
    body: str
    stop: str = ""


@dataclass(frozen=True, slots=True)
class OutsideKind:
    """One kind of letter to addresses outside. The outbox keeps no such address: whoever makes the kind known does.

    ``write`` is asked with the record's id and the moment at which the letter is sent: what is to go now, or nothing.
    """

    id: str
    write: Callable[[str, datetime], Outgoing | None]


_KINDS: dict[str, Kind] = {}
_OUTSIDE: dict[str, OutsideKind] = {}


def make_known(*kinds: Kind) -> None:
    """This function will make kinds of message known; the same kind twice is the same one."""
    _KINDS.update({one.id: one for one in kinds})


def kind_of(kind_id: str) -> Kind | None:
    """This function will find a kind, or nothing where a record names one that is no more."""
    return _KINDS.get(kind_id)


def make_known_outside(*kinds: OutsideKind) -> None:
    """This function will make kinds of letter to addresses outside known; the same kind twice is the same one."""
    _OUTSIDE.update({one.id: one for one in kinds})


def outside_kind_of(kind_id: str) -> OutsideKind | None:
    """This function will find a kind of letter to addresses outside, or nothing where there is none by that name."""
    return _OUTSIDE.get(kind_id)


def known() -> tuple[Kind, ...]:
    """This function will give every kind, by its id."""
    return tuple(_KINDS[key] for key in sorted(_KINDS))
