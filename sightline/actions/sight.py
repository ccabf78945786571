"""Who reads the actions of a group, as a condition of the database."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from sightline.accounts.models import Person
from sightline.core.access import Actor, Permission, may, systems_where
from sightline.groups.hearing import bodies_provided_for
from sightline.groups.models import Seating
from sightline.groups.queries import conflicts_of
from sightline.groups.viewers import viewer_of
from sightline.groups.words import SeatPart

NOTHING = Q(pk__in=[])
EVERYTHING = ~NOTHING


def read_by(actor: Actor, on: date) -> Q:
    """This function will give the condition under which the actor reads a group's action log (COI-03; PER-10, PER-13).

    That is whoever sits in the group, whoever keeps its log, and the auditor of its system; somebody invited to single
    items reads no log. A declared interest closes what is about its subject, and so does working for the one concerned;
    whoever keeps the log must hold what is in it about their own board, but never where they are the provider's.
    """
    kept = _in_systems(actor, Permission.KEEP_ACTIONS, on)
    seen = _sits(actor, on) | kept | _in_systems(actor, Permission.READ_AUDIT, on)
    if conflicts := conflicts_of(actor, on):
        seen &= ~Q(subject__in=conflicts) & ~Q(group__subject__in=conflicts)
    if provided := bodies_provided_for(actor, on):
        seen &= _not_about(provided)
    if own := viewer_of(actor, on).organisations:
        seen &= _not_about(own) | kept
    return seen


def _sits(actor: Actor, on: date) -> Q:
    if not isinstance(actor, Person) or not may(actor, Permission.SEE_MEETINGS, on):
        return NOTHING
    sits = Seating.objects.in_force(on).filter(person=actor.pk).exclude(seat__part=SeatPart.INVITED.value)
    return Q(group__in=sits.order_by().values("seat__group"))


def _in_systems(actor: Actor, permission: Permission, on: date) -> Q:
    systems = systems_where(actor, permission, on)
    if systems is None:
        return EVERYTHING
    return Q(system__in=systems) if systems else NOTHING


def _not_about(codes: frozenset[str]) -> Q:
    own, groups = (f"{name}organisation__code__in" for name in ("subject__", "group__subject__"))
    return ~Q(**{own: codes}) & ~Q(**{groups: codes})
