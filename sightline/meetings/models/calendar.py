"""Records of the secret addresses by which people's calendars read their meetings."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from sightline.accounts.models import Person


class CalendarAddress(models.Model):
    """A secret address of somebody's calendar, of which only a digest is kept; the newest row counts, an empty one ends it."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["person", "number"], name="one_calendar_address_of_a_number"),
            models.UniqueConstraint(fields=["digest"], condition=~Q(digest=""), name="one_calendar_of_an_address"),
        ]

    def __str__(self) -> str:
        return f"calendar address {self.number} of {self.person_id}"
