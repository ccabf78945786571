"""Records of the note of a meeting: its passages in versions, that it was shared, and when the group agreed it."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from sightline.core.access import Actor, Permission
from sightline.core.meetings.quorum import Status
from sightline.groups.sight import in_systems, presides_there
from sightline.meetings.models.agenda import AgendaItem
from sightline.meetings.models.planning import Meeting


class NotePassageQuerySet(models.QuerySet["NotePassage"]):
    """Reads of passages."""

    def visible_to(self, actor: Actor, on: date) -> Self:
        """This function will keep the passages that the actor may read: of items open to them, once the note is shared.

        Whoever keeps the note, chairs the group or audits it reads it before. What is closed leaves no trace (COI-04;
        REC-12).
        """
        around = in_systems(actor, Permission.KEEP_MEETINGS, on) | in_systems(actor, Permission.READ_AUDIT, on)
        early = Meeting.objects.filter(around | presides_there(actor, on))
        items = AgendaItem.objects.visible_to(actor, on)
        return self.filter(
            Q(item=None) | Q(item__in=items.order_by().values("pk")),
            Q(meeting__in=early.order_by().values("pk")) | Q(meeting__note_sharing__isnull=False),
            meeting__in=Meeting.objects.visible_to(actor, on).order_by().values("pk"),
        )

    def newest(self) -> Self:
        """This function will keep the newest passage of each section."""
        later = NotePassage.objects.filter(meeting=OuterRef("meeting"), number__gt=OuterRef("number"))
        of_item = later.filter(item=OuterRef("item"))
        of_none = later.filter(item=None)
        return self.filter((Q(item=None) & ~Exists(of_none)) | (Q(item__isnull=False) & ~Exists(of_item))).order_by()


class NotePassage(models.Model):
    """One section of a note in versions: that of an item or, without one, of the meeting as a whole (REC-01, REC-16).

    The first was written from what happened. ``place`` is only where it stands. Once the note is shared each new one
    says why; once it was agreed, ``corrects`` is the version that it corrects.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="passages")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="passages")
    place = models.PositiveIntegerField()
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=250)
    text = models.TextField()
    because = models.TextField(blank=True)
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    knowingly = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    objects = NotePassageQuerySet.as_manager()
    private_fields: tuple[str, ...] = ("title", "text", "because", "knowingly")

    class Meta:
        ordering = ["place", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "number"], condition=Q(item__isnull=False), name="one_passage_of_a_number"
            ),
            models.UniqueConstraint(
                fields=["meeting", "number"], condition=Q(item=None), name="one_passage_of_the_meeting_of_a_number"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="a_passage_says_something"),
            models.CheckConstraint(condition=Q(corrects=None) | ~Q(because=""), name="corrected_for_a_reason"),
        ]

    def __str__(self) -> str:
        return f"passage {self.number} of {self.meeting_id}"


class NoteSharing(models.Model):
    """That the draft of a note was shared with the members, for comment; whoever reads an item reads its section."""

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="note_sharing")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"note of {self.meeting_id} shared"


class NoteAgreement(models.Model):
    """That the group agreed sections of a note, at a named later meeting (REC-04; QSG 2017 ¶132).

    It is quorate then, or its rules only recommend that it is; ``quorum`` keeps which (QUO-01).

    An item that is closed to whoever presided is agreed by another who presides, in a row of its own.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="note_agreements")
    at_meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    quorum = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Status])
    present = models.PositiveIntegerField()  # how many counted were there
    pack = models.SlugField(max_length=80)
    rules_version = models.CharField(max_length=120)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ()

    class Meta:
        ordering = ["at", "recorded_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(quorum__in=[one.value for one in Status]), name="agreement_quorum_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"agreement on the note of {self.meeting_id}"


class AgreedPassage(models.Model):
    """A section as the group agreed it, with its SHA-256, so that it can be told later that it is unchanged."""

    agreement = models.ForeignKey(NoteAgreement, on_delete=models.PROTECT, related_name="passages")
    passage = models.OneToOneField(NotePassage, on_delete=models.PROTECT, related_name="agreed")
    sha256 = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"agreed: {self.passage_id}"
