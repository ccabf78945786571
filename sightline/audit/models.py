"""Records of the event log: who did what to which record, chained by hash, added to and never changed."""

from __future__ import annotations

from django.db import models


class Event(models.Model):
    """One thing done. Holds ids and keyed hashes, never text: a lawful erasure leaves the chain whole."""

    system = models.CharField(max_length=20)
    sequence = models.PositiveBigIntegerField()
    recorded_at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    verb = models.CharField(max_length=100)
    on_kind = models.CharField(max_length=60, blank=True)
    on_id = models.CharField(max_length=80, blank=True)
    facts = models.TextField()  # canonical JSON, kept as text so that its hash is the same on every database
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    private_fields: tuple[str, ...] = ()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["system", "sequence"], name="audit_one_event_per_place")]
        indexes = [models.Index(fields=["on_kind", "on_id"], name="audit_event_on")]

    def __str__(self) -> str:
        return f"{self.system} {self.sequence}: {self.verb}"


class Head(models.Model):
    """Where each system's chain ends; locked while an event is added, so that no two take one place."""

    system = models.CharField(max_length=20, unique=True)
    sequence = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)

    private_fields: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.system} at {self.sequence}"
