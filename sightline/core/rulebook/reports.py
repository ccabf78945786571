"""The reports that a guidance lays down: who sends each to whom, its sections in order, and what an empty one says."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from itertools import groupby
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from sightline.core.rulebook.clocks import ClockId
from sightline.core.rulebook.levels import Force, Slot
from sightline.core.rulebook.meeting import Cadence
from sightline.core.rulebook.shapes import Entry, Id, Name, Part, Words, only_once

Number = Annotated[str, StringConstraints(pattern=r"^[0-9]+(\.[0-9]+)*$", max_length=12)]


class Layout(StrEnum):
    """What a report is made of: sections of words, or lines of a table."""

    PAPER = "paper"
    TABLE = "table"


class Gatherer(StrEnum):
    """What Sightline can bring together from its records for a section; each line leads back to its record."""

    LEVELS = "levels"  # who stands above the lowest level, and whose level moved in the period
    HIGHEST = "highest"  # who stands at the highest level (SUM-03)
    PROGRESS = "progress"  # how far the group's actions about those at the highest level are (RPT-26)
    RISKS = "risks"  # open risks in the upper half of the matrix
    DECISIONS = "decisions"  # what meetings of the group decided in the period
    ACTIONS = "actions"  # what the group agreed should be done, in the period
    OVERDUE = "overdue"  # what should have been done
    ESCALATIONS = "escalations"  # what was sent up or across and is not closed
    INTERVENTIONS = "interventions"  # risk summits, rapid reviews, regulatory action and enforcement, in the period
    TELLINGS = "tellings"  # what providers were told, in the period
    GOOD_PRACTICE = "good-practice"  # what changed because of what was done (LRN-03)
    MINUTES = "minutes"  # meetings of the group that were held in the period, whose minutes go with it


class Blank(Entry):
    """What a section says where there is nothing to tell (RPT-28)."""

    says: Words
    outright: bool = Field(default=False, description="Whoever writes the report says outright that there is nothing")


class ReportSection(Entry):
    """One section. One that is required is never blank: it holds words, what stands there, or its sentence for none."""

    id: Id
    under: Name | None = Field(default=None, description="Stands under the heading")
    number: Number | None = Field(default=None, description="Number")
    title: Name
    says: Words = Field(description="What belongs in it")
    required: bool = Field(default=True, description="Always there")
    is_request: bool = Field(default=False, description="What is written there asks for support or for an answer")
    says_purpose: bool = Field(default=False, description="It says whether the report is for information or for action")
    gathers: tuple[Gatherer, ...] = Field(default=(), description="Filled by Sightline with")
    by_subject: bool = Field(default=False, description="What is gathered stands under whom it is about")
    stands: Words | None = Field(default=None, description="What stands there by itself")
    blank: Blank | None = Field(default=None, description="Where there is nothing")

    @property
    def heading(self) -> str:
        """The title with its number."""
        return f"{self.number} {self.title}" if self.number else self.title

    @model_validator(mode="after")
    def _never_blank(self) -> Self:
        only_once("thing that a section is filled with", (one.value for one in self.gathers))
        if self.stands is not None and set(self.gathers) - {Gatherer.MINUTES}:
            raise ValueError(
                f"“{self.id}” has words that stand there by themselves: beside them it names minutes alone"
            )
        if self.stands is not None and (self.blank is not None or self.is_request):
            raise ValueError(
                f"“{self.id}” has words that stand there by themselves, and so has nothing to be filled in"
            )
        if self.by_subject and not self.gathers:
            raise ValueError(f"“{self.id}” is parted by whom it is about: name in “gathers” what it is filled with")
        if self.says_purpose and (self.stands is not None or not self.required):
            raise ValueError(f"“{self.id}” says what the report is for: it is always there, and somebody writes it")
        if self.required and self.stands is None and self.blank is None:
            raise ValueError(f"“{self.id}” is always there: give what it says where there is nothing, in “blank”")
        if not self.required and (self.stands is not None or self.blank is not None):
            raise ValueError(f"“{self.id}” is left out where nothing is written: it has neither “stands” nor “blank”")
        return self


class Value(Entry):
    """One of the few things that a column may hold."""

    code: Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]{1,4}$")]
    name: Name


class Column(Entry):
    """One column of a report that is a table."""

    id: Id
    title: Name
    values: tuple[Value, ...] = Field(default=(), description="May hold")

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        only_once("code", (one.code for one in self.values))
        return self


class ReportTemplate(Entry):
    """One report. ``sender_slot`` and ``recipient_slot`` are for rules, where the rules know the role."""

    id: Id
    name: Name
    says: Words = Field(description="What it is for")
    sender: Name = Field(description="From")
    sender_slot: Slot | None = Field(default=None, description="The sender’s role in rules")
    recipient: Name = Field(description="To")
    recipient_slot: Slot | None = Field(default=None, description="The recipient’s role in rules")
    force: Force = Field(default=Force.SHOULD, description="How strongly")
    is_update: bool = Field(default=False, description="The update of a quarter is laid out by it")
    layout: Layout = Field(default=Layout.PAPER, description="Made of")
    heading: tuple[Name, ...] = Field(default=(), description="At its head")
    longest_sides: int | None = Field(default=None, ge=1, le=50, description="Ideally no longer than so many sides")
    encloses: Words | None = Field(default=None, description="What goes with it")
    needs_minutes: bool = Field(default=False, description="The minutes of its meetings have to go with it")
    cadence: Cadence | None = Field(default=None, description="How often")
    clock: ClockId | None = Field(default=None, description="While the clock runs")
    sections: tuple[ReportSection, ...] = Field(default=(), description="Sections")
    columns: tuple[Column, ...] = Field(default=(), description="Columns")

    @model_validator(mode="after")
    def _whole(self) -> Self:
        only_once("section", (one.id for one in self.sections))
        only_once("title of a section", (one.heading.casefold() for one in self.sections))
        only_once("number of a section", (one.number for one in self.sections if one.number))
        only_once("column", (one.id for one in self.columns))
        only_once("heading of sections", (name for name, _ in groupby(one.under for one in self.sections) if name))
        if sum(one.says_purpose for one in self.sections) > 1:
            raise ValueError(f"“{self.id}”: one section says what the report is for, and no second")
        has = {Layout.PAPER: bool(self.sections), Layout.TABLE: bool(self.columns)}
        if [layout for layout, there in has.items() if there] != [self.layout]:
            raise ValueError(f"“{self.id}”: a paper has sections, a table has columns, and neither has both")
        gathered = {gatherer for one in self.sections for gatherer in one.gathers}
        if self.needs_minutes and Gatherer.MINUTES not in gathered:
            raise ValueError(
                f"“{self.id}” has minutes to go with it: name the section that lists them (gathers: minutes)"
            )
        if self.clock is not None and self.cadence is None:
            raise ValueError(f"“{self.id}” names a clock: say in “cadence” how often it comes while that runs")
        if self.is_update and (self.recipient_slot is None or self.layout is Layout.TABLE):
            raise ValueError(f"“{self.id}”: an update is a paper, and goes to a role that rules know (recipient_slot)")
        return self

    @property
    def says_purpose(self) -> bool:
        """Whether it says if it is for information or for action (RPT-21)."""
        return any(one.says_purpose for one in self.sections)

    @property
    def is_gathered(self) -> bool:
        """Whether it is made from the records here; the others are made where their meeting is."""
        return any(one.gathers for one in self.sections)

    def section(self, section_id: str) -> ReportSection | None:
        """This function will find a section by its id."""
        return next((one for one in self.sections if one.id == section_id), None)


class Reports(Part):
    """Every report of one guidance (FRW-01, RPT-28)."""

    templates: tuple[ReportTemplate, ...] = Field(min_length=1, description="Reports")

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        only_once("report", (one.id for one in self.templates))
        updated = (one.recipient_slot for one in self.templates if one.is_update)
        only_once("role that is sent an update", (one.value for one in updated if one))
        return self

    def template(self, template_id: str) -> ReportTemplate | None:
        """This function will find a report by its id."""
        return next((one for one in self.templates if one.id == template_id), None)

    def update_to(self, recipient: Slot) -> ReportTemplate | None:
        """This function will find the report by which the update of a quarter to a role is laid out."""
        return next((one for one in self.templates if one.is_update and one.recipient_slot is recipient), None)


PARTS: Mapping[str, type[Part]] = {"reports": Reports}
