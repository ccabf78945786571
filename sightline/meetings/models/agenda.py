"""Records of an agenda: its items in versions, and the order in which they stand."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Self, TypeVar

from django.db import models
from django.db.models import Exists, OuterRef, Q

from sightline.accounts.models import Person
from sightline.core.access import Actor
from sightline.core.meetings.agenda_kinds import Kind, Purpose
from sightline.core.rulebook.meeting import Moment
from sightline.directory.models import Subject
from sightline.groups.models import Group
from sightline.meetings.models.planning import Meeting
from sightline.meetings.sight import items_seen

Row = TypeVar("Row", bound=models.Model)


class AgendaItemQuerySet(models.QuerySet["AgendaItem"]):
    """Reads of items."""

    def visible_to(self, actor: Actor, on: date) -> Self:
        """This function will keep the items that the actor may read: none in which they have an interest (COI-04)."""
        return self.filter(items_seen(actor, on))

    def standing(self) -> Self:
        """This function will keep the items that nobody took off the agenda."""
        return self.filter(withdrawal=None)


class NumberedQuerySet(models.QuerySet[Row]):
    """Reads of rows of which the newest of each item counts."""

    def newest(self) -> Self:
        """This function will keep the newest row of each item."""
        later = self.model._default_manager.filter(item=OuterRef("item"), number__gt=OuterRef("number"))
        return self.filter(~Exists(later)).order_by()


class AgendaItem(models.Model):
    """One item of a meeting's agenda. ``key`` says what brought it, so that nothing is brought twice.

    ``group`` and ``system`` are the meeting's own, written down here because sight of an item rests on them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="+")
    system = models.CharField(max_length=20, blank=True)
    kind = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Kind])
    moment = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Moment])
    key = models.CharField(max_length=120)
    place = models.PositiveIntegerField()  # where it was proposed; what somebody adds follows what was brought
    standing = models.SlugField(max_length=60, blank=True)  # the standing item of the guidance that it is
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    objects = AgendaItemQuerySet.as_manager()
    private_fields: tuple[str, ...] = ()

    class Meta:
        ordering = ["recorded_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "key"], name="nothing_is_brought_twice"),
            models.CheckConstraint(condition=Q(kind__in=[one.value for one in Kind]), name="agenda_item_kind_is_known"),
            models.CheckConstraint(
                condition=Q(moment__in=[one.value for one in Moment]), name="agenda_item_moment_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.meeting_id}"


class ItemWording(models.Model):
    """What an item is called and what it is for, in versions: the newest holds."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="wordings")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=250)
    why = models.TextField(blank=True)  # what brings it here, and why it needs this group (MTG-29)
    minutes = models.PositiveIntegerField()
    purpose = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Purpose])  # GRP-19
    responsible = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    inequality = models.TextField(blank=True)  # what it means for those who are worse off (MTG-23)
    knowingly = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    objects = NumberedQuerySet.as_manager()
    private_fields: tuple[str, ...] = ("title", "why", "inequality", "knowingly")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="one_wording_of_a_number"),
            models.CheckConstraint(condition=~Q(title=""), name="an_item_has_a_title"),
            models.CheckConstraint(condition=Q(minutes__gte=1), name="an_item_takes_time"),
            models.CheckConstraint(
                condition=Q(purpose__in=[one.value for one in Purpose]), name="item_purpose_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"wording {self.number} of {self.item_id}"


class IntakeAnswer(models.Model):
    """What was answered to a question that the guidance asks of what is brought to a group (MTG-30; QSG 2017 ¶22).

    ``asks`` and ``cites`` are the question in the words of that day; a no says why the item is brought all the same.
    """

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="intake")
    question = models.SlugField(max_length=60)
    asks = models.CharField(max_length=500)
    cites = models.CharField(max_length=250)
    holds = models.BooleanField()
    because = models.TextField(blank=True)
    knowingly = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("because", "knowingly")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["item", "question"], name="one_answer_to_a_question_of_intake"),
            models.CheckConstraint(condition=Q(holds=True) | ~Q(because=""), name="brought_all_the_same_for_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.question} of {self.item_id}"


class ItemWithdrawal(models.Model):
    """That an item was taken off the agenda, and why; whoever brought it will ask."""

    item = models.OneToOneField(AgendaItem, on_delete=models.PROTECT, related_name="withdrawal")
    because = models.TextField()
    knowingly = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("because", "knowingly")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(because=""), name="taken_off_for_a_reason")]

    def __str__(self) -> str:
        return f"withdrawal of {self.item_id}"


class AgendaOrder(models.Model):
    """The order in which somebody put the items: their ids; the newest row holds, and what came since follows."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="orders")
    number = models.PositiveIntegerField()
    items = models.JSONField()  # the ids of the items, as text
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="one_order_of_a_number")]

    def __str__(self) -> str:
        return f"order {self.number} of {self.meeting_id}"
