"""The words of the groups: interests, agreements, seats, and which bodies fit which tier. No Django."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from sightline.core.rulebook.groups import SeatPart
from sightline.core.rulebook.levels import Slot
from sightline.core.rulebook.registers import Tier
from sightline.directory.words import Kind

__all__ = [
    "AGREEMENT",
    "KIND",
    "KIND_MEANS",
    "SEAT_PART",
    "SPEAKS_AS",
    "TIERS_OF",
    "AgreementStatus",
    "InterestKind",
    "SeatPart",
]


class InterestKind(StrEnum):
    """What ties somebody to a body (COI-01): the four types of NHS England's guidance on conflicts of interest.

    One's own employer is none of them: it is known from one's role, and needs no declaration (COI-04).
    """

    FINANCIAL = "financial"
    PROFESSIONAL = "non_financial_professional"
    PERSONAL = "non_financial_personal"
    INDIRECT = "indirect"


KIND: Mapping[InterestKind, str] = {
    InterestKind.FINANCIAL: "Money",
    InterestKind.PROFESSIONAL: "Work or standing, without money",
    InterestKind.PERSONAL: "Personal, without money",
    InterestKind.INDIRECT: "Through somebody close",
}
KIND_MEANS: Mapping[InterestKind, str] = {
    InterestKind.FINANCIAL: "Shares, a second job, fees, a contract: a decision could bring or cost money.",
    InterestKind.PROFESSIONAL: "A decision could help or harm a career or a reputation: an unpaid post, a board, a campaign.",
    InterestKind.PERSONAL: "Being cared for there, or a volunteer; a complaint or a dispute with it.",
    InterestKind.INDIRECT: "A relative, close friend or business partner has one of these interests.",
}


class AgreementStatus(StrEnum):
    """How it stands with an organisation's agreement to share information (IGV-06; SQG 2022 Annex A)."""

    AGREED = "agreed"
    IN_DISCUSSION = "in_discussion"
    DECLINED = "declined"
    ENDED = "ended"


AGREEMENT: Mapping[AgreementStatus, str] = {
    AgreementStatus.AGREED: "Agreed",
    AgreementStatus.IN_DISCUSSION: "In discussion",
    AgreementStatus.DECLINED: "Declined",
    AgreementStatus.ENDED: "Ended",
}


SEAT_PART: Mapping[SeatPart, str] = {
    SeatPart.CHAIR: "Chair",
    SeatPart.CO_CHAIR: "Co-chair",
    SeatPart.DEPUTY_CHAIR: "Deputy chair",
    SeatPart.SECRETARY: "Secretary",
    SeatPart.MEMBER: "Member",
    SeatPart.INVITED: "Invited",
}

# For which tiers an organisation may have a group. A file that does not say what an organisation is rules nothing out.
TIERS_OF: Mapping[Kind, frozenset[Tier]] = {
    Kind.NATION: frozenset({Tier.NATION}),
    Kind.NHS_ENGLAND: frozenset({Tier.NATION}),
    Kind.REGION: frozenset({Tier.REGION}),
    Kind.AREA_TEAM: frozenset({Tier.SYSTEM}),
    Kind.ICB: frozenset({Tier.SYSTEM, Tier.ICB}),
    Kind.CCG: frozenset({Tier.SYSTEM, Tier.PLACE}),
    Kind.SUB_ICB: frozenset({Tier.PLACE}),
    Kind.COMBINED_AUTHORITY: frozenset({Tier.PLACE}),
    Kind.LOCAL_AUTHORITY: frozenset({Tier.PLACE}),
    Kind.DISTRICT: frozenset({Tier.PLACE}),
    Kind.PRIMARY_CARE_NETWORK: frozenset({Tier.PLACE}),
    Kind.UNKNOWN: frozenset(Tier),
}

# In whose name somebody of such a body chairs; of any other the guidance says nothing.
SPEAKS_AS: Mapping[Kind, Slot] = {
    **dict.fromkeys((Kind.ICB, Kind.SUB_ICB, Kind.CCG), Slot.ICB_EXECUTIVE_QUALITY_LEAD),
    **dict.fromkeys((Kind.LOCAL_AUTHORITY, Kind.DISTRICT, Kind.COMBINED_AUTHORITY), Slot.LOCAL_AUTHORITY),
    **dict.fromkeys((Kind.REGION, Kind.AREA_TEAM, Kind.NHS_ENGLAND, Kind.NATION), Slot.NHS_ENGLAND_REGION),
}
