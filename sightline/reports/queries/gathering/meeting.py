"""Decisions and minutes for a report, from the meetings of the group that were held in its period."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from sightline.core.meetings.deciding import Outcome
from sightline.meetings.models import AgendaItem, ItemOutcome, Meeting, MeetingStep, NoteAgreement
from sightline.meetings.queries.live import title_of
from sightline.meetings.words import Step
from sightline.reports.queries.gathering.found import Found, Scope
from sightline.reports.words import RecordKind
from sightline.web.wording import day


def decisions(scope: Scope) -> Iterator[Found]:
    """This function will tell what the group decided on items that whoever gathers may read (REC-13)."""
    items = AgendaItem.objects.visible_to(scope.actor, scope.on).filter(group=scope.group)
    decided = [one.value for one in Outcome if one.is_decision]
    rows = ItemOutcome.objects.filter(item__in=items.order_by().values("pk"), outcome__in=decided)
    rows = rows.select_related("item__subject").prefetch_related("item__wordings").order_by("at", "recorded_at", "pk")
    for one in rows:
        on = timezone.localdate(one.at)
        if scope.covers(on):
            says = f"{title_of(one.item)}: {one.text}"
            yield Found(RecordKind.OUTCOME, one.pk, says, on, _about(one.item.subject_id, scope))


def minutes(scope: Scope) -> Iterator[Found]:
    """This function will list the meetings that were held, whose minutes go with the report (RPT-25)."""
    held = sorted((on, meeting) for meeting, on in _held(scope).items())
    agreed = set(NoteAgreement.objects.filter(meeting__in=[key for _, key in held]).values_list("meeting", flat=True))
    for on, meeting in held:
        state = "agreed by the group" if meeting in agreed else "not yet agreed by the group"
        says = f"Minutes of the meeting on {day(on)}, {state}."
        yield Found(RecordKind.MEETING, meeting, says, on, _about(None, scope))


def _held(scope: Scope) -> dict[UUID, date]:
    """The meetings that were opened in the period and closed since, each with its day."""
    seen: QuerySet[Meeting] = Meeting.objects.visible_to(scope.actor, scope.on).filter(group=scope.group)
    closed = seen.filter(steps__step=Step.CLOSED.value).order_by().values("pk")
    rows = MeetingStep.objects.filter(meeting__in=closed, step=Step.OPENED.value).order_by("at")
    days = {meeting: timezone.localdate(at) for meeting, at in rows.values_list("meeting", "at")}
    return {meeting: on for meeting, on in days.items() if scope.covers(on)}


def _about(subject: UUID | None, scope: Scope) -> tuple[UUID, ...]:
    return tuple(one for one in (subject, scope.group.subject_id) if one is not None)
