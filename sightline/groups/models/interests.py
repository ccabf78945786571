"""Records of the groups: interests, each ended by a row of its own, and agreements to share information."""

from __future__ import annotations

import uuid
from datetime import date

from django.db import models
from django.db.models import F, Q

from sightline.accounts.models import Person
from sightline.accounts.queries import colleagues
from sightline.core.access import Actor, Permission
from sightline.directory.models import Organisation, Subject
from sightline.groups.words import AGREEMENT, KIND, AgreementStatus, InterestKind


class DeclaredInterestQuerySet(models.QuerySet["DeclaredInterest"]):
    """Reads of declared interests."""

    def in_force(self, on: date) -> DeclaredInterestQuerySet:
        """This function will keep the interests that hold on the day."""
        lasts = (Q(until=None) | Q(until__gte=on)) & (Q(ending=None) | Q(ending__ends_on__gt=on))
        return self.filter(lasts, since__lte=on)

    def visible_to(self, actor: Actor, on: date) -> DeclaredInterestQuerySet:
        """This function will keep one's own, and those of the people of any system whose interests the actor keeps."""
        own = Q(person=actor.pk) if isinstance(actor, Person) else Q(pk__in=[])
        kept = colleagues(Permission.KEEP_INTERESTS, by=actor, on=on).order_by().values("pk")
        return self.filter(own | Q(person__in=kept))


class DeclaredInterest(models.Model):
    """What ties a person to a subject, from a day to a day (COI-01); it closes to them all that touches the subject.

    ``declared_on`` is when they said so, ``since`` when it began. ``because`` says how another came to write it down;
    who declares for themselves gives none.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="interests")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30, choices=[(kind.value, words) for kind, words in KIND.items()])
    detail = models.TextField()
    declared_on = models.DateField()
    since = models.DateField()
    until = models.DateField(null=True, blank=True)  # the last day on which it holds, where that was foreseen
    because = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    objects = DeclaredInterestQuerySet.as_manager()
    private_fields: tuple[str, ...] = ("detail", "because")

    class Meta:
        ordering = ["-since", "-recorded_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in InterestKind]), name="interest_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="interest_begins_before_it_ends"
            ),
            models.CheckConstraint(condition=~Q(detail=""), name="interest_says_what_it_is"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} since {self.since}"

    @property
    def ended_on(self) -> date | None:
        """This function will give the first day on which it no longer holds because somebody ended it, or nothing."""
        ending = getattr(self, "ending", None)
        return ending.ends_on if ending is not None else None

    def holds_on(self, day: date) -> bool:
        """This function will say whether it holds on a day, as ``in_force`` does."""
        ended = self.ended_on
        return self.since <= day and (self.until is None or day <= self.until) and (ended is None or day < ended)


class InterestEnding(models.Model):
    """The ending of an interest, as a row of its own: history is added to."""

    interest = models.OneToOneField(DeclaredInterest, on_delete=models.PROTECT, related_name="ending")
    ends_on = models.DateField()  # the first day on which it no longer holds
    because = models.TextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("because",)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(because=""), name="interest_ending_has_its_reason")]

    def __str__(self) -> str:
        return f"ended on {self.ends_on}"

    @property
    def person_id(self) -> uuid.UUID:
        """This function will say whose interest it was, whom alone its reason concerns."""
        return self.interest.person_id


class SharingAgreement(models.Model):
    """How it stands with an organisation's agreement to share information in a system's group; the newest row holds.

    Agreements between members are a principle of working together (IGV-06; SQG 2022 Annex A). Nobody is kept from
    sharing by the lack of one.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    system = models.CharField(max_length=20, blank=True)
    status = models.CharField(max_length=20, choices=[(one.value, words) for one, words in AGREEMENT.items()])
    agreed_on = models.DateField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    reference = models.CharField(max_length=250, blank=True)  # where the signed paper is kept
    because = models.TextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("reference", "because")

    class Meta:
        ordering = ["recorded_at", "pk"]
        indexes = [models.Index(fields=["system", "organisation"], name="agreement_of_body")]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=[one.value for one in AgreementStatus]), name="agreement_status_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(status=AgreementStatus.AGREED.value) | Q(agreed_on__isnull=False),
                name="agreement_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(review_on=None) | Q(agreed_on=None) | Q(review_on__gt=F("agreed_on")),
                name="agreement_is_reviewed_later",
            ),
            models.CheckConstraint(condition=~Q(because=""), name="agreement_has_its_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.status} {self.organisation_id}"
