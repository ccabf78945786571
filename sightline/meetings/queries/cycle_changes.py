"""Reads of what changed since a plan of business was made: bodies, levels, meetings and themes, each with its day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from sightline.core.access import Actor
from sightline.core.meetings.cycle import Covered
from sightline.directory.models import Organisation, Relation, Subject
from sightline.directory.words import Link
from sightline.meetings.models import Meeting, MeetingStep, MeetingTime, ProposedTheme
from sightline.meetings.queries.coverage import CoverageView
from sightline.meetings.queries.cycle import GroupCycle
from sightline.meetings.words import Step
from sightline.surveillance.models import LevelDecision
from sightline.surveillance.queries import guidance_for

AT_MOST = 60


class Changed(StrEnum):
    """What may change under a plan."""

    NEW = "new"  # to be reached, and not in the plan
    CLOSED = "closed"
    MERGED = "merged"
    LEVEL = "level"
    MOVED = "moved"
    CANCELLED = "cancelled"
    THEME = "theme"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is another than when the plan was made; ``detail`` is a name or a day in words of its kind."""

    sort: Changed
    on: date
    name: str
    detail: str = ""
    subject: UUID | None = None
    meeting: UUID | None = None
    then: date | None = None


def changes_of(actor: Actor, view: GroupCycle, reached: CoverageView) -> list[Change]:
    """This function will give what changed since the plan that holds was made, the latest first, as its reader may know."""
    if view.holds is None or not reached.entries:
        return []
    made_at = max(view.holds.recorded_at, min(one.entry.recorded_at for one in reached.entries))
    found = [
        *_bodies(view, reached, made_at),
        *_levels(actor, view, made_at),
        *_meetings(actor, view, made_at),
        *_themes(actor, view, made_at),
    ]
    return sorted(found, key=lambda one: (-one.on.toordinal(), one.sort, one.name))


def _bodies(view: GroupCycle, reached: CoverageView, made_at: datetime) -> Iterator[Change]:
    """Whoever came, closed or became part of another since.

    New is whoever was put on record after the plan was made and has no place in it: the rest needs nobody.
    """
    since = timezone.localdate(made_at)
    units = [one.unit.subject for one in reached.rows if one.unit.subject and one.stands is Covered.MISSING]
    for subject in Subject.objects.filter(pk__in=units, recorded_at__gt=made_at):
        yield Change(Changed.NEW, timezone.localdate(subject.recorded_at), subject.name, subject=subject.pk)
    planned = [one.entry.subject_id for one in reached.entries if one.entry.subject_id]
    bodies = Organisation.objects.filter(subjects__in=planned)
    merged = Relation.objects.filter(link=Link.SUCCEEDED_BY, origin__in=bodies)
    merged = merged.filter(Q(valid_from__gte=since) | Q(valid_from=None, recorded_at__gt=made_at))
    heirs = {one.origin_id: one for one in merged.select_related("target")}
    gone = Q(closed_on__gte=since, closed_on__lte=view.on) | Q(delisted_on__gte=since, delisted_on__lte=view.on)
    for body in bodies.filter(gone | Q(pk__in=heirs)).distinct():
        heir = heirs.get(body.pk)
        if heir is not None:
            yield Change(Changed.MERGED, heir.valid_from or since, body.name, heir.target.name)
        else:
            yield Change(Changed.CLOSED, body.closed_on or body.delisted_on or since, body.name)


def _levels(actor: Actor, view: GroupCycle, made_at: datetime) -> Iterator[Change]:
    """Subjects that came above the lowest level since, with the level."""
    levels = guidance_for(view.group.system, view.on).levels.levels
    above = {one.id: one.name for one in levels.levels if one.rank > levels.lowest.rank}
    decided = LevelDecision.objects.visible_to(actor, view.on).filter(
        system=view.group.system, decided_at__gt=made_at, level_to__in=above
    )
    for one in decided.select_related("subject").order_by("-decided_at")[:AT_MOST]:
        yield Change(Changed.LEVEL, one.effective_on, one.subject.name, above[one.level_to], one.subject_id)


def _meetings(actor: Actor, view: GroupCycle, made_at: datetime) -> Iterator[Change]:
    mine = Meeting.objects.visible_to(actor, view.on).filter(group=view.group)
    moved = MeetingTime.objects.filter(meeting__in=mine, number__gt=1, recorded_at__gt=made_at)
    newest = {one.meeting_id: one for one in moved.order_by("number")}
    for one in newest.values():
        then = timezone.localdate(one.starts_at)
        yield Change(Changed.MOVED, timezone.localdate(one.recorded_at), "", meeting=one.meeting_id, then=then)
    steps = MeetingStep.objects.filter(meeting__in=mine, step=Step.CANCELLED.value, recorded_at__gt=made_at)
    times = {
        one.meeting_id: one
        for one in MeetingTime.objects.filter(meeting__in=steps.values("meeting")).order_by("number")
    }
    for step in steps:
        was = timezone.localdate(times[step.meeting_id].starts_at)
        yield Change(Changed.CANCELLED, timezone.localdate(step.recorded_at), "", meeting=step.meeting_id, then=was)


def _themes(actor: Actor, view: GroupCycle, made_at: datetime) -> Iterator[Change]:
    """Themes that were taken into the plan since."""
    taken = ProposedTheme.objects.visible_to(actor, view.on).filter(group=view.group, answer__is_taken=True)
    for one in taken.filter(answer__recorded_at__gt=made_at).select_related("answer")[:AT_MOST]:
        yield Change(Changed.THEME, timezone.localdate(one.answer.recorded_at), one.title)
