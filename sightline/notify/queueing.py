"""Puts messages into the outbox, within the operation that brings them about: no deed, no message."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from sightline.accounts.models import Person
from sightline.notify.kinds import kind_of, outside_kind_of
from sightline.notify.models import Message


def queue(
    *,
    at: datetime,
    kind: str,
    record: str,
    path: str,
    people: Iterable[Person],
    again: str = "",
    is_urgent: bool = False,
) -> int:
    """This function will queue one message for each person, and say how many were new.

    The same kind about the same record is queued once for a person, however often it is asked for; ``again`` tells one
    occasion from another, a cycle of a clock for instance. Raises KeyError for a kind that nobody made known.
    """
    if kind_of(kind) is None:
        raise KeyError(kind)
    wanted = {f"{kind}/{record}/{one.pk}" + (f"/{again}" if again else ""): one for one in people}
    return _added(
        Message(key=key, person=one, kind=kind, record=record, path=path, is_urgent=is_urgent, queued_at=at)
        for key, one in wanted.items()
    )


def queue_outside(*, at: datetime, kind: str, records: Mapping[str, str]) -> int:
    """This function will queue one letter to somebody outside for each record, and say how many were new.

    ``records`` gives, by each record's id, the path of the public page that the letter leads to. The same kind about
    the same record is queued once. Raises KeyError for a kind that nobody made known.
    """
    if outside_kind_of(kind) is None:
        raise KeyError(kind)
    return _added(
        Message(key=f"{kind}/{record}", kind=kind, record=record, path=path, is_urgent=True, queued_at=at)
        for record, path in records.items()
    )


def _added(messages: Iterable[Message]) -> int:
    """Keep those that are not there yet, by their keys, and say how many."""
    wanted = {one.key: one for one in messages}
    there = set(Message.objects.filter(key__in=wanted).values_list("key", flat=True))
    new = [one for key, one in wanted.items() if key not in there]
    Message.objects.bulk_create(new)
    return len(new)
