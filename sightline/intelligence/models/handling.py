"""What was done with an item: marked, reviewed, answered, referred, joined with another, released to its provider."""

from __future__ import annotations

import uuid
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from sightline.core.access import Handling
from sightline.directory.models import Organisation
from sightline.intelligence.models.items import Item
from sightline.intelligence.models.words_told import Passage
from sightline.intelligence.words import Outcome, ReferralKind, ReleaseStep


class Review(models.Model):
    """A named person's decision that an item counts, or counts no more; the newest holds."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="reviews")
    outcome = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Outcome])
    because = models.TextField()
    together = models.ForeignKey("ReviewTogether", on_delete=models.PROTECT, null=True, related_name="reviews")
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("because",)

    class Meta:
        ordering = ["recorded_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=[one.value for one in Outcome]), name="review_outcome_is_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.outcome} {self.item_id}"


class Marking(models.Model):
    """How far an item, or one passage of it, was said to travel, and why: fewer readers need a reason (IGV-05).

    Unless it is confidential, a paper is to be thought of as open to requests (SQG 2022 Annex A).
    """

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, null=True, related_name="+")  # None: all of it
    handling = models.CharField(max_length=12)
    because = models.TextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("because",)

    class Meta:
        ordering = ["recorded_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(handling__in=[Handling.PUBLIC.value, Handling.MEMBERS.value, Handling.RESTRICTED.value]),
                name="marking_handling_is_known",
            ),
            models.CheckConstraint(condition=~Q(because=""), name="marking_has_its_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.handling} {self.item_id}"


class Feedback(models.Model):
    """What the giver is told came of it; only the giver and those who keep the record see it."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("text",)

    class Meta:
        ordering = ["recorded_at", "pk"]

    def __str__(self) -> str:
        return f"feedback on {self.item_id}"


class Referral(models.Model):
    """A matter passed on: to whom, when, under which reference, and why (SAF-01, INT-07, INT-09, INT-10)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=[(one.value, one.value) for one in ReferralKind])
    body = models.CharField(max_length=250)
    group_system = models.CharField(max_length=20, blank=True)  # of the other group, where it keeps its record here
    referred_on = models.DateField()
    reference = models.CharField(max_length=100, blank=True)
    detail = models.TextField(blank=True)  # what the other body is told; written for it, never the item itself
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("body", "reference", "detail")

    class Meta:
        ordering = ["referred_on", "recorded_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[one.value for one in ReferralKind]), name="referral_kind_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(kind=ReferralKind.SAFEGUARDING.value) | ~Q(body=""), name="safeguarding_names_its_body"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} referral of {self.item_id}"


class Onward(models.Model):
    """Where its giver thinks that a matter should go, or why it cannot be settled where it arose (INT-09, INT-10)."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=[(one.value, one.value) for one in ReferralKind])
    body = models.CharField(max_length=250, blank=True)  # who could settle it, or which group should hear of it
    because = models.TextField(blank=True)  # why it cannot be settled where it arose
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("body", "because")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[one.value for one in ReferralKind]), name="onward_kind_is_known"
            ),
            models.CheckConstraint(condition=~Q(body="", because=""), name="onward_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} asked for {self.item_id}"


class Receipt(models.Model):
    """The other body's receipt of a referral, in its own words or ours."""

    referral = models.OneToOneField(Referral, on_delete=models.PROTECT, related_name="receipt")
    received_on = models.DateField()
    says = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("says",)

    def __str__(self) -> str:
        return f"receipt of {self.referral_id}"


class SharedWith(models.Model):
    """That an item was shared with a partner outside this record, and when (INT-01, INT-06)."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    body = models.CharField(max_length=250)
    shared_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("body",)

    def __str__(self) -> str:
        return f"sharing of {self.item_id}"


class Panel(models.Model):
    """A Regulatory Review Panel convened about an emerging concern, and what it agreed (INT-06)."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    convened_by = models.CharField(max_length=250)
    met_on = models.DateField()
    agreed = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("convened_by", "agreed")

    class Meta:
        ordering = ["met_on", "recorded_at"]

    def __str__(self) -> str:
        return f"panel about {self.item_id}"


class Investigation(models.Model):
    """The joint investigation in which a provider does not cooperate, and what was asked of it (INT-12)."""

    item = models.OneToOneField(Item, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=250)
    led_by = models.CharField(max_length=250)
    asked_on = models.DateField(null=True)
    asked_for = models.TextField()

    private_fields: tuple[str, ...] = ("name", "led_by", "asked_for")

    def __str__(self) -> str:
        return f"investigation of {self.item_id}"


class SameOriginQuerySet(models.QuerySet["SameOrigin"]):
    """Reads of joins."""

    def standing(self) -> Self:
        """This function will leave out joins that were undone."""
        return self.filter(~Exists(SameOriginEnding.objects.filter(told=OuterRef("pk"))))


class SameOrigin(models.Model):
    """A person's finding that two items tell one story: they count as one witness (INT-04).

    One joining makes a row for each item that has another first witness by it; the newest that stands holds.
    """

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="same_as")
    first = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="told_again_by")
    because = models.TextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    objects = SameOriginQuerySet.as_manager()
    private_fields: tuple[str, ...] = ("because",)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(item=F("first")), name="same_origin_joins_two")]

    def __str__(self) -> str:
        return f"{self.item_id} tells {self.first_id} again"


class SameOriginEnding(models.Model):
    """That a join was undone, and why; both stay on the record, and what was counted before counts again."""

    told = models.OneToOneField(SameOrigin, on_delete=models.PROTECT, related_name="ending")
    because = models.TextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("because",)

    def __str__(self) -> str:
        return f"ending of {self.told_id}"


class Release(models.Model):
    """A copy written for the provider concerned: new words, fixed once written, and read apart from the item."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    system = models.CharField(max_length=20, blank=True)
    to = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    asks = models.TextField(blank=True)  # what the provider is asked to answer or do
    answer_by = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("text", "asks")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="release_says_something")]

    def __str__(self) -> str:
        return f"release of {self.item_id}"


class ReleaseDecision(models.Model):
    """A second person's step about a release; the newest holds, and only “released” lets the provider read it."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="decisions")
    step = models.CharField(max_length=12, choices=[(one.value, one.value) for one in ReleaseStep])
    because = models.TextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("because",)

    class Meta:
        ordering = ["recorded_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(step__in=[one.value for one in ReleaseStep]), name="release_step_is_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.step} {self.release_id}"


class ReleaseAnswer(models.Model):
    """What the provider says to what was released to it."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("text",)

    class Meta:
        ordering = ["recorded_at", "pk"]

    def __str__(self) -> str:
        return f"answer to {self.release_id}"
