"""When a group that sees a plan for improvement through may end: its two conditions, and how many of them are asked for."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from sightline.core.rulebook.clocks import Setting, understood
from sightline.core.rulebook.shapes import Entry, Id, Name, Part, Words, only_once


class Limb(StrEnum):
    """The two conditions of an end (QIG-08)."""

    MILESTONES_LAST = "milestones-last"  # reached, and sure to last
    ALL_AGREE = "all-agree"  # members and the groups above, with a plan and capacity for the rest


class Asked(StrEnum):
    """How “most or all” of two conditions is read (QIG-08)."""

    MOST = "most"  # one of them, with a reason
    ALL = "all"


SETTINGS: Mapping[str, type[StrEnum]] = {"asked": Asked}


class EndCondition(Entry):
    """One of the conditions."""

    id: Limb
    name: Name
    says: Words = Field(description="It is met where")


class Ending(Entry):
    """When a Quality Improvement Group has done what it is for (QIG-08; NQB risk response 2022, Annex C)."""

    says: Words
    conditions: tuple[EndCondition, ...] = Field(description="Conditions")
    settings: tuple[Setting, ...] = Field(description="Read as")

    @model_validator(mode="after")
    def _whole(self) -> Self:
        only_once("condition", (one.id for one in self.conditions))
        if {one.id for one in self.conditions} != set(Limb):
            raise ValueError("each of the two conditions of an end stands here once")
        understood(self.settings, SETTINGS, "ending")
        return self

    @property
    def asked(self) -> Asked:
        """How many of the conditions are asked for."""
        return Asked(next(one.chosen for one in self.settings if one.id == "asked"))

    def condition(self, limb: Limb) -> EndCondition:
        """This function will find one of the conditions."""
        return next(one for one in self.conditions if one.id is limb)


class Told(Entry):
    """What a Quality Improvement Group puts on record: what it does (QIG-04) or, with a ``seat``, what a member reports.

    ``seat`` is the id of the expected seat of the group whose member reports it (QIG-06, QIG-07).
    """

    id: Id
    name: Name
    seat: Id | None = Field(default=None, description="Reported by")
    says: Words = Field(description="What is told")


class Improvement(Part):
    """How improvement is overseen and when that ends."""

    ending: Ending = Field(description="When a group that oversees improvement ends")
    told: tuple[Told, ...] = Field(default=(), description="What a group that oversees improvement puts on record")

    @model_validator(mode="after")
    def _once(self) -> Self:
        only_once("thing that a group puts on record", (one.id for one in self.told))
        return self

    @property
    def functions(self) -> tuple[Told, ...]:
        """What the group does itself."""
        return tuple(one for one in self.told if one.seat is None)

    @property
    def reports(self) -> tuple[Told, ...]:
        """What its members report."""
        return tuple(one for one in self.told if one.seat is not None)


PARTS: Mapping[str, type[Part]] = {"improvement": Improvement}
