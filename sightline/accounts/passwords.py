"""First passwords: made by chance, shown once, and never written down by us."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

# No l, o, 0 or 1: a first password is read out or copied by hand.
_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True, repr=False)
class FirstPassword:
    """A password given to somebody else; its repr says nothing, so that no log, trace or event can hold it."""

    words: str
    must_change: bool = True

    def __repr__(self) -> str:
        return "FirstPassword()"


def new_first_password() -> FirstPassword:
    """This function will make a password of 20 letters in groups (99 bits), to be changed at first sign-in."""
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(5)) for _ in range(4))
    return FirstPassword("-".join(groups))
