"""Safeguarding in a group: who answers for it, what its organisations confirm, and the boards of the councils."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from sightline.accounts.models import Person
from sightline.directory.models import Organisation
from sightline.groups.models.standing import Group, Seat
from sightline.groups.safeguarding_words import MOST_MONTHS, CouncilBodyKind, Represented


class SafeguardingLead(models.Model):
    """The seat that answers for safeguarding as a standing item, from a day on; the newest holds (SAF-03; QSG 2017 ¶79)."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="+")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    from_on = models.DateField()
    because = models.TextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("because",)

    class Meta:
        ordering = ["from_on", "recorded_at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(because=""), name="safeguarding_lead_for_a_reason")]

    def __str__(self) -> str:
        return f"from {self.from_on}"


class SafeguardingPeriod(models.Model):
    """After how many months a group asks its organisations again, from a day on; the newest holds (SAF-10)."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="+")
    months = models.PositiveSmallIntegerField()
    from_on = models.DateField()
    because = models.TextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("because",)

    class Meta:
        ordering = ["from_on", "recorded_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(months__gte=1, months__lte=MOST_MONTHS), name="safeguarding_asked_again"
            ),
            models.CheckConstraint(condition=~Q(because=""), name="safeguarding_period_for_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.months} months from {self.from_on}"


class SafeguardingConfirmation(models.Model):
    """That an organisation knows its accountability and the local processes (SAF-10; QSG 2017 ¶77).

    ``person`` is who confirmed it. ``briefs`` says how whoever sits in the group and whoever speaks for the
    organisation about safeguarding keep each other informed, where they are not the same (SAF-09; QSG 2017 ¶80).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    confirmed_on = models.DateField()
    represented = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Represented])
    briefs = models.TextField(blank=True)
    knowingly = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("briefs", "knowingly")

    class Meta:
        ordering = ["confirmed_on", "recorded_at", "pk"]
        indexes = [models.Index(fields=["group", "organisation"], name="confirmed_by_body")]
        constraints = [
            models.CheckConstraint(
                condition=Q(represented__in=[one.value for one in Represented]), name="represented_is_known"
            ),
            models.CheckConstraint(
                condition=Q(briefs="") | Q(represented=Represented.ANOTHER.value), name="two_brief_each_other"
            ),
        ]

    def __str__(self) -> str:
        return f"confirmed on {self.confirmed_on}"


class CouncilBody(models.Model):
    """A board or committee of a council, and the seat through which the group keeps in touch with it (SAF-06, SAF-07).

    The newest row of a council and kind holds. ``priorities`` are those of a health and wellbeing board.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="+")
    council = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=24, choices=[(one.value, one.value) for one in CouncilBodyKind])
    name = models.CharField(max_length=250)
    reached_by = models.CharField(max_length=500, blank=True)  # the way by which a matter is reported to it
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    priorities = models.TextField(blank=True)
    as_of = models.DateField()
    knowingly = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("name", "reached_by", "priorities", "knowingly")

    class Meta:
        ordering = ["as_of", "recorded_at", "pk"]
        indexes = [models.Index(fields=["group", "council"], name="body_of_council")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[one.value for one in CouncilBodyKind]), name="council_body_kind_is_known"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="council_body_has_a_name"),
            models.CheckConstraint(
                condition=Q(priorities="") | Q(kind=CouncilBodyKind.WELLBEING_BOARD.value),
                name="priorities_of_a_wellbeing_board",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} as of {self.as_of}"
