"""Records of triangulation: what a person decided about a proposal, what was asked of whom, which ratings were reviewed."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from sightline.core.signals import ROWS, Quadrant
from sightline.directory.models import Subject
from sightline.indicators.models import Signal


class ProposalDecision(models.Model):
    """A named person's answer to what the rules proposed about a subject, and on which evidence (INT-04).

    ``fingerprint`` stands for the rule, the row and the independent sources: the answer holds until one joins or goes.
    ``evidence`` keeps the keys of the pieces that stood then, so that one can say later what was known.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    system = models.CharField(max_length=20, blank=True)
    rule = models.CharField(max_length=80)
    pack = models.CharField(max_length=60)  # the version of the guidance whose rule it is
    row = models.CharField(max_length=30, blank=True)
    fingerprint = models.TextField()
    says = models.TextField()
    evidence = models.TextField()  # keys, one a line
    accepted = models.BooleanField()
    because = models.TextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("says", "because")

    class Meta:
        ordering = ["-recorded_at", "pk"]
        indexes = [models.Index(fields=["subject", "-recorded_at"], name="proposal_answered")]
        constraints = [
            models.CheckConstraint(
                condition=Q(row__in=["", *(one.value for one in ROWS)]), name="proposal_row_is_known"
            ),
            models.CheckConstraint(condition=~Q(because=""), name="a_proposal_is_answered_for_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.rule} of {self.subject_id}"


class Request(models.Model):
    """What somebody was asked to tell, so that a blind spot closes or a concern becomes clear (INT-14)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    system = models.CharField(max_length=20, blank=True)
    row = models.CharField(max_length=30, blank=True)
    quadrant = models.CharField(max_length=30, blank=True)
    asked_of = models.CharField(max_length=250)
    question = models.TextField()
    due_on = models.DateField(null=True)
    decision = models.ForeignKey(ProposalDecision, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("asked_of", "question")

    class Meta:
        ordering = ["-recorded_at", "pk"]
        indexes = [
            models.Index(fields=["subject", "row", "quadrant"], name="request_of_cell"),
            models.Index(fields=["due_on"], name="request_due"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(row__in=["", *(one.value for one in ROWS)]), name="request_row_is_known"
            ),
            models.CheckConstraint(
                condition=Q(quadrant__in=["", *(one.value for one in Quadrant)]), name="request_quadrant_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"request about {self.subject_id}"


class RequestAnswer(models.Model):
    """How a request ended: what was learned, or that nothing came."""

    request = models.OneToOneField(Request, on_delete=models.PROTECT, related_name="answer")
    came = models.BooleanField()
    says = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("says",)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(came=True) | ~Q(says=""), name="a_request_ends_empty_for_a_reason")
        ]

    def __str__(self) -> str:
        return f"answer to {self.request_id}"


class RatingReview(models.Model):
    """A named person's confirmation that a published rating is about this subject and counts, or does not."""

    signal = models.ForeignKey(Signal, on_delete=models.PROTECT, related_name="+")
    counts = models.BooleanField()
    because = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("because",)

    class Meta:
        ordering = ["recorded_at", "pk"]
        indexes = [models.Index(fields=["signal", "recorded_at"], name="rating_reviewed")]
        constraints = [
            models.CheckConstraint(condition=Q(counts=True) | ~Q(because=""), name="a_rating_is_set_aside_for_a_reason")
        ]

    def __str__(self) -> str:
        return f"review of {self.signal_id}"
