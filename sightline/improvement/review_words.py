"""The words of Rapid Quality Reviews: who asks for one, how grave, to whom it reports, and how. No Django."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from sightline.core.improvement.rapid import Carries, Requester, Route, Urgency

KIND = "rapid-quality-review"  # the type of group of the guidance, by its id there

REQUESTER: Mapping[Requester, str] = {
    Requester.ICB: "Integrated care board",
    Requester.LOCAL_AUTHORITY: "Local authority",
    Requester.NHS_ENGLAND: "NHS England",
    Requester.CQC: "Care Quality Commission",
    Requester.OTHER_REGULATOR: "Another regulator",
}
URGENCY: Mapping[Urgency, str] = {Urgency.SIGNIFICANT: "Significant", Urgency.IMMEDIATE: "Immediate"}
ROUTE: Mapping[Route, str] = {
    Route.SQG: "the System Quality Group",
    Route.ASSURANCE: "the assurance of the ICB or local authority",
    Route.REGION: "the Regional Quality Group",
}
ROUTE_TAKES: Mapping[Route, str] = {
    Route.SQG: "The agreed actions, summarised in the plan.",
    Route.ASSURANCE: "The agreed actions, summarised in the plan, to whichever body assures here.",
    Route.REGION: "The key themes and outcomes.",
}
CARRIES: Mapping[Carries, str] = {
    Carries.UNDECIDED: "Not decided yet",
    Carries.YES: "Yes, it is recommended",
    Carries.NO: "No, the plan goes on without one",
}


class Through(StrEnum):
    """How a report went."""

    EXCHANGE = "exchange"
    PAPER = "paper"
    LETTER = "letter"
    SPOKEN = "spoken"


THROUGH: Mapping[Through, str] = {
    Through.EXCHANGE: "As an exchange of this house",
    Through.PAPER: "As a paper for a meeting",
    Through.LETTER: "By letter or email",
    Through.SPOKEN: "Told in a meeting",
}
