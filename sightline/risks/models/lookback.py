"""Look-backs: what was known of a matter before it came, what was missed, and what is learned from it (LRN-01)."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from sightline.core.access import Actor
from sightline.directory.models import Subject
from sightline.groups.hearing import heard_by
from sightline.risks.models.risks import Risk
from sightline.risks.words import FindingKind


class LookBackQuerySet(models.QuerySet["LookBack"]):
    """Reads of look-backs."""

    def visible_to(self, actor: Actor, on: date) -> Self:
        """This function will keep what the actor hears of as a member of the group."""
        return self.filter(heard_by(actor, on))


class LookBack(models.Model):
    """One look back at a subject as of a day; opened by itself where a grave risk came that no one had seen."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    system = models.CharField(max_length=20, blank=True)
    risk = models.OneToOneField(Risk, on_delete=models.PROTECT, null=True, blank=True, related_name="look_back")
    as_of = models.DateField()
    by_itself = models.BooleanField(default=False)
    because = models.TextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    objects = LookBackQuerySet.as_manager()
    private_fields: tuple[str, ...] = ("because",)

    class Meta:
        ordering = ["-recorded_at", "pk"]

    def __str__(self) -> str:
        return f"look-back on {self.subject_id}"


class LookBackFinding(models.Model):
    """What was known, what was missed, or what is learned."""

    look_back = models.ForeignKey(LookBack, on_delete=models.PROTECT, related_name="findings")
    kind = models.CharField(max_length=10, choices=[(one.value, one.value) for one in FindingKind])
    says = models.TextField()
    knowingly = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("says", "knowingly")

    class Meta:
        ordering = ["recorded_at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(says=""), name="a_finding_says_something")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.look_back_id}"


class LookBackEnding(models.Model):
    """That a look-back was finished, with what it comes to."""

    look_back = models.OneToOneField(LookBack, on_delete=models.PROTECT, related_name="ending")
    because = models.TextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("because",)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(because=""), name="a_look_back_comes_to_something")]

    def __str__(self) -> str:
        return f"end of {self.look_back_id}"
