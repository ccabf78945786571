"""A guidance pack: which document it is, when it was in force, and its parts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from sightline.core.rulebook.shapes import Entry, Id, Name, Part, Words, only_once

Month = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])$")]


class Replaced(Entry):
    """A document in whose place a guidance came; ``pack`` where that is one of ours."""

    id: Id
    name: Name
    pack: Id | None = None
    says: Words


class PackFacts(Entry):
    """What a pack says of itself (FRW-01, FRW-02); the last day in force is not included."""

    id: Id
    title: Name
    publisher: Name
    published: Month = Field(description="Published in")
    in_force_from: date = Field(description="In force from")
    in_force_to: date | None = Field(default=None, description="In force until")
    version: int = Field(ge=1, le=1_000)
    replaces: tuple[Replaced, ...] = ()

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        only_once("document that it replaces", (one.id for one in self.replaces))
        if self.in_force_to is not None and self.in_force_to <= self.in_force_from:
            raise ValueError("it ends before it begins")
        return self


@dataclass(frozen=True, slots=True)
class Pack:
    """One guidance with its parts as published; local versions are no part of it."""

    facts: PackFacts
    parts: Mapping[str, Part] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The word by which meetings and decisions name the guidance in force."""
        return self.facts.id

    @property
    def title(self) -> str:
        """The name of the document."""
        return self.facts.title

    @property
    def version(self) -> int:
        """The number of this pack's edition in Sightline."""
        return self.facts.version

    def part(self, name: str) -> Part | None:
        """This function will give a part, or nothing where the guidance says nothing of it."""
        return self.parts.get(name)


@dataclass(frozen=True, slots=True)
class Version:
    """Which edition of a part it is: the pack's own, or the local change of that number on top of it (FRW-08)."""

    pack: str
    number: int
    change: int = 0

    def __str__(self) -> str:
        return f"{self.pack} v{self.number}" + (f", change {self.change}" if self.change else "")


@dataclass(frozen=True, slots=True)
class Successor:
    """The guidance that came in the place of another, with what it says of that."""

    pack: Pack
    replaced: Replaced


def replaced_by(packs: Iterable[Pack], pack_id: str, on: date) -> Successor | None:
    """This function will give the guidance that had come in the place of another by a day (FRW-03, FRW-04)."""
    begun = [pack for pack in packs if pack.facts.in_force_from <= on]
    found = (Successor(pack, one) for pack in begun for one in pack.facts.replaces if one.pack == pack_id)
    return next(found, None)


def faults_among(packs: Iterable[Pack]) -> tuple[str, ...]:
    """This function will name each guidance that replaces one that there is not, or that was in force on beside it."""
    known = {pack.id: pack for pack in packs}
    found = []
    for pack in known.values():
        for one in pack.facts.replaces:
            before = known.get(one.pack) if one.pack else None
            if one.pack and before is None:
                found.append(f"“{pack.id}” replaces “{one.pack}”, which there is not.")
            elif before and before.facts.in_force_to != pack.facts.in_force_from:
                found.append(f"“{pack.id}” replaces “{one.pack}”, which does not end on the day on which it begins.")
    return tuple(found)


def in_force(packs: Iterable[Pack], on: date) -> Pack:
    """This function will give the pack in force on a day; before the first there was none, and the first is given."""
    by_age = sorted(packs, key=lambda pack: pack.facts.in_force_from)
    begun = [pack for pack in by_age if pack.facts.in_force_from <= on]
    return begun[-1] if begun else by_age[0]


def holder_of(packs: Iterable[Pack], name: str, on: date) -> Pack | None:
    """This function will give the pack whose part counts on a day: the one in force, or the next after it that has it.

    A later pack holds what an earlier one is silent on. What only an earlier pack has was superseded with it and
    is in force no longer (FRW-04).
    """
    now = in_force(packs, on)
    later = [pack for pack in packs if pack.facts.in_force_from >= now.facts.in_force_from and name in pack.parts]
    return min(later, key=lambda pack: pack.facts.in_force_from, default=None)
