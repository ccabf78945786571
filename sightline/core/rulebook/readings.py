"""Where the guidance can be read in several ways or is silent: how it is read here, and where that is changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Self

from pydantic import Field, model_validator

from sightline.core.rulebook.shapes import Entry, Id, Name, Part, Strict, Words, only_once


class Place(Strict):
    """An entry of another part of the same guidance, by its id; or one of the part's own fields, by its name."""

    part: Id = Field(description="Part")
    entry: Id = Field(description="Entry")


class Reading(Entry):
    """One sentence that is unclear, or a gap: what is unclear, what is taken here, and which entries carry it."""

    id: Id
    name: Name
    says: Words = Field(description="What is unclear")
    taken: Words = Field(description="Taken here")
    stands_in: tuple[Place, ...] = Field(min_length=1, description="Changed in")

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        only_once("place", (f"{one.part}, {one.entry}" for one in self.stands_in))
        return self


class Readings(Part):
    """Everything that this guidance leaves open, in one list. The settings themselves stand with what they are about."""

    readings: tuple[Reading, ...] = Field(min_length=1, description="How unclear sentences are read")

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        only_once("reading", (one.id for one in self.readings))
        return self

    def reading(self, reading_id: str) -> Reading | None:
        """This function will find a reading by its id."""
        return next((one for one in self.readings if one.id == reading_id), None)


def entry_of(parts: Mapping[str, Part], place: Place) -> Strict | None:
    """This function will find what a place names: a field of the part, or the first entry in it with that id."""
    part = parts.get(place.part)
    if part is None:
        return None
    if place.entry in type(part).model_fields:
        return next(_within(getattr(part, place.entry)), None)
    return next((one for one in _within(part) if getattr(one, "id", None) == place.entry), None)


def _within(value: object) -> Iterator[Strict]:
    if isinstance(value, Strict):
        if not isinstance(value, Part):
            yield value
        for name in type(value).model_fields:
            yield from _within(getattr(value, name))
    elif isinstance(value, tuple):
        for one in value:
            yield from _within(one)


PARTS: Mapping[str, type[Part]] = {"readings": Readings}
