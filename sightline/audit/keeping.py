"""Keeps what was read until anything changes: nothing does but by an operation, and every operation writes an event."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from contextvars import ContextVar
from types import MappingProxyType
from typing import Any, ParamSpec, TypeVar

from django.db import connection
from django.http import HttpRequest, HttpResponse

from sightline.audit.queries import ChainEnd, Change, chain_ends, changes_between

P = ParamSpec("P")
R = TypeVar("R")

AT_MOST = 64  # answers of one read, for as many different questions


_looked: ContextVar[list[tuple[ChainEnd, ...]] | None] = ContextVar("looked", default=None)


class OneLook:
    """Middleware: while one page is read, where the log ends is asked once, and all of the page is of one moment."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in {"GET", "HEAD"}:  # what changes something must see what it changed
            return self.get_response(request)
        token = _looked.set([])
        try:
            return self.get_response(request)
        finally:
            _looked.reset(token)


def _ends() -> tuple[ChainEnd, ...]:
    looked = _looked.get()
    if looked is None:
        return chain_ends()
    if not looked:
        looked.append(chain_ends())
    return looked[0]


def until_anything_changes(read: Callable[P, R]) -> Callable[P, R]:
    """Where the log ends is asked each time, one short query, so that a process also notices what another did.

    Inside a transaction there may be changes of which no event tells yet, so there everything is read anew. What is
    kept is shared by all readers: it must not depend on who asks, and nobody may alter it.
    This function will make a read that is done again only after the event log has grown.
    """
    return _keeping(read, lambda kept, changes, *args, **kwargs: None)


def until_changed_by(
    *verbs: str, mends: Mapping[str, Callable[..., Any]] = MappingProxyType({})
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """For a read of a few tables: only operations of the app that owns a table write it, and each writes an event.

    A verb is an operation as events name it, or an app for every operation of it. After one that ``mends`` names all is
    not read again: what is named there is given what was kept, the ids of the records to which it was done, each once,
    and what was asked, and gives what now holds.
    This function will make a read that is done again only after one of these operations.
    """

    def mended(kept: R, changes: Sequence[Change], *args: Any, **kwargs: Any) -> R | None:
        by_verb: dict[str, set[str]] = defaultdict(set)
        for one in changes:
            by_verb[one.verb].add(one.on)
        for verb, ids in by_verb.items():
            if verb in mends:
                kept = mends[verb](kept, sorted(ids), *args, **kwargs)
            elif {verb, verb.partition(".")[0]} & set(verbs):
                return None
        return kept

    return lambda read: _keeping(read, mended)


def _keeping(read: Callable[P, R], mended: Callable[..., R | None]) -> Callable[P, R]:
    kept: dict[Hashable, tuple[tuple[ChainEnd, ...], R]] = {}

    @functools.wraps(read)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        ends = () if connection.in_atomic_block else _ends()
        if not ends:
            return read(*args, **kwargs)
        asked = (args, tuple(sorted(kwargs.items())))
        found = kept.get(asked)
        if found is None or found[0] != ends:
            # The log was looked at first: what is kept may be newer than it says, and never older.
            changes = changes_between(found[0], ends) if found else None
            still = mended(found[1], changes, *args, **kwargs) if found and changes is not None else None
            found = (ends, read(*args, **kwargs) if still is None else still)
            if len(kept) >= AT_MOST:
                kept.clear()
            kept[asked] = found
        return found[1]

    return run
