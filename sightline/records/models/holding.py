"""Records of holds: why nothing of a system, or nothing about a subject, may be disposed of, and that it was lifted."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from sightline.accounts.models import Person
from sightline.core.access import Actor
from sightline.directory.models import Subject
from sightline.records.sight import holds_seen


class HoldQuerySet(models.QuerySet["Hold"]):
    """Reads of holds."""

    def visible_to(self, actor: Actor, on: date) -> Self:
        """This function will keep the holds that the actor may read."""
        return self.filter(holds_seen(actor, on))

    def in_force(self) -> Self:
        """This function will keep the holds that nobody lifted."""
        return self.filter(lifting=None)


class Hold(models.Model):
    """That records of a system are kept whatever their period: all of them or, with a subject, those that touch it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    system = models.CharField(max_length=20, blank=True)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    because = models.TextField()
    asked_by = models.CharField(max_length=250)  # on whose behalf: an inquiry, a court, a coroner
    placed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    placed_on = models.DateField()
    knowingly = models.TextField(blank=True)  # why what looks like personal data stays in its words (IGV-01)
    form_key = models.UUIDField(unique=True)  # a form sent twice places one hold
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    objects = HoldQuerySet.as_manager()
    private_fields: tuple[str, ...] = ("because", "asked_by", "knowingly")

    class Meta:
        ordering = ["-placed_on", "-recorded_at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(because=""), name="records_are_held_for_a_reason")]

    def __str__(self) -> str:
        return f"hold of {self.placed_on}"


class HoldLifting(models.Model):
    """That a hold was lifted, by whom and why; the hold itself stays on record."""

    hold = models.OneToOneField(Hold, on_delete=models.PROTECT, related_name="lifting")
    because = models.TextField()
    lifted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    lifted_on = models.DateField()
    knowingly = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("because", "knowingly")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(because=""), name="a_hold_is_lifted_for_a_reason")]

    def __str__(self) -> str:
        return f"lifted on {self.lifted_on}"
