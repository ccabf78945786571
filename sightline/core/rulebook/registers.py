"""Which risk may stand on which register: tiers, words for severity, and what each register must, may or may not hold."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from sightline.core.rulebook.circumstances import Severity
from sightline.core.rulebook.shapes import Entry, Id, Name, Part, Words, only_once


class Tier(StrEnum):
    """At which level of the health and care system a register is kept."""

    PLACE = "place"
    SYSTEM = "system"
    ICB = "icb"
    REGION = "region"
    NATION = "nation"


class Force(StrEnum):
    """Whether a risk has to stand on a register, may, or is kept off it."""

    MUST = "must"
    MAY = "may"
    NEVER = "never"


class When(StrEnum):
    """To which risks a rule applies."""

    ALWAYS = "always"
    NHS_ENGLAND_COMMISSIONED = "nhs-england-commissioned"  # by NHS England alone or with others
    NATIONALLY_COMMISSIONED = "nationally-commissioned"
    HEALTHCARE = "healthcare"
    LOCAL_AUTHORITY_ASSURED = "local-authority-assured"  # under a local authority's assurance, such as safeguarding


class Same(StrEnum):
    """What makes a later risk the same as an earlier one at the same subject; the guidance does not say."""

    CATEGORY = "category"  # of the same category, or linked by a person
    LINKED = "linked"  # only where a person has linked them


class TierRule(Entry):
    """One register."""

    id: Tier
    name: Name
    says: Words = Field(description="What it is for")


class SeverityWord(Entry):
    """One word for how grave a concern is (RSK-06); ``level`` is where the guidance speaks of it."""

    id: Severity
    name: Name
    says: Words = Field(description="When to choose it")
    level: Id = Field(description="Belongs to the level")


class Modifier(Entry):
    """A word that makes a concern count as graver, and as graver still where its subject stands at ``in_level``."""

    id: Id
    name: Name
    says: Words = Field(description="When to choose it")
    counts_as: Severity = Field(description="Counts at least as")
    in_level: Id | None = Field(default=None, description="Where its subject stands at the level")
    counts_there_as: Severity | None = Field(default=None, description="There it counts at least as")

    @model_validator(mode="after")
    def _both_or_neither(self) -> Self:
        if (self.in_level is None) != (self.counts_there_as is None):
            raise ValueError("“in_level” and “counts_there_as” are given together, or neither is")
        return self


class Standing(Entry):
    """What one register does with concerns of some severities; ``says`` is told to whoever is refused or reminded."""

    tier: Tier = Field(description="Register")
    severities: tuple[Severity, ...] = Field(min_length=1, description="A concern that is")
    force: Force = Field(description="It stands there")
    when: When = Field(default=When.ALWAYS, description="Only where")
    says: Words


class RegisterLink(Entry):
    """A register whose risks carry the number that they have on another one (RSK-02)."""

    id: Id
    of: Tier = Field(description="A risk on the register")
    to: Tier = Field(description="Carries its number on the register")
    when: When = Field(default=When.ALWAYS, description="Where it is")
    says: Words


class Accountable(Entry):
    """Who answers for a risk, where nothing else was agreed (RSK-12)."""

    id: Id
    name: Name
    when: When = Field(description="For risks")
    says: Words = Field(description="What holds")


class Returning(Entry):
    """When a risk counts as one that came back; the months themselves stand with the clocks."""

    same: Same = Field(description="Two risks are the same by their")
    trigger: Id = Field(description="Trigger then offered to the region")
    says: Words


class LookBack(Entry):
    """From which severity a risk that nobody saw coming opens a look-back (LRN-01; QSG 2017 ¶37)."""

    at_least: Severity = Field(description="From a severity of")
    says: Words


class Registers(Part):
    """The registers and what may stand on each (RSK-01, RSK-06, RPT-02 to RPT-06).

    ``tiers`` and ``severities`` rise. Each severity has, for each tier, exactly one rule in ``standings``.
    """

    title: Name
    says: Words = Field(description="What it is, and what it is not")
    tiers: tuple[TierRule, ...]
    severities: tuple[SeverityWord, ...]
    modifiers: tuple[Modifier, ...] = ()
    standings: tuple[Standing, ...] = Field(min_length=1, description="What each register holds")
    links: tuple[RegisterLink, ...] = Field(default=(), description="Numbers on other registers")
    accountability: tuple[Accountable, ...] = Field(min_length=1, description="Who answers for a risk")
    returning: Returning = Field(description="Risks that come back")
    look_back: LookBack = Field(description="Risks that nobody saw coming")

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if [one.id for one in self.tiers] != list(Tier):
            raise ValueError(f"there is one register for each of {', '.join(Tier)}, in this order")
        if [one.id for one in self.severities] != list(Severity):
            raise ValueError(f"“severities” has each of {', '.join(Severity)}, in this order")
        for what in ("modifiers", "links", "accountability"):
            only_once(f"entry of “{what}”", (one.id for one in getattr(self, what)))
        self._one_rule_each()
        return self

    def _one_rule_each(self) -> None:
        for tier in Tier:
            given = [name for one in self.standings if one.tier is tier for name in one.severities]
            only_once(f"rule for {tier} and severity", given)
            if missing := [one.id for one in self.severities if one.id not in given]:
                raise ValueError(
                    f"“standings” does not say whether “{missing[0].value}” may stand on the register “{tier}”"
                )

    def severity(self, severity: Severity) -> SeverityWord:
        """This function will find the words for a severity."""
        return self.severities[severity.rank]

    def standing(self, tier: Tier, severity: Severity) -> Standing:
        """This function will find what a register does with concerns of a severity."""
        return next(one for one in self.standings if one.tier is tier and severity in one.severities)

    def tier(self, tier: Tier) -> TierRule:
        """This function will find a register by its tier."""
        return next(one for one in self.tiers if one.id is tier)
