"""That a review meets without the providers that it is about."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from sightline.groups.models.standing import Group


class ProvidersApart(models.Model):
    """Whether a review meets without providers from a day on, and why; the newest of a day holds (MEM-10)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="+")
    is_apart = models.BooleanField()
    from_on = models.DateField()
    because = models.TextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("because",)

    class Meta:
        ordering = ["from_on", "recorded_at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(because=""), name="providers_are_apart_for_a_reason")]

    def __str__(self) -> str:
        return f"{'without' if self.is_apart else 'with'} providers from {self.from_on}"
