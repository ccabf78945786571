"""Records of a group's cycle of business: what was agreed, its plan, the themes that members propose, and each review."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Self, TypeVar

from django.db import models
from django.db.models import Q

from sightline.accounts.models import Person
from sightline.core.access import Actor
from sightline.core.meetings.cycle import LONGEST, ThemeKind
from sightline.directory.models import Subject
from sightline.directory.words import Sector
from sightline.groups.beside import belongs_there, beside_seen
from sightline.groups.models import Group
from sightline.meetings.models.planning import Meeting
from sightline.meetings.words import Reviewed

Row = TypeVar("Row", bound=models.Model)
OPEN = ("", *(one.value for one in Sector))  # the sector of a provider may not be on record


class OfGroupQuerySet(models.QuerySet[Row]):
    """Reads of what a group agreed for itself, which is about nobody."""

    def visible_to(self, actor: Actor, on: date) -> Self:
        """This function will keep those of the groups in which the actor sits, whose papers they keep or audit."""
        return self.filter(belongs_there(actor, on))


class PlanEntryQuerySet(models.QuerySet["PlanEntry"]):
    """Reads of a plan."""

    def visible_to(self, actor: Actor, on: date) -> Self:
        """This function will keep what is about no subject that an interest closes to the actor (COI-04)."""
        return self.filter(beside_seen(actor, on))

    def standing(self) -> Self:
        """This function will keep what nobody took out of the plan."""
        return self.filter(dropped=None)


class BusinessCycle(models.Model):
    """A cycle of business as a group agreed it, in versions: the newest holds, and none is changed (MTG-09).

    ``begins_on`` and ``months`` lay down the time within which everybody is discussed, again and again; it is looked at
    anew after ``review_months``. ``together`` are the sectors whose providers are discussed as one. It was agreed at a
    meeting or, without one, by whoever chairs.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="+")
    system = models.CharField(max_length=20, blank=True)
    number = models.PositiveIntegerField()
    begins_on = models.DateField()
    months = models.PositiveSmallIntegerField()
    review_months = models.PositiveSmallIntegerField()
    together = models.JSONField(default=list, blank=True)  # words of directory.words.Sector; "" where none is on record
    agreed_on = models.DateField()
    at_meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    because = models.TextField(blank=True)  # why it is as it is
    knowingly = models.TextField(blank=True)
    form_key = models.UUIDField(unique=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    objects = OfGroupQuerySet["BusinessCycle"].as_manager()
    private_fields: tuple[str, ...] = ("because", "knowingly")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["group", "number"], name="one_cycle_of_a_number"),
            models.CheckConstraint(condition=Q(months__gte=1, months__lte=LONGEST), name="a_cycle_lasts"),
            models.CheckConstraint(condition=Q(review_months__gte=1), name="a_cycle_is_looked_at_again"),
        ]

    def __str__(self) -> str:
        return f"cycle {self.number} of {self.group_id}"


class ProposedTheme(models.Model):
    """A theme that somebody who sits in a group would have it discuss, and why (MTG-11)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="+")
    system = models.CharField(max_length=20, blank=True)
    kind = models.CharField(max_length=20, choices=[(one.value, one.value) for one in ThemeKind])
    title = models.CharField(max_length=250)
    why = models.TextField()
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    knowingly = models.TextField(blank=True)
    form_key = models.UUIDField(unique=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    objects = OfGroupQuerySet["ProposedTheme"].as_manager()
    private_fields: tuple[str, ...] = ("title", "why", "knowingly")

    class Meta:
        ordering = ["recorded_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(title="") & ~Q(why=""), name="a_theme_says_what_and_why"),
            models.CheckConstraint(condition=Q(kind__in=[one.value for one in ThemeKind]), name="theme_kind_is_known"),
        ]

    def __str__(self) -> str:
        return f"theme for {self.group_id}"


class PlanEntry(models.Model):
    """That a subject, a sector or a theme is to be discussed within a cycle; for when stands in its months (MTG-10).

    ``group`` and ``system`` are the cycle's own, written down here because sight of it rests on them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cycle = models.ForeignKey(BusinessCycle, on_delete=models.PROTECT, related_name="entries")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="+")
    system = models.CharField(max_length=20, blank=True)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    is_sector = models.BooleanField(default=False)
    sector = models.CharField(max_length=40, blank=True)  # of a sector as one; empty for providers of none on record
    theme = models.ForeignKey(ProposedTheme, on_delete=models.PROTECT, null=True, blank=True, related_name="entries")
    why = models.TextField(blank=True)  # why somebody added it
    knowingly = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    objects = PlanEntryQuerySet.as_manager()
    private_fields: tuple[str, ...] = ("why", "knowingly")

    class Meta:
        ordering = ["recorded_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(subject__isnull=False, theme=None, is_sector=False)
                | Q(subject=None, theme__isnull=False, is_sector=False)
                | Q(subject=None, theme=None, is_sector=True),
                name="a_plan_entry_is_about_one_thing",
            ),
            models.CheckConstraint(condition=Q(sector__in=OPEN), name="plan_entry_sector_is_known"),
            models.CheckConstraint(condition=Q(is_sector=True) | Q(sector=""), name="only_a_sector_has_its_word"),
        ]

    def __str__(self) -> str:
        return f"entry of {self.cycle_id}"


class PlanEntryMonth(models.Model):
    """For which month something is planned, by its first day; the newest holds, and a later one says why it was moved."""

    entry = models.ForeignKey(PlanEntry, on_delete=models.PROTECT, related_name="months")
    number = models.PositiveIntegerField()
    month = models.DateField()
    because = models.TextField(blank=True)
    knowingly = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("because", "knowingly")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "number"], name="one_month_of_a_number"),
            models.CheckConstraint(condition=Q(month__day=1), name="a_month_by_its_first_day"),
            models.CheckConstraint(condition=Q(number=1) | ~Q(because=""), name="a_plan_moves_for_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class PlanEntryDropped(models.Model):
    """That something was taken out of the plan, and why."""

    entry = models.OneToOneField(PlanEntry, on_delete=models.PROTECT, related_name="dropped")
    because = models.TextField()
    knowingly = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("because", "knowingly")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(because=""), name="out_of_the_plan_for_a_reason")]

    def __str__(self) -> str:
        return f"out of the plan: {self.entry_id}"


class ThemeAnswer(models.Model):
    """What became of a theme: taken into the plan, or not, with the reason for whoever proposed it (MTG-11)."""

    theme = models.OneToOneField(ProposedTheme, on_delete=models.PROTECT, related_name="answer")
    is_taken = models.BooleanField()
    because = models.TextField(blank=True)
    knowingly = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("because", "knowingly")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(is_taken=True) | ~Q(because=""), name="a_theme_is_declined_for_a_reason")
        ]

    def __str__(self) -> str:
        return "taken" if self.is_taken else "declined"


class CycleReview(models.Model):
    """That a group looked again at its cycle of business, or at how often it meets (MTG-01, MTG-02, MTG-09)."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="+")
    system = models.CharField(max_length=20, blank=True)
    of = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Reviewed])
    reviewed_on = models.DateField()
    says = models.TextField()  # what came of it
    knowingly = models.TextField(blank=True)
    form_key = models.UUIDField(unique=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    objects = OfGroupQuerySet["CycleReview"].as_manager()
    private_fields: tuple[str, ...] = ("says", "knowingly")

    class Meta:
        ordering = ["reviewed_on", "recorded_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(says=""), name="a_review_says_what_came_of_it"),
            models.CheckConstraint(condition=Q(of__in=[one.value for one in Reviewed]), name="reviewed_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.of} of {self.group_id} on {self.reviewed_on}"
