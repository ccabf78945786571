"""Who works on the key points of a meeting before they are public, as conditions of the database."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from sightline.accounts.models import Person
from sightline.core.access import Actor, Permission, may
from sightline.core.groups.chairing import PRESIDING
from sightline.groups.models import Group, Seating
from sightline.groups.sight import in_systems
from sightline.meetings.models import AgendaItem, Meeting
from sightline.meetings.words import Step


def meetings_worked_on(actor: Actor, on: date) -> QuerySet[Meeting]:
    """This function will give the meetings that were held and whose key points the actor may read before they are public.

    That is whoever keeps the papers of the group, presides over it or audits it, and reads every item of the meeting:
    a draft may rest on any of them, so that an interest in one closes the whole draft (COI-04).
    """
    keeps = in_systems(actor, Permission.KEEP_MEETINGS, on) | in_systems(actor, Permission.READ_AUDIT, on)
    found = Meeting.objects.visible_to(actor, on).filter(keeps | presides_there(actor, on))
    items = AgendaItem.objects.standing()
    closed = items.exclude(pk__in=AgendaItem.objects.visible_to(actor, on).order_by().values("pk"))
    return found.filter(steps__step=Step.CLOSED.value).exclude(pk__in=closed.order_by().values("meeting"))


def presides_there(actor: Actor, on: date) -> Q:
    """This function will give the condition that the actor sits as a chair, co-chair or deputy chair of a record's group."""
    return Q(group__in=_presided(actor, on).order_by().values("pk"))


def presides_over(actor: Actor, on: date) -> Q:
    """This function will give the condition that the actor sits as a chair, co-chair or deputy chair of a group itself."""
    return Q(pk__in=_presided(actor, on).order_by().values("pk"))


def _presided(actor: Actor, on: date) -> QuerySet[Group]:
    """The groups over which somebody presides."""
    if not isinstance(actor, Person) or not may(actor, Permission.PRESIDE, on):
        return Group.objects.none()
    parts = [one.value for one in PRESIDING]
    sits = Seating.objects.in_force(on).filter(person=actor.pk, seat__part__in=parts)
    return Group.objects.filter(pk__in=sits.order_by().values("seat__group"))
