"""Binds PDFs that people brought behind one that was set here, in a process that may be killed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sightline.intake import child

SECONDS: float = 20
CHILD = ("-m", "sightline.intake.binding_child")


@dataclass(frozen=True, slots=True)
class Follows:
    """A PDF that is to follow: what its bookmark says, its bytes, and how many pages are expected of it."""

    heading: str
    data: bytes
    pages: int


@dataclass(frozen=True, slots=True)
class Bound:
    """One PDF of them all; or nothing, with the places of those that could not be bound."""

    data: bytes = b""
    unfit: frozenset[int] = frozenset()


def bind(first: bytes, following: Sequence[Follows]) -> Bound:
    """This function will put PDFs behind another, each with a bookmark; it is all of them, or it says which cannot be.

    Only the pages go in: no script, no form and no file of a stranger's PDF. Their tags for screen readers do not, so
    that the whole no longer says of itself that it is PDF/UA. Where the process ends without a word, all are unfit.
    """
    every = frozenset(range(len(following)))
    head = {"first": len(first), "following": [[one.heading, len(one.data), one.pages] for one in following]}
    given = b"".join([json.dumps(head).encode(), b"\n", first, *(one.data for one in following)])
    try:
        said, _, made = child.ask(CHILD, given, SECONDS).partition(b"\n")
    except child.NoAnswer:
        return Bound(unfit=every)
    unfit = frozenset(json.loads(said)["unfit"])
    return Bound(unfit=unfit) if unfit else Bound(data=made)
