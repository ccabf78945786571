"""Keeps what was read until anything changes: nothing does but by an operation, and every operation writes an event."""

from __future__ import annotations

import functools
from collections.abc import Callable, Hashable
from typing import ParamSpec, TypeVar

from django.db import connection

from sightline.audit.queries import ChainEnd, chain_ends

P = ParamSpec("P")
R = TypeVar("R")

AT_MOST = 64  # answers of one read, for as many different questions


def until_anything_changes(read: Callable[P, R]) -> Callable[P, R]:
    """Where the log ends is asked each time, one short query, so that a process also notices what another did.

    Inside a transaction there may be changes of which no event tells yet, so there everything is read anew. What is
    kept is shared by all readers: it must not depend on who asks, and nobody may alter it.
    This function will make a read that is done again only after the event log has grown.
    """
    kept: dict[Hashable, tuple[tuple[ChainEnd, ...], R]] = {}

    @functools.wraps(read)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        ends = () if connection.in_atomic_block else chain_ends()
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
