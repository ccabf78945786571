"""Records of who is there: each arrival, each departure, and what was struck out because it was written down wrongly."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from sightline.accounts.models import Person
from sightline.groups.models import Seat
from sightline.meetings.models.planning import Meeting
from sightline.meetings.words import How


class Presence(models.Model):
    """That somebody came, at a time, and as whom: for a seat, standing in for whoever has it, or as a guest (REC-03).

    Somebody without an account here is written down by name. ``has_authority`` is whether a deputy may decide for
    whoever they stand in for (MEM-12); whoever sits on the seat decides by themselves.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="presences")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    visitor = models.CharField(max_length=250, blank=True)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    deputises = models.BooleanField(default=False)
    has_authority = models.BooleanField(default=True)
    how = models.CharField(max_length=12, choices=[(one.value, one.value) for one in How])
    arrived_at = models.DateTimeField()
    form_key = models.UUIDField(unique=True)  # a form sent twice writes down one arrival
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("visitor",)

    class Meta:
        ordering = ["arrived_at", "recorded_at"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(person=None) & ~Q(visitor="")) | (Q(person__isnull=False) & Q(visitor="")),
                name="somebody_came",
            ),
            models.CheckConstraint(condition=Q(how__in=[one.value for one in How]), name="how_is_known"),
            models.CheckConstraint(condition=Q(deputises=False) | Q(seat__isnull=False), name="deputises_for_a_seat"),
        ]

    def __str__(self) -> str:
        return f"there from {self.arrived_at}"

    @property
    def who(self) -> str:
        """This function will give a key for whoever it is, by which quorum and rulings know them."""
        return str(self.person_id) if self.person_id else f"visitor:{self.pk}"


class Departure(models.Model):
    """That somebody left; whoever comes back arrives anew, so that a length of stay can be told (REC-03)."""

    presence = models.OneToOneField(Presence, on_delete=models.PROTECT, related_name="departure")
    left_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"left at {self.left_at}"


class PresenceStruck(models.Model):
    """That an arrival was written down wrongly, with the reason; the right one is a row of its own."""

    presence = models.OneToOneField(Presence, on_delete=models.PROTECT, related_name="struck")
    because = models.TextField()
    knowingly = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("because", "knowingly")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(because=""), name="struck_for_a_reason")]

    def __str__(self) -> str:
        return f"struck {self.presence_id}"


class ItemBegun(models.Model):
    """That the meeting came to an item; it lasts until the next one begins or the meeting closes."""

    item = models.ForeignKey("meetings.AgendaItem", on_delete=models.PROTECT, related_name="begun")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.item_id} at {self.at}"
