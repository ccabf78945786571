"""How a group works with a council that cannot come to each of its meetings."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from sightline.directory.models import Organisation
from sightline.groups.models.standing import Group


class CouncilArrangement(models.Model):
    """What a group and a council agreed instead of regular attendance; the newest of a council holds (MEM-21).

    ``relationship`` is who on either side keeps in touch and how often, ``route`` the way by which the council's concerns
    come in as exceptions. ``sectors``, ``words`` and ``in_area`` say when somebody of the council is needed at a meeting.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="+")
    council = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    relationship = models.TextField()
    route = models.TextField()
    sectors = models.JSONField(default=list, blank=True)  # ids of directory.words.Sector
    words = models.TextField(blank=True)  # one in each line
    in_area = models.BooleanField(default=False)
    as_of = models.DateField()
    knowingly = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("relationship", "route", "words", "knowingly")

    class Meta:
        ordering = ["as_of", "recorded_at", "pk"]
        indexes = [models.Index(fields=["group", "council"], name="arrangement_of_council")]
        constraints = [
            models.CheckConstraint(condition=~Q(relationship="") & ~Q(route=""), name="an_arrangement_is_whole"),
        ]

    def __str__(self) -> str:
        return f"arrangement as of {self.as_of}"
