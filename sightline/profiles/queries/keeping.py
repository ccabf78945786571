"""On which side somebody stands to a subject, and whether they may read or write there at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings

from sightline.core.access import Actor, Permission, Role, Viewer, may
from sightline.core.access.rules import ROLES
from sightline.core.triangulation.profiling import Side
from sightline.core.verdict import ALLOWED, Verdict, refused
from sightline.directory.models import Subject
from sightline.directory.queries import systems_of
from sightline.groups.hearing import bodies_provided_for
from sightline.groups.viewers import viewer_of
from sightline.profiles.models import Profile


def one_subject(actor: Actor, on: date, subject_id: UUID) -> Subject | None:
    """This function will give a subject about which the actor may read aids or profiles on one side or the other."""
    found = Subject.objects.visible_to(actor, on).filter(pk=subject_id).select_related("organisation").first()
    stand = stand_of(actor, on)
    return found if found and (stand.hears(found) or stand.provides(found)) else None


@dataclass(frozen=True, slots=True)
class Stand:
    """On which side an actor stands on a day: everything that it rests on, gathered once for however many subjects."""

    viewer: Viewer
    provided: frozenset[str]  # codes of the bodies for which they work as their provider
    systems: frozenset[str]  # for whose groups they work on profiles; an empty word among them means every one

    def provides(self, subject: Subject) -> bool:
        """This function will say whether the actor works for the provider that the subject is."""
        return subject.organisation is not None and subject.organisation.code in self.provided

    def hears(self, subject: Subject) -> bool:
        """This function will say whether the actor reads what the commissioner's side writes about a subject.

        It is ``models.sight.heard_by`` for a subject of which nothing is on record yet: a declared interest denies,
        and so does one's own body.
        """
        if not self.viewer.hears or subject.pk in self.viewer.conflicts or self.provides(subject):
            return False
        return self.viewer.keeps or _code(subject) not in self.viewer.organisations

    def works(self, subject: Subject, profile: Profile | None = None) -> bool:
        """This function will say whether the actor writes for the commissioner: about a subject, or in a profile."""
        if not self.systems or not self.hears(subject):
            return False
        return profile is None or "" in self.systems or profile.system in self.systems

    def side(self, subject: Subject) -> Side | None:
        """This function will say on which side the actor writes; their role decides, nobody chooses."""
        if self.provides(subject):
            return Side.PROVIDER
        return Side.COMMISSIONER if self.works(subject) else None


def stand_of(actor: Actor, on: date) -> Stand:
    """This function will gather where an actor stands on a day."""
    return Stand(viewer_of(actor, on), bodies_provided_for(actor, on), _working_systems(actor, on))


def hears_of(actor: Actor, on: date, subject: Subject) -> bool:
    """This function will say whether the actor reads what the commissioner's side writes about a subject."""
    return stand_of(actor, on).hears(subject)


def side_of(actor: Actor, on: date, subject: Subject) -> Side | None:
    """This function will say on which side the actor writes about a subject."""
    return stand_of(actor, on).side(subject)


def works_for_commissioner(actor: Actor, on: date, subject: Subject, profile: Profile | None = None) -> bool:
    """This function will say whether the actor writes on the commissioner's side: about a subject, or in a profile."""
    return stand_of(actor, on).works(subject, profile)


def works_anywhere(actor: Actor, on: date) -> bool:
    """This function will say whether the actor works on profiles for a group at all, and not only for a provider."""
    return bool(_working_systems(actor, on))


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


def _code(subject: Subject) -> str:
    return subject.organisation.code if subject.organisation else ""
