"""What is known of members: their authority, whom a group asks for, what somebody needs, how a body hears people."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from sightline.accounts.models import Person
from sightline.directory.models import Organisation
from sightline.groups.models.standing import Group, Seat, Seating


class SeatingAuthority(models.Model):
    """Whether somebody may decide for their organisation in a group, and who said so; the newest holds (MEM-12, MEM-14).

    Where they may not, ``approver`` is the body that has to approve, and ``approves_on`` when it does, where that is known.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    seating = models.ForeignKey(Seating, on_delete=models.PROTECT, related_name="authorities")
    is_confirmed = models.BooleanField()
    approver = models.CharField(max_length=250, blank=True)
    approves_on = models.DateField(null=True, blank=True)
    said_by = models.CharField(max_length=500)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("approver", "said_by")

    class Meta:
        ordering = ["recorded_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(said_by=""), name="somebody_said_of_the_authority"),
            models.CheckConstraint(
                condition=Q(is_confirmed=True, approver="", approves_on=None)
                | (Q(is_confirmed=False) & ~Q(approver="")),
                name="without_authority_another_approves",
            ),
        ]

    def __str__(self) -> str:
        return "confirmed" if self.is_confirmed else "not confirmed"


class RepresentativeAsked(models.Model):
    """That an organisation was asked whom it sends onto a seat on which nobody sits (MEM-16; QSG 2017 ¶87)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="asked")
    asked = models.CharField(max_length=500)  # whom, by their post, and how
    asked_on = models.DateField()
    answer_by = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("asked",)

    class Meta:
        ordering = ["asked_on", "recorded_at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(asked=""), name="somebody_was_asked")]

    def __str__(self) -> str:
        return f"asked on {self.asked_on}"


class AccessNeeds(models.Model):
    """What somebody needs to take part in meetings, as they said it; the newest holds (MTG-28; SQG 2022 Annex C)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    needs = models.JSONField(default=list, blank=True)  # ids of groups.member_words.Need
    words = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("words",)

    class Meta:
        ordering = ["recorded_at", "pk"]
        indexes = [models.Index(fields=["person", "recorded_at"], name="access_needs_of")]

    def __str__(self) -> str:
        return f"recorded {self.recorded_at:%Y-%m-%d}"


class Engagement(models.Model):
    """How a member organisation hears patients and the public, for a group; the newest holds (MEM-22; QSG 2017 ¶39)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    words = models.TextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("words",)

    class Meta:
        ordering = ["recorded_at", "pk"]
        indexes = [models.Index(fields=["group", "organisation"], name="engagement_of_body")]
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="engagement_is_told")]

    def __str__(self) -> str:
        return f"recorded {self.recorded_at:%Y-%m-%d}"
