"""Decisions on regulatory action of NHS England: who decided what, after whom it was asked, at which level (RPT-07)."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from sightline.core.access import Actor
from sightline.core.escalation.regulating import DECIDERS, Outcome
from sightline.directory.models import Organisation
from sightline.surveillance.models import LevelDecision

_DECIDERS = [(one.value, one.value) for one in DECIDERS]
_OUTCOMES = [(one.value, one.value) for one in Outcome]


class RegulatoryQuerySet(models.QuerySet["RegulatoryDecision"]):
    """Reads of decisions on regulatory action."""

    def visible_to(self, actor: Actor, on: date) -> Self:
        """This function will keep those at levels that the actor may read; the provider concerned reads none (PER-10)."""
        return self.filter(decision__in=LevelDecision.objects.visible_to(actor, on))


class RegulatoryDecision(models.Model):
    """One decision on regulatory action, at the level at which its subject stood when it was taken (RPT-07).

    ``slot`` is the body that decided and ``body`` the organisation whose it is. What was decided before stays; what is
    decided anew is a row of its own.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    decision = models.ForeignKey(LevelDecision, on_delete=models.PROTECT, related_name="+")
    slot = models.CharField(max_length=40, choices=_DECIDERS)
    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10, choices=_OUTCOMES)
    action = models.TextField(blank=True)
    because = models.TextField()
    also_asked = models.TextField(blank=True)  # whoever else was consulted, in words
    knowingly = models.TextField(blank=True)  # why what looks like personal data stays in its words (IGV-01)
    decided_on = models.DateField()
    form_key = models.UUIDField(unique=True)  # a form sent twice records once
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    objects = RegulatoryQuerySet.as_manager()
    private_fields: tuple[str, ...] = ("action", "because", "also_asked", "knowingly")

    class Meta:
        ordering = ["-decided_on", "-recorded_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(because=""), name="regulation_has_its_reason"),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.ACTION.value) | ~Q(action=""), name="regulatory_action_is_named"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} on {self.decided_on}"


class Consulted(models.Model):
    """A body that was consulted before it was decided."""

    regulatory = models.ForeignKey(RegulatoryDecision, on_delete=models.PROTECT, related_name="consulted")
    slot = models.CharField(max_length=40, choices=_DECIDERS)
    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")

    private_fields: tuple[str, ...] = ()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["regulatory", "slot", "body"], name="consulted_once")]

    def __str__(self) -> str:
        return f"{self.slot} of {self.body_id}"
