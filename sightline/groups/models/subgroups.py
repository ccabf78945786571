"""Records of sub-groups: to which group one reports, what is asked of it, and what it reported."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from sightline.core.groups.reporting_back import MOST_MONTHS
from sightline.directory.models import Subject
from sightline.groups.models.standing import Group, Seat


class SubGroup(models.Model):
    """That a group works for another, and what that one asks of it, in versions: the newest of a group holds (GRP-11).

    ``lead`` is the seat whose holder reports back. ``provider`` is whose action plan and indicators it follows, where it
    follows one's (GRP-12). Without a ``parent`` it reports to none any more. ``system`` is that of the group itself.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="reports_to")
    system = models.CharField(max_length=20, blank=True)
    number = models.PositiveIntegerField()
    parent = models.ForeignKey(Group, on_delete=models.PROTECT, null=True, blank=True, related_name="sub_groups")
    lead = models.ForeignKey(Seat, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    task = models.TextField(blank=True)
    first_on = models.DateField(null=True, blank=True)  # by when it reports for the first time
    every_months = models.PositiveSmallIntegerField(null=True, blank=True)  # nothing where it reports once
    done_by = models.DateField(null=True, blank=True)  # when its work is done, and the last report due
    provider = models.ForeignKey(Subject, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    because = models.TextField()
    knowingly = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("task", "because", "knowingly")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["group", "number"], name="one_sub_group_of_a_number"),
            models.CheckConstraint(condition=Q(parent=None) | ~Q(parent=F("group")), name="no_group_reports_to_itself"),
            models.CheckConstraint(
                condition=Q(parent=None, lead=None, task="", first_on=None)
                | (Q(parent__isnull=False, lead__isnull=False, first_on__isnull=False) & ~Q(task="")),
                name="a_sub_group_is_asked_something",
            ),
            models.CheckConstraint(
                condition=Q(every_months=None) | Q(every_months__gte=1, every_months__lte=MOST_MONTHS),
                name="a_sub_group_reports_in_time",
            ),
            models.CheckConstraint(
                condition=Q(done_by=None) | Q(done_by__gte=F("first_on")), name="a_sub_group_reports_before_it_is_done"
            ),
            models.CheckConstraint(condition=~Q(because=""), name="a_sub_group_for_a_reason"),
        ]

    def __str__(self) -> str:
        return f"version {self.number} of what is asked of {self.group_id}"


class ReportBack(models.Model):
    """What a sub-group reported to the group for which it works, on a day. What was wrong is put right by a further report.

    ``group`` is the one that it was given to, with its ``system``, because sight of it rests on them; ``asked`` is the
    version of what was asked, and ``subject`` whom or what it is about, where it is about one.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    asked = models.ForeignKey(SubGroup, on_delete=models.PROTECT, related_name="reports")
    of = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="reports_back")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="+")
    system = models.CharField(max_length=20, blank=True)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reported_on = models.DateField()
    text = models.TextField()
    asks = models.TextField(blank=True)  # what it needs of the group
    knowingly = models.TextField(blank=True)
    form_key = models.UUIDField(unique=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("text", "asks", "knowingly")

    class Meta:
        ordering = ["-reported_on", "-recorded_at", "pk"]
        indexes = [models.Index(fields=["of", "group", "reported_on"], name="reports_of_sub_group")]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="a_report_back_says_something")]

    def __str__(self) -> str:
        return f"reported on {self.reported_on}"
