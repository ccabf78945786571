"""Terms of reference as records: each version as a row, to whom the group reports in it, approvals, and the code agreed to."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from sightline.accounts.models import Person
from sightline.core.groups.terms import Written, from_plain
from sightline.directory.models import Organisation
from sightline.groups.models.standing import Group


class TermsVersion(models.Model):
    """One version of a group's terms (GRP-02). Each change is a version of its own; an approved one is never changed.

    ``pack`` and ``edition`` name the guidance, and the version of its part “terms”, from whose model it comes.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="terms")
    number = models.PositiveIntegerField()
    sections = models.JSONField()  # as core.groups.terms.as_plain writes them
    pack = models.SlugField(max_length=80)
    edition = models.CharField(max_length=120)
    form_key = models.UUIDField(unique=True)
    because = models.TextField()
    knowingly = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("sections", "because", "knowingly")

    class Meta:
        ordering = ["group", "number"]
        constraints = [
            models.UniqueConstraint(fields=["group", "number"], name="terms_have_one_of_each_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="terms_are_numbered_from_one"),
            models.CheckConstraint(condition=~Q(because=""), name="terms_change_for_a_reason"),
        ]

    def __str__(self) -> str:
        return f"version {self.number}"

    @property
    def written(self) -> tuple[Written, ...]:
        """This function will give the sections as they were written."""
        return from_plain(self.sections)


class TermsRecipient(models.Model):
    """A group or a body to which a version has the group report; ``to`` is the recipient of its type, by its id (GRP-06)."""

    version = models.ForeignKey(TermsVersion, on_delete=models.PROTECT, related_name="recipients")
    to = models.SlugField(max_length=80)
    group = models.ForeignKey(Group, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    private_fields: tuple[str, ...] = ()

    class Meta:
        ordering = ["to", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(group__isnull=False, organisation=None) | Q(group=None, organisation__isnull=False),
                name="reports_go_to_a_group_or_a_body",
            ),
            models.UniqueConstraint(fields=["version", "to", "group"], name="reports_go_to_a_group_once"),
            models.UniqueConstraint(fields=["version", "to", "organisation"], name="reports_go_to_a_body_once"),
        ]

    def __str__(self) -> str:
        return self.to


class TermsApproval(models.Model):
    """That a group approved a version of its terms on a day; the newest day holds. A review without change is one too.

    ``because`` says by whom, or at which meeting. ``next_review_on`` is the day by which they are looked at again.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(TermsVersion, on_delete=models.PROTECT, related_name="approvals")
    approved_on = models.DateField()
    next_review_on = models.DateField()
    form_key = models.UUIDField(unique=True)
    because = models.TextField()
    knowingly = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("because", "knowingly")

    class Meta:
        ordering = ["approved_on", "recorded_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(next_review_on__gt=F("approved_on")), name="terms_are_reviewed_after_they_are_approved"
            ),
            models.CheckConstraint(condition=~Q(because=""), name="terms_are_approved_by_somebody"),
        ]

    def __str__(self) -> str:
        return f"approved on {self.approved_on}"


class CodeAcceptance(models.Model):
    """That a person agreed to a group's code of conduct as it stands in a version of its terms (COI-06)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(TermsVersion, on_delete=models.PROTECT, related_name="acceptances")
    accepted_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ()

    class Meta:
        ordering = ["accepted_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "version"], name="a_code_is_agreed_to_once"),
        ]

    def __str__(self) -> str:
        return f"agreed to on {self.accepted_on}"
