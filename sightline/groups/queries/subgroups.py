"""Reads of sub-groups: who reports to whom, when each last did and next does, and what it reported."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from sightline.accounts.models import Person
from sightline.audit.keeping import until_anything_changes
from sightline.core.access import Actor, Permission, may
from sightline.core.groups.reporting_back import Pace, Rhythm, next_due, pace
from sightline.groups.beside import beside_seen, closed
from sightline.groups.hearing import groups_seen
from sightline.groups.keeping import kept_systems
from sightline.groups.models import Group, ReportBack, Seating, SubGroup
from sightline.groups.sight import in_systems
from sightline.groups.words import SeatPart


@dataclass(frozen=True, slots=True)
class SubGroupView:
    """A sub-group with what is asked of it: who leads it, when it last reported, and by when it reports next."""

    row: SubGroup
    leads: tuple[Seating, ...]  # who sits on the seat that leads, whoever deputises there last
    last_on: date | None  # its last report to the group, of whatever was asked of it then
    last_at: datetime | None  # when that was recorded
    due_on: date | None
    pace: Pace

    @property
    def parent(self) -> Group:
        """The group to which it reports."""
        assert self.row.parent is not None
        return self.row.parent


def newest() -> QuerySet[SubGroup]:
    """This function will give the newest version of what is asked of each group, those that report to none left out."""
    later = SubGroup.objects.filter(group=OuterRef("group"), number__gt=OuterRef("number"))
    return SubGroup.objects.filter(~Exists(later), parent__isnull=False)


def sub_groups_of(parent: Group, actor: Actor, on: date) -> list[SubGroupView]:
    """This function will list the sub-groups of a group, as far as the reader knows of them (GRP-11)."""
    return _views(_seen(actor, on).filter(parent=parent), on)


def around(group: Group, actor: Actor, on: date) -> tuple[SubGroupView | None, list[SubGroupView]]:
    """This function will give to whom a group reports, if it does, and which sub-groups report to it."""
    of_it = Q(group=group) | Q(parent=group)
    if not newest().filter(of_it).exists():  # most groups have none, and then nothing more is asked
        return None, []
    views = _views(_seen(actor, on).filter(of_it), on)
    own = next((one for one in views if one.row.group_id == group.pk), None)
    return own, [one for one in views if one is not own]


def all_sub_groups(actor: Actor, on: date) -> list[SubGroupView]:
    """This function will list all sub-groups that the reader knows of, whatever they report to."""
    return _views(_seen(actor, on), on)


def sub_group(group_id: UUID, actor: Actor, on: date) -> SubGroupView | None:
    """This function will give what is asked of a group that works for another; nothing where the reader knows of none."""
    return next(iter(_views(_seen(actor, on).filter(group=group_id), on)), None)


def earlier(view: SubGroupView, actor: Actor, on: date) -> list[SubGroup]:
    """This function will list what was asked of a sub-group before, the newest first."""
    rows = SubGroup.objects.filter(_known(actor, on), group=view.row.group_id, number__lt=view.row.number)
    return list(rows.select_related("parent").order_by("-number"))


def newest_asked(group: Group) -> SubGroup | None:
    """This function will give the newest version of what is asked of a group, were it that it reports to none any more."""
    rows = SubGroup.objects.filter(group=group).select_related("parent", "provider")
    return rows.order_by("-number").first()


def knows_of(row: SubGroup, actor: Actor, on: date) -> bool:
    """This function will say whether the reader knows of a version of what is asked."""
    return SubGroup.objects.filter(_known(actor, on), pk=row.pk).exists()


def reports_of(view: SubGroupView, actor: Actor, on: date) -> QuerySet[ReportBack]:
    """This function will give what a sub-group reported, as far as the reader reads it, the newest first.

    That is whoever hears the group to which it reported and has no interest in whom it is about; and whoever gave it,
    as long as no interest closes it to them.
    """
    keeps = in_systems(actor, Permission.KEEP_MEETINGS, on)
    own = Q(recorded_by=actor.actor_id) & ~closed("subject", actor=actor, on=on, keeps=keeps)
    found = ReportBack.objects.filter(beside_seen(actor, on) | own, of=view.row.group_id)
    return found.select_related("subject", "group").order_by("-reported_on", "-recorded_at", "pk")


def leads_it(actor: Actor, view: SubGroupView) -> bool:
    """This function will say whether the reader sits on the seat that leads, or deputises there."""
    return isinstance(actor, Person) and any(one.person_id == actor.pk for one in view.leads)


@until_anything_changes
def reports_waiting(actor: Actor, on: date) -> list[SubGroupView]:
    """This function will list the sub-groups that the reader leads, and whose report is due soon or overdue."""
    if not isinstance(actor, Person) or not may(actor, Permission.SHARE_INTELLIGENCE, on):
        return []
    own = Seating.objects.in_force(on).filter(person=actor.pk).order_by().values("seat")
    found = _views(_seen(actor, on).filter(lead__in=own), on)
    return [one for one in found if one.pace in {Pace.OVERDUE, Pace.SOON}]


def may_become_parents(actor: Actor, on: date, child: Group) -> list[Group]:
    """This function will list the groups to which one may report: those that its keeper keeps and that stand."""
    kept = kept_systems(actor, on)
    found = Group.objects.standing_on(on).filter(groups_seen(actor, on)).exclude(pk=child.pk)
    return list((found if kept is None else found.filter(system__in=kept)).order_by("name", "pk"))


def parents() -> dict[UUID, UUID]:
    """This function will say which group reports to which, of all that do."""
    return {one.group_id: one.parent_id for one in newest() if one.parent_id}


# --- shared by the above


def _seen(actor: Actor, on: date) -> QuerySet[SubGroup]:
    standing = Group.objects.standing_on(on).order_by().values("pk")
    return newest().filter(_known(actor, on), group__in=standing, parent__in=standing)


def _known(actor: Actor, on: date) -> Q:
    """Whoever sits in one of the two groups, keeps its papers or audits it; not who has an interest in what it is about.

    That a group reports to another, and when it did, is known in both. What it reported is for the other alone.
    """
    keeps = in_systems(actor, Permission.KEEP_MEETINGS, on)
    tied = closed("provider", "group__subject", "parent__subject", actor=actor, on=on, keeps=keeps)
    there = in_systems(actor, Permission.KEEP_MEETINGS, on) | in_systems(actor, Permission.READ_AUDIT, on)
    if isinstance(actor, Person) and may(actor, Permission.SEE_MEETINGS, on):
        sits = Seating.objects.in_force(on).filter(person=actor.pk).exclude(seat__part=SeatPart.INVITED.value)
        there |= Q(pk__in=sits.order_by().values("seat__group"))
    own = Group.objects.filter(there).order_by().values("pk")
    return (Q(group__in=own) | Q(parent__in=own)) & ~tied


def _views(found: QuerySet[SubGroup], on: date) -> list[SubGroupView]:
    rows = list(found.select_related("group", "parent", "lead", "provider__organisation").order_by("group__name", "pk"))
    leads: dict[UUID, list[Seating]] = defaultdict(list)
    sits = Seating.objects.in_force(on).filter(seat__in=[one.lead_id for one in rows]).select_related("person")
    for one in sits.order_by("is_deputy", "valid_from", "pk"):
        leads[one.seat_id].append(one)
    told: dict[tuple[UUID, UUID], list[ReportBack]] = defaultdict(list)
    for report in ReportBack.objects.filter(of__in=[one.group_id for one in rows]).defer("text", "asks"):
        told[report.of_id, report.group_id].append(report)
    return [_view(one, leads[one.lead_id] if one.lead_id else (), told, on) for one in rows]


def _view(
    row: SubGroup, leads: Iterable[Seating], told: dict[tuple[UUID, UUID], list[ReportBack]], on: date
) -> SubGroupView:
    assert row.parent_id and row.first_on
    reports: Sequence[ReportBack] = told[row.group_id, row.parent_id]
    # A report counts for what is asked now if it was given for it, or on its first day or later.
    counting = [one.reported_on for one in reports if one.asked_id == row.pk or one.reported_on >= row.first_on]
    due = next_due(Rhythm(row.first_on, row.every_months, row.done_by), max(counting, default=None))
    last = max(reports, key=lambda one: (one.reported_on, one.recorded_at), default=None)
    return SubGroupView(
        row,
        tuple(leads),
        last.reported_on if last else None,
        last.recorded_at if last else None,
        due,
        pace(due, on),
    )


def reported_since(view: SubGroupView, since: datetime | None) -> bool:
    """This function will say whether a sub-group reported after a moment, or ever where none is given."""
    return view.last_at is not None and (since is None or view.last_at > since)
