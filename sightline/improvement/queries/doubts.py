"""What providers said that waits for somebody: milestones that they doubt, and new concerns that nobody took up (QIG-05)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery

from sightline.accounts.models import Person
from sightline.audit.keeping import until_anything_changes
from sightline.core.access import Actor, Permission, may
from sightline.groups.keeping import kept_systems
from sightline.improvement.models import MilestoneEntry, Plan, PlanMilestone, PlanVersion, PlanWatch, ProviderConcern
from sightline.improvement.models.plans import PlanQuerySet
from sightline.improvement.queries.milestones import DOUBTS, MilestoneView, viewed
from sightline.improvement.queries.reviews import groups_chaired


@dataclass(frozen=True, slots=True)
class Doubts:
    """What waits: milestones with the plan's name, and concerns with it."""

    milestones: tuple[tuple[MilestoneView, Plan, str], ...] = ()
    concerns: tuple[tuple[ProviderConcern, str], ...] = ()

    @property
    def count(self) -> int:
        """How many things."""
        return len(self.milestones) + len(self.concerns)


def doubts_waiting(actor: Actor, on: date) -> Doubts:
    """This function will give what providers doubt or told, of the plans that the actor keeps (QIG-05).

    That is whoever keeps the groups of the system, wrote the newest version, or chairs a group that watches the plan,
    and may read it. A doubt waits until the group notes how the milestone stands, a concern until it is taken up.
    """
    keeps = bool(may(actor, Permission.KEEP_GROUPS, on))
    return _doubts(actor, on, keeps)


@until_anything_changes
def _doubts(actor: Actor, on: date, keeps: bool) -> Doubts:
    plans = {one.pk: one for one in _kept(actor, on, keeps).select_related("subject")}
    if not plans:
        return Doubts()
    names = dict(PlanVersion.objects.filter(plan__in=plans).order_by("number").values_list("plan", "name"))
    told = ProviderConcern.objects.filter(plan__in=plans, answer=None).select_related("plan__subject")
    concerns = [(one, names[one.plan_id]) for one in told.order_by("recorded_at", "pk")]
    doubted = [one for one in _said(plans, on) if one.standing.provider in DOUBTS]
    milestones = [(one, plans[one.said.version.plan_id], names[one.said.version.plan_id]) for one in doubted]
    return Doubts(tuple(milestones), tuple(concerns))


def _kept(actor: Actor, on: date, keeps: bool) -> PlanQuerySet:
    """The plans under way that the actor keeps and may read, and of which the provider ever said something."""
    newest = PlanVersion.objects.filter(plan=OuterRef("pk")).order_by("-number").values("recorded_by")[:1]
    found = Plan.objects.visible_to(actor, on).filter(ending=None).annotate(writer=Subquery(newest))
    mine = Q(writer=actor.actor_id)
    if keeps:
        systems = kept_systems(actor, on)
        mine = Q() if systems is None else mine | Q(system__in=systems)
    elif isinstance(actor, Person):
        mine |= Q(pk__in=_watched_in(groups_chaired(actor, on)))
    told = ProviderConcern.objects.order_by().values("plan")
    noted = MilestoneEntry.objects.filter(is_providers=True).order_by().values("milestone__plan")
    return found.filter(mine).filter(Q(pk__in=told) | Q(pk__in=noted))


def _watched_in(groups: Iterable[UUID]) -> set[UUID]:
    """The plans that any of these groups watches while it has not ended."""
    watched: dict[tuple[UUID, UUID], bool] = {}
    rows = PlanWatch.objects.filter(improving__group__in=groups, improving__ending=None).order_by("recorded_at", "pk")
    for group, plan, is_watched in rows.values_list("improving", "plan", "is_watched"):
        watched[group, plan] = is_watched
    return {plan for (_, plan), is_watched in watched.items() if is_watched}


def _said(plans: Iterable[UUID], on: date) -> list[MilestoneView]:
    """The milestones of the approved versions, which are those that a provider reads."""
    signed = PlanVersion.objects.filter(plan__in=plans, approval__isnull=False).order_by("number")
    newest = dict(signed.values_list("plan", "pk"))  # of several the last one counts
    rows = PlanMilestone.objects.filter(version__in=newest.values())
    said = rows.select_related("milestone", "organisation", "version").order_by("version__plan", "position")
    return viewed(list(said), on)
