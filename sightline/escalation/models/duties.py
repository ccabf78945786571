"""What a level brings about: tasks and notices, what became of each, and the words in which a provider was told."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from sightline.core.access import Actor
from sightline.core.escalation.following import DutyHow
from sightline.core.rulebook.duties import NoticeKind, Purpose
from sightline.core.rulebook.levels import Force, Slot
from sightline.directory.models import Organisation, Subject
from sightline.groups.hearing import bodies_provided_for
from sightline.surveillance.models import Concern, LevelDecision

_SLOTS = [(one.value, one.value) for one in Slot]


class DutyQuerySet(models.QuerySet["Duty"]):
    """Reads of duties."""

    def visible_to(self, actor: Actor, on: date) -> Self:
        """This function will keep the duties of what the actor may read: of decisions, and of concerns at Routine.

        The provider reads tellings only.
        """
        from_levels = Q(decision__in=LevelDecision.objects.visible_to(actor, on).values("pk"))
        return self.filter(from_levels | Q(concern__in=Concern.objects.visible_to(actor, on).values("pk")))


class Duty(models.Model):
    """One task or notice that arose by itself, in the words of the rule from which it came.

    It came of a level that was decided, or of a concern about a subject at the level where such a one is reported
    (RPT-01). ``key`` is made of the subject, the decision (or the cycle of a clock, or the concern), the rule and the
    body, so that nothing arises twice. ``doer`` is the body whose holder of the role ``falls_to`` sees to it,
    ``organisation`` the one whose holder of ``to`` receives it. Either is empty where the one holder of the role is
    meant, where several bodies share the role, or where the body is not known yet.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=250, unique=True)
    decision = models.ForeignKey(LevelDecision, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    system = models.CharField(max_length=20, blank=True)
    pack = models.SlugField(max_length=80)
    rules_version = models.CharField(max_length=120)
    notice = models.SlugField(max_length=80)  # the rule of the pack's part “notices”
    name = models.CharField(max_length=250)
    says = models.TextField()
    cites = models.CharField(max_length=250)
    kind = models.CharField(max_length=10, choices=[(one.value, one.value) for one in NoticeKind])
    purpose = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Purpose])
    force = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Force])
    falls_to = models.CharField(max_length=40, choices=_SLOTS)
    doer = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    to = models.CharField(max_length=40, choices=_SLOTS)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    lacks_body = models.BooleanField(default=False)  # it is for each of some bodies, and none is known
    is_for_lead = models.BooleanField(default=False)  # whoever leads sees to it, where several are concerned
    arisen_on = models.DateField()
    due_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()

    objects = DutyQuerySet.as_manager()
    private_fields: tuple[str, ...] = ()  # the rule's own words; that it arose at all is guarded with its decision

    class Meta:
        ordering = ["arisen_on", "recorded_at", "pk"]
        indexes = [
            models.Index(fields=["subject", "arisen_on"], name="duties_of_subject"),
            models.Index(fields=["system", "arisen_on"], name="duties_of_system"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(decision__isnull=True, concern__isnull=False)
                | Q(decision__isnull=False, concern__isnull=True),
                name="a_duty_came_of_one_thing",
            )
        ]

    def __str__(self) -> str:
        return f"{self.notice} of {self.subject_id}"


class DutyStep(models.Model):
    """What became of a duty, step by step; it is open until one of them ends it.

    ``body`` is the one that sees to it from then on, where it was handed over to whoever leads (ORG-11).
    """

    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="steps")
    how = models.CharField(max_length=14, choices=[(one.value, one.value) for one in DutyHow])
    happened_on = models.DateField()
    says = models.TextField(blank=True)  # the reason, where one is asked for
    review_on = models.DateField(null=True, blank=True)
    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("says",)

    class Meta:
        ordering = ["recorded_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(how__in=[one.value for one in DutyHow]), name="duty_step_is_known"),
            models.CheckConstraint(
                condition=~Q(how__in=[DutyHow.DECLINED.value, DutyHow.NOT_YET.value]) | ~Q(says=""),
                name="a_duty_is_declined_for_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(how=DutyHow.NOT_YET.value) | Q(review_on__isnull=False), name="not_yet_is_looked_at_again"
            ),
            models.CheckConstraint(
                condition=Q(how=DutyHow.HANDED_OVER.value, body__isnull=False)
                | (~Q(how=DutyHow.HANDED_OVER.value) & Q(body__isnull=True)),
                name="a_duty_is_handed_to_a_body",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.how} on {self.happened_on}"


class TellingQuerySet(models.QuerySet["Telling"]):
    """Reads of what a provider was told."""

    def told_to(self, actor: Actor, on: date) -> Self:
        """This function will keep what the actor's own bodies were told (PER-10)."""
        own = bodies_provided_for(actor, on)
        return self.filter(organisation__code__in=own) if own else self.none()

    def visible_to(self, actor: Actor, on: date) -> Self:
        """This function will keep what the actor may read as a member of the group, or as the provider that was told."""
        heard = Duty.objects.visible_to(actor, on).values("pk")
        return self.filter(Q(duty__in=heard) | Q(pk__in=self.told_to(actor, on).values("pk")))


class Telling(models.Model):
    """What a named organisation told a provider, or its chair, about a level (PRV-01 to PRV-04): a copy, made for them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    duty = models.OneToOneField(Duty, on_delete=models.PROTECT, related_name="telling")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")  # who was told
    told_by = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    spoken_by = models.CharField(max_length=250)  # the person who told them
    recipient = models.CharField(max_length=250)
    channel = models.CharField(max_length=120)
    text = models.TextField()
    level = models.SlugField(max_length=60)
    pack = models.SlugField(max_length=80)
    knowingly = models.TextField(blank=True)  # why what looks like personal data stays in its words (IGV-01)
    told_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    objects = TellingQuerySet.as_manager()
    private_fields: tuple[str, ...] = ("spoken_by", "recipient", "channel", "text", "knowingly")

    class Meta:
        ordering = ["-told_on", "-recorded_at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="a_telling_says_something")]

    def __str__(self) -> str:
        return f"told on {self.told_on}"


class TellingAnswer(models.Model):
    """What the provider answered; that it was received, where it says no more."""

    telling = models.ForeignKey(Telling, on_delete=models.PROTECT, related_name="answers")
    text = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("text",)

    class Meta:
        ordering = ["recorded_at", "pk"]

    def __str__(self) -> str:
        return f"answer to {self.telling_id}"
