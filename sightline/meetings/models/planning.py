"""Records of a meeting itself: that it is planned, when and where, and what it came to."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from sightline.core.access import Actor
from sightline.groups.models import Group
from sightline.meetings.sight import meetings_seen
from sightline.meetings.words import Mode, Step


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Reads of meetings."""

    def visible_to(self, actor: Actor, on: date) -> Self:
        """This function will keep the meetings that the actor may come to, and those to whose items they are invited."""
        return self.filter(meetings_seen(actor, on))


class Meeting(models.Model):
    """One meeting of one group, on the record of the group's system; when it is stands in its times."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="+")
    system = models.CharField(max_length=20, blank=True)
    is_extraordinary = models.BooleanField(default=False)  # called by the chair beside the usual ones (CHR-10; MTG-06)
    because = models.TextField(blank=True)  # why an extraordinary one is called
    knowingly = models.TextField(blank=True)  # why what looks like personal data stays in its words (IGV-01)
    form_key = models.UUIDField(unique=True)  # a form sent twice plans one meeting
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    objects = MeetingQuerySet.as_manager()
    private_fields: tuple[str, ...] = ("because", "knowingly")

    class Meta:
        ordering = ["recorded_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_extraordinary=False) | ~Q(because=""), name="extraordinary_for_a_reason"
            )
        ]

    def __str__(self) -> str:
        return f"meeting of {self.group_id}"


class MeetingTime(models.Model):
    """When and where a meeting is; the newest row holds, and whoever was told of an earlier one is told again."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="times")
    number = models.PositiveIntegerField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    mode = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Mode])
    place = models.CharField(max_length=250, blank=True)
    link = models.URLField(max_length=500, blank=True)  # by which one joins online
    paired_with = models.CharField(max_length=250, blank=True)  # the assurance meeting of the same day (GRP-05)
    facilitator = models.CharField(max_length=250, blank=True)  # provides room or virtual space and technology (MTG-31)
    communications = models.CharField(max_length=250, blank=True)  # coordinates them, where that is needed (MTG-31)
    because = models.TextField(blank=True)  # why it was moved
    knowingly = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = (
        *("place", "link", "paired_with", "facilitator", "communications"),
        *("because", "knowingly"),
    )

    class Meta:
        ordering = ["number"]
        indexes = [models.Index(fields=["starts_at"], name="meetings_by_start")]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="one_time_of_a_number"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="a_meeting_lasts"),
            models.CheckConstraint(condition=Q(mode__in=[one.value for one in Mode]), name="meeting_mode_is_known"),
            models.CheckConstraint(condition=Q(number=1) | ~Q(because=""), name="a_meeting_moves_for_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at}"


class MeetingStep(models.Model):
    """That a meeting was cancelled, opened or closed, and under which guidance; each at most once (FRW-02)."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Step])
    at = models.DateTimeField()
    because = models.TextField(blank=True)  # why it was cancelled
    knowingly = models.TextField(blank=True)
    pack = models.SlugField(max_length=80)
    rules_version = models.CharField(max_length=120)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("because", "knowingly")

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "step"], name="each_step_of_a_meeting_once"),
            models.CheckConstraint(condition=Q(step__in=[one.value for one in Step]), name="meeting_step_is_known"),
            models.CheckConstraint(
                condition=~Q(step=Step.CANCELLED.value) | ~Q(because=""), name="cancelled_for_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step} at {self.at}"
