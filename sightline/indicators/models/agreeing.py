"""Sets of indicators that a group agreed to measure quality by; a set is agreed anew, never edited."""

from __future__ import annotations

import uuid
from enum import StrEnum

from django.db import models
from django.db.models import Q


class Rhythm(StrEnum):
    """When an indicator is looked at by the group (DAT-09; QSG 2017 ¶114)."""

    NONE = ""
    EVERY_MEETING = "every_meeting"
    ON_PUBLICATION = "on_publication"

    @property
    def words(self) -> str:
        """The rhythm as readers know it; empty where none was agreed."""
        match self:
            case Rhythm.EVERY_MEETING:
                return "reviewed at every meeting"
            case Rhythm.ON_PUBLICATION:
                return "reviewed on publication"
            case _:
                return ""


class MetricSet(models.Model):
    """A named set of indicators for an area; what is in it stands in its agreements, of which the newest counts."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=160)
    area = models.CharField(max_length=40, blank=True)  # the code of a system or place; empty: everywhere
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="a_metric_set_has_a_name")]

    def __str__(self) -> str:
        return self.name


class SetAgreement(models.Model):
    """One version of a set: who agreed it, when and why (DAT-06). One without indicators withdraws the set."""

    metric_set = models.ForeignKey(MetricSet, on_delete=models.PROTECT, related_name="agreements")
    number = models.PositiveIntegerField()
    agreed_by = models.CharField(max_length=200)  # the group or committee, in words
    agreed_on = models.DateField()
    because = models.TextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("agreed_by", "because")

    class Meta:
        ordering = ["number"]
        constraints = [
            # Two people who change the same version cannot both be right unseen.
            models.UniqueConstraint(fields=["metric_set", "number"], name="a_set_is_agreed_once_per_number")
        ]

    def __str__(self) -> str:
        return f"version {self.number} of {self.metric_set_id}"


class AgreedIndicator(models.Model):
    """One indicator of one version of a set, and when it is looked at."""

    agreement = models.ForeignKey(SetAgreement, on_delete=models.PROTECT, related_name="chosen")
    indicator = models.CharField(max_length=80, db_index=True)
    rhythm = models.CharField(max_length=20, blank=True)

    private_fields: tuple[str, ...] = ()

    class Meta:
        ordering = ["indicator"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "indicator"], name="an_indicator_stands_once_in_a_set"),
            models.CheckConstraint(
                condition=Q(rhythm__in=[one.value for one in Rhythm]), name="agreed_rhythm_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.indicator
