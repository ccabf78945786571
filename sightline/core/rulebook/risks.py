"""How risks are scored and how much risk is accepted: the matrix, and appetite and tolerance for each category."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Self

from pydantic import Field, model_validator

from sightline.core.rulebook.registers import Registers
from sightline.core.rulebook.selfchecks import RegisterChecks
from sightline.core.rulebook.shapes import Entry, Id, Name, Part, Words, only_once
from sightline.core.rulebook.tools import ScaleStep
from sightline.core.signals import Dimension

STEPS = (1, 2, 3, 4, 5)
HIGHEST = 25


# --- the matrix


class Colour(StrEnum):
    """The colour in which a band is shown, always beside its name."""

    GREEN = "green"
    YELLOW = "yellow"
    AMBER = "amber"
    RED = "red"


class ScoreBand(Entry):
    """One band of scores, and how soon a risk in it is looked at again."""

    id: Id
    name: Name
    colour: Colour
    review_days: int = Field(ge=1, le=730, description="Looked at again within so many days")


class LikelihoodStep(ScaleStep):
    """One step of likelihood, with its row of the matrix: the score and the band at each consequence from 1 to 5."""

    scores: tuple[int, ...] = Field(description="Score at consequence 1 to 5")
    bands: tuple[Id, ...] = Field(description="Band at consequence 1 to 5")

    @model_validator(mode="after")
    def _five_cells(self) -> Self:
        if len(self.scores) != len(STEPS) or len(self.bands) != len(STEPS):
            raise ValueError(f"likelihood {self.value} has five scores and five bands, for consequence 1 to 5")
        if any(not 1 <= score <= HIGHEST for score in self.scores):
            raise ValueError(f"likelihood {self.value} has scores from 1 to {HIGHEST}")
        return self


class Descriptor(Entry):
    """What one step of consequence means in one domain."""

    consequence: int = Field(ge=1, le=5)
    says: Words


class ConsequenceDomain(Entry):
    """One sort of harm or loss, and what each step of consequence means there."""

    id: Id
    name: Name
    steps: tuple[Descriptor, ...]

    @model_validator(mode="after")
    def _every_step(self) -> Self:
        if tuple(step.consequence for step in self.steps) != STEPS:
            raise ValueError(f"“{self.id}” describes the five steps of consequence, 1 to 5, in this order")
        return self


class Translation(Entry):
    """What one value of a partner's scale is called here; indicative, because the two were never scored alike."""

    theirs: Name
    band: Id


class OtherScale(Entry):
    """A scale of a partner that scores otherwise, value by value (RSK-03)."""

    id: Id
    name: Name
    says: Words = Field(description="What to mind")
    steps: tuple[Translation, ...] = Field(min_length=1)


class RiskMatrix(Part):
    """The 25 cells by lookup, because matrices differ and a formula would hide it (RSK-03; SQG 2022 §3.13).

    ``bands`` rise. No cell is lower than one that is less likely or of less consequence.
    """

    title: Name
    says: Words = Field(description="What it is, and what it is not")
    bands: tuple[ScoreBand, ...] = Field(min_length=2)
    likelihood: tuple[LikelihoodStep, ...]
    consequence: tuple[ScaleStep, ...]
    domains: tuple[ConsequenceDomain, ...] = Field(min_length=1, description="What a consequence means in each domain")
    other_scales: tuple[OtherScale, ...] = Field(default=(), description="Scales of partners")

    @model_validator(mode="after")
    def _whole(self) -> Self:
        only_once("band", (band.id for band in self.bands))
        only_once("domain", (one.id for one in self.domains))
        only_once("scale", (one.id for one in self.other_scales))
        for name, scale in (("likelihood", self.likelihood), ("consequence", self.consequence)):
            if tuple(step.value for step in scale) != STEPS:
                raise ValueError(f"{name} has the five steps 1 to 5, in this order")
        self._known_bands()
        self._never_falls()
        return self

    def _known_bands(self) -> None:
        known = {band.id for band in self.bands}
        for step in self.likelihood:
            if unknown := [band for band in step.bands if band not in known]:
                raise ValueError(f"likelihood {step.value} names a band “{unknown[0]}” that is not in “bands”")
        for scale in self.other_scales:
            only_once(f"value of “{scale.id}”", (one.theirs.casefold() for one in scale.steps))
            if unknown := [one.band for one in scale.steps if one.band not in known]:
                raise ValueError(f"“{scale.id}” names a band “{unknown[0]}” that is not in “bands”")

    def _never_falls(self) -> None:
        rank = {band.id: place for place, band in enumerate(self.bands)}
        scores = [step.scores for step in self.likelihood]
        bands = [tuple(rank[band] for band in step.bands) for step in self.likelihood]
        for what, grid in (("score", scores), ("band", bands)):
            lines = (*grid, *zip(*grid, strict=True))
            if any(a > b for line in lines for a, b in pairwise(line)):
                raise ValueError(f"a {what} falls where likelihood or consequence rises")

    def band(self, band_id: str) -> ScoreBand | None:
        """This function will find a band by its id."""
        return next((one for one in self.bands if one.id == band_id), None)

    def rank(self, band_id: str) -> int:
        """This function will give the place of a band between the lowest (0) and the highest."""
        return [band.id for band in self.bands].index(band_id)


# --- appetite and tolerance


class AppetiteStep(Entry):
    """How much risk is accepted: one word of the scale, and the highest score that still fits it."""

    id: Id
    name: Name
    says: Words = Field(description="What it means")
    at_most: int = Field(ge=1, le=HIGHEST, description="Fits a score of at most")


class Concern(StrEnum):
    """What a category of risk bears on, so that quality stands beside performance, operations and money."""

    QUALITY = "quality"
    PERFORMANCE = "performance"
    OPERATIONAL = "operational"
    FINANCIAL = "financial"


class RiskCategory(Entry):
    """A category of risk with its appetite, and the highest score tolerated in it.

    Appetite is set for categories and not for single risks (RSK-04; NQB risk response 2022, Annex A). A risk may stand
    above the appetite while it is brought down, never above ``tolerance`` without somebody who answers for it by name.
    """

    id: Id
    name: Name
    about: Words = Field(description="What belongs to it")
    bears_on: Concern
    appetite: Id
    tolerance: int = Field(ge=1, le=HIGHEST, description="Tolerated up to a score of")
    dimensions: tuple[Dimension, ...] = Field(default=(), description="Dimensions of quality it bears on")


class Statement(Entry):
    """What a system has agreed about risk; without ``agreed_on`` it is a suggestion that nobody has agreed to."""

    says: Words
    within: Words = Field(description="How it stands to the wider appetite of the board")
    agreed_by: str = Field(default="", max_length=200)
    agreed_on: date | None = None
    review_months: int = Field(ge=1, le=60, description="Looked at again after so many months")

    @model_validator(mode="after")
    def _agreed_by_somebody(self) -> Self:
        if bool(self.agreed_by) != (self.agreed_on is not None):
            raise ValueError("“agreed_by” and “agreed_on” are given together, or neither is")
        return self


class RiskAppetite(Part):
    """How much risk is accepted, by category (RSK-04, RSK-05; SQG 2022 §3.13; NQB risk response 2022, Annex A).

    ``scale`` rises from the least risk to the most.
    """

    title: Name
    says: Words = Field(description="What it is, and what it is not")
    statement: Statement
    scale: tuple[AppetiteStep, ...] = Field(min_length=2)
    categories: tuple[RiskCategory, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _whole(self) -> Self:
        only_once("step", (step.id for step in self.scale))
        only_once("category", (one.id for one in self.categories))
        if any(a.at_most >= b.at_most for a, b in pairwise(self.scale)):
            raise ValueError("the scale rises: each step fits higher scores than the one before")
        for category in self.categories:
            step = self.step(category.appetite)
            if step is None:
                raise ValueError(f"“{category.id}” names an appetite “{category.appetite}” that is not in “scale”")
            if category.tolerance < step.at_most:
                raise ValueError(
                    f"“{category.id}” tolerates less ({category.tolerance}) than its appetite ({step.at_most})"
                )
        return self

    def step(self, step_id: str) -> AppetiteStep | None:
        """This function will find a step of the scale by its id."""
        return next((one for one in self.scale if one.id == step_id), None)

    def category(self, category_id: str) -> RiskCategory | None:
        """This function will find a category by its id."""
        return next((one for one in self.categories if one.id == category_id), None)


PARTS: Mapping[str, type[Part]] = {
    "risk_matrix": RiskMatrix,
    "risk_appetite": RiskAppetite,
    "registers": Registers,
    "register_checks": RegisterChecks,
}
