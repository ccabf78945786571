"""What people do with Quality Improvement Groups: convene one, say what it watches, record what is told, and end it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from sightline.accounts.looking import why_it_stays
from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.improvement.overseeing import Answer, Convening, may_convene, may_end_group
from sightline.core.verdict import Already, Invalid, Refused, demand, refused
from sightline.directory.models import Organisation, Subject
from sightline.groups.keeping import keeps_system
from sightline.groups.models import GroupEnding, Seat
from sightline.groups.operations import end_group
from sightline.groups.queries import members_on
from sightline.improvement.improving_given import AnswerGiven, ConveningGiven, EndGiven, ReportedGiven, StakeholderGiven
from sightline.improvement.improving_words import KIND
from sightline.improvement.models import (
    ExitAgreement,
    ImprovementGroup,
    ImprovementGroupEnding,
    MemberReport,
    Plan,
    PlanWatch,
    RapidReview,
    Stakeholder,
)
from sightline.improvement.operations._setting_up import GroupWanted, set_up_about
from sightline.improvement.queries.improving import (
    end_view,
    guidance_of,
    open_improving,
    parties_of,
    stakeholders_of,
    standing_improving,
    watched_plans,
    works_on_improving,
)
from sightline.improvement.queries.plans import subject_to_plan

NOT_YOURS = refused(
    "This is for whoever keeps the groups of this system or chairs the group, and has no interest in its subject.",
    "COI-03",
)
_UNDER_WAY = "A Quality Improvement Group about this subject is under way already. Work on that one."
_ENDED = "This group has ended. What it did stays on record."


@operation(Permission.KEEP_GROUPS, on="result")
def convene_group(
    *,
    by: Actor,
    at: datetime,
    subject: Subject,
    system: str,
    form_key: UUID,
    given: ConveningGiven,
    knowingly: str = "",
) -> ImprovementGroup:
    """This function will convene a Quality Improvement Group about a subject (QIG-01 to QIG-03).

    The group that meets is set up with its chair and a seat for each minimum member, or taken where one stands already
    (MEM-09). Raises Refused where something is missing, where the chair may not chair, and where one is under way.
    """
    today = timezone.localdate(at)
    if not keeps_system(by, system, today) or subject_to_plan(by, today, subject.pk) is None:
        raise Refused(NOT_YOURS)
    if ImprovementGroup.objects.filter(form_key=form_key).exists():
        raise Already("This group was convened already.")
    area = Organisation.objects.select_for_update().filter(code=system).first()  # two at once do not both come first
    if area is None:
        raise Invalid("The directory does not know this system. Bring it in first.")
    stays = why_it_stays(given.words, knowingly)
    if open_improving(by, today, subject, system) is not None:
        raise Refused(refused(_UNDER_WAY))
    demand(may_convene(_convening(given, today)))
    _must_be_read(by, today, given, subject, system)
    group = standing_improving(by, today, subject, system)
    if group is None:
        because = "A Quality Improvement Group was convened."
        group = set_up_about(
            by, at, GroupWanted(KIND, "Quality Improvement Group", subject, area, given.chair, because)
        )
    made = ImprovementGroup.objects.create(
        group=group,
        subject=subject,
        system=system,
        review=given.review,
        instigator=given.instigator.value,
        instigated_by=given.instigated_by.strip(),
        instigated_on=given.instigated_on,
        convener=given.convener.value,
        why_region=given.why_region.strip(),
        stands=given.stands.value,
        wider=given.wider.strip(),
        purpose=given.purpose.strip(),
        convened_on=today,
        knowingly=stays,
        form_key=form_key,
        recorded_at=at,
        recorded_by=by.actor_id,
    )
    _watch(made, {one.pk for one in given.plans}, by, at)
    return made


@operation(Permission.RAISE_CONCERN, on="improving")
def watch_plans(
    *, by: Actor, at: datetime, improving: ImprovementGroup, plans: Collection[Plan], knowingly: str = ""
) -> ImprovementGroup:
    """This function will have a group watch these plans, and of those that the actor may read no others (QIG-04)."""
    today = timezone.localdate(at)
    found = _worked_on(by, today, improving)
    wanted = {one.pk for one in plans}
    readable = set(Plan.objects.visible_to(by, today).filter(system=found.system).values_list("pk", flat=True))
    if not wanted <= readable:
        raise Invalid("Choose among the plans that are shown.")
    _watch(found, wanted | (watched_plans(found) - readable), by, at)
    return found


@operation(Permission.RAISE_CONCERN, on="improving")
def record_told(
    *, by: Actor, at: datetime, improving: ImprovementGroup, form_key: UUID, given: ReportedGiven, knowingly: str = ""
) -> MemberReport:
    """This function will record what a group did or a member reported; what was told before stays (QIG-04, QIG-06, QIG-07)."""
    today = timezone.localdate(at)
    found = _worked_on(by, today, improving)
    if MemberReport.objects.filter(form_key=form_key).exists():
        raise Already("This is on record already.")
    if problems := list(_unfit(found, given, today)):
        raise Invalid(*problems)
    return MemberReport.objects.create(
        improving=found,
        told=given.told,
        on=given.on,
        given_by=given.given_by.strip(),
        says=given.says.strip(),
        needs_action=given.needs_action,
        knowingly=why_it_stays([given.says, given.given_by], knowingly),
        form_key=form_key,
        recorded_at=at,
        recorded_by=by.actor_id,
    )


@operation(Permission.RAISE_CONCERN, on="improving")
def name_stakeholder(
    *, by: Actor, at: datetime, improving: ImprovementGroup, given: StakeholderGiven, knowingly: str = ""
) -> Stakeholder:
    """This function will name somebody else with a stake, how they are brought in, and which member answers for it (MEM-23).

    Where they are on the list already it writes their line anew; the earlier one stays.
    """
    today = timezone.localdate(at)
    found = _worked_on(by, today, improving)
    known = {one.number: one for one in stakeholders_of(found)}
    if given.number and given.number not in known:
        raise Invalid("There is no such line on the list now. Open the form anew.")
    if not given.who.strip() or not given.how.strip():
        raise Invalid("Say who has a stake, and how they are brought in.")
    if not Seat.objects.standing_on(today).filter(pk=given.owner, group=found.group_id).exists():
        raise Invalid("Choose a member of this group who answers for it.")
    newest = known.get(given.number)
    return Stakeholder.objects.create(
        improving=found,
        number=given.number or max(known, default=0) + 1,
        version=newest.version + 1 if newest else 1,
        who=given.who.strip(),
        how=given.how.strip(),
        owner_id=given.owner,
        engaged=given.engaged.value,
        knowingly=why_it_stays([given.who, given.how], knowingly),
        recorded_at=at,
        recorded_by=by.actor_id,
    )


@operation(Permission.RAISE_CONCERN, on="improving")
def record_agreement_to_end(
    *, by: Actor, at: datetime, improving: ImprovementGroup, given: AnswerGiven, knowingly: str = ""
) -> ExitAgreement:
    """This function will record whether a member, the ICB or the regional group agrees to an end; the newest counts (QIG-09)."""
    today = timezone.localdate(at)
    found = _worked_on(by, today, improving)
    parties, _ = parties_of(found, today)
    if given.party not in {one.party for one in parties}:
        raise Invalid("They are not asked now. Read the group’s page again.")
    if given.answer is Answer.DISAGREES and not given.says.strip():
        raise Invalid("Say with what they do not agree, and what they would have first.")
    if not found.convened_on <= given.on <= today:
        raise Invalid("The day lies before the group was convened, or is still to come. Correct it.")
    seats = [one.seat for one in members_on(found.group, today) if str(one.seat) == given.party]
    return ExitAgreement.objects.create(
        improving=found,
        party=given.party,
        seat_id=seats[0] if seats else None,
        answer=given.answer.value,
        on=given.on,
        given_by=given.given_by.strip(),
        says=given.says.strip(),
        knowingly=why_it_stays([given.says, given.given_by], knowingly),
        recorded_at=at,
        recorded_by=by.actor_id,
    )


@operation(Permission.KEEP_GROUPS, on="improving")
def end_improvement_group(
    *, by: Actor, at: datetime, improving: ImprovementGroup, given: EndGiven, knowingly: str = ""
) -> ImprovementGroupEnding:
    """This function will end a Quality Improvement Group, and the standing group that met for it (QIG-08, QIG-09).

    The two conditions are taken from the record: milestones of the plans that it watches, and who agreed. Raises
    Refused with everything in the way; where one condition holds, or somebody disagrees, it takes a reason.
    """
    today = timezone.localdate(at)
    found = _worked_on(by, today, improving)
    if not keeps_system(by, found.system, today):
        raise Refused(NOT_YOURS)
    rule = guidance_of(found.group, today).ending
    end = end_view(found, today).end(given.outstanding, given.because)
    demand(may_end_group(rule, end, given.statement))
    if not GroupEnding.objects.filter(group=found.group_id).exists():
        because = "The Quality Improvement Group has done what it is for."
        end_group(by=by, at=at, group=found.group, ends_on=today, because=because)
    return ImprovementGroupEnding.objects.create(
        improving=found,
        met="\n".join(one.id.value for one in rule.conditions if one.id in end.holds),
        disagreed="\n".join(end.disagrees),
        statement=given.statement.strip(),
        outstanding=given.outstanding.strip(),
        because=given.because.strip(),
        ends_on=today,
        knowingly=why_it_stays([given.statement, given.outstanding, given.because], knowingly),
        recorded_at=at,
        recorded_by=by.actor_id,
    )


# --- shared by the above


def _convening(given: ConveningGiven, on: date) -> Convening:
    return Convening(
        instigator=given.instigator,
        instigated_by=given.instigated_by,
        instigated_on=given.instigated_on,
        on=on,
        purpose=given.purpose,
        convener=given.convener,
        why_region=given.why_region,
        stands=given.stands,
        wider=given.wider,
    )


def _must_be_read(by: Actor, on: date, given: ConveningGiven, subject: Subject, system: str) -> None:
    named = given.review
    if (
        named
        and not RapidReview.objects.visible_to(by, on).filter(pk=named.pk, subject=subject, system=system).exists()
    ):
        raise Invalid("Choose one of the reviews of this subject.")
    plans = {one.pk for one in given.plans}
    if Plan.objects.visible_to(by, on).filter(pk__in=plans, system=system).count() < len(plans):
        raise Invalid("Choose among the plans that are shown.")


def _watch(improving: ImprovementGroup, wanted: set[UUID], by: Actor, at: datetime) -> None:
    """One row for each plan of which it changes whether the group watches it."""
    now = watched_plans(improving)
    PlanWatch.objects.bulk_create(
        PlanWatch(improving=improving, plan_id=one, is_watched=one in wanted, recorded_at=at, recorded_by=by.actor_id)
        for one in sorted(wanted ^ now, key=str)
    )


def _worked_on(by: Actor, on: date, improving: ImprovementGroup) -> ImprovementGroup:
    """A group with its row locked, so that two who write come one by one; refused once it has ended."""
    rows = ImprovementGroup.objects.visible_to(by, on).filter(pk=improving.pk)
    found = rows.select_for_update(of=("self",)).first()
    if found is None or not works_on_improving(by, on, found):
        raise Refused(NOT_YOURS)
    if hasattr(found, "ending"):
        raise Already(_ENDED)
    return found


def _unfit(improving: ImprovementGroup, given: ReportedGiven, on: date) -> Iterator[str]:
    known = {one.id: one for one in guidance_of(improving.group, on).told}
    if given.told not in known:
        yield "The guidance of this group knows no such thing to record. Read the group’s page again."
    if not given.says.strip():
        yield "Say what was told, also where there was nothing to tell."
    if not improving.convened_on <= given.on <= on:
        yield "The day lies before the group was convened, or is still to come. Correct it."
