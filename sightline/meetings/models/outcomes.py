"""Records of what comes of an item: notes, decisions, and who tells the provider."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from sightline.core.meetings.deciding import Outcome, Side, Sort
from sightline.core.meetings.quorum import Status
from sightline.directory.models import Organisation, Subject
from sightline.meetings.models.agenda import AgendaItem, NumberedQuerySet


class ItemNote(models.Model):
    """What was said of an item, in versions; whoever wrote upon an older one is shown both, and loses nothing."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="notes")
    number = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    knowingly = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    objects = NumberedQuerySet.as_manager()
    private_fields: tuple[str, ...] = ("text", "knowingly")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["item", "number"], name="one_note_of_a_number")]

    def __str__(self) -> str:
        return f"note {self.number} of {self.item_id}"


class ItemOutcome(models.Model):
    """What an item came to, with who was there when it did (REC-13). An item may come to several; none is changed.

    ``sort`` and ``outcome`` are the words of ``core.meetings.deciding``; ``snapshot`` keeps who was counted, who was
    apart and what was missing, and ``snapshot_hash`` is its SHA-256. ``carried_over`` is an item that was not reached.
    """

    CARRIED_OVER = "carried_over"
    OUTCOMES = (*(one.value for one in Outcome), CARRIED_OVER)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="outcomes")
    sort = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Sort])
    outcome = models.CharField(max_length=20, choices=[(one, one) for one in OUTCOMES])
    text = models.TextField()
    taken_by = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    next_steps = models.TextField(blank=True)
    at = models.DateTimeField()
    quorum = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Status])
    reasons = models.TextField(
        blank=True
    )  # why it is no more than it is, or what it is marked with, in words of the rule
    snapshot = models.JSONField()
    snapshot_hash = models.CharField(max_length=64)
    pack = models.SlugField(max_length=80)
    rules_version = models.CharField(max_length=120)
    knowingly = models.TextField(blank=True)
    form_key = models.UUIDField(unique=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("text", "next_steps", "reasons", "snapshot", "knowingly")

    class Meta:
        ordering = ["at", "recorded_at"]
        constraints = [
            models.CheckConstraint(condition=Q(sort__in=[one.value for one in Sort]), name="outcome_sort_is_known"),
            models.CheckConstraint(condition=~Q(text=""), name="an_outcome_says_something"),
            models.CheckConstraint(
                condition=Q(quorum__in=[one.value for one in Status]), name="outcome_quorum_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} on {self.item_id}"


class OutcomePosition(models.Model):
    """Where an organisation stood on a decision, with its reasons and what it commits itself to (REC-05, REC-07)."""

    outcome = models.ForeignKey(ItemOutcome, on_delete=models.PROTECT, related_name="positions")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    who = models.CharField(max_length=80)  # the key of whoever spoke, as their presence has it
    name = models.CharField(max_length=250)  # under which it is read: of the organisation or, without one, the seat
    side = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Side])
    reasons = models.TextField(blank=True)
    commits_to = models.TextField(blank=True)
    is_statutory_holder = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("name", "reasons", "commits_to")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(side__in=[one.value for one in Side]), name="position_side_is_known")
        ]

    def __str__(self) -> str:
        return f"{self.side} on {self.outcome_id}"


class ItemTeller(models.Model):
    """Which organisation tells a provider what was concluded about it, or why not yet (CHR-11; PRV-01, PRV-02).

    The newest row for an item holds. ``subject`` is whom the conclusion is about.
    """

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="tellers")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    told_by = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    not_yet = models.TextField(blank=True)  # why the provider is not told yet
    review_on = models.DateField(null=True, blank=True)  # by when that is looked at again
    knowingly = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    objects = NumberedQuerySet.as_manager()
    private_fields: tuple[str, ...] = ("not_yet", "knowingly")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="one_teller_of_a_number"),
            models.CheckConstraint(
                condition=(Q(told_by__isnull=False) & Q(not_yet=""))
                | (Q(told_by=None) & ~Q(not_yet="") & Q(review_on__isnull=False)),
                name="somebody_tells_or_it_is_said_why_not",
            ),
        ]

    def __str__(self) -> str:
        return f"teller of {self.item_id}"
