"""Files as they were dropped in, and what became of each."""

from __future__ import annotations

import uuid

from django.db import models


class Delivery(models.Model):
    """One file of one drop. Its name and what was wrong with it may hold anything, so they are private."""

    class State(models.TextChoices):
        """Where the file is on its way."""

        WAITING = "waiting", "waiting"
        READING = "reading", "being read"
        MAPPING = "mapping", "waiting for its columns to be confirmed"
        ACCEPTED = "accepted", "taken in"
        UNCHANGED = "unchanged", "already here"
        REFUSED = "refused", "refused"
        UNKNOWN = "unknown", "not of a kind that is known"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    batch = models.UUIDField(db_index=True)
    position = models.PositiveIntegerField()
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    received_at = models.DateTimeField()
    received_by = models.CharField(max_length=80)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    source = models.CharField(max_length=60, blank=True)
    says = models.TextField(blank=True)
    publication = models.ForeignKey("Publication", null=True, on_delete=models.PROTECT, related_name="+")
    finished_at = models.DateTimeField(null=True)

    private_fields: tuple[str, ...] = ("file_name", "says")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "position"], name="one_delivery_per_place_in_drop")]
        indexes = [models.Index(fields=["-received_at"], name="delivery_newest")]

    def __str__(self) -> str:
        return f"delivery {self.pk} ({self.state})"


class DeliveryFault(models.Model):
    """One thing wrong with a refused file: where, what, and the mend."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="faults")
    line = models.PositiveIntegerField(null=True)
    column = models.CharField(max_length=200, blank=True)
    says = models.TextField()
    mend = models.TextField(blank=True)

    private_fields: tuple[str, ...] = ("column", "says", "mend")

    def __str__(self) -> str:
        return f"fault in line {self.line}"
