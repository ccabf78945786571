"""Three aids to judging risk: the heat map of 2013, a trigger tool, and the template of a structured risk profile.

No public copy of NHS England's own trigger tool and profile exists. These are generic, and a house may change them.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from itertools import pairwise, product
from typing import Self

from pydantic import Field, model_validator

from sightline.core.rulebook.shapes import Entry, Id, Name, Part, Strict, Words, only_once
from sightline.core.signals import Dimension

# --- where a tool comes from


class Origin(Entry):
    """Whence a tool comes, and how it stands to the guidance of its pack, so that no old tool passes for today's.

    ``cites`` is the paragraph that tells of it, in the guidance of ``pack``; ``under`` is the one by which it is kept.
    """

    pack: Id = Field(description="Guidance that tells of it")
    says: Words = Field(description="How it stands to the guidance in force")
    under: Name = Field(description="By which it is kept")


# --- the heat map


class CountBand(Entry):
    """So many quality issues or more, and fewer than the next band's."""

    id: Id
    name: Name
    at_least: int = Field(ge=0, le=10_000, description="So many issues or more")


class Option(Entry):
    """One answer that may be chosen, and what it means."""

    id: Id
    name: Name
    says: Words = Field(description="When to choose it")


class MatrixRow(Strict):
    """One band of the number of issues: the level suggested at each level of risk, in their order."""

    issues: Id
    levels: tuple[Id, ...] = Field(min_length=1)


class MatrixTable(Strict):
    """What is suggested at one degree of confidence in the provider."""

    confidence: Id
    rows: tuple[MatrixRow, ...] = Field(min_length=1)


class HeatMap(Part):
    """How many issues, how high a risk and how much confidence suggest which level (RSK-13; QSG 2013 Methodology).

    ``issues``, ``risk`` and ``levels`` rise, ``confidence`` falls, each from its first entry to its last.
    """

    title: Name
    says: Words = Field(description="What it is, and what it is not")
    origin: Origin | None = Field(default=None, description="Where it comes from")
    issues: tuple[CountBand, ...] = Field(min_length=2)
    risk: tuple[Option, ...] = Field(min_length=2)
    confidence: tuple[Option, ...] = Field(min_length=2)
    levels: tuple[Option, ...] = Field(min_length=2)
    matrix: tuple[MatrixTable, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _whole(self) -> Self:
        for what in ("issues", "risk", "confidence", "levels"):
            only_once(f"entry of “{what}”", (one.id for one in getattr(self, what)))
        if self.issues[0].at_least != 0 or any(a.at_least >= b.at_least for a, b in pairwise(self.issues)):
            raise ValueError("the bands of issues begin at 0 and each begins higher than the one before")
        if [table.confidence for table in self.matrix] != [one.id for one in self.confidence]:
            raise ValueError("the matrix has one table for each degree of confidence, in their order")
        for table in self.matrix:
            if [row.issues for row in table.rows] != [one.id for one in self.issues]:
                raise ValueError(f"“{table.confidence}” has one row for each band of issues, in their order")
            for row in table.rows:
                self._fits(row, f"“{table.confidence}”, “{row.issues}”")
        self._never_falls()
        return self

    def _fits(self, row: MatrixRow, where: str) -> None:
        if len(row.levels) != len(self.risk):
            raise ValueError(f"{where} has one level for each level of risk")
        for level in row.levels:
            if level not in {one.id for one in self.levels}:
                raise ValueError(f"{where} names a level “{level}” that is not in “levels”")

    def _never_falls(self) -> None:
        """A matrix that suggests less where things are worse is a slip of the pen."""
        rank = {level.id: place for place, level in enumerate(self.levels)}
        grid = [[[rank[level] for level in row.levels] for row in table.rows] for table in self.matrix]
        for c, i, r in product(range(len(self.matrix)), range(len(self.issues)), range(len(self.risk))):
            milder = [grid[c - 1][i][r]] if c else []
            milder += [grid[c][i - 1][r]] if i else []
            milder += [grid[c][i][r - 1]] if r else []
            if any(one > grid[c][i][r] for one in milder):
                raise ValueError(
                    f"“{self.confidence[c].id}”, “{self.issues[i].id}”, “{self.risk[r].id}” suggests less than a case that "
                    "is less worrying"
                )

    def band_of(self, issues: int) -> CountBand:
        """This function will give the band in which a number of issues falls."""
        return [band for band in self.issues if band.at_least <= max(0, issues)][-1]

    def level(self, level_id: str) -> Option | None:
        """This function will find a level by its id."""
        return next((one for one in self.levels if one.id == level_id), None)


# --- the trigger tool


class HintKind(StrEnum):
    """What in the signals that stand may suggest a yes."""

    CONCERNS = "concerns"  # so many standing concerns about these dimensions
    SOURCES = "sources"  # so many independent sources with a concern about these dimensions
    LASTING = "lasting"  # a concern that has lasted so many months
    RATINGS = "ratings"  # a regulator's published judgement that is a concern
    SILENCE = "silence"  # figures missing, late or stopped that others report


class Hint(Strict):
    """When the signals suggest a yes. They never suggest a no: that nothing was noticed is not an answer."""

    kind: HintKind
    at_least: int = Field(default=1, ge=1, le=100)
    months: int = Field(default=0, ge=0, le=120)
    dimensions: tuple[Dimension, ...] = ()

    @model_validator(mode="after")
    def _lasting_says_how_long(self) -> Self:
        if (self.kind is HintKind.LASTING) != bool(self.months):
            raise ValueError("“months” is given for “lasting”, and for nothing else")
        return self


class Question(Entry):
    """One question. A yes is always the answer that gives reason for concern."""

    id: Id
    asks: Words = Field(description="The question")
    why: Words = Field(description="Why it is asked")
    hint: Hint | None = Field(default=None, description="What in the signals suggests a yes")


class QuestionGroup(Strict):
    """Questions that belong together."""

    id: Id
    name: Name
    questions: tuple[Question, ...] = Field(min_length=1)


class Step(Entry):
    """A next step that may be recommended."""

    id: Id
    name: Name
    says: Words = Field(description="What is then done")


class StepRule(Entry):
    """Which answers lead to which step: all that it names must be met.

    ``all_of`` were answered yes; at least one of ``any_of`` was; at least ``at_least`` were, among ``among`` or, where
    that is empty, among all.
    """

    id: Id
    step: Id = Field(description="Recommended next step")
    because: Words = Field(description="What readers are told")
    all_of: tuple[Id, ...] = Field(default=(), description="Yes to all of")
    any_of: tuple[Id, ...] = Field(default=(), description="Yes to any of")
    at_least: int = Field(default=0, ge=0, le=200, description="Yes to so many or more")
    among: tuple[Id, ...] = Field(default=(), description="Among these")

    @model_validator(mode="after")
    def _asks_something(self) -> Self:
        if not (self.all_of or self.any_of or self.at_least):
            raise ValueError("a rule needs “all_of”, “any_of” or “at_least”")
        if self.among and not self.at_least:
            raise ValueError("“among” needs “at_least”")
        if self.among and self.at_least > len(self.among):
            raise ValueError("“at_least” is more than “among” names")
        return self


class TriggerTool(Part):
    """Questions whose answers lead to a next step (RSK-10; QSG 2017, box after ¶122).

    ``steps`` rise from the mildest, which is recommended where no rule is met. ``when_not_known`` is the least that
    is recommended where an answer is not known: not knowing is a finding, and never a no (QSG 2017 ¶33, ¶121).
    """

    title: Name
    says: Words = Field(description="What it is, and what it is not")
    origin: Origin | None = Field(default=None, description="Where it comes from")
    groups: tuple[QuestionGroup, ...] = Field(min_length=1)
    steps: tuple[Step, ...] = Field(min_length=2)
    rules: tuple[StepRule, ...] = Field(min_length=1)
    when_not_known: Id
    profile_step: Id | None = Field(default=None, description="The step that is a structured risk profile")

    @model_validator(mode="after")
    def _names_what_there_is(self) -> Self:
        only_once("group", (group.id for group in self.groups))
        only_once("question", (one.id for one in self.questions))
        only_once("step", (step.id for step in self.steps))
        only_once("rule", (rule.id for rule in self.rules))
        steps, asked = {step.id for step in self.steps}, {one.id for one in self.questions}
        named = {self.when_not_known, *filter(None, [self.profile_step]), *(rule.step for rule in self.rules)}
        if unknown := sorted(named - steps):
            raise ValueError(f"there is no step “{unknown[0]}”")
        for rule in self.rules:
            if unknown := sorted({*rule.all_of, *rule.any_of, *rule.among} - asked):
                raise ValueError(f"the rule “{rule.id}” names a question “{unknown[0]}” that is not asked")
        return self

    @property
    def questions(self) -> tuple[Question, ...]:
        """Every question, in the order in which they are asked."""
        return tuple(one for group in self.groups for one in group.questions)

    def step(self, step_id: str) -> Step | None:
        """This function will find a step by its id."""
        return next((one for one in self.steps if one.id == step_id), None)

    def rank(self, step_id: str) -> int:
        """This function will give the place of a step between the mildest (0) and the strongest."""
        return [step.id for step in self.steps].index(step_id)


# --- the structured risk profile


class ProfilePrompt(Entry):
    """A question to think of while a domain is worked through."""

    asks: Words = Field(description="The question")


class Domain(Entry):
    """One domain of quality governance."""

    id: Id
    name: Name
    about: Words = Field(description="What belongs to it")
    dimensions: tuple[Dimension, ...] = Field(default=(), description="Dimensions of quality it bears on")
    prompts: tuple[ProfilePrompt, ...] = Field(min_length=1)


class ScaleStep(Entry):
    """One of the five steps of likelihood or of consequence."""

    value: int = Field(ge=1, le=5)
    name: Name
    says: Words = Field(description="When to choose it")


class RiskBand(Entry):
    """A band of the risk matrix; ``grid`` says where it applies."""

    id: Id
    name: Name


class RiskProfile(Part):
    """The template of a risk profile (RSK-10, RSK-11; QSG 2017 ¶111-113, box after ¶122; SQG 2022 §4.3).

    ``grid`` is a lookup and not a formula, because matrices differ: one row for each likelihood from 1 to 5, and in
    it one band for each consequence from 1 to 5. ``bands`` rise.
    """

    title: Name
    says: Words = Field(description="What it is, and what it is not")
    origin: Origin | None = Field(default=None, description="Where it comes from")
    domains: tuple[Domain, ...] = Field(min_length=1)
    likelihood: tuple[ScaleStep, ...]
    consequence: tuple[ScaleStep, ...]
    bands: tuple[RiskBand, ...] = Field(min_length=2)
    grid: tuple[tuple[Id, ...], ...]
    confidence: tuple[Option, ...] = Field(min_length=2)
    review_months: int = Field(ge=1, le=60, description="Its measures are reviewed after so many months")

    @model_validator(mode="after")
    def _whole(self) -> Self:
        for what in ("domains", "bands", "confidence"):
            only_once(f"entry of “{what}”", (one.id for one in getattr(self, what)))
        for name, scale in (("likelihood", self.likelihood), ("consequence", self.consequence)):
            if [step.value for step in scale] != [1, 2, 3, 4, 5]:
                raise ValueError(f"{name} has the five steps 1 to 5, in this order")
        if len(self.grid) != 5 or any(len(row) != 5 for row in self.grid):
            raise ValueError("the grid has five rows of five bands")
        bands = [band.id for band in self.bands]
        if unknown := [band for row in self.grid for band in row if band not in bands]:
            raise ValueError(f"the grid names a band “{unknown[0]}” that is not in “bands”")
        rank = [[bands.index(band) for band in row] for row in self.grid]
        rises = all(a <= b for row in (*rank, *zip(*rank, strict=True)) for a, b in pairwise(row))
        if not rises:
            raise ValueError("the grid gives a lower band where likelihood or consequence is higher")
        return self

    def domain(self, domain_id: str) -> Domain | None:
        """This function will find a domain by its id."""
        return next((one for one in self.domains if one.id == domain_id), None)

    def band(self, likelihood: int, consequence: int) -> RiskBand:
        """This function will look up the band of a likelihood and a consequence."""
        wanted = self.grid[likelihood - 1][consequence - 1]
        return next(band for band in self.bands if band.id == wanted)


PARTS: Mapping[str, type[Part]] = {"heat_map": HeatMap, "trigger_tool": TriggerTool, "risk_profile": RiskProfile}
