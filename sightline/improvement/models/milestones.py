"""Milestones of plans: what each version says of them, what was noted since, and new concerns that the provider told."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from sightline.core.improvement.milestones import Lasts, Progress
from sightline.directory.models import Organisation
from sightline.improvement.models.plans import Plan, PlanVersion


class Milestone(models.Model):
    """One milestone of a plan through all its versions; ``number`` is its name there and is never given again."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="milestones")
    number = models.PositiveIntegerField()
    private_fields: tuple[str, ...] = ()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="each_milestone_has_its_number")]

    def __str__(self) -> str:
        return f"milestone {self.number}"


class PlanMilestone(models.Model):
    """What a version says of a milestone: by when, by what evidence, and the way of assuring it that was agreed (PLN-07)."""

    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="milestones")
    milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, related_name="said")
    position = models.PositiveIntegerField()
    what = models.TextField(blank=True)
    due_on = models.DateField(null=True, blank=True)
    evidence = models.TextField(blank=True)
    assurance = models.TextField(blank=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    body = models.CharField(max_length=250, blank=True)
    owner = models.CharField(max_length=250, blank=True)

    private_fields: tuple[str, ...] = ("what", "evidence", "assurance", "body", "owner")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="each_milestone_has_its_place"),
            models.UniqueConstraint(fields=["version", "milestone"], name="a_version_says_each_milestone_once"),
        ]

    def __str__(self) -> str:
        return f"milestone of {self.version_id}"


class MilestoneEntry(models.Model):
    """What was noted of a milestone, by the group or by the provider; entries are added, and never altered (PLN-07)."""

    milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, related_name="entries")
    form_key = models.UUIDField(unique=True, default=uuid.uuid4)  # a form sent twice notes it once
    is_providers = models.BooleanField(default=False)
    progress = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Progress])
    says = models.TextField(blank=True)
    evidence = models.TextField(blank=True)
    assured_by = models.CharField(max_length=250, blank=True)
    assured_how = models.TextField(blank=True)
    lasts = models.CharField(max_length=8, choices=[(one.value, one.value) for one in Lasts], default=Lasts.NOT_YET)
    knowingly = models.TextField(blank=True)  # why what looks like personal data stays in its words (IGV-01)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("says", "evidence", "assured_by", "assured_how", "knowingly")

    class Meta:
        ordering = ["recorded_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(progress__in=[one.value for one in Progress]), name="progress_of_a_milestone_is_known"
            ),
            models.CheckConstraint(condition=Q(lasts__in=[one.value for one in Lasts]), name="it_is_known_what_lasts"),
            models.CheckConstraint(
                condition=~Q(lasts=Lasts.YES.value)
                | (Q(progress=Progress.REACHED.value) & ~Q(assured_by="") & ~Q(assured_how="")),
                name="only_what_was_assured_lasts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.progress} at {self.recorded_at}"


class ProviderConcern(models.Model):
    """A new concern that the provider tells of beside its plan, with what it does about the risk already (QIG-05)."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="concerns")
    form_key = models.UUIDField(unique=True)
    says = models.TextField()
    steps = models.TextField()
    knowingly = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("says", "steps", "knowingly")

    class Meta:
        ordering = ["recorded_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(says="") & ~Q(steps=""), name="a_concern_is_told_with_what_is_done_about_it"
            )
        ]

    def __str__(self) -> str:
        return f"concern told at {self.recorded_at}"


class ProviderConcernAnswer(models.Model):
    """What the group does about a new concern that the provider told; the provider reads that it was taken up, and when."""

    concern = models.OneToOneField(ProviderConcern, on_delete=models.PROTECT, related_name="answer")
    says = models.TextField()
    knowingly = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("says", "knowingly")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(says=""), name="what_is_done_about_a_concern_is_said")]

    def __str__(self) -> str:
        return f"taken up at {self.recorded_at}"
