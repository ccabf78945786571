"""Reads of meetings and their agendas: what is planned and what was held, and the items in their order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone

from sightline.core.access import Actor
from sightline.core.meetings.cadence import Meets, pace
from sightline.core.rulebook.clocks import ClockId
from sightline.groups.hearing import groups_seen
from sightline.groups.models import Group
from sightline.meetings.keeping import keeps_meetings, rules_of
from sightline.meetings.models import AgendaItem, ItemWording, Meeting, MeetingStep, MeetingTime
from sightline.meetings.queries.ordering import in_order
from sightline.meetings.words import Step
from sightline.rulebook.queries import clocks_of, is_stopped

A_PAGE = 50


@dataclass(frozen=True, slots=True)
class MeetingView:
    """A meeting with the time that holds and what it came to."""

    meeting: Meeting
    time: MeetingTime
    steps: dict[Step, MeetingStep]

    @property
    def step(self) -> Step | None:
        """The last thing that it came to; nothing while it is planned."""
        return max(self.steps, key=list(Step).index, default=None)

    @property
    def is_over(self) -> bool:
        """Whether nothing is written down of it any more."""
        return bool({Step.CANCELLED, Step.CLOSED} & set(self.steps))

    @property
    def held_on(self) -> date:
        """The day of the meeting."""
        return timezone.localdate(self.time.starts_at)


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """One item with the wording that holds, and when it comes if the meeting keeps to its times."""

    item: AgendaItem
    wording: ItemWording
    number: int
    starts_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class GroupMeets:
    """A group with its interval, and by when it meets next (MTG-07)."""

    group: Group
    meets: Meets | None
    keeps: bool


def one_meeting(actor: Actor, on: date, meeting: UUID) -> MeetingView | None:
    """This function will give a meeting that somebody may see; else nothing."""
    found = seen_meeting(actor, on, meeting)
    return views_of([found])[0] if found else None


def seen_meeting(actor: Actor, on: date, meeting: UUID) -> Meeting | None:
    """This function will give the record of a meeting that somebody may see; else nothing."""
    found = Meeting.objects.visible_to(actor, on).filter(pk=meeting)
    return found.select_related("group__area", "group__subject").first()


def meeting_of_form(actor: Actor, on: date, form_key: UUID) -> Meeting | None:
    """This function will give the meeting that a form planned."""
    return Meeting.objects.visible_to(actor, on).filter(form_key=form_key).first()


def last_planned(group: Group) -> MeetingTime | None:
    """This function will give when and where the meeting of a group was laid down to be that was planned last."""
    return MeetingTime.objects.filter(meeting__group=group).order_by("-starts_at", "-number").first()


def meetings_for(actor: Actor, on: date, group: UUID | None = None) -> tuple[list[MeetingView], list[MeetingView]]:
    """This function will give the meetings to come, the next first, and those that were, the latest first."""
    found = Meeting.objects.visible_to(actor, on).select_related("group")
    if group is not None:
        found = found.filter(group=group)
    views = sorted(views_of(list(found)), key=lambda one: (one.time.starts_at, str(one.meeting.pk)))
    coming = [one for one in views if not one.is_over and (one.held_on >= on or Step.OPENED in one.steps)]
    ids = {one.meeting.pk for one in coming}
    return coming, [one for one in reversed(views) if one.meeting.pk not in ids]


def groups_meeting(actor: Actor, on: date) -> list[GroupMeets]:
    """This function will give the groups whose meetings somebody keeps or sees, each with its clock (MTG-01 to MTG-07)."""
    groups = list(Group.objects.standing_on(on).filter(groups_seen(actor, on)).select_related("area").order_by("name"))
    seen = Meeting.objects.visible_to(actor, on).filter(group__in=groups)
    views = views_of(list(seen))
    with_some = {one.meeting.group_id for one in views}
    found = []
    for group in groups:
        keeps = keeps_meetings(actor, group.system, on)
        if keeps or group.pk in with_some:
            found.append(GroupMeets(group, clock_of(group, on, views), keeps))
    return found


def clock_of(group: Group, on: date, views: Sequence[MeetingView]) -> Meets | None:
    """This function will say by when a group meets next, and whether it will; nothing where no interval counts."""
    rules = rules_of(group, on)
    if rules.kind is None or is_stopped(rules.pack, ClockId.MEETING_INTERVAL, on):
        return None
    mine = [one for one in views if one.meeting.group_id == group.pk]
    held = [one.held_on for one in mine if Step.CLOSED in one.steps or Step.OPENED in one.steps]
    coming = [one.held_on for one in mine if not one.is_over]
    return pace(rules.kind.cadence, group.begun_on, on, held, coming)


def short_notice(group: Group, on: date) -> str:
    """This function will say that a group which meets about one concern may be called at short notice (MTG-05).

    It is the guidance's own sentence, and nothing where that has none, or for a group that meets at an interval.
    """
    rules = rules_of(group, on)
    if rules.kind is None or not rules.kind.about_one or rules.kind.cadence is not None:
        return ""
    clocks = clocks_of(rules.pack, on)
    clock = clocks.running(ClockId.RAPID_REVIEW) if clocks else None
    return clock.says if clock else ""


def agenda_of(actor: Actor, on: date, view: MeetingView) -> list[AgendaLine]:
    """This function will give the items that somebody may read, in the order that was chosen or else proposed.

    The times are told where somebody reads every item: a gap would say that there is something between.
    """
    standing = AgendaItem.objects.standing().filter(meeting=view.meeting)
    rows = list(
        standing.visible_to(actor, on)
        .select_related("subject")
        .prefetch_related("intake")
        .order_by("recorded_at", "pk")
    )
    words = {
        one.item_id: one for one in ItemWording.objects.newest().filter(item__in=rows).select_related("responsible")
    }
    reads_all = len(rows) == standing.count()
    at, lines = view.time.starts_at, []
    for number, item in enumerate(in_order(view.meeting, rows), start=1):
        wording = words[item.pk]
        lines.append(AgendaLine(item, wording, number, at if reads_all else None))
        at += timedelta(minutes=wording.minutes)
    return lines


def one_item(actor: Actor, on: date, item: UUID) -> AgendaItem | None:
    """This function will give an item of an agenda that somebody may read; else nothing."""
    found = AgendaItem.objects.visible_to(actor, on).standing().filter(pk=item)
    return found.select_related("meeting__group", "subject").first()


def newest_wording(item: AgendaItem) -> ItemWording:
    """This function will give the wording of an item that holds."""
    return ItemWording.objects.filter(item=item).select_related("responsible").latest("number")


def views_of(meetings: Sequence[Meeting]) -> list[MeetingView]:
    """This function will give meetings with the time that holds and what each came to."""
    times = {one.meeting_id: one for one in MeetingTime.objects.filter(meeting__in=meetings).order_by("number")}
    steps: dict[UUID, dict[Step, MeetingStep]] = {one.pk: {} for one in meetings}
    for row in MeetingStep.objects.filter(meeting__in=meetings):
        steps[row.meeting_id][Step(row.step)] = row
    return [MeetingView(one, times[one.pk], steps[one.pk]) for one in meetings]
