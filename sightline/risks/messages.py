"""The kind of message about risks: its words, which name no body and no matter, and who may open what it leads to."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sightline.accounts.models import Person
from sightline.notify.kinds import Kind, make_known
from sightline.risks.models import Risk

RISK_REVIEW_DUE = "risk-review-due"


def may_open_risk(person: Person, record: str, on: date) -> bool:
    """This function will say whether somebody may still read a risk, when word of it is sent."""
    return Risk.objects.visible_to(person, on).filter(pk=UUID(record)).exists()


def register() -> None:
    """This function will make the kind of this stage known."""
    make_known(
        Kind(
            RISK_REVIEW_DUE,
            "The review of a risk is due",
            "The day that was set for the review of a risk that you own has come.",
            "The reviews of {count} risks that you own are due.",
            may_open_risk,
        )
    )
