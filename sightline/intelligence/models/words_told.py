"""The words themselves: passages, attachments and identities, each in a table that points at the item and never back."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from sightline.core.access import Handling, Viewer
from sightline.intelligence.models.items import Item, NamedReader


class PassageQuerySet(models.QuerySet["Passage"]):
    """Reads of passages, each for somebody."""

    def seen_by(self, viewer: Viewer) -> Self:
        """This function will keep what ``core.access.may_read_passage`` allows; a test holds the two equal.

        What was replaced is left out, because its new words may be for fewer readers; whoever wrote it keeps it. Who
        replaced the words of another did not thereby make them their own.
        """
        reader = viewer.actor_id or "-"
        # Asked passage by passage: to gather all that is heard, before a few words are read, takes seconds.
        heard = Exists(Item.objects.heard_by(viewer).filter(pk=OuterRef("item")))
        listed = NamedReader.objects.filter(actor_id=reader).values("item")
        narrow = Q(handling__in=[Handling.PUBLIC.value, Handling.MEMBERS.value]) | Q(
            handling=Handling.RESTRICTED.value, item__in=listed
        )
        own = Q(recorded_by=reader, replaces=None)
        return self.filter(own | Q(narrow, heard, replaced_by=None))


class Passage(models.Model):
    """One stretch of an item's narrative, with its own handling: stricter than the item's or the same."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField(default=0)  # among those written at one moment
    handling = models.CharField(max_length=12)
    text = models.TextField()
    knowingly = models.TextField(blank=True)  # why what looks like personal data stays in it (IGV-01)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    objects = PassageQuerySet.as_manager()
    private_fields: tuple[str, ...] = ("text", "knowingly")

    class Meta:
        ordering = ["recorded_at", "place", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="passage_says_something"),
            models.CheckConstraint(
                condition=Q(handling__in=[Handling.PUBLIC.value, Handling.MEMBERS.value, Handling.RESTRICTED.value]),
                name="passage_handling_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"passage of {self.item_id}"


class Attachment(models.Model):
    """A file given with an item, looked at before it was kept; its bytes lie in the data folder under its id."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    handling = models.CharField(max_length=12)
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("name",)

    def __str__(self) -> str:
        return f"attachment of {self.item_id}"


class Annex(models.Model):
    """That an identity is kept apart from an item, on which lawful basis, and who may open it (IGV-01, IGV-02)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    basis = models.CharField(max_length=40)
    because = models.TextField()  # why the identity is needed at all
    closes_on = models.DateField(null=True)  # after this day nobody opens it
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("because",)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(basis=""), name="annex_has_a_lawful_basis")]

    def __str__(self) -> str:
        return f"annex of {self.item_id}"


class AnnexText(models.Model):
    """The identity itself."""

    # Its own key, so that the database need not read back the row that it has just guarded.
    annex = models.OneToOneField(Annex, on_delete=models.PROTECT, related_name="+", primary_key=True)
    text = models.TextField()

    private_fields: tuple[str, ...] = ("text",)

    def __str__(self) -> str:
        return f"text of annex {self.annex_id}"


class AnnexReaderQuerySet(models.QuerySet["AnnexReader"]):
    """Reads of who may open annexes."""

    def in_force(self, on: date) -> Self:
        """This function will keep the names not struck off by the day, on annexes not closed by it."""
        return self.filter(
            Q(struck_off_on=None) | Q(struck_off_on__gt=on),
            Q(annex__closes_on=None) | Q(annex__closes_on__gte=on),
        )


class AnnexReader(models.Model):
    """A named person who may open an annex (PER-11), from a day to a day; who is listed again has another row."""

    annex = models.ForeignKey(Annex, on_delete=models.PROTECT, related_name="readers")
    actor_id = models.CharField(max_length=80)
    struck_off_on = models.DateField(null=True)  # written once, when the name is struck off
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    objects = AnnexReaderQuerySet.as_manager()
    private_fields: tuple[str, ...] = ()

    class Meta:
        indexes = [models.Index(fields=["actor_id"], name="annex_reader_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["annex", "actor_id"], condition=Q(struck_off_on=None), name="annex_reader_once"
            )
        ]

    def __str__(self) -> str:
        return f"reader of annex {self.annex_id}"


class AnnexOpening(models.Model):
    """That somebody opened an annex, and why they needed to know (PER-11); never a word of what stands in it."""

    annex = models.ForeignKey(Annex, on_delete=models.PROTECT, related_name="+")
    because = models.TextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("because",)

    class Meta:
        ordering = ["recorded_at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(because=""), name="annex_opening_has_its_reason")]

    def __str__(self) -> str:
        return f"opening of annex {self.annex_id}"


class Draft(models.Model):
    """What somebody has typed and not yet sent; theirs alone, and gone once it is sent.

    ``form`` names the form, and with it the one filling-in of it: two windows are two drafts.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    actor_id = models.CharField(max_length=80)
    form = models.CharField(max_length=40)
    content = models.JSONField()
    saved_at = models.DateTimeField()

    private_fields: tuple[str, ...] = ("content",)

    class Meta:
        ordering = ["-saved_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["actor_id", "form"], name="one_draft_of_a_form")]

    def __str__(self) -> str:
        return f"draft of {self.form}"


class DraftFile(models.Model):
    """A file chosen for what is not yet sent; looked at already, and gone with its draft."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=120)
    remarks = models.TextField(blank=True)  # what was changed in it when it was looked at
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)

    private_fields: tuple[str, ...] = ("name",)

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return f"file of {self.draft_id}"
