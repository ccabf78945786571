"""Who sees meetings and their items, as conditions of the database."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from sightline.accounts.models import Person
from sightline.core.access import Actor, Permission, may
from sightline.core.meetings.interests import Measure
from sightline.groups.beside import closed
from sightline.groups.hearing import bodies_provided_for
from sightline.groups.queries import conflicts_of
from sightline.groups.sight import NOTHING, in_systems, sits_there
from sightline.groups.viewers import viewer_of
from sightline.meetings.models.parting import ItemGuest, ItemRuling, ItemTie


def meetings_seen(actor: Actor, on: date) -> Q:
    """This function will give the condition under which the actor sees that a meeting is, and its open items.

    That is whoever sits in the group or keeps its papers, the auditor of its system, and whoever is invited to an item.
    A meeting of a group about one subject is closed to whoever has an interest in it or works for the one concerned,
    unless they sit there: then the items say what is closed.
    """
    sits = sits_there(actor, on)
    around = in_systems(actor, Permission.KEEP_MEETINGS, on) | in_systems(actor, Permission.READ_AUDIT, on)
    if tied := closed("group__subject", actor=actor, on=on, keeps=NOTHING):
        around &= ~tied
    return sits | around | Q(pk__in=_invited_to(actor, on).values("item__meeting"))


def items_seen(actor: Actor, on: date) -> Q:
    """This function will give the condition under which the actor reads an item (COI-02, COI-04; PER-03, PER-05, PER-10).

    An item is closed to whoever has an interest in its subject or works for the one concerned, or declared an interest
    for it, until whoever chairs rules that they read it; and to whoever they rule out. Whoever keeps the papers must
    hold what is said of their own board. An invited guest reads the items to which they are invited.
    """
    keeps = in_systems(actor, Permission.KEEP_MEETINGS, on)
    seen = sits_there(actor, on) | keeps | in_systems(actor, Permission.READ_AUDIT, on)
    opened, shut = _ruled(actor)
    tied = closed("subject", "group__subject", actor=actor, on=on, keeps=keeps) | _declared(actor)
    seen = (seen & ~tied) | (sits_there(actor, on) & Q(pk__in=opened))
    return (seen | Q(pk__in=_invited_to(actor, on).values("item")) & ~tied) & ~Q(pk__in=shut)


def subjects_open(actor: Actor, on: date) -> Q:
    """This function will give the condition under which no interest of the actor closes a subject to them (COI-04)."""
    bodies = set(bodies_provided_for(actor, on) or ())
    if not may(actor, Permission.KEEP_MEETINGS, on):
        bodies |= set(viewer_of(actor, on).organisations or ())
    return ~Q(pk__in=conflicts_of(actor, on)) & ~Q(organisation__code__in=bodies)


def _declared(actor: Actor) -> Q:
    """The items for which they declared an interest."""
    if not isinstance(actor, Person):
        return NOTHING
    return Q(pk__in=ItemTie.objects.filter(person=actor.pk).order_by().values("item"))


def _ruled(actor: Actor) -> tuple[list[UUID], list[UUID]]:
    """The items that whoever chairs opened to them, and those that they closed: the newest ruling holds."""
    if not isinstance(actor, Person):
        return [], []
    rows = ItemRuling.objects.filter(person=actor.pk).order_by("number").values_list("item", "measure")
    newest = {item: Measure(measure) for item, measure in rows}
    opened = [item for item, measure in newest.items() if measure.reads_papers]
    return opened, [item for item, measure in newest.items() if not measure.reads_papers]


def _invited_to(actor: Actor, on: date) -> QuerySet[ItemGuest]:
    if not isinstance(actor, Person) or not may(actor, Permission.SEE_MEETINGS, on):
        return ItemGuest.objects.none()
    return ItemGuest.objects.filter(person=actor.pk).order_by()
