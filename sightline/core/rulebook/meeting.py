"""How a group meets: how often, who must be there for it to decide, and what stands on every agenda."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from sightline.core.rulebook.clocks import Unit
from sightline.core.rulebook.levels import Force
from sightline.core.rulebook.shapes import Entry, Id, Name, Words, only_once


class Cadence(Entry):
    """How often, at the least. Where a guidance names no interval there is none here."""

    value: int = Field(ge=1, le=24, description="At least once in")
    unit: Unit = Field(description="Counted in")
    force: Force = Field(default=Force.MUST, description="How strongly")
    reviewed_every_months: int | None = Field(
        default=None, ge=1, le=60, description="Looked at again after so many months"
    )
    says: Words


class Constituency(Entry):
    """One seat from which somebody is there, or the group is not quorate."""

    seat: Id = Field(description="Seat")
    at_least: int = Field(default=1, ge=1, le=9, description="At least")
    note: Words | None = Field(default=None, description="How it is read")


class Outside(Entry):
    """What may be decided all the same where a meeting was not quorate."""

    says: Words


class Quorum(Entry):
    """When a group is quorate: a share of its members, a number of them, and somebody from each of some seats."""

    share: int | None = Field(default=None, ge=1, le=100, description="Per cent of members, at least")
    at_least: int | None = Field(default=None, ge=1, le=99, description="Members, at least")
    of_each: tuple[Constituency, ...] = Field(default=(), description="Somebody from each of")
    force: Force = Field(default=Force.MUST, description="How strongly")
    says: Words
    outside: Outside | None = Field(default=None, description="Where it is not reached")

    @model_validator(mode="after")
    def _asks_something(self) -> Self:
        only_once("seat in the quorum", (one.seat for one in self.of_each))
        if self.share is None and self.at_least is None and not self.of_each:
            raise ValueError("a quorum asks for something: “share”, “at_least” or “of_each”; without one, leave it out")
        return self


class Moment(StrEnum):
    """Where on an agenda an item stands."""

    OPENING = "opening"
    BETWEEN = "between"
    CLOSING = "closing"


class StandingItem(Entry):
    """What stands on the agenda of every meeting."""

    id: Id
    title: Name
    says: Words = Field(description="What it is for")
    moment: Moment = Field(default=Moment.BETWEEN, description="When in the meeting")
    has_responsible: bool = Field(default=False, description="A member is named who is responsible")
    force: Force = Field(default=Force.SHOULD, description="How strongly")


def fits_together(
    kind: str,
    cadence: Cadence | None,
    quorum: Quorum | None,
    items: tuple[StandingItem, ...],
    seats: Collection[str],
) -> None:
    """This function will raise ValueError where how a type of group meets does not fit the rest of the type."""
    only_once("standing item", (one.id for one in items))
    only_once("title of a standing item", (one.title.casefold() for one in items))
    if cadence is not None and cadence.unit is not Unit.MONTHS:
        raise ValueError(f"“{kind}”: how often a group meets is counted in months")
    for one in quorum.of_each if quorum else ():
        if one.seat not in seats:
            raise ValueError(f"“{kind}” counts the seat “{one.seat}” for its quorum, which it does not have")
