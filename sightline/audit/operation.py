"""@operation: permission, transaction, the verb itself, and exactly one event in the same transaction."""

from __future__ import annotations

import functools
import hashlib
import hmac
import inspect
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any, ParamSpec, TypeVar

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from sightline.audit.chain import hash_of
from sightline.audit.models import Event, Head
from sightline.core.access import Permission, may
from sightline.core.verdict import Refused, refused

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Registered:
    """What the register knows of one operation; the reference page is generated from it."""

    name: str
    app: str
    permission: Permission
    on: str
    takes: tuple[str, ...]
    needs_reason: bool
    says: str


REGISTER: dict[str, Registered] = {}


class Fleeting(str):
    """Words that will be deleted for good one day: not even a hash of them may stay in the log, which never forgets."""

    __slots__ = ()


def operation(permission: Permission, *, on: str = "") -> Callable[[Callable[P, R]], Callable[P, R]]:
    """This function will make a verb into an operation.

    The verb takes keywords only, ``by`` (an Actor) and ``at`` (an aware datetime) among them, and ``because``
    where a person judged. ``on`` names the keyword that holds the record acted on, or "result" for what the
    verb returns. Raises Refused when the actor may not; then nothing is changed and nothing recorded.
    """

    def decorate(verb: Callable[P, R]) -> Callable[P, R]:
        entry = _registered(verb, permission, on)
        REGISTER[entry.name] = entry

        @functools.wraps(verb)
        def run(*args: P.args, **given: P.kwargs) -> R:
            by: Any = given["by"]
            at: Any = given["at"]
            verdict = may(by, permission, timezone.localdate(at))
            if entry.needs_reason and not str(given.get("because") or "").strip():
                verdict &= refused("A reason is needed: say in a sentence why.")
            if not verdict:
                raise Refused(verdict)
            with transaction.atomic():
                result = verb(*args, **given)
                _record(entry, by.actor_id, at, given, result)
            return result

        return run

    return decorate


def _registered(verb: Callable[..., Any], permission: Permission, on: str) -> Registered:
    signature = inspect.signature(verb)
    because = signature.parameters.get("because")
    module = verb.__module__.split(".")
    app = module[1] if module[0] == "sightline" else module[0]
    return Registered(
        name=f"{app}.{verb.__name__}",
        app=app,
        permission=permission,
        on=on,
        takes=tuple(signature.parameters),
        needs_reason=because is not None and because.default is inspect.Parameter.empty,
        says=(inspect.getdoc(verb) or "").split("\n")[0],
    )


def _record(entry: Registered, actor: str, at: datetime, given: dict[str, Any], result: Any) -> None:
    record = result if entry.on == "result" else given.get(entry.on)
    facts = {name: _fact(value) for name, value in given.items() if name not in {"by", "at", entry.on}}
    append(
        system=settings.HOME_SYSTEM or "sightline",
        at=at,
        actor=actor,
        verb=entry.name,
        on_kind=type(record).__name__ if record is not None else "",
        on_id=str(record.pk) if isinstance(record, models.Model) else "",
        facts=facts,
    )


def append(
    *, system: str, at: datetime, actor: str, verb: str, on_kind: str, on_id: str, facts: dict[str, Any]
) -> Event:
    """This function will add one event to the end of a system's chain, inside the caller's transaction."""
    Head.objects.get_or_create(system=system)
    head = Head.objects.select_for_update().get(system=system)
    event = Event(
        system=system,
        sequence=head.sequence + 1,
        recorded_at=at,
        actor=actor,
        verb=verb,
        on_kind=on_kind,
        on_id=on_id,
        facts=json.dumps(facts, sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":")),
        previous=head.hash,
    )
    event.hash = hash_of(event)
    event.save(force_insert=True)
    head.sequence, head.hash = event.sequence, event.hash
    head.save(update_fields=["sequence", "hash"])
    return event


def _fact(value: Any) -> Any:
    """Ids, numbers, days and words of our own as they are; anything a person may have typed as a keyed hash."""
    match value:
        case None | bool() | int():
            return value
        case models.Model():
            return str(value.pk)
        case Fleeting():
            return "not kept"
        case Enum():
            return str(value.value)
        case date():
            return value.isoformat()
        case list() | tuple() | set() | frozenset():
            return len(value)
        case _:
            return _keyed_hash(repr(value) if not isinstance(value, str) else value)


def _keyed_hash(text: str) -> str:
    return "hmac:" + hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()[:32]
