"""Readings of the heat map, assessments by the trigger tool, and other processes by which risk was assessed."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Self, TypeVar

from django.db import models
from django.db.models import Q

from sightline.core.access import Actor
from sightline.core.triangulation.triggering import Answer
from sightline.directory.models import Subject
from sightline.groups.hearing import heard_by

A = TypeVar("A", bound=models.Model, covariant=True)


class Template(models.Model):
    """A tool of the rulebook as it stood when it was used, so that what was answered keeps the words of its questions.

    It holds rules and no opinion about anybody, so nothing in it is confidential.
    """

    sha256 = models.CharField(primary_key=True, max_length=64)
    part = models.CharField(max_length=40)
    version = models.CharField(max_length=120)  # of the rulebook: "sqg-2022 v1, change 3"
    content = models.TextField()  # YAML
    recorded_at = models.DateTimeField()

    private_fields: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.part} {self.version}"


class AidQuerySet(models.QuerySet[A]):
    """Reads of what the commissioner's side wrote for itself; the provider concerned never sees it."""

    def visible_to(self, actor: Actor, on: date) -> Self:
        """This function will keep what the actor may read on the day."""
        return self.filter(heard_by(actor, on))


class Aid(models.Model):
    """What every aid that was used has in common."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    system = models.CharField(max_length=20, blank=True)  # the code of the system whose group it belongs to
    because = models.TextField()
    knowingly = models.TextField(blank=True)  # why what looks like personal data stays in its words (IGV-01)
    form_key = models.UUIDField(unique=True)  # a form sent twice makes one record
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    objects = AidQuerySet.as_manager()
    private_fields: tuple[str, ...] = ("because", "knowingly")

    class Meta:
        abstract = True
        ordering = ["-recorded_at", "pk"]


class HeatMapReading(Aid):
    """Three inputs and the level that the matrix suggested: an aid, never a decision (RSK-13)."""

    template = models.ForeignKey(Template, on_delete=models.PROTECT, related_name="+")
    issues_counted = models.PositiveSmallIntegerField()  # the signals of concern that stood
    issues = models.PositiveSmallIntegerField()
    issues_because = models.TextField(blank=True)  # why the number differs from the count
    risk = models.SlugField(max_length=80)
    confidence = models.SlugField(max_length=80)
    suggested = models.SlugField(max_length=80)

    private_fields: tuple[str, ...] = ("because", "knowingly", "issues_because")

    class Meta(Aid.Meta):
        abstract = False
        indexes = [models.Index(fields=["subject", "-recorded_at"], name="heat_map_of_subject")]
        constraints = [
            models.CheckConstraint(
                condition=Q(issues=models.F("issues_counted")) | ~Q(issues_because=""),
                name="heat_map_says_why_the_count_was_changed",
            )
        ]

    def __str__(self) -> str:
        return f"heat map of {self.subject_id}"


class TriggerAssessment(Aid):
    """One pass through the trigger tool; the newest of a subject counts, and the earlier ones stay (RSK-10)."""

    template = models.ForeignKey(Template, on_delete=models.PROTECT, related_name="+")
    recommended = models.SlugField(max_length=80)

    private_fields: tuple[str, ...] = ("because", "knowingly")

    class Meta(Aid.Meta):
        abstract = False
        indexes = [models.Index(fields=["subject", "-recorded_at"], name="triggers_of_subject")]

    def __str__(self) -> str:
        return f"trigger assessment of {self.subject_id}"


class TriggerAnswer(models.Model):
    """One answer, and how many signals suggested a yes when it was given."""

    assessment = models.ForeignKey(TriggerAssessment, on_delete=models.PROTECT, related_name="answers")
    question = models.SlugField(max_length=80)
    answer = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Answer])
    signals = models.PositiveSmallIntegerField(default=0)
    note = models.TextField(blank=True)

    private_fields: tuple[str, ...] = ("note",)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "question"], name="a_question_is_answered_once"),
            models.CheckConstraint(
                condition=Q(answer__in=[one.value for one in Answer]), name="trigger_answer_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.answer}"


class OtherProcess(Aid):
    """A similarly robust process by which risk was assessed where no profile was made (RSK-09; QSG 2017 ¶122)."""

    name = models.CharField(max_length=250)
    held_on = models.DateField()
    reference = models.CharField(max_length=250, blank=True)  # where its result is kept

    private_fields: tuple[str, ...] = ("because", "knowingly", "name", "reference")

    class Meta(Aid.Meta):
        abstract = False
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="a_process_has_a_name")]

    def __str__(self) -> str:
        return f"process about {self.subject_id}"
