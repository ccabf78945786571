"""Ids made of what a file says, short enough to be kept and still told apart."""

from __future__ import annotations

import hashlib

LONGEST = 80
_MARK = 8


def fitting(name: str) -> str:
    """This function will shorten an id that is too long, and mark it by a hash of the whole so that no two meet."""
    if len(name) <= LONGEST:
        return name
    mark = hashlib.sha256(name.encode()).hexdigest()[:_MARK]
    return f"{name[: LONGEST - _MARK - 1].rstrip('-')}-{mark}"
