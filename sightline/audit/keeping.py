"""Keeps what was read until anything changes: nothing does but by an operation, and every operation writes an event."""

from __future__ import annotations

import functools
from collections.abc import Callable, Hashable
from contextvars import ContextVar
from typing import ParamSpec, TypeVar

from django.db import connection
from django.http import HttpRequest, HttpResponse

from sightline.audit.queries import ChainEnd, chain_ends

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
            found = (ends, read(*args, **kwargs))
            if len(kept) >= AT_MOST:
                kept.clear()
            kept[asked] = found
        return found[1]

    return run
