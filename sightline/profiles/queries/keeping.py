"""On which side somebody stands to a subject, and whether they may read or write there at all."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.conf import settings

from sightline.core.access import Actor, Permission, Role, may
from sightline.core.access.rules import ROLES
from sightline.core.triangulation.profiling import Side
from sightline.core.verdict import ALLOWED, Verdict, refused
from sightline.directory.models import Subject
from sightline.directory.queries import systems_of
from sightline.groups.viewers import viewer_of
from sightline.profiles.models import Profile
from sightline.profiles.models.sight import bodies_provided_for


def one_subject(actor: Actor, on: date, subject_id: UUID) -> Subject | None:
    """This function will give a subject about which the actor may read aids or profiles on one side or the other."""
    found = Subject.objects.visible_to(actor, on).filter(pk=subject_id).select_related("organisation").first()
    return found if found and (hears_of(actor, on, found) or _provides(actor, on, found)) else None


def hears_of(actor: Actor, on: date, subject: Subject) -> bool:
    """This function will say whether the actor reads what the commissioner's side writes about a subject.

    It is ``models.sight.heard_by`` for a subject of which nothing is on record yet: a declared interest denies, and so
    does one's own body.
    """
    viewer = viewer_of(actor, on)
    if not viewer.hears or subject.pk in viewer.conflicts or _provides(actor, on, subject):
        return False
    return viewer.keeps or _code(subject) not in viewer.organisations


def side_of(actor: Actor, on: date, subject: Subject) -> Side | None:
    """This function will say on which side the actor writes about a subject; their role decides, nobody chooses."""
    if _provides(actor, on, subject):
        return Side.PROVIDER
    return Side.COMMISSIONER if works_for_commissioner(actor, on, subject) else None


def works_for_commissioner(actor: Actor, on: date, subject: Subject, profile: Profile | None = None) -> bool:
    """This function will say whether the actor writes on the commissioner's side: about a subject, or in a profile."""
    systems = _working_systems(actor, on)
    if not systems or not hears_of(actor, on, subject):
        return False
    return profile is None or "" in systems or profile.system in systems


def may_sign_for_side(actor: Actor, on: date, side: Side) -> Verdict:
    """This function will say whether a role lets the actor sign: a secretary prepares and does not judge."""
    if side is Side.PROVIDER or may(actor, Permission.DECIDE_PROPOSAL, on):
        return ALLOWED
    return refused("You may prepare the profile. A quality lead signs it for the commissioner’s side.", "PER")


def system_for(actor: Actor, on: date, subject: Subject) -> str:
    """This function will name the system to whose group a new record belongs: the writer's, else the subject's."""
    systems = _working_systems(actor, on)
    body = subject.organisation
    around = [area.code for area in systems_of([body], on)[body.pk]] if body else []
    if "" not in systems:
        return next((code for code in around if code in systems), min(systems, default=""))
    return settings.HOME_SYSTEM or next(iter(around), "")


def _working_systems(actor: Actor, on: date) -> frozenset[str]:
    """The systems for which the actor works on profiles as a commissioner; an empty word among them means every one."""
    held = (grant for grant in actor.grants if grant.holds_on(on) and grant.role is not Role.PROVIDER)
    return frozenset(grant.system for grant in held if Permission.WORK_ON_PROFILE in ROLES[grant.role])


def _provides(actor: Actor, on: date, subject: Subject) -> bool:
    return subject.organisation is not None and _code(subject) in bodies_provided_for(actor, on)


def _code(subject: Subject) -> str:
    return subject.organisation.code if subject.organisation else ""
