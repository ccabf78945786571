"""Concerns: what is said to be wrong, how grave it is, what it rests on, and who leads where several are concerned."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from sightline.core.access import Actor
from sightline.core.rulebook.circumstances import Commissioner, Severity
from sightline.directory.models import Organisation, Subject
from sightline.groups.hearing import heard_by
from sightline.indicators.models import Signal
from sightline.intelligence.models import Item
from sightline.profiles.models import OtherProcess, Profile
from sightline.surveillance.words import EvidenceKind


class ConcernQuerySet(models.QuerySet["Concern"]):
    """Reads of concerns."""

    def visible_to(self, actor: Actor, on: date) -> Self:
        """This function will keep the concerns that the actor hears of as a member of the group."""
        return self.filter(heard_by(actor, on))


class Concern(models.Model):
    """One concern about one subject, on a group's record; what is said of it stands in its statements."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    system = models.CharField(max_length=20, blank=True)  # the code of the system whose group it belongs to
    raised_on = models.DateField()
    follows = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    form_key = models.UUIDField(unique=True)  # a form sent twice raises one concern
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    objects = ConcernQuerySet.as_manager()
    private_fields: tuple[str, ...] = ()

    class Meta:
        ordering = ["-raised_on", "-recorded_at", "pk"]
        indexes = [models.Index(fields=["subject", "-recorded_at"], name="concerns_of_subject")]

    def __str__(self) -> str:
        return f"concern about {self.subject_id}"


class ConcernStatement(models.Model):
    """What is said of a concern, version by version; the newest counts.

    ``why_not_closer`` says why it cannot be solved closer to the point of care (LVL-11), and ``system_causes`` what lies
    beyond the subject itself (SUR-15).
    """

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="statements")
    number = models.PositiveIntegerField()
    says = models.TextField()
    severity = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Severity])
    is_complex = models.BooleanField(default=False)
    is_recurrent = models.BooleanField(default=False)
    commissioned_by = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Commissioner])
    is_wider = models.BooleanField(default=False)  # it may bear on other areas, on a region or on the nation
    needs_national_action = models.BooleanField(default=False)
    has_conflict = models.BooleanField(
        default=False
    )  # a conflict of interest stands in the way of those who would lead
    is_abuse_suspected = models.BooleanField(default=False)  # SAF-01
    why_not_closer = models.TextField(blank=True)
    system_causes = models.TextField(blank=True)
    knowingly = models.TextField(blank=True)  # why what looks like personal data stays in its words (IGV-01)
    because = models.TextField(blank=True)  # why it was stated anew
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("says", "why_not_closer", "system_causes", "knowingly", "because")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["concern", "number"], name="each_statement_of_a_concern_once"),
            models.CheckConstraint(condition=~Q(says=""), name="a_concern_says_what_it_is"),
            models.CheckConstraint(
                condition=Q(severity__in=[one.value for one in Severity]), name="concern_severity_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"statement {self.number}"


class ConcernEnding(models.Model):
    """That a concern was closed, when and why."""

    concern = models.OneToOneField(Concern, on_delete=models.PROTECT, related_name="ending")
    ended_on = models.DateField()
    because = models.TextField()
    knowingly = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("because", "knowingly")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(because=""), name="a_concern_is_closed_for_a_reason")]

    def __str__(self) -> str:
        return f"ended on {self.ended_on}"


class ConcernReferral(models.Model):
    """That suspected abuse or neglect was reported into the multi-agency safeguarding process (SAF-01; QSG 2017 ¶72).

    A strategic matter was raised with the chair of a safeguarding board instead: nobody was referred (SAF-02; ¶79).
    """

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="referrals")
    is_strategic = models.BooleanField(default=False)
    body = models.CharField(max_length=250)
    referred_on = models.DateField()
    reference = models.CharField(max_length=120, blank=True)
    knowingly = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("body", "reference", "knowingly")

    class Meta:
        ordering = ["referred_on", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(body=""), name="a_referral_names_a_body")]

    def __str__(self) -> str:
        return f"referred on {self.referred_on}"


class ProcessLead(models.Model):
    """Who leads for a subject that concerns several commissioners or systems; the newest row holds (ORG-11)."""

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    agreed_on = models.DateField()
    agreed_with = models.TextField()  # which organisations agreed
    because = models.TextField()
    knowingly = models.TextField(blank=True)
    form_key = models.UUIDField(unique=True)  # a form sent twice records one agreement
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("agreed_with", "because", "knowingly")

    class Meta:
        ordering = ["agreed_on", "recorded_at", "pk"]
        indexes = [models.Index(fields=["subject", "agreed_on"], name="lead_of_subject")]

    def __str__(self) -> str:
        return f"lead since {self.agreed_on}"


class Evidence(models.Model):
    """One piece linked to a concern. What it says stays where it is, and only who may see it there sees it here.

    ``turn`` counts how often it was linked: what was taken off by mistake is linked again.
    """

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="evidence")
    turn = models.PositiveIntegerField(default=1)
    kind = models.CharField(max_length=20, choices=[(one.value, one.value) for one in EvidenceKind])
    signal = models.ForeignKey(Signal, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    profile = models.ForeignKey(Profile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    other_process = models.ForeignKey(OtherProcess, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ()

    class Meta:
        ordering = ["recorded_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["concern", "signal", "turn"], name="a_signal_is_linked_once"),
            models.UniqueConstraint(fields=["concern", "item", "turn"], name="an_item_is_linked_once"),
            models.UniqueConstraint(fields=["concern", "profile", "turn"], name="a_profile_is_linked_once"),
            models.UniqueConstraint(fields=["concern", "other_process", "turn"], name="a_process_is_linked_once"),
            models.CheckConstraint(
                condition=(
                    Q(kind=EvidenceKind.SIGNAL.value, signal__isnull=False)
                    | Q(kind=EvidenceKind.INTELLIGENCE.value, item__isnull=False)
                    | Q(kind=EvidenceKind.PROFILE.value, profile__isnull=False)
                    | Q(kind=EvidenceKind.OTHER_PROCESS.value, other_process__isnull=False)
                ),
                name="evidence_is_what_it_says",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.concern_id}"


class EvidenceRemoval(models.Model):
    """That a piece no longer counts for a concern, and why."""

    evidence = models.OneToOneField(Evidence, on_delete=models.PROTECT, related_name="removal")
    because = models.TextField()
    knowingly = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("because", "knowingly")

    def __str__(self) -> str:
        return f"removed from {self.evidence_id}"
