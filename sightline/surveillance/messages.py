"""The kinds of message about levels: their words, which name no body and no matter, and who may open what they lead to."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sightline.accounts.models import Person
from sightline.notify.kinds import Kind, make_known
from sightline.surveillance.models import LevelDecision, LevelProposal

LEVEL_TO_DECIDE = "level-to-decide"
REGION_TO_ANSWER = "region-to-answer"
LEVEL_DECIDED = "level-decided"
REVIEW_DUE = "review-due"


def may_open_proposal(person: Person, record: str, on: date) -> bool:
    """This function will say whether somebody may still read a proposal, when word of it is sent."""
    return LevelProposal.objects.visible_to(person, on).filter(pk=UUID(record)).exists()


def may_open_decision(person: Person, record: str, on: date) -> bool:
    """This function will say whether somebody may still read a decision, when word of it is sent."""
    return LevelDecision.objects.visible_to(person, on).filter(pk=UUID(record)).exists()


def register() -> None:
    """This function will make the kinds of this stage known."""
    make_known(
        Kind(
            LEVEL_TO_DECIDE,
            "A level waits for your decision",
            "A level was proposed, and you hold an office that may authorise it.",
            "{count} proposed levels wait for your decision.",
            may_open_proposal,
        ),
        Kind(
            REGION_TO_ANSWER,
            "A proposed level waits for the region’s answer",
            "A level was proposed, and the region is asked whether it agrees.",
            "{count} proposed levels wait for the region’s answer.",
            may_open_proposal,
        ),
        Kind(
            LEVEL_DECIDED,
            "A level was decided",
            "A level was decided, and you are among those who are told.",
            "{count} levels were decided, and you are among those who are told.",
            may_open_decision,
        ),
        Kind(
            REVIEW_DUE,
            "The review of a level is due",
            "The day that was set for the review of a level has come.",
            "The reviews of {count} levels are due.",
            may_open_decision,
        ),
    )
