"""Who hears the commissioner's side of a profile, and who sees a group about one subject, as conditions of the database."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from sightline.core.access import Actor, Permission, Role, may
from sightline.directory.models import Organisation
from sightline.directory.models.subjects import with_history
from sightline.directory.queries import regions_of
from sightline.directory.words import Kind
from sightline.groups.queries.interests import conflicts_of
from sightline.groups.sight import NOTHING
from sightline.groups.viewers import viewer_of


def heard_by(actor: Actor, on: date) -> Q:
    """This function will give the condition under which the actor reads what the commissioner's side wrote.

    It is the rule of ``core.access.may_read`` for what members read: a declared interest denies, another system's
    record is not there, and one's own body is closed to all but those who keep the record. Beyond that whoever works
    for the provider concerned never reads the commissioner's side, whatever other roles they hold.
    """
    viewer = viewer_of(actor, on)
    if not viewer.hears:
        return NOTHING
    heard = Q()
    if viewer.systems is not None:
        heard &= Q(system__in=viewer.systems)
    if viewer.conflicts:
        heard &= ~Q(subject__in=viewer.conflicts)
    if provided := bodies_provided_for(actor, on):
        heard &= _not_about(provided)
    if viewer.organisations and not (viewer.keeps and viewer.kept is None):
        kept = Q(system__in=viewer.kept or ()) if viewer.keeps else NOTHING
        heard &= _not_about(viewer.organisations) | kept
    return heard


def groups_seen(actor: Actor, on: date) -> Q:
    """This function will give the condition under which the actor sees a group.

    Standing groups are no secret. That there is a review of one subject is heard by those who hear what is said of it,
    and by the region that the system lies in; a declared interest closes it, and so does working for the one concerned.
    """
    heard = heard_by(actor, on)
    if not heard:  # no condition at all: they hear everything, and an empty one joined to another would vanish
        return Q()
    return Q(subject=None) | heard | _of_their_region(actor, on)


def _of_their_region(actor: Actor, on: date) -> Q:
    held = [one for one in actor.grants if one.holds_on(on) and one.role is Role.REGION]
    codes = {one.organisation for one in held} - {""}
    if not codes or not may(actor, Permission.SEE_LEVELS, on):
        return NOTHING
    systems = list(Organisation.objects.filter(kind=Kind.ICB))
    lies = regions_of(systems, on) if systems else {}
    inside = {one.code for one in systems if codes & {region.code for region in lies[one.pk]}}
    heard = Q(system__in=codes | inside) & _not_about(bodies_provided_for(actor, on))
    if conflicts := conflicts_of(actor, on):
        heard &= ~Q(subject__in=conflicts)
    return heard


def _not_about(codes: frozenset[str]) -> Q:
    return Q(subject__organisation=None) | ~Q(subject__organisation__code__in=codes)


def bodies_provided_for(actor: Actor, on: date) -> frozenset[str]:
    """This function will name the bodies for which the actor works as their provider, with their history (PER-10)."""
    own = {grant.organisation for grant in actor.grants if grant.role is Role.PROVIDER and grant.holds_on(on)}
    return with_history(frozenset(code for code in own if code))
