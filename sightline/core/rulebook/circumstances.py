"""What rules about levels ask of a case: who commissions it, how grave it is, whom it reaches; and when that is met."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Commissioner(StrEnum):
    """By whom care is commissioned, as far as rules differ by it (LVL-07; SQG 2022 §1.4)."""

    ICB = "icb"
    ANOTHER_ICB = "another-icb"
    NHS_ENGLAND = "nhs-england"
    ICB_AND_NHS_ENGLAND = "icb-and-nhs-england"
    JOINT = "joint"  # by the NHS and a local authority together
    LOCAL_AUTHORITY = "local-authority"


class Severity(StrEnum):
    """How grave a concern is, rising, in the words of the guidance (RSK-06; NQB risk response 2022)."""

    NONE = "none"
    MINOR = "minor"
    MODERATE = "moderate"
    SYSTEM = "system"
    SIGNIFICANT = "significant"
    VERY_SIGNIFICANT = "very-significant"

    @property
    def rank(self) -> int:
        """Its place, from 0."""
        return list(Severity).index(self)


class Condition(StrEnum):
    """When a rule applies. A new one needs its line in ``holds``."""

    ALWAYS = "always"
    MINOR_OR_MODERATE = "minor-or-moderate"
    SIGNIFICANT = "significant"  # or worse
    CHALLENGED = "challenged"  # a provider or system that NHS England counts as challenged
    OVERSEEN = "an-nhs-trust-or-an-icb"  # which alone have an oversight segment
    IS_THE_ICB = "the-icb-is-the-subject"
    CONFLICT_OF_INTEREST = "conflict-of-interest"
    RECURS = "the-risk-recurs"
    COMMISSIONED_BY_NHS_ENGLAND = "commissioned-by-nhs-england"  # alone or with others
    SEVERAL = "several-commissioners-or-systems"
    SEVERAL_REGIONS = "several-regions"
    WIDER = "wider-implications"  # it may bear on other areas, on a region or on the nation
    NATIONAL_ACTION = "national-action-is-needed"


@dataclass(frozen=True, slots=True)
class Circumstances:
    """One case as the rules see it. Bodies are named by their codes; which of them fill a role is not known here."""

    commissioned_by: Commissioner = Commissioner.ICB
    severity: Severity = Severity.NONE
    is_the_icb: bool = False
    is_overseen: bool = False
    is_challenged: bool = False
    has_conflict: bool = False
    recurs: bool = False
    is_wider: bool = False
    needs_national_action: bool = False
    commissioners: tuple[str, ...] = ()
    places: tuple[str, ...] = ()  # the areas of the places’ groups in which it lies, where that was asked
    systems: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    providers: tuple[str, ...] = ()

    @property
    def concerns_several(self) -> bool:
        """Whether several commissioners or systems are concerned (ORG-11)."""
        return len(set(self.commissioners)) > 1 or len(set(self.systems)) > 1


def holds(condition: Condition, case: Circumstances) -> bool:
    """This function will say whether a condition is met by a case."""
    match condition:
        case Condition.ALWAYS:
            return True
        case Condition.MINOR_OR_MODERATE:
            return case.severity in {Severity.MINOR, Severity.MODERATE}
        case Condition.SIGNIFICANT:
            return case.severity.rank >= Severity.SIGNIFICANT.rank
        case Condition.CHALLENGED:
            return case.is_challenged
        case Condition.OVERSEEN:
            return case.is_overseen or case.is_the_icb
        case Condition.IS_THE_ICB:
            return case.is_the_icb
        case Condition.CONFLICT_OF_INTEREST:
            return case.has_conflict or case.is_the_icb
        case Condition.RECURS:
            return case.recurs
        case Condition.COMMISSIONED_BY_NHS_ENGLAND:
            return case.commissioned_by in {Commissioner.NHS_ENGLAND, Commissioner.ICB_AND_NHS_ENGLAND}
        case Condition.SEVERAL:
            return case.concerns_several
        case Condition.SEVERAL_REGIONS:
            return len(set(case.regions)) > 1
        case Condition.WIDER:
            return case.is_wider or len(set(case.regions)) > 1
        case Condition.NATIONAL_ACTION:
            return case.needs_national_action
