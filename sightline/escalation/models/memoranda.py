"""What the memorandum of a board and its region says of escalation, so that what is offered first follows it (ORG-13)."""

from __future__ import annotations

from django.db import models

from sightline.core.rulebook.circumstances import Severity
from sightline.directory.models import Organisation, OrganisationFact

_SEVERITIES = [(one.value, one.value) for one in Severity]


class MemorandumTerm(models.Model):
    """By which way, to which region, and from which severity on for action; the newest of a memorandum holds.

    The memorandum itself is a fact of the directory: once another takes its place, what was read in it counts no more.
    """

    memorandum = models.ForeignKey(OrganisationFact, on_delete=models.PROTECT, related_name="+")
    pack = models.SlugField(max_length=80)
    route = models.SlugField(max_length=80)  # a route of that guidance
    region = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    acts_from = models.CharField(max_length=20, choices=_SEVERITIES, blank=True)  # empty: as whoever sends judges
    form_key = models.UUIDField(unique=True)  # a form sent twice records once
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ()

    class Meta:
        ordering = ["recorded_at", "pk"]

    def __str__(self) -> str:
        return f"{self.route} by {self.memorandum_id}"
