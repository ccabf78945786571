"""Reads of what was said between meetings about a subject, and in which groups somebody may write it down."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Q

from sightline.accounts.models import Person
from sightline.core.access import Actor, Permission, systems_where
from sightline.directory.models import Subject
from sightline.groups.hearing import groups_seen
from sightline.groups.models import Group, Seating
from sightline.groups.words import SeatPart
from sightline.meetings.models import Conversation
from sightline.meetings.sight import subjects_open


def open_subject(actor: Actor, on: date, subject: UUID) -> Subject | None:
    """This function will give a subject that no interest closes to somebody who may read of it here; else nothing."""
    found = Subject.objects.filter(subjects_open(actor, on), pk=subject).select_related("organisation").first()
    return found if found is not None and groups_reading(actor, on, found) else None


def groups_writing(actor: Actor, on: date, subject: Subject) -> list[Group]:
    """This function will give the groups in which somebody sits or whose papers they keep, and that may speak of a subject."""
    return list(_groups(actor, on, subject, Permission.KEEP_MEETINGS))


def groups_reading(actor: Actor, on: date, subject: Subject) -> list[Group]:
    """This function will give the groups of which somebody reads what was said about a subject: also whoever audits."""
    return [*groups_writing(actor, on, subject), *_groups(actor, on, subject, Permission.READ_AUDIT)]


def conversations_about(actor: Actor, on: date, subject: Subject) -> list[Conversation]:
    """This function will give what was said about a subject, the newest first."""
    found = Conversation.objects.visible_to(actor, on).filter(subject=subject).select_related("group")
    return list(found.order_by("-held_on", "-recorded_at", "pk"))


def subjects_spoken_of(actor: Actor, on: date) -> list[tuple[Subject, date]]:
    """This function will give the subjects of which somebody reads that people spoke, with when last, the latest first."""
    rows = Conversation.objects.visible_to(actor, on).select_related("subject").order_by("held_on", "pk")
    newest = {one.subject_id: (one.subject, one.held_on) for one in rows}
    return sorted(newest.values(), key=lambda pair: (-pair[1].toordinal(), pair[0].name))


def _groups(actor: Actor, on: date, subject: Subject, permission: Permission) -> list[Group]:
    systems = systems_where(actor, permission, on)
    of_system = Q() if systems is None else Q(system__in=systems)
    if permission is Permission.KEEP_MEETINGS and isinstance(actor, Person):
        sits = Seating.objects.in_force(on).filter(person=actor.pk).exclude(seat__part=SeatPart.INVITED.value)
        of_system |= Q(pk__in=sits.order_by().values("seat__group"))
    found = Group.objects.standing_on(on).filter(of_system, groups_seen(actor, on))
    return list(found.filter(Q(subject=None) | Q(subject=subject)).order_by("name", "pk"))
