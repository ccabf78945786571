"""By which questions a group looks at its own work: questionnaires for its members, and for whoever chairs it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from sightline.core.rulebook.shapes import Entry, Id, Name, Part, Words, only_once

FEWEST = 5  # no house shows the answers of fewer: with four, whoever knows two or three knows the rest


class AnsweredBy(StrEnum):
    """Whose questionnaire it is."""

    MEMBERS = "members"
    CHAIR = "chair"


class Statement(Entry):
    """One sentence to which somebody says how far they agree."""

    id: Id
    name: Name
    says: Words


class Questionnaire(Entry):
    """Statements that belong together, as one guidance has them (LRN-02, LRN-04, LRN-05; CQC-03)."""

    id: Id
    name: Name
    answered_by: AnsweredBy = Field(description="Answered by")
    statements: tuple[Statement, ...] = Field(min_length=1, max_length=30, description="Statements")

    @model_validator(mode="after")
    def _whole(self) -> Self:
        only_once("statement", (one.id for one in self.statements))
        return self


class Rhythm(Entry):
    """How often a group looks at its own work."""

    months: int = Field(ge=1, le=60, description="Months from one review to the next")


class Threshold(Entry):
    """From how many answers on results are shown."""

    answers: int = Field(ge=FEWEST, le=50, description="Fewest answers")


class Effectiveness(Part):
    """How the groups of one guidance look at their own work."""

    rhythm: Rhythm = Field(description="How often")
    threshold: Threshold = Field(description="From how many answers on results are shown")
    questionnaires: tuple[Questionnaire, ...] = Field(min_length=1, description="Questionnaires")

    @model_validator(mode="after")
    def _whole(self) -> Self:
        only_once("questionnaire", (one.id for one in self.questionnaires))
        return self

    def of(self, answered_by: AnsweredBy) -> tuple[Questionnaire, ...]:
        """This function will give the questionnaires for somebody, the first of them the usual one."""
        return tuple(one for one in self.questionnaires if one.answered_by is answered_by)


PARTS: Mapping[str, type[Part]] = {"effectiveness": Effectiveness}
