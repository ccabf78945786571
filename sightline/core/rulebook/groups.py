"""The types of group that a guidance knows: what each is called, where it sits, who sits in it, what it may never be."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from sightline.core.rulebook.levels import Force, Slot
from sightline.core.rulebook.meeting import (
    Cadence,
    IntakeCheck,
    Prompt,
    Quorum,
    StandingItem,
    WritingAdvice,
    fits_together,
)
from sightline.core.rulebook.registers import Tier
from sightline.core.rulebook.shapes import Entry, Id, Name, Part, Words, only_once
from sightline.core.rulebook.sitting import Among, AuthorityAsked, Deputies, ProvidersSit, SamePerson


class SeatPart(StrEnum):
    """What somebody does on a seat of a group."""

    CHAIR = "chair"
    CO_CHAIR = "co_chair"
    DEPUTY_CHAIR = "deputy_chair"
    SECRETARY = "secretary"
    MEMBER = "member"
    INVITED = "invited"


class Use(StrEnum):
    """What a body may serve as, apart from bringing people together."""

    ASSURANCE_COMMITTEE = "assurance-committee"  # by which a board makes sure that it meets its statutory duties


class ExpectedSeat(Entry):
    """Somebody who is expected in a group; ``at_least`` says how many, and ``for_each`` that each body of a tier has one.

    Whoever chairs or co-chairs in the name of ``chairs_for`` is there for it too, and needs no second seat.
    """

    id: Id
    title: Name
    part: SeatPart = Field(default=SeatPart.MEMBER, description="Sits as")
    at_least: int = Field(default=1, ge=1, le=9, description="At least")
    force: Force = Field(default=Force.MUST, description="How strongly")
    among: tuple[Among, ...] = Field(default=(), description="Among them")
    for_each: Tier | None = Field(default=None, description="One for each")
    is_provider: bool = Field(default=False, description="It is a seat for those who give care")
    sends: Name | None = Field(default=None, description="Represented by")
    chairs_for: Slot | None = Field(default=None, description="So is whoever chairs it in the name of")

    @model_validator(mode="after")
    def _has_room(self) -> Self:
        only_once("kind of member among several", (one.id for one in self.among))
        if sum(one.at_least for one in self.among) > self.at_least:
            raise ValueError(f"“{self.id}” wants more among its members than it has")
        return self

    def is_filled_by(self, category: str, chairs_for: Slot | None) -> bool:
        """This function will say whether somebody on a seat of a category, who may chair in a name, is there for it."""
        return category == self.id or (chairs_for is not None and chairs_for is self.chairs_for)

    @property
    def names_each(self) -> bool:
        """Whether it says of every one of its members who that is, so that their number tells nothing more."""
        return bool(self.among) and sum(one.at_least for one in self.among) == self.at_least

    def called(self, among: str = "") -> str:
        """This function will give what a seat of its kind is called, for one of those named apart as well."""
        wanted = next((one for one in self.among if one.id == among), None)
        return f"{self.title}: {wanted.title}" if wanted and self.names_each else self.title


class ChairsWhen(StrEnum):
    """When somebody may chair a group, or is to. A new one needs its line in ``core.groups.chairing``."""

    NORMALLY = "normally"
    JOINTLY_COMMISSIONED = "jointly-commissioned"  # by the NHS and a local authority together
    LOCAL_AUTHORITY_COMMISSIONED = "local-authority-commissioned"
    NHS_ENGLAND_COMMISSIONED = "nhs-england-commissioned"  # alone or with others
    REGIONAL_TRIGGER = "regional-trigger"  # only where a trigger for the region's involvement is met (LVL-20)


class Chairs(Entry):
    """In whose name a group is chaired or co-chaired, and when (CHR-01 to CHR-05, CHR-08); “should” is remarked upon."""

    who: Slot = Field(description="In the name of")
    part: SeatPart = Field(description="As")
    when: ChairsWhen = Field(default=ChairsWhen.NORMALLY, description="When")
    force: Force = Field(default=Force.MAY, description="How strongly")

    @model_validator(mode="after")
    def _presides(self) -> Self:
        if self.part not in {SeatPart.CHAIR, SeatPart.CO_CHAIR}:
            raise ValueError(f"“{self.part.value}” is neither the chair nor a co-chair")
        return self


class MayNotBe(Entry):
    """What a group of a type may never serve as; ``says`` is told to whoever tries (GRP-04)."""

    use: Use = Field(description="It may not serve as")
    says: Words


class ReportsTo(Entry):
    """To whom a group reports; ``kind`` where that is a group of a type of this guidance."""

    id: Id
    name: Name
    kind: Id | None = Field(default=None, description="That is a group of the type")


class GroupType(Entry):
    """One type of group (GRP-01), by the name that it has under this guidance (FRW-05)."""

    id: Id
    name: Name
    short: Name | None = Field(default=None, description="In short")
    says: Words = Field(description="What it is for")
    tiers: tuple[Tier, ...] = Field(min_length=1, description="Sits for")
    needed: Force = Field(default=Force.MAY, description="How strongly each area is asked to have one")
    slot: Slot | None = Field(default=None, description="Its role in rules")
    uses: tuple[Use, ...] = Field(default=(), description="Serves as")
    may_not_be: tuple[MayNotBe, ...] = Field(default=(), description="What it may not be")
    seats: tuple[ExpectedSeat, ...] = Field(default=(), description="Who sits in it")
    about_one: bool = Field(default=False, description="It is about one subject, which is named when it is set up")
    providers: ProvidersSit | None = Field(default=None, description="Those who give care")
    deputies: Deputies | None = Field(default=None, description="Deputies")
    authority: AuthorityAsked | None = Field(default=None, description="Authority of its members")
    same_person: SamePerson | None = Field(default=None, description="One person for each organisation")
    chairs: tuple[Chairs, ...] = Field(default=(), description="Who may chair it")
    cadence: Cadence | None = Field(default=None, description="How often it meets")
    quorum: Quorum | None = Field(default=None, description="When it is quorate")
    standing_items: tuple[StandingItem, ...] = Field(default=(), description="On every agenda")
    prompts: tuple[Prompt, ...] = Field(default=(), description="It looks to answer")
    intake: tuple[IntakeCheck, ...] = Field(default=(), description="Asked of what is brought to it")
    reports_to: tuple[ReportsTo, ...] = Field(default=(), description="Reports to")  # RPT-14

    @model_validator(mode="after")
    def _whole(self) -> Self:
        only_once("seat", (one.id for one in self.seats))
        only_once("title of a seat", (one.title.casefold() for one in self.seats))
        fits_together(self.id, self.cadence, self.quorum, self.standing_items, {one.id for one in self.seats})
        only_once("question", (one.id for one in self.prompts))
        only_once("check of what is brought", (one.id for one in self.intake))
        only_once("recipient of reports", (one.id for one in self.reports_to))
        only_once("thing that it may not be", (one.use for one in self.may_not_be))
        only_once("way of chairing", (f"{one.who} {one.part} {one.when}" for one in self.chairs))
        if self.seats and sum(one.part is SeatPart.CHAIR for one in self.seats) != 1:
            raise ValueError(f"“{self.id}” lists who sits in it, and so has one seat for its chair")
        if barred := sorted(set(self.uses) & {one.use for one in self.may_not_be}):
            raise ValueError(f"“{self.id}” serves as “{barred[0].value}” and may not be that")
        if self.slot is Slot.SYSTEM_QUALITY_GROUP and self.bar(Use.ASSURANCE_COMMITTEE) is None:
            raise ValueError(
                f"“{self.id}” must say that it may not be an assurance committee: a system’s quality group never is"
            )
        return self

    def seat(self, category: str) -> ExpectedSeat | None:
        """This function will find an expected seat by its id, which is the category of the seats that fill it."""
        return next((one for one in self.seats if one.id == category), None)

    def seat_titled(self, title: str) -> ExpectedSeat | None:
        """This function will find an expected seat by its title."""
        folded = " ".join(title.casefold().split())
        return next((one for one in self.seats if " ".join(one.title.casefold().split()) == folded), None)

    def bar(self, use: Use) -> MayNotBe | None:
        """This function will find what keeps groups of the type from serving as something."""
        return next((one for one in self.may_not_be if one.use is use), None)

    @property
    def called(self) -> str:
        """The name with what it is called in short."""
        return f"{self.name} ({self.short})" if self.short else self.name


class GroupTypes(Part):
    """The types of group of one guidance (GRP-01, GRP-03, GRP-04, FRW-05)."""

    types: tuple[GroupType, ...] = Field(min_length=1, description="Types of group")
    writing: tuple[WritingAdvice, ...] = Field(default=(), description="How notes are written")

    @model_validator(mode="after")
    def _whole(self) -> Self:
        only_once("type", (one.id for one in self.types))
        only_once("advice on notes", (one.id for one in self.writing))
        only_once("role", (one.slot for one in self.types if one.slot))
        known = {one.id for one in self.types}
        for one in self.types:
            for to in one.reports_to:
                if to.kind is not None and to.kind not in known:
                    raise ValueError(f"“{one.id}” reports to a group of the type “{to.kind}”, which there is not")
        if Slot.SYSTEM_QUALITY_GROUP not in {one.slot for one in self.types}:
            raise ValueError(f"no type has the role “{Slot.SYSTEM_QUALITY_GROUP.value}”")
        return self

    def type(self, type_id: str) -> GroupType | None:
        """This function will find a type by its id."""
        return next((one for one in self.types if one.id == type_id), None)

    def serving_as(self, use: Use) -> GroupType | None:
        """This function will find the type that serves as something."""
        return next((one for one in self.types if use in one.uses), None)


PARTS: Mapping[str, type[Part]] = {"group_types": GroupTypes}
