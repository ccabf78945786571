"""Records of what members do after a meeting: that they told their organisation what came of it."""

from __future__ import annotations

import uuid

from django.db import models

from sightline.directory.models import Organisation
from sightline.groups.models import Seat
from sightline.meetings.models.planning import Meeting


class ToldOrganisation(models.Model):
    """That whoever sits on a seat told their organisation what came of a meeting, and what it says to that (MEM-17).

    ``says`` goes back into the group: it is for those who keep its papers, who bring it onto an agenda.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="told_organisations")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    told_on = models.DateField()
    says = models.TextField(blank=True)
    knowingly = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("says", "knowingly")

    class Meta:
        ordering = ["told_on", "recorded_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "seat"], name="told_once_from_a_seat")]

    def __str__(self) -> str:
        return f"{self.organisation_id} told on {self.told_on}"
