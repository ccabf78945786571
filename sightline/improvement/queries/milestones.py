"""Milestones as somebody may read them: those of a version with all that was noted, and a provider's own plans."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sightline.audit.keeping import until_anything_changes
from sightline.core.access import Actor
from sightline.core.improvement.milestones import Activity, Lasts, Noted, Progress, Standing, activity, standing
from sightline.groups.hearing import bodies_provided_for
from sightline.improvement.models import MilestoneEntry, Plan, PlanMilestone, PlanVersion, ProviderConcern

DOUBTS = frozenset({Progress.IN_DOUBT, Progress.MISSED})
SOON = timedelta(days=30)  # so long before its day a provider is reminded of a milestone; a choice of this house


@dataclass(frozen=True, slots=True)
class MilestoneView:
    """What a version says of a milestone, what was noted of it, the oldest first, and how it stands by that."""

    said: PlanMilestone
    entries: tuple[MilestoneEntry, ...]
    standing: Standing

    @property
    def number(self) -> int:
        """The number by which it is known through all versions."""
        return self.said.milestone.number


def milestones_of(version: PlanVersion, on: date) -> list[MilestoneView]:
    """This function will give the milestones of a version as they stand on a day, in their order."""
    return viewed(list(version.milestones.select_related("milestone", "organisation").order_by("position")), on)


def viewed(said: list[PlanMilestone], on: date) -> list[MilestoneView]:
    """This function will give milestones as they stand on a day, by as many reads whatever their number."""
    entries = _entries([one.milestone_id for one in said])
    return [_view(one, entries.get(one.milestone_id, ()), on) for one in said]


def one_milestone(version: PlanVersion, number: int, on: date) -> MilestoneView | None:
    """This function will give one milestone of a version by its number, or None where the version has no such one."""
    said = version.milestones.select_related("milestone", "organisation").filter(milestone__number=number).first()
    return _view(said, _entries([said.milestone_id]).get(said.milestone_id, ()), on) if said else None


def last_said(plan: Plan, number: int, on: date) -> MilestoneView | None:
    """This function will give a milestone as the newest version that has it says it, None where no version ever had."""
    version = plan.versions.filter(milestones__milestone__number=number).order_by("-number").first()
    return one_milestone(version, number, on) if version else None


def activity_of(views: list[MilestoneView]) -> Activity:
    """This function will count how far milestones have come."""
    return activity(one.standing for one in views)


def _entries(milestones: list[int]) -> Mapping[int, tuple[MilestoneEntry, ...]]:
    found: defaultdict[int, list[MilestoneEntry]] = defaultdict(list)
    for one in MilestoneEntry.objects.filter(milestone__in=milestones).order_by("recorded_at", "pk"):
        found[one.milestone_id].append(one)
    return {milestone: tuple(some) for milestone, some in found.items()}


def _view(said: PlanMilestone, entries: tuple[MilestoneEntry, ...], on: date) -> MilestoneView:
    return MilestoneView(said, entries, standing([noted_of(one) for one in entries], said.due_on, on))


def noted_of(entry: MilestoneEntry) -> Noted:
    """This function will give an entry as the rules take it."""
    return Noted(
        progress=Progress(entry.progress),
        says=entry.says,
        evidence=entry.evidence,
        assured_by=entry.assured_by,
        assured_how=entry.assured_how,
        lasts=Lasts(entry.lasts),
        is_providers=entry.is_providers,
    )


def concerns_told(plan: Plan) -> list[ProviderConcern]:
    """This function will give the new concerns that the provider told of beside a plan, the newest first (QIG-05)."""
    return list(plan.concerns.select_related("answer").order_by("-recorded_at", "pk"))


# --- what the provider concerned reads


def provides_for(actor: Actor, on: date, plan: Plan) -> bool:
    """This function will say whether the actor works for the provider that an approved plan is about (PER-10)."""
    return Plan.objects.own_of(actor, on).filter(pk=plan.pk).exists()


def own_plans(actor: Actor, on: date) -> list[Plan]:
    """This function will list the approved plans about the actor's own organisation, the newest first (PER-10)."""
    found = Plan.objects.own_of(actor, on).select_related("subject")
    return list(found.order_by("-recorded_at", "pk"))


def own_plan(actor: Actor, on: date, plan: UUID) -> Plan | None:
    """This function will give an approved plan about the actor's own organisation, or None."""
    return Plan.objects.own_of(actor, on).select_related("subject").filter(pk=plan).first()


def approved_version(plan: Plan) -> PlanVersion | None:
    """This function will give the version of a plan that was approved last, None where none was."""
    return plan.versions.filter(approval__isnull=False).order_by("-number").first()


def own_milestones(plan: Plan, on: date) -> list[MilestoneView]:
    """This function will give the milestones of the approved version as its provider reads them.

    That is what was agreed and what the provider wrote itself: what the group noted stays with the group.
    """
    version = approved_version(plan)
    if version is None:
        return []
    return [
        _view(one.said, tuple(entry for entry in one.entries if entry.is_providers), on)
        for one in milestones_of(version, on)
    ]


@until_anything_changes
def _due(codes: frozenset[str], on: date) -> int:
    due = 0
    for plan in Plan.objects.about_bodies(codes).filter(ending=None):
        version = approved_version(plan)
        open_ones = [one for one in milestones_of(version, on) if not _is_reported(one)] if version else []
        due += sum(bool(one.said.due_on and one.said.due_on <= on + SOON) for one in open_ones)
    return due


def _is_reported(one: MilestoneView) -> bool:
    """Whether the group holds it to be reached, or the provider has said since that it is."""
    return one.standing.is_reached or one.standing.provider is Progress.REACHED


def own_milestones_due(actor: Actor, on: date) -> int:
    """This function will count the milestones of the actor's own organisation that are due soon or past their day."""
    own = bodies_provided_for(actor, on)
    return _due(own, on) if own else 0
