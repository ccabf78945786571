"""Whether the action logs of groups were looked at in their meetings, as often as their guidance asks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from django.db.models import Min
from django.utils import timezone

from sightline.actions.models import Action, ActionReview
from sightline.actions.reviewed import UnreviewedLog
from sightline.core.access import Actor, Permission, systems_where
from sightline.core.actions.reviewing import LogMeeting, unreviewed
from sightline.core.meetings.agenda_kinds import Kind
from sightline.core.rulebook.clocks import Clock, ClockId
from sightline.groups.models import Group, GroupGuidance
from sightline.meetings.models import ItemOutcome, Meeting, MeetingStep
from sightline.meetings.words import Step
from sightline.rulebook.queries import clocks_of, pack_in_force


def unreviewed_logs(actor: Actor, on: date) -> list[UnreviewedLog]:
    """This function will give the groups whose log waits to be looked at, of those that the actor reads (ACT-04).

    A meeting counts once something that is still open had been raised before it. The log was looked at there where its
    item came to something, or where somebody wrote down that an action was looked at on that day.
    """
    open_now = Action.objects.read_by(actor, on).now_open().order_by().values("group").annotate(first=Min("raised_on"))
    since = dict(open_now.values_list("group", "first"))
    if not since:
        return []
    groups = Group.objects.filter(pk__in=since).order_by("name", "pk")
    clocks, held = _clocks(groups, on), _held(actor, on, since)
    kept = systems_where(actor, Permission.KEEP_ACTIONS, on)
    found = []
    for group in groups:
        waits = unreviewed(clocks[group.pk], held[group.pk], on)
        if waits is not None:
            found.append(UnreviewedLog(group.pk, group.name, waits, kept is None or group.system in kept))
    return found


def _clocks(groups: Collection[Group], on: date) -> dict[UUID, Clock | None]:
    """The clock of each group, by the guidance under which it works."""
    rows = GroupGuidance.objects.filter(group__in=groups, from_on__lte=on).order_by("from_on")
    chosen = dict(rows.values_list("group", "pack"))
    by_pack = {pack: _clock(pack, on) for pack in {*chosen.values(), pack_in_force(on).id}}
    return {one.pk: by_pack[chosen.get(one.pk, pack_in_force(on).id)] for one in groups}


def _clock(pack: str, on: date) -> Clock | None:
    clocks = clocks_of(pack, on)
    return clocks.running(ClockId.ACTION_REVIEW) if clocks else None


def _held(actor: Actor, on: date, since: Mapping[UUID, date]) -> Mapping[UUID, list[LogMeeting]]:
    """The meetings that were held since something is open, by their group; one that is under way is not over yet."""
    seen = Meeting.objects.visible_to(actor, on).filter(group__in=since).order_by().values("pk")
    rows = MeetingStep.objects.filter(meeting__in=seen, step=Step.OPENED.value, at__date__gt=min(since.values()))
    days = {
        key: (group, timezone.localdate(at)) for key, group, at in rows.values_list("meeting", "meeting__group", "at")
    }
    closed = set(MeetingStep.objects.filter(meeting__in=days, step=Step.CLOSED.value).values_list("meeting", flat=True))
    came = ItemOutcome.objects.filter(item__meeting__in=days, item__kind=Kind.ACTIONS.value)
    taken_up = set(came.exclude(outcome=ItemOutcome.CARRIED_OVER).values_list("item__meeting", flat=True))
    looked = ActionReview.objects.filter(action__group__in=since, reviewed_on__gt=min(since.values()))
    looked_on = set(looked.order_by().values_list("action__group", "reviewed_on"))
    found: dict[UUID, list[LogMeeting]] = defaultdict(list)
    for key, (group, day) in days.items():
        if day > since[group] and (key in closed or day < on):
            found[group].append(LogMeeting(day, key in taken_up or (group, day) in looked_on))
    return found
