"""What every part of a guidance pack obeys: nothing unknown, nothing changed later, and each value with its source."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

LOCAL = "local"  # stands where a value is this house's own choice and no guidance gives it

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:[-_][a-z0-9]+)*$", max_length=80)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=200)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=2_000)]
Cites = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=3, max_length=200),
    Field(description="Where it comes from"),
]


class Strict(BaseModel):
    """Nothing unknown, nothing changed later."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Entry(Strict):
    """One value of a pack, beside the paragraph of the guidance that it comes from, or the word "local"."""

    cites: Cites

    @property
    def is_local(self) -> bool:
        """Whether no guidance gives it."""
        return self.cites.casefold().startswith(LOCAL)


class Part(Strict):
    """One part of a pack: a file of its own, and the piece of which a house may keep a local version."""


def only_once(what: str, ids: Iterable[str]) -> None:
    """This function will raise ValueError, naming it, if an id stands twice."""
    seen: set[str] = set()
    for one in ids:
        if one in seen:
            raise ValueError(f"the {what} “{one}” stands twice")
        seen.add(one)
