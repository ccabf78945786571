"""Who may authorise a level: by whom the care is commissioned, with a reasoned override, and never by a group's vote."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from sightline.core.rulebook.circumstances import Circumstances, Commissioner
from sightline.core.rulebook.levels import GROUPS, Slot
from sightline.core.rulebook.shapes import Entry, Id, Name, Part, Words, only_once


class SlotName(Entry):
    """What a role is called under this guidance."""

    id: Slot
    name: Name


class CommissionerName(Entry):
    """What a way of commissioning is called."""

    id: Commissioner
    name: Name


class Mode(StrEnum):
    """Whose decision a level is."""

    AGREEMENT = "agreement"  # the group agrees it
    ORGANISATION = "organisation"  # an organisation with authority decides it, and the group informs it


class DecidedBy(Entry):
    """Whose decision a level is under this guidance."""

    mode: Mode = Field(description="A level is set by")
    says: Words


class Authority(Entry):
    """Who authorises one level; no ``commissioned_by`` means whoever commissions."""

    id: Id
    level: Id = Field(description="Level")
    commissioned_by: tuple[Commissioner, ...] = Field(default=(), description="Where it is commissioned by")
    is_the_icb: bool = Field(default=False, description="Where the ICB itself is the subject")
    slots: tuple[Slot, ...] = Field(min_length=1, description="Authorised by")
    override: tuple[Slot, ...] = Field(default=(), description="With a recorded reason also by")
    says: Words

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        only_once("role", (*self.slots, *self.override))
        return self


class StepDown(StrEnum):
    """Whose authority a step down needs."""

    OF_THE_LEVEL_LEFT = "of-the-level-left"
    OF_THE_LEVEL_ENTERED = "of-the-level-entered"


class SteppingDown(Entry):
    """Whose authority a step down needs; the guidance of 2022 does not say (LVL-17)."""

    authority: StepDown = Field(description="Authority to step down")
    says: Words


class Authorities(Part):
    """Who may authorise which level (LVL-05 to LVL-08, LVL-17), and what each role is called here."""

    decided_by: DecidedBy = Field(description="Whose decision it is")
    authorities: tuple[Authority, ...] = Field(min_length=1, description="Who authorises")
    stepping_down: SteppingDown = Field(description="Stepping down")
    slots: tuple[SlotName, ...] = Field(min_length=1, description="Roles")
    commissioners: tuple[CommissionerName, ...] = Field(description="Ways of commissioning")

    @model_validator(mode="after")
    def _whole(self) -> Self:
        for what in ("authorities", "slots", "commissioners"):
            only_once(f"entry of “{what}”", (one.id for one in getattr(self, what)))
        if {one.id for one in self.commissioners} != set(Commissioner):
            raise ValueError("each of the ways of commissioning has its name once")
        named = {one.id for one in self.slots}
        for one in self.authorities:
            if unnamed := sorted({*one.slots, *one.override} - named):
                raise ValueError(f"“{one.id}” names a role “{unnamed[0]}” that has no name under “slots”")
            self._fits(one)
        return self

    def _fits(self, one: Authority) -> None:
        groups = sorted({*one.slots, *one.override} & GROUPS)
        if self.decided_by.mode is Mode.ORGANISATION and groups:
            raise ValueError(
                f"“{one.id}” lets “{groups[0]}” authorise: a group informs a level and never authorises it"
            )
        if self.decided_by.mode is Mode.AGREEMENT and set(one.slots) - GROUPS:
            raise ValueError(f"“{one.id}” names an organisation where levels are agreed by a group")
        doubles = [
            other
            for other in self.authorities
            if other.id != one.id
            and (other.level, other.is_the_icb) == (one.level, one.is_the_icb)
            and (
                set(other.commissioned_by) & set(one.commissioned_by)
                or not (other.commissioned_by or one.commissioned_by)
            )
        ]
        if doubles:
            raise ValueError(f"“{one.id}” and “{doubles[0].id}” speak of the same case")

    def name(self, slot: Slot) -> str:
        """This function will call a role as this guidance does."""
        return next((one.name for one in self.slots if one.id == slot), slot.value)

    def of(self, level: str, case: Circumstances) -> Authority | None:
        """This function will find who authorises a level in a case: the case of the ICB itself before the route."""
        mine = [one for one in self.authorities if one.level == level]
        special = [one for one in mine if one.is_the_icb and case.is_the_icb]
        routed = [one for one in mine if not one.is_the_icb and case.commissioned_by in one.commissioned_by]
        general = [one for one in mine if not one.is_the_icb and not one.commissioned_by]
        return next(iter([*special, *routed, *general]), None)


PARTS: Mapping[str, type[Part]] = {"authority": Authorities}
