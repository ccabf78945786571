"""Risk profiles: what each side wrote, the copies that the provider may read, signatures, and yearly reviews.

The commissioner's own rows and the copies made for the provider are two tables. What the provider reads is never
reached by way of what it may not (release is a copy, not a flag).
"""

from __future__ import annotations

import uuid
from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from sightline.core.access import Actor
from sightline.core.triangulation.profiling import Side
from sightline.directory.models import Subject
from sightline.groups.hearing import bodies_provided_for, heard_by
from sightline.profiles.models.aids import Template


class ProfileQuerySet(models.QuerySet["Profile"]):
    """Reads of profiles, each for somebody."""

    def heard_by(self, actor: Actor, on: date) -> Self:
        """This function will keep the profiles of which the actor reads both sides."""
        return self.filter(heard_by(actor, on))

    def shared_with(self, actor: Actor, on: date) -> Self:
        """This function will keep the profiles of the actor's own bodies of which something was shared with them."""
        shared = SharedEntry.objects.filter(profile=OuterRef("pk"))
        own = bodies_provided_for(actor, on)
        return self.filter(Exists(shared), subject__organisation__code__in=own) if own else self.none()

    def visible_to(self, actor: Actor, on: date) -> Self:
        """This function will keep the profiles of which the actor may read anything."""
        both = self.heard_by(actor, on).values("pk")
        own = self.shared_with(actor, on).values("pk")
        return self.filter(Q(pk__in=both) | Q(pk__in=own))


class Profile(models.Model):
    """One structured risk profile of a subject; the next one of the same group supersedes it (RSK-09 to RSK-11)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    system = models.CharField(max_length=20, blank=True)  # the code of the system whose group it belongs to
    template = models.ForeignKey(Template, on_delete=models.PROTECT, related_name="+")
    because = models.TextField()
    knowingly = models.TextField(blank=True)  # why what looks like personal data stays in its words (IGV-01)
    form_key = models.UUIDField(unique=True)  # a form sent twice starts one profile
    started_at = models.DateTimeField()
    started_by = models.CharField(max_length=80)

    objects = ProfileQuerySet.as_manager()
    private_fields: tuple[str, ...] = ("because", "knowingly")

    class Meta:
        ordering = ["-started_at", "pk"]
        indexes = [models.Index(fields=["subject", "-started_at"], name="profiles_of_subject")]

    def __str__(self) -> str:
        return f"profile of {self.subject_id}"


_PROSE = ("evidence_for", "evidence_against", "good_practice", "view", "measures")


class Entry(models.Model):
    """One version of what one side says about one domain; saving again adds a row with the next number."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    profile = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="+")
    domain = models.SlugField(max_length=80)
    number = models.PositiveIntegerField()
    evidence_for = models.TextField(blank=True)
    evidence_against = models.TextField(blank=True)
    good_practice = models.TextField(blank=True)
    view = models.TextField(blank=True)
    measures = models.TextField(blank=True)  # one a line
    signals = models.TextField(blank=True)  # the signals chosen as evidence in the words of that day, one a line
    likelihood = models.PositiveSmallIntegerField(null=True)
    consequence = models.PositiveSmallIntegerField(null=True)
    confidence = models.SlugField(max_length=80, blank=True)
    knowingly = models.TextField(blank=True)  # why what looks like personal data stays in its words (IGV-01)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    # The words of signals are private too: they are published figures, but not which of them somebody chose.
    private_fields: tuple[str, ...] = (
        "evidence_for", "evidence_against", "good_practice", "view", "measures", "signals", "knowingly",
    )  # fmt: skip

    class Meta:
        abstract = True
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["profile", "domain", "number"], name="%(class)s_each_version_once"),
            models.CheckConstraint(
                condition=Q(likelihood=None, consequence=None) | Q(likelihood__range=(1, 5), consequence__range=(1, 5)),
                name="%(class)s_scores_both_or_neither",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.domain}, version {self.number}"

    @property
    def prose(self) -> dict[str, str]:
        """This function will give what somebody wrote, by its fields; the words of signals are nobody's."""
        return {name: words for name in _PROSE if (words := getattr(self, name))}


class CommissionerEntry(Entry):
    """What the commissioner's side wrote for itself; the provider has no way to it."""

    private_fields: tuple[str, ...] = Entry.private_fields

    class Meta(Entry.Meta):
        abstract = False


class SharedEntry(Entry):
    """A copy of one version of the commissioner's, made for the provider on purpose and fixed since.

    ``number`` is that version's; ``recorded_at`` and ``recorded_by`` say when it was shared and by whom.
    """

    private_fields: tuple[str, ...] = Entry.private_fields

    class Meta(Entry.Meta):
        abstract = False


class ProviderEntry(Entry):
    """What the provider's side wrote; the commissioner's side reads it as soon as it is saved."""

    private_fields: tuple[str, ...] = Entry.private_fields

    class Meta(Entry.Meta):
        abstract = False


class Signature(models.Model):
    """One side's signature on exactly the text whose hash it bears; any later change leaves it void on the record."""

    profile = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="signatures")
    side = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Side])
    content_hash = models.CharField(max_length=64)
    signed_at = models.DateTimeField()
    signed_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ()

    class Meta:
        ordering = ["signed_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["profile", "side", "content_hash"], name="a_side_signs_a_text_once"),
            models.UniqueConstraint(fields=["profile", "signed_by", "content_hash"], name="two_people_sign_a_text"),
            models.CheckConstraint(condition=Q(side__in=[one.value for one in Side]), name="signature_side_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.side} of {self.profile_id}"


class MeasureReview(models.Model):
    """The yearly review of the measures of an agreed profile: the list as it stands since, and why (RSK-10)."""

    profile = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="reviews")
    measures = models.TextField(blank=True)  # one a line
    because = models.TextField()
    knowingly = models.TextField(blank=True)  # why what looks like personal data stays in its words (IGV-01)
    form_key = models.UUIDField(unique=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("measures", "because", "knowingly")

    class Meta:
        ordering = ["recorded_at", "pk"]

    def __str__(self) -> str:
        return f"review of {self.profile_id}"
