"""Plans as somebody may read them: the list, one with its versions, who writes and approves, and where one is wanting."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, Subquery

from sightline.core.access import Actor, Permission
from sightline.core.access.rules import ROLES
from sightline.core.improvement.facts import (
    Alignment,
    CommissionerPart,
    Criterion,
    Kpi,
    PlanContent,
    PlannedAction,
    PlannedMilestone,
)
from sightline.directory.models import Organisation, Subject
from sightline.directory.queries import commissioned_services
from sightline.groups.models import Seat
from sightline.improvement.models import Plan, PlanMilestone, PlanVersion
from sightline.improvement.models.plans import PlanQuerySet
from sightline.indicators.queries import catalogue
from sightline.indicators.queries.pages import quiet_series
from sightline.surveillance.models import LevelDecision, LevelProposal
from sightline.surveillance.queries import reached_by
from sightline.surveillance.queries.concerns import subject_heard
from sightline.surveillance.queries.levels import levels_on, may_know_of

A_PAGE = 50
_PARTS = ("commissioners__organisation", "milestones__organisation", "milestones__milestone")
WANTING = 50  # subjects without a plan that are listed
APPROVED, OPEN, ENDED = "approved", "open", "ended"


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One plan of the list: its newest version, and the one that was approved last."""

    plan: Plan
    newest: PlanVersion
    approved: PlanVersion | None

    @property
    def is_approved(self) -> bool:
        """Whether what it says now is what was approved."""
        return self.approved is not None and self.approved.pk == self.newest.pk


@dataclass(frozen=True, slots=True)
class AskedPlans:
    """What the list was asked for; empty words leave nothing out."""

    state: str = ""
    subject: UUID | None = None


def page_of_plans(actor: Actor, on: date, asked: AskedPlans, page: int) -> tuple[list[PlanRow], int]:
    """This function will give one page of the plans that the actor may read, the newest first, and how many there are."""
    found = _found(actor, on, asked)
    first = (page - 1) * A_PAGE
    plans = list(found.select_related("subject", "ending")[first : first + A_PAGE])
    versions: dict[UUID, list[PlanVersion]] = {one.pk: [] for one in plans}
    for version in PlanVersion.objects.filter(plan__in=versions).select_related("approval").order_by("number"):
        versions[version.plan_id].append(version)
    return [_row(one, versions[one.pk]) for one in plans], found.count()


def _row(plan: Plan, versions: Sequence[PlanVersion]) -> PlanRow:
    approved = [one for one in versions if hasattr(one, "approval")]
    return PlanRow(plan, versions[-1], approved[-1] if approved else None)


def _found(actor: Actor, on: date, asked: AskedPlans) -> PlanQuerySet:
    newest = PlanVersion.objects.filter(plan=OuterRef("pk")).order_by("-number")
    found = Plan.objects.visible_to(actor, on)
    if asked.subject:
        found = found.filter(subject=asked.subject)
    if asked.state:
        found = found.filter(ending__isnull=asked.state != ENDED)
    if asked.state in {APPROVED, OPEN}:
        signed = PlanVersion.objects.filter(pk=OuterRef("latest"), approval__isnull=False)
        found = found.annotate(latest=Subquery(newest.values("pk")[:1]))
        found = found.filter(Exists(signed) if asked.state == APPROVED else ~Exists(signed))
    return found.order_by("-recorded_at", "pk")


def one_plan(actor: Actor, on: date, plan: UUID) -> Plan | None:
    """This function will give a plan, or None where there is none that the actor may read."""
    rows = Plan.objects.visible_to(actor, on).filter(pk=plan)
    return rows.select_related("subject__organisation", "proposal__concern", "proposal__decision", "ending").first()


def plan_of_form(actor: Actor, on: date, form_key: UUID) -> Plan | None:
    """This function will give the plan that a form began, where the actor may read it."""
    return Plan.objects.visible_to(actor, on).filter(form_key=form_key).first()


def versions_of(plan: Plan) -> list[PlanVersion]:
    """This function will give every version of a plan with all its parts, from the first."""
    found = plan.versions.select_related("approval").order_by("number")
    return list(found.prefetch_related("kpis", "criteria", "actions__organisation", *_PARTS))


def newest_version(plan: Plan) -> PlanVersion:
    """This function will give the newest version of a plan."""
    return plan.versions.select_related("approval").order_by("-number")[0]


def content_of(version: PlanVersion) -> PlanContent:
    """This function will give what a version says, as the rules take it."""
    return PlanContent(
        name=version.name,
        objectives=tuple(version.objectives.splitlines()),
        starts_on=version.starts_on,
        kpis=tuple(Kpi(one.words, one.indicator, one.target, one.held_months) for one in version.kpis.all()),
        criteria=tuple(Criterion(one.measure, one.target, one.held_for) for one in version.criteria.all()),
        actions=tuple(
            PlannedAction(one.what, one.body, one.owner, one.due_on, one.organisation.code if one.organisation else "")
            for one in version.actions.all()
        ),
        milestones=tuple(_milestone(one) for one in version.milestones.all()),
        contract=version.contract,
        regulation=version.regulation,
        commissioners=tuple(
            CommissionerPart(one.body, one.action, one.organisation.code if one.organisation else "")
            for one in version.commissioners.all()
        ),
        alignment=Alignment(version.alignment),
        aligned_with=version.aligned_with,
        director=version.director,
        consulted_on=version.consulted_on,
        developed_by=version.developed_by,
        developed_with=version.developed_with,
        recovery_plan=version.recovery_plan,
    )


def _milestone(one: PlanMilestone) -> PlannedMilestone:
    return PlannedMilestone(
        what=one.what,
        due_on=one.due_on,
        evidence=one.evidence,
        assurance=one.assurance,
        body=one.body,
        owner=one.owner,
        organisation=one.organisation.code if one.organisation else "",
        number=one.milestone.number,
    )


def subject_to_plan(actor: Actor, on: date, subject: UUID) -> Subject | None:
    """This function will give a subject of which the actor hears, and may be told at which level it stands (COI-03)."""
    found = subject_heard(actor, on, subject)
    return found if found and may_know_of(actor, on, found) else None


def writes_for(actor: Actor, on: date, system: str) -> bool:
    """This function will say whether the actor sits in the group of a system and speaks there, and so writes its plans."""
    return _holds(actor, on, system, Permission.RAISE_CONCERN)


def approves_for(actor: Actor, on: date, system: str) -> bool:
    """This function will say whether the actor may approve the plans of a system's group."""
    return _holds(actor, on, system, Permission.AUTHORISE_LEVEL)


def _holds(actor: Actor, on: date, system: str, permission: Permission) -> bool:
    """Whether one role of the actor both hears in the group and carries the permission there."""
    asked = {Permission.SEE_INTELLIGENCE, permission}
    held = {one.system for one in actor.grants if one.holds_on(on) and asked <= ROLES[one.role]}
    return not held.isdisjoint({"", system})


def bodies_near(subject: Subject, system: str, on: date) -> list[Organisation]:
    """This function will give the bodies that are likely to own an action: the subject's own, and those around it."""
    systems, regions = reached_by(subject, on, system)
    near = {one.pk: one for one in (*systems, *regions)}
    if body := subject.organisation:
        near[body.pk] = body
        near |= {one.commissioner_id: one.commissioner for one in commissioned_services(body, on)}
    seats = (
        Seat.objects.standing_on(on)
        .filter(group__system=system, organisation__isnull=False)
        .select_related("organisation")
    )
    near |= {one.organisation.pk: one.organisation for one in seats if one.organisation}
    return sorted(near.values(), key=lambda one: (one.name, one.code))


def bodies_named(words: Collection[str]) -> Mapping[str, Organisation]:
    """This function will find the organisations that are meant by a code or a whole name; nobody where several bear it."""
    asked = {one.strip() for one in words} - {""}
    found: dict[str, Organisation] = {}
    several: set[str] = set()
    for body in Organisation.objects.filter(Q(code__in={one.upper() for one in asked}) | Q(name__in=asked)):
        for word in {body.name} & asked:
            several |= {word} & found.keys()
            found[word] = body
        found |= {word: body for word in asked if word.upper() == body.code}
    return {word: body for word, body in found.items() if word not in several}


def bodies_with_codes(codes: Collection[str]) -> Mapping[str, Organisation]:
    """This function will find organisations by their own codes."""
    return {one.code: one for one in Organisation.objects.filter(code__in=codes)}


def indicators_about(actor: Actor, on: date, subject: Subject) -> list[tuple[str, str]]:
    """This function will give the indicators of the register, those with figures about the subject first, by name."""
    known = catalogue()
    with_figures = {one.indicator for one in quiet_series(actor, on, [subject.pk])}
    order = sorted(known.values(), key=lambda one: (one.id not in with_figures, one.name))
    return [(one.id, one.name if one.id in with_figures else f"{one.name} (no figures here yet)") for one in order]


def subjects_wanting(actor: Actor, on: date) -> tuple[list[Subject], bool]:
    """This function will give the subjects that stand above the lowest level, or are proposed to, and have no plan.

    Only what the actor may read of counts, on both sides. It says too whether there are more than are given.
    """
    later = LevelDecision.objects.filter(subject=OuterRef("subject"), number__gt=OuterRef("number"))
    decided = LevelDecision.objects.visible_to(actor, on).filter(~Exists(later)).order_by()
    for pack in decided.values_list("pack", flat=True).distinct():
        known = levels_on(pack, on)
        decided = decided.exclude(pack=pack, level_to=known.lowest.id) if known else decided
    waiting = (
        LevelProposal.objects.visible_to(actor, on).filter(ending=None, decision=None, followed_by=None).order_by()
    )
    for pack in waiting.values_list("pack", flat=True).distinct():
        known = levels_on(pack, on)
        waiting = waiting.exclude(pack=pack, level_to=known.lowest.id) if known else waiting
    wanted = Q(pk__in=decided.values("subject")) | Q(pk__in=waiting.values("subject"))
    planned = Plan.objects.visible_to(actor, on).filter(ending=None, subject=OuterRef("pk")).order_by()
    found = list(Subject.objects.filter(wanted).filter(~Exists(planned)).order_by("name", "pk")[: WANTING + 1])
    return found[:WANTING], len(found) > WANTING
