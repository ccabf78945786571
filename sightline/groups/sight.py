"""Who sees the records that a group keeps of itself: the conditions that its logs and its meetings share."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from sightline.accounts.models import Person
from sightline.core.access import Actor, Permission, may, systems_where
from sightline.core.groups.chairing import PRESIDING
from sightline.groups.models import Seating
from sightline.groups.words import SeatPart

NOTHING = Q(pk__in=[])
EVERYTHING = ~NOTHING


def sits_there(actor: Actor, on: date) -> Q:
    """This function will give the condition that the actor sits in the group of a record; a guest of single items does not."""
    if not isinstance(actor, Person) or not may(actor, Permission.SEE_MEETINGS, on):
        return NOTHING
    sits = Seating.objects.in_force(on).filter(person=actor.pk).exclude(seat__part=SeatPart.INVITED.value)
    return Q(group__in=sits.order_by().values("seat__group"))


def presides_there(actor: Actor, on: date) -> Q:
    """This function will give the condition that the actor sits as chair, co-chair or deputy chair in a record's group."""
    if not isinstance(actor, Person) or not may(actor, Permission.PRESIDE, on):
        return NOTHING
    sits = Seating.objects.in_force(on).filter(person=actor.pk, seat__part__in=[one.value for one in PRESIDING])
    return Q(group__in=sits.order_by().values("seat__group"))


def in_systems(actor: Actor, permission: Permission, on: date) -> Q:
    """This function will give the condition that the actor has a permission in the system of a record."""
    systems = systems_where(actor, permission, on)
    if systems is None:
        return EVERYTHING
    return Q(system__in=systems) if systems else NOTHING
