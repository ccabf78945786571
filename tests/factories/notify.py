"""Messages for tests: kinds of their own, whose records are opened or closed by name."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date, datetime

import pytest

from sightline.accounts.models import Person
from sightline.core.access import Permission, may
from sightline.notify import kinds
from sightline.notify.kinds import Kind
from sightline.notify.models import Attempt, Message
from sightline.notify.words import Fate
from tests.factories.indicators import NOW

TASK, VISIT = "test-task", "test-visit"
CLOSED = "closed"  # a record that nobody may open
BROKEN = "broken"  # a record whose check fails
_numbers = itertools.count(1)


def may_open(person: Person, record: str, on: date) -> bool:
    """This function will open a record to whoever hears what members told, unless its name says otherwise."""
    if record == BROKEN:
        raise RuntimeError("Confidential Zephyr")
    return record != CLOSED and bool(may(person, Permission.SEE_LEVELS, on))


@pytest.fixture
def kinds_of_message() -> Iterator[None]:
    """This function will make two kinds known for one test, and forget them."""
    before = {one.id: one for one in kinds.known()}
    kinds.make_known(
        Kind(TASK, "A task for you", "A task waits for you.", "{count} tasks wait for you.", may_open),
        Kind(VISIT, "A visit", "A visit is planned.", "{count} visits are planned.", may_open),
    )
    yield
    kinds._KINDS.clear()
    kinds.make_known(*before.values())


def a_message(
    person: Person, kind: str = TASK, record: str = "", *, is_urgent: bool = False, at: datetime = NOW
) -> Message:
    """This function will put a message into the outbox."""
    record = record or f"record-{next(_numbers)}"
    key = f"{kind}/{record}/{person.pk}"
    return Message.objects.create(
        key=key, person=person, kind=kind, record=record, path=f"/things/{record}/", is_urgent=is_urgent, queued_at=at
    )


def an_attempt(message: Message, fate: Fate, at: datetime = NOW, letter: str = "") -> Attempt:
    """This function will write down an attempt."""
    return Attempt.objects.create(message=message, fate=fate.value, letter=letter, at=at)
