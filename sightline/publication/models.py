"""Records of key points: what was written for the public, who cleared it, and the copy that the public reads.

What is written here rests on what was said in confidence; what is public stands in tables of its own, which know
nothing of it. To release is to copy, so that no flag set wrongly can show the one for the other.
"""

from __future__ import annotations

import uuid
from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from sightline.accounts.models import Person
from sightline.core.access import Actor
from sightline.groups.models import Group
from sightline.meetings.models import AgendaItem, Meeting
from sightline.publication.sight import meetings_worked_on


class KeyPointsQuerySet(models.QuerySet["KeyPoints"]):
    """Reads of key points."""

    def visible_to(self, actor: Actor, on: date) -> Self:
        """This function will keep what the actor may read before it is public."""
        return self.filter(meeting__in=meetings_worked_on(actor, on).order_by().values("pk"))


class KeyPoints(models.Model):
    """One version of the key points of a meeting, as somebody wrote them for the public; the newest holds (REC-08)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    wrote = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    opening = models.TextField()
    changed = models.TextField(blank=True)  # what is different from what the public read before
    knowingly = models.TextField(blank=True)
    form_key = models.UUIDField(unique=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    objects = KeyPointsQuerySet.as_manager()
    private_fields: tuple[str, ...] = ("opening", "changed", "knowingly")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="one_version_of_key_points_of_a_number"),
            models.CheckConstraint(condition=~Q(opening=""), name="key_points_have_an_opening"),
        ]

    def __str__(self) -> str:
        return f"key points {self.number} of {self.meeting_id}"


class KeyPoint(models.Model):
    """One point, and the item of the agenda on which it rests, where somebody said so: that is never public."""

    key_points = models.ForeignKey(KeyPoints, on_delete=models.PROTECT, related_name="points")
    place = models.PositiveIntegerField()
    text = models.TextField()
    rests_on = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("text",)

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["key_points", "place"], name="one_key_point_of_a_place"),
            models.CheckConstraint(condition=~Q(text=""), name="a_key_point_says_something"),
        ]

    def __str__(self) -> str:
        return f"point {self.place} of {self.key_points_id}"


class Clearance(models.Model):
    """That a named person read a version and takes responsibility for it, with what the checks said and the answer."""

    key_points = models.OneToOneField(KeyPoints, on_delete=models.PROTECT, related_name="clearance")
    cleared_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    remarks = models.JSONField()  # what the checks said when it was cleared, as text
    answer = models.TextField(blank=True)  # why what was remarked upon may stay
    knowingly = models.TextField(blank=True)
    pack = models.SlugField(max_length=80)
    rules_version = models.CharField(max_length=120)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("remarks", "answer", "knowingly")

    def __str__(self) -> str:
        return f"clearance of {self.key_points_id}"


class PublicPage(models.Model):
    """The public address of one meeting's key points. It is made when they are first released, and never before.

    What stands in it is public: it names nothing in other tables, so that no road leads from it to what is not.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    system = models.CharField(max_length=20, blank=True)
    system_name = models.CharField(max_length=250)
    group_name = models.CharField(max_length=250)
    held_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ()

    class Meta:
        ordering = ["-held_on", "pk"]
        indexes = [models.Index(fields=["system", "group_name", "-held_on"], name="public_pages_of_group")]

    def __str__(self) -> str:
        return f"{self.group_name}, {self.held_on}"


class Edition(models.Model):
    """A copy of key points as they were released; the newest of a page is what the public reads, unless withdrawn."""

    page = models.ForeignKey(PublicPage, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    opening = models.TextField()
    points = models.JSONField()  # their words, in order
    changed = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ()  # it was released: its words are for everybody

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["page", "number"], name="one_edition_of_a_number")]

    def __str__(self) -> str:
        return f"edition {self.number} of {self.page_id}"


class Release(models.Model):
    """That a cleared version was released by a named person, and which public copy was made of it."""

    key_points = models.OneToOneField(KeyPoints, on_delete=models.PROTECT, related_name="release")
    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, related_name="+")
    released_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"release of {self.key_points_id}"


class Withdrawal(models.Model):
    """That what was public is public no more, and why; the public is told the day and nothing else."""

    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, related_name="withdrawal")
    withdrawn_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    because = models.TextField()
    knowingly = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("because", "knowingly")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(because=""), name="key_points_are_withdrawn_for_a_reason")]

    def __str__(self) -> str:
        return f"withdrawal of {self.edition_id}"


class PublicGroup(models.Model):
    """A group as the public knows it, and its public address; like a public page it names nothing in other tables.

    The public knows a group by its system and its name, and finds the key points of a meeting with it by these.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    system = models.CharField(max_length=20, blank=True)
    system_name = models.CharField(max_length=250)
    name = models.CharField(max_length=250)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ()

    class Meta:
        ordering = ["system_name", "name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["system", "name"], name="the_public_knows_a_group_by_one_address")
        ]

    def __str__(self) -> str:
        return self.name


class GroupEntry(models.Model):
    """What the public is told of a group: what it is for, and whether the days of its meetings. The newest holds."""

    group = models.ForeignKey(PublicGroup, on_delete=models.PROTECT, related_name="entries")
    number = models.PositiveIntegerField()
    purpose = models.TextField()
    tells_days = models.BooleanField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ()  # it is written to be public from the start

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["group", "number"], name="one_public_entry_of_a_number"),
            models.CheckConstraint(condition=~Q(purpose=""), name="a_public_entry_says_what_the_group_is_for"),
        ]

    def __str__(self) -> str:
        return f"entry {self.number} of {self.group_id}"


class Listing(models.Model):
    """That a named person made a group known to the public, by which entry; whoever chairs it decides that."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="+")
    entry = models.OneToOneField(GroupEntry, on_delete=models.PROTECT, related_name="listing")
    listed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    knowingly = models.TextField(blank=True)
    form_key = models.UUIDField(unique=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("knowingly",)

    class Meta:
        ordering = ["recorded_at", "pk"]

    def __str__(self) -> str:
        return f"listing of {self.group_id}"


class Unlisting(models.Model):
    """That a group is no longer shown to the public, and why; the public is told neither."""

    listing = models.OneToOneField(Listing, on_delete=models.PROTECT, related_name="unlisting")
    unlisted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    because = models.TextField()
    knowingly = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("because", "knowingly")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(because=""), name="a_group_is_unlisted_for_a_reason")]

    def __str__(self) -> str:
        return f"unlisting of {self.listing_id}"


class Follower(models.Model):
    """An e-mail address that is told when key points of a group are released: of whom, nobody knows.

    It is all that is kept of them. It waits until whoever reads its mail says yes, and is deleted with its row as soon
    as they say no, or nothing for a week: then no trace of it stays. So it is no part of the record, which forgets
    nothing: what is true of it stands in its own fields.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(PublicGroup, on_delete=models.PROTECT, related_name="+")
    address = models.EmailField(max_length=254)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)  # nothing but the question goes to it before

    private_fields: tuple[str, ...] = ("address",)

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["group", "address"], name="an_address_follows_a_group_once")]

    def __str__(self) -> str:
        return f"follower of {self.group_id}"
