"""Records beside the note of a meeting: its restricted annex with who reads it, and to whom the meeting was fed back."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from sightline.accounts.models import Person
from sightline.core.access import Actor, Permission
from sightline.directory.models import Organisation
from sightline.groups.models import Group
from sightline.groups.sight import NOTHING, in_systems
from sightline.meetings.models.agenda import AgendaItem
from sightline.meetings.models.planning import Meeting


class AnnexEntryQuerySet(models.QuerySet["AnnexEntry"]):
    """Reads of annexes."""

    def visible_to(self, actor: Actor, on: date) -> Self:
        """This function will keep the entries for whoever keeps the meeting, and for its named readers (REC-12).

        Neither reads an entry on an item that is closed to them.
        """
        items = AgendaItem.objects.visible_to(actor, on)
        kept = Meeting.objects.filter(in_systems(actor, Permission.KEEP_MEETINGS, on))
        named = AnnexReader.objects.newest().filter(person=actor.pk, reads=True) if isinstance(actor, Person) else None
        allowed = Q(meeting__in=kept.order_by().values("pk"))
        allowed |= Q(meeting__in=named.values("meeting")) if named is not None else NOTHING
        return self.filter(
            allowed,
            Q(item=None) | Q(item__in=items.order_by().values("pk")),
            meeting__in=Meeting.objects.visible_to(actor, on).order_by().values("pk"),
        )


class AnnexEntry(models.Model):
    """Something that belongs to the record of a meeting and is for few: on an item, or on the meeting as a whole.

    What was wrong is corrected by a further entry; none is changed (REC-16).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="annex")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="annex")
    number = models.PositiveIntegerField()  # in the order of writing; no page tells it
    text = models.TextField()
    knowingly = models.TextField(blank=True)
    form_key = models.UUIDField(unique=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    objects = AnnexEntryQuerySet.as_manager()
    private_fields: tuple[str, ...] = ("text", "knowingly")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="an_annex_says_something"),
            models.UniqueConstraint(fields=["meeting", "number"], name="one_annex_entry_of_a_number"),
        ]

    def __str__(self) -> str:
        return f"annex to {self.meeting_id}"


class AnnexReaderQuerySet(models.QuerySet["AnnexReader"]):
    """Reads of who reads an annex."""

    def newest(self) -> Self:
        """This function will keep the newest row of each person and meeting."""
        later = AnnexReader.objects.filter(
            meeting=OuterRef("meeting"), person=OuterRef("person"), number__gt=OuterRef("number")
        )
        return self.filter(~Exists(later)).order_by()


class AnnexReader(models.Model):
    """That somebody is a reader of a meeting's annex beside those who keep it, or no longer; the newest row holds."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="annex_readers")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    reads = models.BooleanField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    objects = AnnexReaderQuerySet.as_manager()
    private_fields: tuple[str, ...] = ()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "person", "number"], name="one_reading_of_an_annex_of_a_number")
        ]

    def __str__(self) -> str:
        return f"reader of the annex to {self.meeting_id}"


class FedBack(models.Model):
    """That a meeting was fed back to a group or a body to which the group reports, and on which day (GRP-06)."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="fed_back")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    told_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ()

    class Meta:
        ordering = ["told_on", "recorded_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(group__isnull=False, organisation=None) | Q(group=None, organisation__isnull=False),
                name="fed_back_to_a_group_or_a_body",
            ),
            models.UniqueConstraint(
                fields=["meeting", "group"], condition=Q(group__isnull=False), name="fed_back_to_a_group_once"
            ),
            models.UniqueConstraint(
                fields=["meeting", "organisation"],
                condition=Q(organisation__isnull=False),
                name="fed_back_to_a_body_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} fed back on {self.told_on}"

    @property
    def to_whom(self) -> str:
        """The name of the group or the body."""
        return self.group.name if self.group else self.organisation.name if self.organisation else ""
