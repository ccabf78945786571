"""Changes to sub-groups: to which group one reports and what is asked of it, and what it reports back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from sightline.accounts.looking import why_it_stays
from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.groups.reporting_back import Rhythm, goes_round, problems
from sightline.core.rulebook.levels import Slot
from sightline.core.verdict import Already, Invalid, Refused, refused
from sightline.directory.models import Subject
from sightline.groups.keeping import SOURCE, fits, keeps_system, kept
from sightline.groups.models import Group, GroupEnding, ReportBack, Seat, SubGroup
from sightline.groups.queries import subgroups as queries
from sightline.groups.words import SeatPart
from sightline.web.wording import day

NOT_YOURS = refused(
    "Whoever leads the sub-group reports back, or whoever keeps the group that it reports to.",
    "GRP-11; SQG 2022 Annex A",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a group asks of its sub-group: who leads, what is to be done, and when it reports.

    ``provider`` is the organisation whose action plan and indicators it follows, where it follows one's.
    """

    parent: Group
    lead: Seat
    task: str
    rhythm: Rhythm
    provider: Subject | None = None


@operation(Permission.KEEP_GROUPS, on="result")
def ask_of_sub_group(
    *, by: Actor, at: datetime, group: Group, asked: Asked | None, because: str, seen: int, knowingly: str = ""
) -> SubGroup:
    """This function will lay down that a group works for another and reports back to it, or no longer (GRP-11, GRP-12).

    ``seen`` is the number of the version that the writer had before them, 0 for none; without ``asked`` it reports to no
    group any more. What was asked before stays on record. Raises Refused for whoever does not keep both groups, Invalid
    where groups would report to themselves by way of others, or where seat, days or provider do not fit.
    """
    today = timezone.localdate(at)
    group = kept(by, group, today)
    _demand_standing(group, today)
    last = SubGroup.objects.filter(group=group).order_by("-number").first()
    if last is not None and not queries.knows_of(last, by, today):
        raise Refused(refused("There is no such group here.", SOURCE))
    if (last.number if last else 0) != seen:
        raise Invalid("Somebody else changed what is asked of this group while you were at it. Look at it first.")
    if not because.strip():
        raise Invalid("Say why, or where it was agreed.")
    if asked is None and (last is None or last.parent_id is None):
        raise Already("This group reports to none already.")
    told = _told(by, group, asked, today) if asked else {}
    return SubGroup.objects.create(
        group=group,
        system=group.system,
        number=seen + 1,
        because=because.strip(),
        knowingly=why_it_stays([asked.task if asked else "", because], knowingly),
        recorded_at=at,
        recorded_by=by.actor_id,
        **told,
    )


@operation(Permission.SHARE_INTELLIGENCE, on="result")
def report_back(
    *,
    by: Actor,
    at: datetime,
    group: Group,
    text: str,
    form_key: UUID,
    asks: str = "",
    subject: Subject | None = None,
    knowingly: str = "",
) -> ReportBack:
    """This function will record what a sub-group reports to the group for which it works (GRP-11; SQG 2022 Annex A).

    Whoever leads it reports, or whoever keeps the group that it reports to writes down what they said. A sub-group that
    follows one provider's plan reports about that provider, and one about a subject about that subject; any other may
    name one. Raises Refused for anybody else and where an interest closes it, Already for a form that was sent before.
    """
    today = timezone.localdate(at)
    view = queries.sub_group(group.pk, by, today)
    if view is None or not (queries.leads_it(by, view) or keeps_system(by, view.parent.system, today)):
        raise Refused(NOT_YOURS)
    if ReportBack.objects.filter(form_key=form_key).exists():
        raise Already("This report is on record already.")
    if not text.strip():
        raise Invalid("Say what was done and what was found.")
    return ReportBack.objects.create(
        asked=view.row,
        of=view.row.group,
        group=view.parent,
        system=view.parent.system,
        subject=view.row.provider or view.row.group.subject or subject,
        reported_on=today,
        text=text.strip(),
        asks=asks.strip(),
        knowingly=why_it_stays([text, asks], knowingly),
        form_key=form_key,
        recorded_at=at,
        recorded_by=by.actor_id,
    )


# --- shared by the above


def _told(by: Actor, group: Group, asked: Asked, today: date) -> dict[str, object]:
    """What is asked, as a row keeps it; Refused and Invalid where it cannot be."""
    parent, seat, rhythm = asked.parent, asked.lead, asked.rhythm
    if not any(one.pk == parent.pk for one in queries.may_become_parents(by, today, group)):
        raise Refused(refused("Choose a group that you keep and that stands.", SOURCE))
    if goes_round(group.pk, parent.pk, queries.parents()):
        raise Invalid(f"{parent.name} reports to {group.name} itself, if only by way of others. Choose another group.")
    if seat.group_id != group.pk or seat.part == SeatPart.INVITED or hasattr(seat, "ending"):
        raise Invalid("Choose the seat of a member of the sub-group.")
    found = list(problems(rhythm))
    if not asked.task.strip():
        found.append("Say what the group is asked to do.")
    body = asked.provider.organisation if asked.provider else None
    if asked.provider is not None and (body is None or not fits(Slot.PROVIDER, body)):
        found.append("A sub-group follows the plan of one provider. Choose an organisation that provides care.")
    if found:
        raise Invalid(*found)
    return {
        "parent": parent,
        "lead": seat,
        "task": asked.task.strip(),
        "first_on": rhythm.first_on,
        "every_months": rhythm.every_months,
        "done_by": rhythm.done_by,
        "provider": asked.provider,
    }


def _demand_standing(group: Group, today: date) -> None:
    ending = GroupEnding.objects.filter(group=group).first()
    if ending is not None and ending.ends_on <= today:
        raise Invalid(f"The group was ended from {day(ending.ends_on)} on.")
