"""What counts as a source of evidence, who is expected to bring it, and the words by which it is sorted."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from sightline.core.rulebook.shapes import Entry, Id, Name, Part, Words, only_once
from sightline.core.signals import Dimension, Quadrant

Feed = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
Giver = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]


class SourceEntry(Entry):
    """One source of the guidance's list; ``feeds`` are the files and collections whose evidence stands under it."""

    id: Id
    name: Name
    quadrant: Quadrant = Field(description="Kind of evidence")
    feeds: tuple[Feed, ...] = Field(default=(), description="What Sightline reads for it")


class Sources(Part):
    """The sources of evidence in their four quadrants (INT-02, INT-03; SQG 2022 Annex D; QSG 2017 ¶116).

    A source that is retired here is asked for no longer; what once came under it keeps its name.
    """

    sources: tuple[SourceEntry, ...] = Field(min_length=1, description="Sources that are asked for")
    retired: tuple[SourceEntry, ...] = Field(default=(), description="Retired: asked for no longer")

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        only_once("source", (one.id for one in (*self.sources, *self.retired)))
        return self

    def entry(self, source_id: str) -> SourceEntry | None:
        """This function will find a source by its id, a retired one too."""
        return next((one for one in (*self.sources, *self.retired) if one.id == source_id), None)

    def of_quadrant(self, quadrant: Quadrant) -> tuple[SourceEntry, ...]:
        """This function will give the sources of one quadrant, in the guidance's order."""
        return tuple(one for one in self.sources if one.quadrant is quadrant)

    def fed_by(self, feed: str) -> tuple[SourceEntry, ...]:
        """This function will give the sources under which the evidence of one feed stands; the first is its home."""
        return tuple(one for one in (*self.sources, *self.retired) if feed in one.feeds)


class Contribution(Entry):
    """What one kind of member is expected to bring; no dimensions means any."""

    id: Id
    giver: Name = Field(description="Who brings it")
    givers: tuple[Giver, ...] = Field(min_length=1, description="Kinds of organisation")
    what: Words = Field(description="What they bring")
    quadrants: tuple[Quadrant, ...] = Field(min_length=1, description="Kind of evidence")
    dimensions: tuple[Dimension, ...] = Field(default=(), description="Dimensions of quality it bears on")


class Contributions(Part):
    """Who is expected to contribute what (INT-18; QSG 2017 ¶50-68), so that a gap names whom to ask."""

    contributions: tuple[Contribution, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        only_once("contribution", (one.id for one in self.contributions))
        return self

    def who_could_tell(self, quadrant: Quadrant, row: Dimension | None = None) -> tuple[Contribution, ...]:
        """This function will give what to ask for where a cell of the matrix is empty, the most particular first."""
        fitting = [
            one
            for one in self.contributions
            if quadrant in one.quadrants and (row is None or not one.dimensions or row in one.dimensions)
        ]
        return tuple(sorted(fitting, key=lambda one: not one.dimensions))

    def expected_of(self, giver: str) -> tuple[Contribution, ...]:
        """This function will give what a kind of organisation is expected to bring."""
        return tuple(one for one in self.contributions if giver in one.givers)


class Category(Entry):
    """One word of a list by which evidence is sorted."""

    id: Id
    name: Name
    says: Words = Field(description="What belongs to it")


class EvidenceCategories(Part):
    """The regulator's six categories of evidence (CQC-01; ICB quality slides 2023)."""

    categories: tuple[Category, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        only_once("category", (one.id for one in self.categories))
        return self


class Population(Category):
    """A group of people, or a way in which some fare worse than others."""

    kind: Id = Field(description="Kind of group")


class Populations(Part):
    """Groups of people and inequalities between them (INT-11; SQG 2022 §1.1, §3.6)."""

    populations: tuple[Population, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        only_once("population", (one.id for one in self.populations))
        return self


class IssueTypes(Part):
    """The types of issue that a system's group takes up (INT-11; SQG 2022 §3.6)."""

    issue_types: tuple[Category, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        only_once("issue type", (one.id for one in self.issue_types))
        return self
