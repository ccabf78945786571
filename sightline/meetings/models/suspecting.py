"""Records of what must not stay a discussion: that abuse or neglect is suspected, and to whom it was referred."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q


class Suspicion(models.Model):
    """That abuse or neglect was suspected when an item was discussed (SAF-01; QSG 2017 ¶72)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.ForeignKey("meetings.AgendaItem", on_delete=models.PROTECT, related_name="suspicions")
    detail = models.TextField()
    knowingly = models.TextField(blank=True)
    form_key = models.UUIDField(unique=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("detail", "knowingly")

    class Meta:
        ordering = ["recorded_at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(detail=""), name="a_suspicion_says_what_it_is")]

    def __str__(self) -> str:
        return f"suspicion under {self.item_id}"


class SuspicionReferral(models.Model):
    """That a suspicion was referred: to which body, by whom, on which day, under which reference."""

    suspicion = models.OneToOneField(Suspicion, on_delete=models.PROTECT, related_name="referral")
    body = models.CharField(max_length=250)
    referred_by = models.CharField(max_length=250)
    referred_on = models.DateField()
    reference = models.CharField(max_length=100, blank=True)
    knowingly = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("body", "referred_by", "reference", "knowingly")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(body="") & ~Q(referred_by=""), name="a_referral_says_by_whom_and_to_whom"
            )
        ]

    def __str__(self) -> str:
        return f"referral of {self.suspicion_id}"
