"""How evidence is graded, how long it stays fresh, and which patterns of it make the rules propose something."""

from __future__ import annotations

from enum import StrEnum
from string import Formatter
from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator

from sightline.core.rulebook.shapes import Entry, Id, Name, Part, Words, only_once
from sightline.core.signals import Bearing, Quadrant

RELIABILITY = ("A", "B", "C", "D", "E", "F")
CREDIBILITY = ("1", "2", "3", "4", "5", "6")
PLACES = ("subject", "dimension", "sources", "since")


class Grade(Entry):
    """One step of a scale."""

    id: Literal["A", "B", "C", "D", "E", "F", "1", "2", "3", "4", "5", "6"]
    name: Name
    says: Words = Field(description="When to choose it")


class Sureness(Entry):
    """One way in which somebody may be sure, or not, of what they tell."""

    id: Id
    name: Name
    says: Words = Field(description="When to choose it")


class Grading(Part):
    """How reliable a source is, how credible what it says, and how sure whoever tells it (INT-01; QSG 2017 ¶118)."""

    reliability: tuple[Grade, ...] = Field(description="How reliable the source is")
    credibility: tuple[Grade, ...] = Field(description="How credible what it says is")
    sureness: tuple[Sureness, ...] = Field(min_length=1, description="How sure whoever tells it is")

    @model_validator(mode="after")
    def _whole_scales(self) -> Self:
        if tuple(one.id for one in self.reliability) != RELIABILITY:
            raise ValueError("reliability has the six steps A to F, in this order")
        if tuple(one.id for one in self.credibility) != CREDIBILITY:
            raise ValueError("credibility has the six steps “1” to “6”, in this order")
        only_once("way of being sure", (one.id for one in self.sureness))
        return self


class Age(Entry):
    """After how many days the evidence of one quadrant is stale."""

    quadrant: Quadrant = Field(description="Kind of evidence")
    days: int = Field(ge=1, le=3_660, description="Stale after so many days")


class Fewest(Entry):
    """Fewer independent sources than this are not enough to say how a subject fares."""

    sources: int = Field(ge=1, le=20, description="Independent sources, at least")
    quadrants: int = Field(ge=1, le=4, description="Kinds of evidence among them, at least")


class Freshness(Part):
    """How old evidence may be, and how much of it there must be, before a subject counts as known (INT-14, DAT-05)."""

    ages: tuple[Age, ...] = Field(description="After how long evidence is stale")
    fewest: Fewest = Field(description="How few are too few")

    @model_validator(mode="after")
    def _every_quadrant(self) -> Self:
        if sorted(age.quadrant for age in self.ages) != sorted(Quadrant):
            raise ValueError("each of the four kinds of evidence has its age once")
        return self

    def days(self, quadrant: Quadrant) -> int:
        """This function will say after how many days evidence of a quadrant is stale."""
        return next(age.days for age in self.ages if age.quadrant is quadrant)


class ProposalKind(StrEnum):
    """What the rules may propose; a named person decides."""

    ASK_FOR_INFORMATION = "ask_for_information"
    DISCUSS = "discuss"
    TRIGGER_TOOL = "trigger_tool"
    NOTE_GOOD_PRACTICE = "note_good_practice"
    LOOK_FOR_INFORMATION = "look_for_information"


class ProposalRule(Entry):
    """One pattern of evidence and what to propose where it is met.

    ``says`` may hold {subject}, {dimension}, {sources} (how many, with the noun: "3 independent sources") and {since}.
    Sources are counted as independent roads. ``same_row`` asks that they agree within one row of the matrix, which
    {dimension} then names. ``needs_change``: only what changed counts, not a standard missed
    all along. ``needs_soft`` asks for something that a person told, ``needs_hard`` for figures or a published
    judgement; ``needs_qualitative`` for anything in words. ``lacks_figures``: no fresh figures stand in that row.
    """

    id: Id
    kind: ProposalKind = Field(description="What is proposed")
    says: Words = Field(description="What readers are told")
    bearing: Literal[Bearing.CONCERN, Bearing.IMPROVEMENT] = Field(description="Which way the evidence points")
    sources_at_least: Annotated[int, Field(ge=1, le=50)] = Field(description="Independent sources, at least")
    quadrants_at_least: Annotated[int, Field(ge=1, le=4)] = Field(description="Kinds of evidence, at least")
    same_row: bool = Field(default=False, description="About one dimension of quality")
    within_days: Annotated[int, Field(ge=1, le=3_660)] = Field(description="Counting evidence of so many days back")
    needs_qualitative: bool = Field(default=False, description="Something in words among it")
    needs_soft: bool = Field(default=False, description="Something that a person told among it")
    needs_hard: bool = Field(default=False, description="Figures or a published judgement among it")
    needs_change: bool = Field(default=False, description="Counting only what changed, not a standard missed all along")
    lacks_figures: bool = Field(default=False, description="No figures about it")

    @field_validator("says")
    @classmethod
    def _known_places(cls, says: str) -> str:
        places = [name for _, name, _, _ in Formatter().parse(says) if name is not None]
        unknown = [name for name in places if name not in PLACES]
        if unknown:
            raise ValueError(f"{{{unknown[0]}}} cannot be filled in; there are {{{'}, {'.join(PLACES)}}}")
        return says

    @model_validator(mode="after")
    def _can_be_met(self) -> Self:
        if self.quadrants_at_least > self.sources_at_least:
            raise ValueError("so many kinds of evidence cannot come from fewer sources")
        if "{dimension}" in self.says and not self.same_row:
            raise ValueError("{dimension} can be named only where same_row is true")
        if self.lacks_figures and (self.needs_hard or not self.same_row):
            raise ValueError("lacks_figures asks about one row, and cannot stand beside needs_hard")
        return self


class Proposals(Part):
    """The rules that propose (INT-04, INT-14, INT-16; QSG 2017 ¶33, ¶114, ¶116): never a score, never a decision."""

    proposals: tuple[ProposalRule, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        only_once("proposal", (one.id for one in self.proposals))
        return self
