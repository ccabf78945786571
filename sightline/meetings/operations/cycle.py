"""What a group does with its cycle of business: agree it, have its plan drafted, change the plan, look at it again."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone

from sightline.accounts.looking import why_it_stays
from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.meetings.cycle import may_agree
from sightline.core.rulebook.clocks import ClockId
from sightline.core.verdict import Already, Invalid, Refused, demand, refused
from sightline.groups.models import Group
from sightline.meetings.cycle_given import CycleAgreed, ToDiscuss
from sightline.meetings.giving import Overtaken
from sightline.meetings.models import (
    BusinessCycle,
    CycleReview,
    Meeting,
    PlanEntry,
    PlanEntryDropped,
    PlanEntryMonth,
)
from sightline.meetings.operations._cycle import agreed_cycle, fitting_month, led_cycle, led_entry, written
from sightline.meetings.queries.cycle import GroupCycle, footprint_of
from sightline.meetings.queries.cycle_drafting import to_carry, to_plan
from sightline.meetings.queries.meetings import meetings_for
from sightline.meetings.words import Reviewed, Step

_FURTHEST = timedelta(days=2 * 366)


@operation(Permission.SEE_MEETINGS, on="result")
def agree_cycle(
    *,
    by: Actor,
    at: datetime,
    group: Group,
    agreed: CycleAgreed,
    form_key: UUID,
    at_meeting: Meeting | None = None,
    knowingly: str = "",
) -> BusinessCycle:
    """This function will lay down the cycle of business that a group agreed; what was agreed before stays (MTG-09).

    What the plan before still holds is carried over, as far as the new cycle reaches it.
    Whoever keeps the papers names the meeting at which it was agreed; whoever chairs agrees it also without one.
    Raises Refused for anybody else, and for a cycle that is looked at again later than the guidance has it.
    """
    today = timezone.localdate(at)
    view = led_cycle(by, today, group)
    if BusinessCycle.objects.filter(form_key=form_key).exists():
        raise Already("This cycle is on record already.")
    held_on = _held_on(by, view, at_meeting) if at_meeting else None
    if held_on is None and not view.presides:
        raise Refused(refused("Name the meeting at which the group agreed it, or have the chair agree it.", "MTG-09"))
    demand(may_agree(agreed.months, agreed.review_months, view.clock(ClockId.BUSINESS_CYCLE_REVIEW)))
    if abs(agreed.begins_on - today) > _FURTHEST:
        raise Invalid("Let the cycle begin within two years from today, or within the last two.")
    strange = set(agreed.together) - set(footprint_of(by, today, view.group).by_sector)
    if strange:
        raise Invalid("Choose among the sectors that are listed.")
    made = BusinessCycle.objects.create(
        group=view.group,
        system=view.group.system,
        number=(view.holds.number if view.holds else 0) + 1,
        begins_on=agreed.begins_on,
        months=agreed.months,
        review_months=agreed.review_months,
        together=sorted(set(agreed.together)),
        agreed_on=held_on or today,
        at_meeting=at_meeting,
        because=agreed.because.strip(),
        knowingly=why_it_stays([agreed.because], knowingly),
        form_key=form_key,
        recorded_at=at,
        recorded_by=by.actor_id,
    )
    for entry, month in to_carry(by, view, made):
        written(_again(entry, made, by, at), month, by, at)
    return made


@operation(Permission.SEE_MEETINGS, on="group")
def draft_plan(*, by: Actor, at: datetime, group: Group) -> int:
    """This function will plan everybody whom the cycle has to reach and who is not planned, and say how many (MTG-10).

    Every provider and every sector comes in: the gravest level first, then whoever was not discussed for longest,
    spread evenly over the meetings. What somebody took out stays out.
    """
    view = led_cycle(by, timezone.localdate(at), group)
    cycle = agreed_cycle(view)
    drafted = to_plan(by, view)
    for unit, month in drafted:
        about = {"subject_id": unit.subject} if unit.subject else {"is_sector": True, "sector": unit.sector}
        entry = PlanEntry.objects.create(
            cycle=cycle, group=view.group, system=view.group.system, recorded_at=at, recorded_by=by.actor_id, **about
        )
        written(entry, month, by, at)
    return len(drafted)


@operation(Permission.SEE_MEETINGS, on="result")
def add_to_plan(*, by: Actor, at: datetime, group: Group, to_discuss: ToDiscuss, knowingly: str = "") -> PlanEntry:
    """This function will put a subject, or a sector as one, into the plan of a group for a month.

    Raises Already for one that is planned, Invalid for a month that this cycle does not reach.
    """
    view = led_cycle(by, timezone.localdate(at), group)
    cycle, month = agreed_cycle(view), fitting_month(view, to_discuss.month)
    if (to_discuss.subject is None) == (to_discuss.sector is None):
        raise Invalid("Choose a provider or another subject, or else a sector: one of the two.")
    about = {
        "subject": to_discuss.subject,
        "is_sector": to_discuss.sector is not None,
        "sector": to_discuss.sector or "",
    }
    if PlanEntry.objects.standing().filter(cycle=cycle, **about).exists():
        raise Invalid("This is in the plan already. Move it to another month instead.")
    entry = PlanEntry.objects.create(
        cycle=cycle,
        group=view.group,
        system=view.group.system,
        why=to_discuss.why.strip(),
        knowingly=why_it_stays([to_discuss.why], knowingly),
        recorded_at=at,
        recorded_by=by.actor_id,
        **about,
    )
    written(entry, month, by, at)
    return entry


@operation(Permission.SEE_MEETINGS, on="entry")
def move_in_plan(
    *, by: Actor, at: datetime, entry: PlanEntry, seen: int, month: date, because: str, knowingly: str = ""
) -> PlanEntryMonth:
    """This function will plan something for another month, with the reason; ``seen`` is the number that was read.

    Raises Overtaken where somebody else moved it meanwhile.
    """
    view, found = led_entry(by, timezone.localdate(at), entry)
    if found.month.number != seen:
        raise Overtaken("Somebody else moved this while you were at it. Look at its month first.")
    kept = why_it_stays([because], knowingly)
    first = fitting_month(view, month)
    return written(found.entry, first, by, at, seen + 1, because=because.strip(), knowingly=kept)


@operation(Permission.SEE_MEETINGS, on="entry")
def drop_from_plan(*, by: Actor, at: datetime, entry: PlanEntry, because: str, knowingly: str = "") -> PlanEntryDropped:
    """This function will take something out of the plan, with the reason; the coverage report goes on naming it."""
    _, found = led_entry(by, timezone.localdate(at), entry)
    return PlanEntryDropped.objects.create(
        entry=found.entry,
        because=because.strip(),
        knowingly=why_it_stays([because], knowingly),
        recorded_at=at,
        recorded_by=by.actor_id,
    )


@operation(Permission.SEE_MEETINGS, on="result")
def record_cycle_review(
    *,
    by: Actor,
    at: datetime,
    group: Group,
    of: Reviewed,
    reviewed_on: date,
    says: str,
    form_key: UUID,
    knowingly: str = "",
) -> CycleReview:
    """This function will write down that a group looked again at its cycle, or at how often it meets (MTG-01, MTG-09)."""
    today = timezone.localdate(at)
    view = led_cycle(by, today, group)
    if CycleReview.objects.filter(form_key=form_key).exists():
        raise Already("This review is on record already.")
    if of is Reviewed.CYCLE:
        agreed_cycle(view)
    if not view.group.begun_on <= reviewed_on <= today:
        raise Invalid("Give the day on which the group looked at it again: it has been, and the group stood by then.")
    if not says.strip():
        raise Invalid("Say what came of it.")
    return CycleReview.objects.create(
        group=view.group,
        system=view.group.system,
        of=of.value,
        reviewed_on=reviewed_on,
        says=says.strip(),
        knowingly=why_it_stays([says], knowingly),
        form_key=form_key,
        recorded_at=at,
        recorded_by=by.actor_id,
    )


# --- shared by the above


def _held_on(by: Actor, view: GroupCycle, meeting: Meeting) -> date:
    """The day of a meeting of the group that was held or is under way; Invalid for any other."""
    coming, past = meetings_for(by, view.on, view.group.pk)
    for one in (*coming, *past):
        if one.meeting.pk == meeting.pk and {Step.OPENED, Step.CLOSED} & set(one.steps):
            return one.held_on
    raise Invalid("Choose a meeting of this group that was held.")


def _again(entry: PlanEntry, cycle: BusinessCycle, by: Actor, at: datetime) -> PlanEntry:
    """An entry of the plan before, in that of a cycle that was agreed anew."""
    return PlanEntry.objects.create(
        cycle=cycle,
        group=cycle.group,
        system=cycle.system,
        subject=entry.subject,
        is_sector=entry.is_sector,
        sector=entry.sector,
        theme=entry.theme,
        why=entry.why,
        knowingly=entry.knowingly,
        recorded_at=at,
        recorded_by=by.actor_id,
    )
