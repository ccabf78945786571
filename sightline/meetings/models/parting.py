"""Records of who reads an item beside the members, and who does not: guests, interests, and what was ruled on them."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from sightline.accounts.models import Person
from sightline.core.meetings.interests import Measure


class ItemTie(models.Model):
    """An interest in an item that somebody declared for it, before the meeting or in it (COI-01; MTG-22)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.ForeignKey("meetings.AgendaItem", on_delete=models.PROTECT, related_name="ties")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    detail = models.TextField()
    declared_at = models.DateTimeField()
    form_key = models.UUIDField(unique=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("detail",)

    class Meta:
        ordering = ["declared_at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(detail=""), name="a_tie_says_what_it_is")]

    def __str__(self) -> str:
        return f"tie to {self.item_id}"


class NothingDeclared(models.Model):
    """That a member has no interest to declare for a meeting, said by themselves or for them (MTG-22; SQG 2022 Annex A)."""

    meeting = models.ForeignKey("meetings.Meeting", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    declared_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ()

    class Meta:
        ordering = ["declared_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "person"], name="nothing_declared_once")]

    def __str__(self) -> str:
        return f"nothing for {self.meeting_id}"


class ItemRuling(models.Model):
    """What whoever chairs ruled on somebody's interest in an item; the newest row for the two holds (COI-02)."""

    item = models.ForeignKey("meetings.AgendaItem", on_delete=models.PROTECT, related_name="rulings")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    measure = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Measure])
    ruled_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    because = models.TextField(blank=True)
    knowingly = models.TextField(blank=True)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("because", "knowingly")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["item", "person", "number"], name="one_ruling_of_a_number"),
            models.CheckConstraint(
                condition=Q(measure__in=[one.value for one in Measure]), name="ruling_measure_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} on {self.item_id}"


class ItemGuest(models.Model):
    """That somebody who does not sit in the group is invited to one item, and reads that one alone (MEM-03; PER-05)."""

    item = models.ForeignKey("meetings.AgendaItem", on_delete=models.PROTECT, related_name="guests")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ()

    class Meta:
        ordering = ["recorded_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["item", "person"], name="invited_to_an_item_once")]

    def __str__(self) -> str:
        return f"guest of {self.item_id}"
