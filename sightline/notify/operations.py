"""Sending, in two steps around the mail server, and what a person says of their own messages.

No transaction is open while a mail server is waited for. A letter is begun in one, which puts its messages out of reach
of any other sender, and its end is recorded in another. Whoever is killed in between leaves a letter that was begun:
after a while it is sent again, so that nothing is lost and at worst a letter comes twice. Both copies bear the same
Message-ID, by which mailboxes know them for one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import NAMESPACE_URL, uuid5

from django.utils import timezone

from sightline.accounts.models import Person
from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.verdict import Refused, refused
from sightline.notify.kinds import Entry, Outgoing, kind_of, outside_kind_of
from sightline.notify.models import Attempt, Looked, Message, Wish
from sightline.notify.queries import tries_of, unsettled, wants_at_once
from sightline.notify.waiting import Tried, may_be_tried, was_tried_too_often
from sightline.notify.words import Fate


@dataclass(frozen=True, slots=True)
class Begun:
    """A letter that was begun: to whom, about what, and what it brings to their calendar."""

    letter: str
    person: Person
    messages: tuple[Message, ...]
    entry: Entry | None = None


@dataclass(frozen=True, slots=True)
class BegunOutside:
    """A letter to somebody outside that was begun: for which message, and what goes."""

    letter: str
    message: Message
    goes: Outgoing


@operation(Permission.KEEP_PEOPLE, on="person")
def begin_letter(*, by: Actor, at: datetime, person: Person, digest: bool) -> Begun | None:
    """This function will take one letter's messages out of a person's outbox, each checked again at this very moment.

    Without ``digest`` that is one message that goes at once; with it, everything else together. What the person may no
    longer open, or anything for somebody who left, is settled as not theirs and never goes.
    """
    reader = Person.objects.get(pk=person.pk)  # with the roles that they hold now
    ready = _ready(reader, at, wants_at_once(reader), digest=digest)
    today = timezone.localdate(at)
    theirs = [one for one, _ in ready if _is_theirs(one, reader, today)]
    _record([one for one, _ in ready if one not in theirs], Fate.NOT_THEIRS, "", at)
    worn = [one for one, tried in ready if one in theirs and was_tried_too_often(tried)]
    _record(worn, Fate.GIVEN_UP, "", at)
    theirs = [one for one in theirs if one not in worn]
    if not digest:
        theirs = theirs[:1]
    if not theirs:
        return None
    letter = _letter(theirs)
    _record(theirs, Fate.BEGUN, letter, at)
    return Begun(letter, reader, tuple(theirs), _entry(theirs, reader))


@operation(Permission.KEEP_PEOPLE, on="message")
def begin_letter_outside(*, by: Actor, at: datetime, message: Message) -> BegunOutside | None:
    """This function will take one letter to somebody outside out of the outbox, written at this very moment.

    What is not to go any more, because they ended it or what it tells of is public no longer, never goes.
    """
    chosen = unsettled().filter(pk=message.pk, person=None)
    held = chosen.select_for_update(skip_locked=True, of=_ITSELF).first()
    tried = tries_of([message.pk]).get(message.pk, ())
    if held is None or not may_be_tried(tried, at):
        return None
    kind = outside_kind_of(held.kind)
    goes = kind.write(held.record, at) if kind is not None else None
    if goes is None or was_tried_too_often(tried):
        _record([held], Fate.NOT_THEIRS if goes is None else Fate.GIVEN_UP, "", at)
        return None
    letter = _letter([held])
    _record([held], Fate.BEGUN, letter, at)
    return BegunOutside(letter, held, goes)


@operation(Permission.KEEP_PEOPLE)
def settle_letter(*, by: Actor, at: datetime, letter: str, messages: tuple[Message, ...], went: bool) -> Fate:
    """This function will record how a letter that was begun ended; one that failed too often is given up."""
    keys = [one.pk for one in messages]
    locked = list(unsettled().filter(pk__in=keys).order_by("pk").select_for_update(of=_ITSELF))
    tries = tries_of(keys)
    worst = Fate.SENT if went else Fate.FAILED
    for one in locked:
        if any(tried.fate in _SETTLED for tried in tries.get(one.pk, ())):
            continue  # another sender took it up, because this one was thought lost
        fate = Fate.SENT if went else _failed(tries.get(one.pk, ()))
        worst = Fate.GIVEN_UP if fate is Fate.GIVEN_UP else worst
        _record([one], fate, letter, at)
    return worst


@operation(Permission.SHARE_INTELLIGENCE)
def choose_when_told(*, by: Actor, at: datetime, at_once: bool) -> Wish:
    """This function will record whether a person wants each message at once, or all of a day together."""
    return Wish.objects.create(person=_oneself(by), at_once=at_once, recorded_at=at)


@operation(Permission.SHARE_INTELLIGENCE)
def look_through(*, by: Actor, at: datetime) -> Looked:
    """This function will record that a person has looked through their messages, so that later ones show as new."""
    return Looked.objects.create(person=_oneself(by), at=at)


_SETTLED = frozenset(Fate) - {Fate.BEGUN, Fate.FAILED}
_ITSELF = ("self",)  # a database that knows no row locks, as SQLite, lets one writer in at a time and ignores it


def _ready(person: Person, at: datetime, at_once: bool, *, digest: bool) -> list[tuple[Message, tuple[Tried, ...]]]:
    """What may be tried now and belongs into such a letter; held against every other sender until this is recorded.

    A row that somebody else holds is left to them. What they recorded just before this row could be held is only seen
    when it is asked for afterwards, so the attempts are read once the rows are held.
    """
    chosen = unsettled().filter(person=person).order_by("queued_at", "pk")
    held = list(chosen.select_for_update(skip_locked=True, of=_ITSELF))
    tries = tries_of(one.pk for one in held)
    so_far = [(one, tries.get(one.pk, ())) for one in held if (one.is_urgent or at_once) != digest]
    return [(one, tried) for one, tried in so_far if may_be_tried(tried, at)]


def _is_theirs(message: Message, person: Person, on: date) -> bool:
    kind = kind_of(message.kind)
    return person.is_active and kind is not None and kind.may_open(person, message.record, on)


def _entry(messages: list[Message], person: Person) -> Entry | None:
    """What a letter about one thing alone brings to a calendar: a mailbox takes one invitation from a letter."""
    kind = kind_of(messages[0].kind) if len(messages) == 1 else None
    return kind.entry(person, messages[0].record) if kind is not None and kind.entry is not None else None


def _failed(tried: tuple[Tried, ...]) -> Fate:
    return Fate.GIVEN_UP if was_tried_too_often(tried) else Fate.FAILED


def _letter(messages: list[Message]) -> str:
    """The same name for the same messages, so that a letter that comes twice is known for one."""
    return str(uuid5(NAMESPACE_URL, " ".join(sorted(str(one.pk) for one in messages))))


def _record(messages: list[Message], fate: Fate, letter: str, at: datetime) -> None:
    Attempt.objects.bulk_create(Attempt(message=one, fate=fate.value, letter=letter, at=at) for one in messages)


def _oneself(by: Actor) -> Person:
    if not isinstance(by, Person):
        raise Refused(refused("Only a person has messages. Sign in as the person whose they are."))
    return by
