"""The levels of a guidance, what each asks for, what may have been put in a level's place, and the triggers."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from sightline.core.rulebook.circumstances import Condition
from sightline.core.rulebook.shapes import Entry, Id, Name, Part, Words, only_once

Code = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]{1,3}$")]

REGIONAL, NATIONAL = "regional", "national"  # a trigger may be of a level, or of the involvement of these


class Slot(StrEnum):
    """The roles that rules speak of. Which body or person fills one is dated data and is not known here."""

    ICB_EXECUTIVE_QUALITY_LEAD = "icb-executive-quality-lead"
    ICB_CHIEF_EXECUTIVE = "icb-chief-executive"
    ICB_CHAIR = "icb-chair"
    NHS_ENGLAND_REGION = "nhs-england-region"
    NHS_ENGLAND_NATION = "nhs-england-nation"
    LOCAL_AUTHORITY = "local-authority"
    PROVIDER = "provider"
    PROVIDER_CHAIR = "provider-chair"
    PROCESS_LEAD = "process-lead"
    GROUP_CHAIR = "group-chair"
    SECRETARIAT = "secretariat"
    PLACE_GROUP = "place-group"
    SYSTEM_QUALITY_GROUP = "system-quality-group"
    REGIONAL_QUALITY_GROUP = "regional-quality-group"
    REGIONAL_SUPPORT_GROUP = "regional-support-group"
    SYSTEM_OVERSIGHT_COMMITTEE = "system-oversight-committee"


# Groups, and who speaks for one alone: they inform a decision, and no authority rests with them (LVL-08).
GROUPS = frozenset(
    {Slot.PLACE_GROUP, Slot.SYSTEM_QUALITY_GROUP, Slot.REGIONAL_QUALITY_GROUP, Slot.REGIONAL_SUPPORT_GROUP}
    | {Slot.GROUP_CHAIR, Slot.SECRETARIAT}
)


class Force(StrEnum):
    """How strongly the guidance asks: must is enforced, should is remarked upon, may is offered."""

    MUST = "must"
    SHOULD = "should"
    MAY = "may"


class Need(StrEnum):
    """What a move may have to carry. A new one needs its line in ``core.surveillance.needing``."""

    REASON = "reason"
    TRIGGER = "trigger"
    RISK_PROFILE = "risk-profile"
    CLOSEST_TO_CARE = "closest-to-care"
    CONFLICT_CHECK = "conflict-check"
    GROUP_VIEW = "group-view"
    REGIONAL_AGREEMENT = "regional-agreement"
    PROCESS_LEAD = "process-lead"
    OPTIONS_EXHAUSTED = "options-exhausted"
    PLAN = "plan"
    FOLLOW_UP_PERSON = "follow-up-person"
    ACTION = "action"
    NEXT_REVIEW = "next-review"
    EXIT_EVIDENCE = "exit-evidence"
    SECOND_PERSON = "second-person"
    REASONS_OF_DISSENT = "reasons-of-dissent"
    NO_STATUTORY_OBJECTION = "no-statutory-objection"


class When(StrEnum):
    """Which way a subject comes to a level, or leaves it."""

    ENTERING = "entering"  # from above or below
    RISING = "rising"  # into it, from a lower one
    FALLING = "falling"  # out of it, to a lower one


class NeedRule(Entry):
    """One thing that a move must, should or may carry; ``says`` is what a reader is told where it is missing."""

    need: Need = Field(description="What is needed")
    way: When = Field(default=When.ENTERING, description="Only when")
    when: Condition = Field(default=Condition.ALWAYS, description="Only where")
    force: Force = Field(description="How strongly")
    says: Words


class Note(Entry):
    """Something that readers of a level are told beside it (SUR-03)."""

    says: Words


class Activity(Entry):
    """Something that may be done at a level, by one tier; offered as a checklist (LVL-22, SUR-11)."""

    by: Name = Field(description="By")
    name: Name


class Level(Entry):
    """One level: what it means, who leads, what is done by default, and what a move into it or down from it needs.

    SUR-04, LVL-02, LVL-03, LVL-04, LVL-15.
    """

    id: Id
    name: Name
    code: Code = Field(description="In the log")
    rank: int = Field(ge=1, le=9, description="Rank")
    means: Words = Field(description="What it means")
    action: Words = Field(description="What is done by default")
    led_by: Words = Field(description="Led by")
    needs: tuple[NeedRule, ...] = Field(default=(), description="Needs")
    activities: tuple[Activity, ...] = Field(default=(), description="May be done")
    notes: tuple[Note, ...] = Field(default=(), description="Note")


class Skip(StrEnum):
    """Whether a level between may be left out on the way up."""

    FREE = "free"
    TO_PROTECT = "to-protect"  # only where people need protection at once
    NEVER = "never"


class Skipping(Entry):
    """Whether a level may be skipped on the way up."""

    rule: Skip = Field(description="Levels between may be skipped")
    says: Words


class Replaced(Entry):
    """Something that a guidance no longer lets anybody begin, and what stands in its place (FRW-06, FRW-07)."""

    id: Id
    name: Name
    by: Id = Field(description="Its place is taken by")
    says: Words = Field(description="What to do instead")


class Instead(Entry):
    """Something that took the place of what may no longer be begun."""

    id: Id
    name: Name


class Levels(Part):
    """The levels of one guidance, from the mildest (SUR-01, LVL-01)."""

    levels: tuple[Level, ...] = Field(min_length=2)
    every_move: tuple[NeedRule, ...] = Field(default=(), description="Needed by every move")
    skipping: Skipping = Field(description="Skipping a level")
    replaced: tuple[Replaced, ...] = Field(default=(), description="What may no longer be begun")
    instead: tuple[Instead, ...] = Field(default=(), description="What is begun instead")
    notes: tuple[Note, ...] = Field(default=(), description="How the levels are read")

    @model_validator(mode="after")
    def _whole(self) -> Self:
        only_once("level", (one.id for one in self.levels))
        only_once("code", (one.code for one in self.levels))
        only_once("replaced thing", (one.id for one in self.replaced))
        if [one.rank for one in self.levels] != list(range(1, len(self.levels) + 1)):
            raise ValueError("levels stand from the mildest, and their ranks are 1, 2, 3 and so on")
        gone, standing = {one.id for one in self.replaced}, {one.id for one in self.levels}
        if both := sorted(gone & standing):
            raise ValueError(f"“{both[0]}” is a level, and is said to be replaced")
        begun = {one.id for one in self.instead}
        for one in self.replaced:
            if one.by in gone:
                raise ValueError(f"“{one.id}” is replaced by “{one.by}”, itself replaced: that leads in a circle")
            if one.by not in begun:
                raise ValueError(f"“{one.id}” is replaced by “{one.by}”, which does not stand under “instead”")
        return self

    @property
    def lowest(self) -> Level:
        """The level at which a subject stands that nobody ever moved."""
        return self.levels[0]

    def level(self, level_id: str) -> Level | None:
        """This function will find a level by its id."""
        return next((one for one in self.levels if one.id == level_id), None)

    def replacement(self, thing: str) -> Replaced | None:
        """This function will say what took the place of a thing that may no longer be begun."""
        return next((one for one in self.replaced if one.id == thing), None)

    def successor(self, replaced: Replaced) -> Instead:
        """This function will give what is begun instead of a thing that was replaced."""
        return next(one for one in self.instead if one.id == replaced.by)


class Trigger(Entry):
    """One reason for a level, or for the region or the nation to be involved; ``when`` lets it offer itself."""

    id: Id
    of: Id = Field(description="For this level or involvement")
    says: Words
    when: Condition | None = Field(default=None, description="Offered by itself where")


class Triggers(Part):
    """The reasons that may be named for a move (LVL-12, LVL-13), or for others to be involved (LVL-20, LVL-21)."""

    triggers: tuple[Trigger, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        only_once("trigger", (one.id for one in self.triggers))
        return self

    def of(self, level_or_tier: str) -> tuple[Trigger, ...]:
        """This function will give the triggers of a level, of “regional” or of “national” involvement."""
        return tuple(one for one in self.triggers if one.of == level_or_tier)

    def trigger(self, trigger_id: str) -> Trigger | None:
        """This function will find a trigger by its id."""
        return next((one for one in self.triggers if one.id == trigger_id), None)


PARTS: Mapping[str, type[Part]] = {"levels": Levels, "triggers": Triggers}
