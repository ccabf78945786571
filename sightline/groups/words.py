"""The words of the groups: kinds of interest and standings of agreements, as rules and readers know them. No Django."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


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


class SeatPart(StrEnum):
    """What somebody does on a seat of a group."""

    CHAIR = "chair"
    DEPUTY_CHAIR = "deputy_chair"
    SECRETARY = "secretary"
    MEMBER = "member"
    INVITED = "invited"


SEAT_PART: Mapping[SeatPart, str] = {
    SeatPart.CHAIR: "Chair",
    SeatPart.DEPUTY_CHAIR: "Deputy chair",
    SeatPart.SECRETARY: "Secretary",
    SeatPart.MEMBER: "Member",
    SeatPart.INVITED: "Invited",
}
