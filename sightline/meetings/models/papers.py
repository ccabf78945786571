"""Records of papers: for an item, in versions, withdrawn for a reason, and who was given which of them when."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from sightline.accounts.models import Person
from sightline.core.access import Actor
from sightline.meetings.models.agenda import AgendaItem
from sightline.meetings.words import Given, PaperFor


class PaperQuerySet(models.QuerySet["Paper"]):
    """Reads of papers."""

    def visible_to(self, actor: Actor, on: date) -> Self:
        """This function will keep the papers of items that the actor reads and that nobody took off (COI-04)."""
        return self.filter(item__in=AgendaItem.objects.visible_to(actor, on).standing().order_by().values("pk"))

    def standing(self) -> Self:
        """This function will keep the papers that nobody withdrew."""
        return self.filter(withdrawal=None)


class Paper(models.Model):
    """A paper for an item of an agenda; whoever reads the item reads it, and nobody else."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="papers")
    place = models.PositiveIntegerField()  # among those of its item, in the order in which they came
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    objects = PaperQuerySet.as_manager()
    private_fields: tuple[str, ...] = ()

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["item", "place"], name="one_paper_at_a_place_of_an_item")]

    def __str__(self) -> str:
        return f"paper of {self.item_id}"


class PaperVersion(models.Model):
    """A paper as it was at a time: the newest version holds, and earlier ones stay.

    It is a file, whose bytes lie in the data folder under their hash, or was made from the record, with a row beside
    it. ``confidential_because`` is why it is not open under the FOI Act (IGV-05).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=250)
    purpose = models.CharField(max_length=12, choices=[(one.value, one.value) for one in PaperFor])
    responsible = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    confidential_because = models.TextField(blank=True)
    name = models.CharField(max_length=120, blank=True)
    media_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64)
    pages = models.PositiveIntegerField(null=True, blank=True)
    words = models.PositiveIntegerField(null=True, blank=True)
    remarks = models.TextField(blank=True)  # how plain its English is, a line each (MTG-14)
    knowingly = models.TextField(blank=True)
    form_key = models.UUIDField(unique=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("title", "confidential_because", "name", "remarks", "knowingly")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "number"], name="one_version_of_a_paper_of_a_number"),
            models.CheckConstraint(condition=~Q(title=""), name="a_paper_has_a_title"),
            models.CheckConstraint(
                condition=Q(purpose__in=[one.value for one in PaperFor]), name="paper_purpose_is_known"
            ),
            models.CheckConstraint(condition=~Q(sha256=""), name="a_paper_has_its_hash"),
        ]

    def __str__(self) -> str:
        return f"version {self.number} of {self.paper_id}"


class PaperRecord(models.Model):
    """What a paper says that was made from the record: as of a moment, frozen, with the version's hash over it."""

    version = models.OneToOneField(PaperVersion, on_delete=models.PROTECT, related_name="record")
    as_of = models.DateTimeField()
    content = models.JSONField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("content",)

    def __str__(self) -> str:
        return f"content of {self.version_id}"


class PaperWithdrawal(models.Model):
    """That a paper was withdrawn, and why: whoever has it already must know."""

    paper = models.OneToOneField(Paper, on_delete=models.PROTECT, related_name="withdrawal")
    because = models.TextField()
    knowingly = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("because", "knowingly")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(because=""), name="withdrawn_for_a_reason")]

    def __str__(self) -> str:
        return f"withdrawal of {self.paper_id}"


class PaperGiven(models.Model):
    """That a version of a paper was given to somebody on a day: as a file, or in a pack of theirs (IGV-08)."""

    version = models.ForeignKey(PaperVersion, on_delete=models.PROTECT, related_name="given")
    who = models.CharField(max_length=80)
    how = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Given])
    on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ()

    class Meta:
        ordering = ["recorded_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "who", "how", "on"], name="given_in_one_way_once_a_day"),
            models.CheckConstraint(condition=Q(how__in=[one.value for one in Given]), name="way_of_giving_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.how} of {self.version_id}"
