"""The model terms of reference of a guidance: what they are made of, the model for each type of group, and their review."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from sightline.core.rulebook.levels import Force
from sightline.core.rulebook.shapes import Entry, Id, Name, Part, Words, only_once


class Needed(StrEnum):
    """The sections without which no group's terms are whole (GRP-02)."""

    PURPOSE = "purpose"
    AIMS = "aims"
    SCOPE = "scope"
    WILL_NOT = "will-not"  # no executive power (GRP-13)
    MEMBERSHIP = "membership"  # its principles: MEM-18
    CHAIR = "chair"  # what whoever chairs does, and may not do (CHR-09)
    QUORUM = "quorum"
    FREQUENCY = "frequency"
    PROCEDURE = "procedure"
    REPORTING = "reporting"
    CONFLICTS = "conflicts"  # how conflicts of interest are managed (COI-05)
    SHARING = "sharing"


class SectionForm(StrEnum):
    """How a section is written."""

    WORDS = "words"  # the model's lines are where it begins, and all of them may be changed
    STANDS = "stands"  # the model's lines stand; a group may add to them
    CHECKLIST = "checklist"  # each of the model's lines is kept or left out; a group may add to them
    OBJECTIVES = "objectives"  # each with what success looks like, and by when (GRP-17)


class Shown(StrEnum):
    """What stands in a section by itself, because another rule or record holds it."""

    SEATS = "seats"
    QUORUM = "quorum"
    CADENCE = "cadence"
    RECIPIENTS = "reports_to"
    FUNCTIONS = "functions"


class OutlineSection(Entry):
    """One section that terms of reference have. The sections of the code of conduct are agreed to by whoever attends."""

    id: Id
    title: Name
    says: Words = Field(description="What belongs in it")
    form: SectionForm = Field(default=SectionForm.WORDS, description="Written as")
    shows: Shown | None = Field(default=None, description="What stands in it by itself")
    required: bool = Field(default=False, description="No terms are approved without it")
    is_code: bool = Field(default=False, description="It belongs to the code of conduct")


class Line(Entry):
    """One line of a model. It has an id where it is kept or left out by itself."""

    id: Id | None = None
    says: Words


class ModelSection(Entry):
    """What a model says in one section."""

    id: Id
    lines: tuple[Line, ...] = Field(min_length=1, description="Lines")

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        only_once("line", (one.id for one in self.lines if one.id))
        return self


class RecipientNeed(Entry):
    """To whom a group has to report: any one of these recipients of its type is enough (GRP-06 to GRP-08)."""

    any_of: tuple[Id, ...] = Field(min_length=1, description="One of")
    force: Force = Field(default=Force.MUST, description="How strongly")


class ModelTerms(Entry):
    """The model terms of one type of group; its ``id`` is that of the type."""

    id: Id
    name: Name
    sections: tuple[ModelSection, ...] = Field(min_length=1, description="Sections")
    also_required: tuple[Id, ...] = Field(default=(), description="For this type, not approved without")
    must_report: tuple[RecipientNeed, ...] = Field(default=(), description="Has to report to")

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        only_once("section of one model", (one.id for one in self.sections))
        return self

    def section(self, section_id: str) -> ModelSection | None:
        """This function will find what the model says in a section."""
        return next((one for one in self.sections if one.id == section_id), None)


class BusinessFunction(Entry):
    """One of the functions of a group, by which what it talks about is told apart (GRP-19)."""

    id: Id
    name: Name
    says: Words


class Review(Entry):
    """After how many months terms are looked at again, at the latest, and how long before that somebody is told."""

    months: int = Field(ge=1, le=60, description="Looked at again after so many months")
    told_days_before: int = Field(ge=1, le=180, description="Called due so many days before")
    says: Words


class Terms(Part):
    """What terms of reference are made of, and the model of each type (GRP-02, GRP-17 to GRP-19, COI-05 to COI-07).

    A type without a model begins with the bare headings.
    """

    review: Review = Field(description="Review")
    functions: tuple[BusinessFunction, ...] = Field(default=(), description="Functions of the group")
    sections: tuple[OutlineSection, ...] = Field(min_length=1, description="Sections")
    models: tuple[ModelTerms, ...] = Field(default=(), description="Models")

    @model_validator(mode="after")
    def _whole(self) -> Self:
        only_once("section", (one.id for one in self.sections))
        only_once("title of a section", (one.title.casefold() for one in self.sections))
        only_once("function", (one.id for one in self.functions))
        only_once("model", (one.id for one in self.models))
        for needed in Needed:
            found = self.section(needed.value)
            if found is None or not found.required:
                raise ValueError(
                    f"terms are never whole without the section “{needed.value}”: it is there and required"
                )
        if self._outlined(Needed.WILL_NOT.value).form is not SectionForm.STANDS:
            raise ValueError("what a group will not do stands (“stands”): no group may write it away")
        if self._outlined(Needed.REPORTING.value).shows is not Shown.RECIPIENTS:
            raise ValueError("the section “reporting” shows to whom the group reports (“reports_to”)")
        for model in self.models:
            self._fits(model)
        return self

    def _outlined(self, section_id: str) -> OutlineSection:
        return next(one for one in self.sections if one.id == section_id)

    def _fits(self, model: ModelTerms) -> None:
        known = {one.id: one for one in self.sections}
        for asked in model.also_required:
            if asked not in known:
                raise ValueError(f"“{model.id}” requires the section “{asked}”, which is not among the sections")
        for section in model.sections:
            outline = known.get(section.id)
            if outline is None:
                raise ValueError(f"“{model.id}” has a section “{section.id}”, which is not among the sections")
            if outline.form is SectionForm.OBJECTIVES:
                raise ValueError(f"“{model.id}”: objectives are each group’s own, and “{section.id}” has no model")
            by_line = outline.form in {SectionForm.STANDS, SectionForm.CHECKLIST}
            if by_line and any(one.id is None for one in section.lines):
                raise ValueError(f"“{model.id}”: each line of “{section.id}” needs an id, because it is kept by itself")
        if model.section(Needed.WILL_NOT.value) is None:
            raise ValueError(f"“{model.id}” must say what such a group will not do: it has no executive power")

    def section(self, section_id: str) -> OutlineSection | None:
        """This function will find a section by its id."""
        return next((one for one in self.sections if one.id == section_id), None)

    def model(self, kind: str) -> ModelTerms | None:
        """This function will find the model for a type of group; nothing where the guidance has none."""
        return next((one for one in self.models if one.id == kind), None)

    def required_of(self, kind: str) -> tuple[OutlineSection, ...]:
        """This function will give the sections without which the terms of a group of a type are not approved."""
        model = self.model(kind)
        also = frozenset(model.also_required) if model else frozenset[str]()
        return tuple(one for one in self.sections if one.required or one.id in also)


PARTS: Mapping[str, type[Part]] = {"terms": Terms}
