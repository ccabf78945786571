"""What was published: a coroner's facts, what holds an item for a person, the files all came in, and their review."""

from __future__ import annotations

import uuid
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from sightline.directory.models import Organisation, Subject
from sightline.intelligence.models.handling import Review
from sightline.intelligence.models.items import Item
from sightline.intelligence.words import AnswerStatus, DeliveryState, Outcome


class TextDelivery(models.Model):
    """A file of intelligence that was brought in, and what became of it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    file_name = models.CharField(max_length=250)
    sha256 = models.CharField(max_length=64)
    source = models.CharField(max_length=60, blank=True)  # empty where no source recognised it
    system = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=12, choices=[(one.value, one.value) for one in DeliveryState])
    says = models.TextField(blank=True)
    rows = models.PositiveIntegerField(default=0)
    made = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)  # that an earlier file had brought already
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("file_name", "says")

    class Meta:
        indexes = [models.Index(fields=["-recorded_at"], name="text_delivery_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[one.value for one in DeliveryState]), name="text_delivery_state_is_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.recorded_at:%Y-%m-%d}"


class TextFault(models.Model):
    """A row of such a file that was not taken in: where it is, what is wrong, and how to mend it."""

    delivery = models.ForeignKey(TextDelivery, on_delete=models.CASCADE, related_name="faults")
    line = models.PositiveIntegerField(null=True)
    column = models.CharField(max_length=200, blank=True)
    says = models.TextField()
    mend = models.TextField(blank=True)

    private_fields: tuple[str, ...] = ("column", "says", "mend")

    def __str__(self) -> str:
        return f"line {self.line}"


class Report(models.Model):
    """The facts of a coroner's report to prevent future deaths (INT-13); the deceased is never named."""

    item = models.OneToOneField(Item, on_delete=models.PROTECT, related_name="report")
    reference = models.CharField(max_length=60)
    area = models.CharField(max_length=200, blank=True)
    category = models.CharField(max_length=250, blank=True)
    sent_on = models.DateField(null=True)
    delivery = models.ForeignKey(TextDelivery, on_delete=models.PROTECT, null=True, related_name="+")

    private_fields: tuple[str, ...] = ()

    class Meta:
        indexes = [models.Index(fields=["reference"], name="report_reference")]

    def __str__(self) -> str:
        return self.reference


class Addressee(models.Model):
    """One body to which a report was sent, and how its answer stands by what was published last."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="addressees")
    name = models.CharField(max_length=250)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    status = models.CharField(max_length=12, default=AnswerStatus.UNKNOWN.value)
    due_on = models.DateField(null=True)  # fifty-six days after it was sent
    answered_on = models.DateField(null=True)
    stated_on = models.DateField(null=True)  # as of when the publication says so

    private_fields: tuple[str, ...] = ()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "name"], name="addressed_once"),
            models.CheckConstraint(
                condition=Q(status__in=[one.value for one in AnswerStatus]), name="answer_status_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Unplaced(models.Model):
    """A name in a report or file that matches several bodies or none: it waits for a person, and nothing is guessed."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="unplaced")
    words = models.CharField(max_length=250)
    candidates = models.TextField(blank=True)  # codes of organisations, one a line
    recorded_at = models.DateTimeField()

    private_fields: tuple[str, ...] = ("words",)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "words"], name="unplaced_once")]

    def __str__(self) -> str:
        return f"a name in {self.item_id}"


class Placing(models.Model):
    """A person's answer to an unplaced name: the subject it means, or none that this record follows."""

    unplaced = models.OneToOneField(Unplaced, on_delete=models.PROTECT, related_name="placing")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"placing of {self.unplaced_id}"


class DoubtQuerySet(models.QuerySet["Doubt"]):
    """Reads of doubts."""

    def standing(self) -> Self:
        """This function will keep the doubts about which nobody decided since."""
        decided = Review.objects.filter(item=OuterRef("item"), recorded_at__gte=OuterRef("recorded_at"))
        return self.filter(~Exists(decided))


class Doubt(models.Model):
    """Why a source holds an item for a person, in the words that the page shows; it stands until somebody decides."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="doubts")
    says = models.TextField()
    recorded_at = models.DateTimeField()

    objects = DoubtQuerySet.as_manager()
    private_fields: tuple[str, ...] = ("says",)

    class Meta:
        ordering = ["recorded_at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(says=""), name="doubt_says_something")]

    def __str__(self) -> str:
        return f"doubt about {self.item_id}"


class ReviewTogether(models.Model):
    """One decision about many comments of one file; each has a review of its own that points here.

    ``listed`` is the fingerprint of their keys in order, so that nobody can add to the list or take from it later.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    delivery = models.ForeignKey(TextDelivery, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Outcome])
    items = models.PositiveIntegerField()
    listed = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=[one.value for one in Outcome]), name="together_outcome_is_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.outcome} {self.items}"
