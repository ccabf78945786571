"""What follows from a level: who is told, what is to be done, and by which route a matter is passed on."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from sightline.core.rulebook.circumstances import Condition
from sightline.core.rulebook.levels import Force, Slot
from sightline.core.rulebook.registers import Tier
from sightline.core.rulebook.shapes import Entry, Id, Name, Part, Words, only_once


class On(StrEnum):
    """What brings a notice about. A subject that goes from one of the levels to another neither enters nor leaves."""

    ENTERING = "entering"
    LEAVING = "leaving"
    STAYING = "staying"  # once in each cycle of a clock
    CONCERN = "concern"  # a concern about a subject that stands there is put on record, once for each concern


class NoticeKind(StrEnum):
    """Something to do, or something to be told of."""

    TASK = "task"
    NOTICE = "notice"


class Purpose(StrEnum):
    """What the recipient is told for (RPT-21; QSG 2017 ¶26)."""

    INFORMATION = "information"
    ACTION = "action"


class Each(StrEnum):
    """For how many bodies a notice arises."""

    ONCE = "once"
    PLACE = "place"
    SYSTEM = "system"
    REGION = "region"
    PROVIDER = "provider"


# Whose registers a notice can mean: of each body for which it arises, those that such a body keeps.
REGISTERS_OF = {Each.SYSTEM: (Tier.SYSTEM, Tier.ICB), Each.REGION: (Tier.REGION,)}


class Notice(Entry):
    """One thing that arises by itself when a subject enters, leaves or stays at one of some levels.

    With ``registers`` it is done once a risk about the subject stands on each of these registers of its body (RPT-04).
    """

    id: Id
    name: Name
    levels: tuple[Id, ...] = Field(min_length=1, description="At")
    occasion: On = Field(description="On")
    kind: NoticeKind = Field(description="Kind")
    by: Slot = Field(description="Falls to")
    by_if_several: Slot | None = Field(
        default=None, description="Where several commissioners or systems are concerned, falls to"
    )
    to: Slot = Field(description="Goes to")
    each: Each = Field(default=Each.ONCE, description="For each")
    purpose: Purpose = Field(description="For")
    force: Force = Field(description="How strongly")
    when: Condition = Field(default=Condition.ALWAYS, description="Only where")
    clock: Id | None = Field(default=None, description="Again by the clock")
    within_days: int | None = Field(default=None, ge=0, le=366, description="Within so many days")
    registers: tuple[Tier, ...] = Field(default=(), description="Done once a risk stands on these registers")
    says: Words

    @model_validator(mode="after")
    def _fits(self) -> Self:
        only_once("level", self.levels)
        only_once("register", self.registers)
        if set(self.registers) - set(REGISTERS_OF.get(self.each, ())) or (
            self.registers and self.kind is not NoticeKind.TASK
        ):
            raise ValueError(
                f"“{self.id}”: “registers” is for a task “each: system” (system, icb) or “each: region” (region)"
            )
        if (self.occasion is On.STAYING) != (self.clock is not None):
            raise ValueError(f"“{self.id}”: “clock” is given for what comes again while staying, and for nothing else")
        if self.by is self.to and self.kind is NoticeKind.NOTICE:
            raise ValueError(f"“{self.id}”: nobody tells themselves")
        if self.occasion is On.CONCERN and self.to in {Slot.PROVIDER, Slot.PROVIDER_CHAIR}:
            raise ValueError(f"“{self.id}”: a provider is told of a level, and not of a concern")
        return self

    def arises(self, before: str, after: str) -> bool:
        """This function will say whether a move from one level to another brings it about."""
        was, is_now = before in self.levels, after in self.levels
        match self.occasion:
            case On.ENTERING:
                return is_now and not was
            case On.LEAVING:
                return was and not is_now
            case On.STAYING | On.CONCERN:
                return False


class RouteKind(StrEnum):
    """What it is that goes by a route."""

    ESCALATION = "escalation"
    DUTY_RISK = "duty-risk"  # that a board may fail its statutory duties for quality, and what that risks (GRP-15)


class Route(Entry):
    """One step by which a matter is passed on, from nearer to the point of care to farther from it."""

    id: Id
    kind: RouteKind = Field(default=RouteKind.ESCALATION, description="As")
    sender: Slot = Field(description="From")
    to: Slot = Field(description="To")
    when: Condition = Field(default=Condition.ALWAYS, description="Only where")
    says: Words


class Notices(Part):
    """What arises by itself at each level (RPT-01 to RPT-09, PRV-04, SUR-09), and the routes upward (RPT-20, RPT-22)."""

    notices: tuple[Notice, ...] = Field(min_length=1)
    routes: tuple[Route, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _whole(self) -> Self:
        only_once("notice", (one.id for one in self.notices))
        only_once("route", (one.id for one in self.routes))
        for one in self.routes:
            seen = self._above(one.to)
            if one.sender is one.to or one.sender in seen:
                raise ValueError(f"the route “{one.id}” leads back to “{one.sender.value}”: that is a circle")
        return self

    def _above(self, slot: Slot) -> set[Slot]:
        """Whomever a matter can reach from a role, by any number of steps."""
        seen: set[Slot] = set()
        waiting = [slot]
        while waiting:
            here = waiting.pop()
            reached = {one.to for one in self.routes if one.sender is here} - seen
            seen |= reached
            waiting += reached
        return seen

    def notice(self, notice_id: str) -> Notice | None:
        """This function will find a notice by its id."""
        return next((one for one in self.notices if one.id == notice_id), None)

    def routes_from(self, slot: Slot) -> tuple[Route, ...]:
        """This function will give the routes by which a role passes a matter on."""
        return tuple(one for one in self.routes if one.sender is slot)


class Pair(Entry):
    """A level of an earlier guidance beside the level of this one that comes nearest to it."""

    id: Id
    pack: Id = Field(description="Guidance")
    level: Id = Field(description="Level there")
    name: Name
    comes_nearest: Id = Field(description="Comes nearest here")
    says: Words = Field(description="How near")


class LevelMap(Part):
    """Levels of other guidance beside those of this one: indicative only, and nothing is re-labelled (FRW-09)."""

    says: Words = Field(description="What it is, and what it is not")
    pairs: tuple[Pair, ...] = Field(min_length=1, description="Levels of other guidance")

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        only_once("pair", (one.id for one in self.pairs))
        only_once("level of other guidance", (f"{one.pack}, {one.level}" for one in self.pairs))
        return self

    def nearest(self, pack: str, level: str) -> Pair | None:
        """This function will find the level here that comes nearest to a level of another guidance."""
        return next((one for one in self.pairs if (one.pack, one.level) == (pack, level)), None)


PARTS: Mapping[str, type[Part]] = {"notices": Notices, "mapping": LevelMap}
