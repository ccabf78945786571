"""What people do with plans: begin one, write it anew as another version, and approve a version that is whole."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from sightline.accounts.looking import why_it_stays
from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.improvement.approving import may_approve_plan
from sightline.core.improvement.completeness import remarks
from sightline.core.improvement.facts import PlanContent
from sightline.core.verdict import Already, Invalid, Refused, refused
from sightline.directory.models import Organisation, Subject
from sightline.improvement.giving import Overtaken
from sightline.improvement.models import (
    Plan,
    PlanAction,
    PlanApproval,
    PlanCommissioner,
    PlanCriterion,
    PlanKpi,
    PlanVersion,
)
from sightline.improvement.operations._milestones import write_milestones
from sightline.improvement.queries.around import around_plan, asking_proposal, stands
from sightline.improvement.queries.plans import approves_for, bodies_with_codes, content_of, subject_to_plan, writes_for
from sightline.indicators.queries import known_indicators
from sightline.surveillance.queries import guidance_for

NOT_YOURS = refused(
    "This is for members of the quality group, and for nobody who has an interest in this subject or works for it.",
    "COI-03",
)
NOT_APPROVER = refused("You do not approve the plans of this group. Ask its chair or its quality lead.", "local")
ENDED = refused("This plan has ended. Begin another where more is to be done.", "local")
OVERTAKEN = "Somebody else wrote another version while you were at it. Read that one first."
_TEXTS = (
    "name", "contract", "regulation", "aligned_with", "director", "developed_by", "developed_with", "recovery_plan",
)  # fmt: skip


@operation(Permission.RAISE_CONCERN, on="result")
def begin_plan(
    *, by: Actor, at: datetime, subject: Subject, system: str, form_key: UUID, content: PlanContent, knowingly: str = ""
) -> Plan:
    """This function will begin a plan about a subject that stands above the lowest level, or is proposed to (PLN-01).

    It may still lack much: what is missing is told wherever the plan is shown, and stands in the way of its approval.
    Raises Refused where the actor does not sit in the group or may not hear of the subject.
    """
    today = timezone.localdate(at)
    if not writes_for(by, today, system) or subject_to_plan(by, today, subject.pk) is None:
        raise Refused(NOT_YOURS)
    if Plan.objects.filter(form_key=form_key).exists():
        raise Already("This plan was begun already.")
    found = stands(subject, system, today)
    if not found.may_begin:
        raise Refused(found.may_begin)
    made = Plan.objects.create(
        subject=subject,
        system=system,
        proposal=asking_proposal(by, today, subject, found, system),
        form_key=form_key,
        recorded_at=at,
        recorded_by=by.actor_id,
    )
    _write(made, 1, content, knowingly, by, at)
    return made


@operation(Permission.RAISE_CONCERN, on="plan")
def restate_plan(
    *, by: Actor, at: datetime, plan: Plan, seen: int, content: PlanContent, because: str, knowingly: str = ""
) -> PlanVersion:
    """This function will write a plan anew as its next version, with the reason; earlier versions stay as they are.

    ``seen`` is the version that the writer had before them. Raises Overtaken where it is not the newest. What was
    approved stays approved; the new version needs an approval of its own.
    """
    today = timezone.localdate(at)
    found, newest = _locked(by, today, plan)
    if not writes_for(by, today, found.system):
        raise Refused(NOT_YOURS)
    if seen != newest.number:
        raise Overtaken(OVERTAKEN)
    return _write(found, newest.number + 1, content, knowingly, by, at, because)


@operation(Permission.AUTHORISE_LEVEL, on="plan")
def approve_plan(*, by: Actor, at: datetime, plan: Plan, seen: int, because: str, knowingly: str = "") -> PlanApproval:
    """This function will approve the newest version of a plan, with the reason (PLN-01, PLN-02, PLN-04, PLN-06).

    Raises Refused with every part that is missing, each with its paragraph, and for whoever wrote the version; Overtaken
    where another version was written meanwhile. What should be there and is not is kept with the approval as a remark (PLN-03,
    PLN-05).
    """
    today = timezone.localdate(at)
    found, newest = _locked(by, today, plan)
    if not approves_for(by, today, found.system):
        raise Refused(NOT_APPROVER)
    if seen != newest.number:
        raise Overtaken(OVERTAKEN)
    if hasattr(newest, "approval"):
        raise Already("This version is approved already.")
    content, around = content_of(newest), around_plan(found, today)
    verdict = may_approve_plan(content, around, is_own=newest.recorded_by == by.actor_id)
    if not verdict:
        raise Refused(verdict)
    guidance = guidance_for(found.system, today)
    return PlanApproval.objects.create(
        version=newest,
        pack=guidance.pack,
        rules_version=guidance.version,
        level=around.level,
        remarks="\n".join(one.cited for one in remarks(content, around)),
        because=because.strip(),
        knowingly=why_it_stays([because], knowingly),
        approved_at=at,
        approved_by=by.actor_id,
    )


# --- shared by the above


def _locked(by: Actor, on: date, plan: Plan) -> tuple[Plan, PlanVersion]:
    """A plan with its row locked, so that two who write come one by one, and its newest version."""
    found = Plan.objects.visible_to(by, on).filter(pk=plan.pk).select_for_update(of=("self",)).first()
    if found is None:
        raise Refused(NOT_YOURS)
    if hasattr(found, "ending"):
        raise Refused(ENDED)
    return found, found.versions.select_related("approval").order_by("-number")[0]


def _write(
    plan: Plan, number: int, content: PlanContent, knowingly: str, by: Actor, at: datetime, because: str = ""
) -> PlanVersion:
    if not content.name.strip():
        raise Invalid("Give the plan a name.")
    strange = {one.indicator for one in content.kpis if one.indicator} - known_indicators()
    if strange:
        raise Invalid("One of the indicators is not in the register. Choose from the list.")
    version = PlanVersion.objects.create(
        plan=plan,
        number=number,
        objectives="\n".join(line for one in content.objectives if (line := " ".join(one.split()))),
        starts_on=content.starts_on,
        alignment=content.alignment.value,
        consulted_on=content.consulted_on,
        knowingly=why_it_stays([*content.words(), because], knowingly),
        because=because.strip(),
        recorded_at=at,
        recorded_by=by.actor_id,
        **{name: getattr(content, name).strip() for name in _TEXTS},
    )
    _write_measures(version, content)
    _write_deeds(version, content)
    write_milestones(version, content.milestones)
    return version


def _write_measures(version: PlanVersion, content: PlanContent) -> None:
    kpis = [one for one in content.kpis if one.says_something]
    criteria = [one for one in content.criteria if any(map(str.strip, (one.measure, one.target, one.held_for)))]
    PlanKpi.objects.bulk_create(
        PlanKpi(
            version=version,
            position=place,
            indicator=one.indicator,
            words=one.words.strip(),
            target=one.target,
            held_months=one.held_months,
        )
        for place, one in enumerate(kpis, 1)
    )
    PlanCriterion.objects.bulk_create(
        PlanCriterion(
            version=version,
            position=place,
            measure=one.measure.strip(),
            target=one.target.strip(),
            held_for=one.held_for.strip(),
        )
        for place, one in enumerate(criteria, 1)
    )


def _write_deeds(version: PlanVersion, content: PlanContent) -> None:
    """The actions and what each commissioner does; a line in which nothing was written is left out."""
    actions = [one for one in content.actions if one.due_on or any(map(str.strip, (one.what, one.body, one.owner)))]
    parts = [one for one in content.commissioners if one.key or one.action.strip()]
    codes = {one.organisation for one in actions} | {one.organisation for one in parts}
    bodies = bodies_with_codes(codes - {""})
    named = [_named(bodies, one.organisation) for one in parts]
    if len({one.pk for one in named if one}) < len([one for one in named if one]):
        raise Invalid("A commissioner is named twice. Put what it does together.")
    PlanAction.objects.bulk_create(
        PlanAction(
            version=version,
            position=place,
            what=one.what.strip(),
            organisation=_named(bodies, one.organisation),
            body=one.body.strip(),
            owner=one.owner.strip(),
            due_on=one.due_on,
        )
        for place, one in enumerate(actions, 1)
    )
    PlanCommissioner.objects.bulk_create(
        PlanCommissioner(
            version=version, position=place, organisation=body, body=one.body.strip(), action=one.action.strip()
        )
        for place, (one, body) in enumerate(zip(parts, named, strict=True), 1)
    )


def _named(bodies: Mapping[str, Organisation], code: str) -> Organisation | None:
    return bodies.get(code) if code else None
