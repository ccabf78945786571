"""Records of disposal: what one person proposed to dispose of, what another answered, and the certificate that stays."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from sightline.accounts.models import Person
from sightline.core.access import Actor
from sightline.core.rulebook.keeping import RecordKind
from sightline.directory.models import Subject
from sightline.groups.models import Group
from sightline.records.sight import disposals_seen


class DisposalQuerySet(models.QuerySet["Disposal"]):
    """Reads of proposals to dispose of a record, and of certificates that it was done."""

    def visible_to(self, actor: Actor, on: date) -> Self:
        """This function will keep the proposals and certificates that the actor may read."""
        return self.filter(disposals_seen(actor, on))

    def waiting(self) -> Self:
        """This function will keep the proposals that nobody answered."""
        return self.filter(answer=None)


class Disposal(models.Model):
    """That a record is proposed to be disposed of after its period; with an answer that agrees, the certificate of it.

    ``record`` is its key, as the log of events knows it: it stays when the record went. ``number`` is the version of it,
    and 0 where it has none. Nothing here says what stood in it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    system = models.CharField(max_length=20, blank=True)
    kind = models.CharField(max_length=12, choices=[(one.value, one.value) for one in RecordKind])
    record = models.UUIDField()
    number = models.PositiveIntegerField(default=0)
    group = models.ForeignKey(Group, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    of_day = models.DateField()  # on which it was received, frozen, released or held
    begun_on = models.DateField()  # the day from which its period is counted
    due_on = models.DateField()
    kept_as = models.CharField(max_length=250)  # the class of the schedule, in its words
    rules_version = models.CharField(max_length=120)
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    proposed_on = models.DateField()
    form_key = models.UUIDField(unique=True)  # a form sent twice proposes once
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    objects = DisposalQuerySet.as_manager()
    private_fields: tuple[str, ...] = ()

    class Meta:
        ordering = ["-proposed_on", "-recorded_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[one.value for one in RecordKind]), name="disposal_is_of_a_known_kind"
            )
        ]

    def __str__(self) -> str:
        return f"disposal of {self.kind} {self.record}"


class DisposalSubject(models.Model):
    """Whom a record touched that is disposed of: an interest in one of them closes the proposal and the certificate."""

    disposal = models.ForeignKey(Disposal, on_delete=models.PROTECT, related_name="subjects")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")

    private_fields: tuple[str, ...] = ()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["disposal", "subject"], name="a_disposal_touches_each_once")]

    def __str__(self) -> str:
        return f"{self.disposal_id} touches {self.subject_id}"


class DisposalAnswer(models.Model):
    """What a second person answered: agreed, and then how many rows went, or declined and why."""

    disposal = models.OneToOneField(Disposal, on_delete=models.PROTECT, related_name="answer")
    agreed = models.BooleanField()
    because = models.TextField(blank=True)
    gone = models.JSONField(default=dict)  # how many rows of each kind went, and the SHA-256 of what was given out
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    answered_on = models.DateField()
    knowingly = models.TextField(blank=True)  # why what looks like personal data stays in its words (IGV-01)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("because", "knowingly")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(agreed=True) | ~Q(because=""), name="a_disposal_is_declined_for_a_reason"
            )
        ]

    def __str__(self) -> str:
        return f"{'agreed' if self.agreed else 'declined'} on {self.answered_on}"
