"""Declared interests for tests, as though they had always been on record."""

from __future__ import annotations

from datetime import date
from typing import Any

from sightline.accounts.models import Person
from sightline.directory.models import Subject
from sightline.groups.models import DeclaredInterest, InterestEnding
from sightline.groups.words import InterestKind
from tests.factories.accounts import LONG_AGO

SINCE = date(2024, 1, 1)


def an_interest(
    person: Person, subject: Subject, kind: InterestKind = InterestKind.FINANCIAL, **more: Any
) -> DeclaredInterest:
    """This function will make an interest that the person declared long ago."""
    given = {"detail": "Shares", "declared_on": SINCE, "since": SINCE, "recorded_by": person.actor_id, **more}
    return DeclaredInterest.objects.create(person=person, subject=subject, kind=kind, recorded_at=LONG_AGO, **given)


def an_ending(interest: DeclaredInterest, ends_on: date, because: str = "Sold") -> InterestEnding:
    """This function will end an interest."""
    return InterestEnding.objects.create(
        interest=interest,
        ends_on=ends_on,
        because=because,
        recorded_at=LONG_AGO,
        recorded_by=interest.person.actor_id,
    )
