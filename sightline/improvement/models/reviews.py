"""Rapid Quality Reviews: why each was called, what it found, version by version, to whom it reported, and its end."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from sightline.core.access import Actor
from sightline.core.improvement.rapid import Carries, Requester, Route, Urgency
from sightline.directory.models import Subject
from sightline.groups.models import Group
from sightline.improvement.models._sight import heard_or_sits
from sightline.improvement.models.plans import Plan
from sightline.improvement.review_words import Through
from sightline.surveillance.models import Concern


class RapidReviewQuerySet(models.QuerySet["RapidReview"]):
    """Reads of reviews."""

    def visible_to(self, actor: Actor, on: date) -> Self:
        """This function will keep the reviews that the actor may read (COI-03, PER-10)."""
        return self.filter(heard_or_sits(actor, on))

    def still_open(self) -> Self:
        """This function will keep the reviews that were not closed."""
        return self.filter(ending=None)


class RapidReview(models.Model):
    """That a review of a subject was called: by whom, on which two grounds, for when, and who leads (RQR-01 to RQR-03).

    ``group`` is the one that meets for it; who chairs, who sits there and whether providers take part is on record
    there. ``level`` is where the subject stood, by its id in the guidance of that day.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="rapid_reviews")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    system = models.CharField(max_length=20, blank=True)
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    requester = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Requester])
    requested_by = models.CharField(max_length=250, blank=True)
    urgency = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Urgency])
    risk = models.TextField()
    not_elsewhere = models.TextField()
    why_not_icb = models.TextField(blank=True)
    called_on = models.DateField()
    meets_on = models.DateField(null=True, blank=True)
    level = models.SlugField(max_length=60)
    knowingly = models.TextField(blank=True)  # why what looks like personal data stays in its words (IGV-01)
    form_key = models.UUIDField(unique=True)  # a form sent twice calls one review
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    objects = RapidReviewQuerySet.as_manager()
    private_fields: tuple[str, ...] = ("requested_by", "risk", "not_elsewhere", "why_not_icb", "knowingly")

    class Meta:
        ordering = ["-called_on", "-recorded_at", "pk"]
        indexes = [models.Index(fields=["subject", "-called_on"], name="rapid_reviews_of_subject")]
        constraints = [
            models.CheckConstraint(
                condition=Q(requester__in=[one.value for one in Requester]), name="rapid_requester_is_known"
            ),
            models.CheckConstraint(condition=Q(urgency__in=[one.value for one in Urgency]), name="rapid_risk_is_grave"),
            models.CheckConstraint(condition=~Q(risk="") & ~Q(not_elsewhere=""), name="rapid_trigger_has_both_limbs"),
        ]

    def __str__(self) -> str:
        return f"rapid review called on {self.called_on}"


class RapidFinding(models.Model):
    """What a review found, version by version; none is ever altered (RQR-03, RQR-07).

    ``level`` is the one that is recommended, by its id in the guidance; ``oversight`` says to which regulation or
    oversight of the NHS it is linked.
    """

    review = models.ForeignKey(RapidReview, on_delete=models.PROTECT, related_name="findings")
    number = models.PositiveIntegerField()
    held_on = models.DateField(null=True, blank=True)
    shared = models.TextField(blank=True)
    diagnosis = models.TextField(blank=True)
    judgement = models.TextField(blank=True)
    actions = models.TextField(blank=True)
    carries = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Carries])
    carries_why = models.TextField(blank=True)
    level = models.SlugField(max_length=60, blank=True)
    level_why = models.TextField(blank=True)
    oversight = models.TextField(blank=True)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    no_plan = models.TextField(blank=True)
    knowingly = models.TextField(blank=True)
    because = models.TextField(blank=True)  # why it was written anew
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = (
        "shared", "diagnosis", "judgement", "actions", "carries_why", "level_why", "oversight", "no_plan", "knowingly",
        "because",
    )  # fmt: skip

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="each_finding_once"),
            models.CheckConstraint(
                condition=Q(carries__in=[one.value for one in Carries]), name="rapid_carries_is_known"
            ),
            models.CheckConstraint(condition=Q(number=1) | ~Q(because=""), name="findings_are_changed_for_a_reason"),
        ]

    def __str__(self) -> str:
        return f"findings {self.number}"


class RapidReport(models.Model):
    """That a review reported on one route or, with the reason, that it owes no report there (RQR-05).

    ``on`` is the day on which it was sent, or on which it was said that it does not apply. The newest row of a route
    counts, and the others stay.
    """

    review = models.ForeignKey(RapidReview, on_delete=models.PROTECT, related_name="reports")
    route = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Route])
    is_sent = models.BooleanField()
    on = models.DateField()
    sent_by = models.CharField(max_length=250, blank=True)
    sent_to = models.CharField(max_length=250, blank=True)
    through = models.CharField(max_length=12, blank=True, choices=[(one.value, one.value) for one in Through])
    says = models.TextField()  # what was reported, or why nothing is
    knowingly = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("sent_by", "sent_to", "says", "knowingly")

    class Meta:
        ordering = ["recorded_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(route__in=[one.value for one in Route]), name="rapid_route_is_known"),
            models.CheckConstraint(condition=~Q(says=""), name="a_report_says_what_or_why_not"),
            models.CheckConstraint(
                condition=Q(is_sent=False) | (~Q(sent_by="") & ~Q(sent_to="") & ~Q(through="")),
                name="a_report_that_was_sent_says_how",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.route} on {self.on}"


class RapidEnding(models.Model):
    """That a review is closed, and why."""

    review = models.OneToOneField(RapidReview, on_delete=models.PROTECT, related_name="ending")
    ends_on = models.DateField()
    because = models.TextField()
    knowingly = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("because", "knowingly")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(because=""), name="a_rapid_review_ends_for_a_reason")]

    def __str__(self) -> str:
        return f"closed on {self.ends_on}"
