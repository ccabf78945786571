"""An item of intelligence without a word of it: what kind it is, whom it concerns, and how far it may travel."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from sightline.core.access import Actor, Handling, Viewer
from sightline.core.signals import Bearing, Dimension, Quadrant
from sightline.directory.models import Subject
from sightline.groups.viewers import viewer_of
from sightline.intelligence.words import Certainty, Channel, Kind, Safeguarding, TagKind, Wish


class ItemQuerySet(models.QuerySet["Item"]):
    """Reads of items, each for somebody."""

    def visible_to(self, actor: Actor, on: date) -> Self:
        """This function will keep the items that the actor may see on the day."""
        return self.seen_by(viewer_of(actor, on))

    def seen_by(self, viewer: Viewer) -> Self:
        """This function will keep what ``core.access.may_read`` allows this viewer; a test holds the two equal."""
        given = Q(pk__in=Giver.objects.filter(actor_id=viewer.actor_id or "-").values("item"))
        return self.filter(given | heard_by(viewer))

    def heard_by(self, viewer: Viewer) -> Self:
        """This function will keep what the viewer may see of others' items: their own gift is no key to additions."""
        return self.filter(heard_by(viewer))

    def counting(self) -> Self:
        """This function will keep what counts: given by a person, or published and reviewed; not set aside."""
        return self.filter(counts=True)


def heard_by(viewer: Viewer, key: str = "pk") -> Q:
    """This function will say in the database's words what ``core.access.may_read`` lets a viewer hear of others.

    ``key`` leads to the item from the table that is asked; it has the item's system, handling and standing itself.
    """
    if not viewer.hears:
        return Q(pk__in=[])
    named = NamedReader.objects.filter(actor_id=viewer.actor_id or "-").values("item")
    heard = Q(handling__in=[Handling.PUBLIC.value, Handling.MEMBERS.value]) | Q(
        ("handling", Handling.RESTRICTED.value), (f"{key}__in", named)
    )
    if viewer.systems is not None:
        heard &= Q(system__in=viewer.systems)
    if viewer.conflicts:
        heard &= ~Q((f"{key}__in", About.objects.filter(subject__in=viewer.conflicts).values("item")))
    return heard & _as_member_or_keeper(viewer, key)


def _as_member_or_keeper(viewer: Viewer, key: str) -> Q:
    """What does not count, and what is about the reader's own body, is for those who keep the system's record."""
    if viewer.keeps and viewer.kept is None:
        return Q()
    plain = Q(counts=True)
    if viewer.organisations:
        concerned = About.objects.filter(subject__organisation__code__in=viewer.organisations)
        plain &= ~Q((f"{key}__in", concerned.values("item")))
    return plain | Q(system__in=viewer.kept or ()) if viewer.keeps else plain


class Item(models.Model):
    """One thing told (INT-01). Its words stand in passages; whoever may not see it cannot tell that it is there."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    system = models.CharField(max_length=20, blank=True)  # the code of the system whose group it was given to
    kind = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Kind])
    bearing = models.CharField(max_length=20)  # concern, improvement (good practice, INT-16), or neither
    heard_on = models.DateField()
    source = models.SlugField(max_length=80, blank=True)  # an entry of the source list in force (INT-02)
    quadrant = models.CharField(max_length=30, blank=True)  # of that entry, as it then was
    origin = models.CharField(max_length=100)  # the independent road by which it came; two of one are one witness
    channel = models.CharField(max_length=10, default=Channel.WRITTEN.value)
    certainty = models.CharField(max_length=20, blank=True)
    reliability = models.CharField(max_length=1, blank=True)  # of the source, A to F; optional
    credibility = models.CharField(max_length=1, blank=True)  # of the information, 1 to 6; optional
    handling = models.CharField(max_length=12)
    verbal_only = models.BooleanField(default=False)  # to be said, not circulated: never in an export, pack or release
    safeguarding = models.CharField(max_length=12, default=Safeguarding.NO.value)
    practitioner = models.BooleanField(default=False)  # it may concern an individual's fitness to practise (INT-07)
    counts = models.BooleanField(default=True)
    form_key = models.UUIDField(null=True, unique=True)  # a form sent twice makes one item
    source_key = models.CharField(max_length=200, blank=True)  # what a published source calls it
    pack = models.CharField(max_length=20, blank=True)  # the guidance in force when it was given
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    version = models.PositiveIntegerField(default=1)

    objects = ItemQuerySet.as_manager()
    private_fields: tuple[str, ...] = ()

    class Meta:
        ordering = ["-heard_on", "-recorded_at", "pk"]
        indexes = [
            models.Index(fields=["system", "-heard_on"], name="item_newest"),
            models.Index(fields=["counts", "kind"], name="item_waiting"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=[one.value for one in Kind]), name="item_kind_is_known"),
            models.CheckConstraint(
                condition=Q(bearing__in=[one.value for one in Bearing]), name="item_bearing_is_known"
            ),
            # An item as a whole is never an annex: an identity stands in the annex's own tables (IGV-02).
            models.CheckConstraint(
                condition=Q(handling__in=[Handling.PUBLIC.value, Handling.MEMBERS.value, Handling.RESTRICTED.value]),
                name="item_handling_is_known",
            ),
            models.CheckConstraint(
                condition=Q(quadrant__in=["", *(one.value for one in Quadrant)]), name="item_quadrant_is_known"
            ),
            models.CheckConstraint(
                condition=Q(certainty__in=["", *(one.value for one in Certainty)]), name="item_certainty_is_known"
            ),
            models.CheckConstraint(
                condition=Q(safeguarding__in=[one.value for one in Safeguarding]), name="item_safeguarding_is_known"
            ),
            models.UniqueConstraint(fields=["kind", "source_key"], condition=~Q(source_key=""), name="published_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.heard_on}"


class About(models.Model):
    """Whom an item is about: one or many subjects (INT-01)."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="about")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")

    private_fields: tuple[str, ...] = ()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "subject"], name="about_a_subject_once")]

    def __str__(self) -> str:
        return f"about {self.subject_id}"


class Giver(models.Model):
    """Who gave an item, and whether others may know it; a published item has none."""

    item = models.OneToOneField(Item, on_delete=models.PROTECT, related_name="giver")
    actor_id = models.CharField(max_length=80)
    organisation = models.CharField(max_length=20, blank=True)  # the code of the body they spoke for
    wish = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Wish])

    private_fields: tuple[str, ...] = ()

    class Meta:
        indexes = [models.Index(fields=["actor_id"], name="giver_person")]
        constraints = [
            models.CheckConstraint(condition=Q(wish__in=[one.value for one in Wish]), name="giver_wish_is_known")
        ]

    def __str__(self) -> str:
        return f"giver of {self.item_id}"


class NamedReader(models.Model):
    """Somebody on the list of a restricted item, and by whom put there; once struck off, a former reader."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="readers")
    actor_id = models.CharField(max_length=80)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ()

    class Meta:
        indexes = [models.Index(fields=["actor_id"], name="named_reader")]
        constraints = [models.UniqueConstraint(fields=["item", "actor_id"], name="named_once")]

    def __str__(self) -> str:
        return f"reader of {self.item_id}"


class FormerReader(models.Model):
    """That somebody stood on the list of a restricted item from a moment to a moment; the row on the list is gone."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    actor_id = models.CharField(max_length=80)
    named_at = models.DateTimeField()
    named_by = models.CharField(max_length=80)
    recorded_at = models.DateTimeField()  # when they were struck off
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"former reader of {self.item_id}"


class TagQuerySet(models.QuerySet["Tag"]):
    """Reads of tags."""

    def standing(self) -> Self:
        """This function will leave out tags that were taken back."""
        return self.filter(~Exists(TagRemoval.objects.filter(tag=OuterRef("pk"))))


class Tag(models.Model):
    """One word that describes an item, given by a person or proposed by a machine (``by_machine`` names it)."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="tags")
    kind = models.CharField(max_length=12, choices=[(one.value, one.value) for one in TagKind])
    value = models.CharField(max_length=80)
    by_machine = models.CharField(max_length=80, blank=True)  # "dictionary@3" or "model@1f2e…"; empty: a person
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    objects = TagQuerySet.as_manager()
    private_fields: tuple[str, ...] = ()

    class Meta:
        indexes = [models.Index(fields=["kind", "value"], name="tag_value")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=[one.value for one in TagKind]), name="tag_kind_is_known"),
            models.CheckConstraint(
                condition=~Q(kind=TagKind.DIMENSION.value) | Q(value__in=[one.value for one in Dimension]),
                name="tag_dimension_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.value}"


class TagRemoval(models.Model):
    """A tag taken back; both stay on the record."""

    tag = models.OneToOneField(Tag, on_delete=models.PROTECT, related_name="removal")
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"removal of {self.tag_id}"


class SightingQuerySet(models.QuerySet["Sighting"]):
    """Reads of sightings, each for somebody."""

    def heard_by(self, viewer: Viewer) -> Self:
        """This function will keep what counts and the viewer may hear: what they may not see, they cannot count."""
        return self.filter(heard_by(viewer, "item"), counts=True)


class Sighting(models.Model):
    """An item as triangulation reads it: one row for each subject and row of the matrix that it speaks to.

    Written anew by the operations whenever an item, its tags or its standing change; nothing else is derived from
    it. ``row`` is empty where nobody said which dimension it bears on.
    """

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="sightings")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    row = models.CharField(max_length=30, blank=True)
    quadrant = models.CharField(max_length=30, blank=True)
    origin = models.CharField(max_length=100)
    bearing = models.CharField(max_length=20)
    certainty = models.CharField(max_length=20, blank=True)
    heard_on = models.DateField()
    system = models.CharField(max_length=20, blank=True)
    handling = models.CharField(max_length=12)
    counts = models.BooleanField()

    objects = SightingQuerySet.as_manager()
    private_fields: tuple[str, ...] = ()

    class Meta:
        indexes = [
            models.Index(
                # All that blind spots are counted from, so that this alone is read, and in its order: by each cell and
                # source, the subjects of which it speaks.
                fields=["quadrant", "row", "origin", "subject", "heard_on", "handling", "item", "system", "counts"],
                name="sighting_cells",
            ),
            models.Index(fields=["subject", "-heard_on"], name="sighting_of_subject"),
        ]
        constraints = [models.UniqueConstraint(fields=["item", "subject", "row"], name="seen_once_in_a_row")]

    def __str__(self) -> str:
        return f"{self.row} of {self.subject_id}"
