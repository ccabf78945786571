"""Interests, groups, seats and offices for tests, as though they had always been on record."""

from __future__ import annotations

from datetime import date
from typing import Any

from sightline.accounts.models import Person
from sightline.core.rulebook.levels import Slot
from sightline.directory.models import Organisation, Subject
from sightline.groups.models import (
    DeclaredInterest,
    Group,
    GroupGuidance,
    InterestEnding,
    Office,
    Seat,
    Seating,
)
from sightline.groups.words import InterestKind, SeatPart
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


def a_group(area: Organisation, kind: str = "system-group", name: str = "", **more: Any) -> Group:
    """This function will make a group that has stood for long."""
    plain = {
        "name": name or f"Quality group of {area.name}",
        "system": area.code,
        "begun_on": SINCE,
        "because": "Laid down",
    }
    given = {**plain, "recorded_by": "operator:test", **more}
    return Group.objects.create(kind=kind, area=area, recorded_at=LONG_AGO, **given)


def a_guidance(group: Group, pack: str, from_on: date, **more: Any) -> GroupGuidance:
    """This function will lay down a guidance for a group."""
    given = {"because": "Agreed", "recorded_by": "operator:test", **more}
    return GroupGuidance.objects.create(group=group, pack=pack, from_on=from_on, recorded_at=LONG_AGO, **given)


def a_seat(group: Group, title: str = "Chair", part: SeatPart = SeatPart.CHAIR, **more: Any) -> Seat:
    """This function will add a seat to a group."""
    given = {"recorded_by": "operator:test", **more}
    return Seat.objects.create(group=group, title=title, part=part.value, recorded_at=LONG_AGO, **given)


def a_seating(seat: Seat, person: Person, **more: Any) -> Seating:
    """This function will have a person sit on a seat."""
    given = {"valid_from": SINCE, "recorded_by": "operator:test", **more}
    return Seating.objects.create(seat=seat, person=person, recorded_at=LONG_AGO, **given)


def an_office(person: Person, slot: Slot, organisation: Organisation, **more: Any) -> Office:
    """This function will give somebody an office that they have held for long."""
    given = {"valid_from": SINCE, "because": "Scheme of delegation", "recorded_by": "operator:test", **more}
    return Office.objects.create(
        person=person, slot=slot.value, organisation=organisation, recorded_at=LONG_AGO, **given
    )
