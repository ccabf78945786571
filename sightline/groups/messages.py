"""The kinds of message about groups: their words, which name no group, and who may open what they lead to."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sightline.accounts.models import Person
from sightline.groups.queries.effectiveness import may_open_review
from sightline.groups.queries.terms import may_open_terms
from sightline.notify.kinds import Kind, make_known

TERMS_REVIEW_DUE = "terms-review-due"
EFFECTIVENESS_ASKED = "effectiveness-asked"


def _may_open(person: Person, record: str, on: date) -> bool:
    return may_open_terms(person, UUID(record), on)


def _may_answer(person: Person, record: str, on: date) -> bool:
    return may_open_review(person, UUID(record), on)


def register() -> None:
    """This function will make the kinds of this stage known."""
    make_known(
        Kind(
            TERMS_REVIEW_DUE,
            "The review of terms of reference is due",
            "The terms of reference of a group that you chair or keep are to be looked at again.",
            "The terms of reference of {count} groups that you chair or keep are to be looked at again.",
            _may_open,
        ),
        Kind(
            EFFECTIVENESS_ASKED,
            "How does your group work?",
            "A group in which you sit asks you how it works. Your answers are mixed with those of others.",
            "{count} groups in which you sit ask you how they work. Your answers are mixed with those of others.",
            _may_answer,
        ),
    )
