"""Quality Improvement Groups: why each was convened, what it watches, what its members report and agree, and its end."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from sightline.core.access import Actor
from sightline.core.improvement.overseeing import Answer, Convener, Instigator, Stands
from sightline.directory.models import Subject
from sightline.groups.models import Group, Seat
from sightline.improvement.improving_words import Engaged
from sightline.improvement.models._sight import heard_or_sits
from sightline.improvement.models.plans import Plan
from sightline.improvement.models.reviews import RapidReview


class ImprovementGroupQuerySet(models.QuerySet["ImprovementGroup"]):
    """Reads of improvement groups."""

    def visible_to(self, actor: Actor, on: date) -> Self:
        """This function will keep the improvement groups that the actor may read, by the rule of reviews (COI-03, PER-10)."""
        return self.filter(heard_or_sits(actor, on))

    def still_open(self) -> Self:
        """This function will keep those that have not ended."""
        return self.filter(ending=None)


class ImprovementGroup(models.Model):
    """That a Quality Improvement Group was convened: on whose instigation, by whom, and for what (QIG-01 to QIG-03).

    ``group`` is the standing group that meets; its chair, seats and papers are on record there. ``review`` is the Rapid
    Quality Review that recommended it. ``wider`` points to the process of which it is part.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.OneToOneField(Group, on_delete=models.PROTECT, related_name="improving")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    system = models.CharField(max_length=20, blank=True)
    review = models.ForeignKey(RapidReview, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    instigator = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Instigator])
    instigated_by = models.CharField(max_length=250, blank=True)
    instigated_on = models.DateField()
    convener = models.CharField(max_length=8, choices=[(one.value, one.value) for one in Convener])
    why_region = models.TextField(blank=True)
    stands = models.CharField(max_length=8, choices=[(one.value, one.value) for one in Stands])
    wider = models.TextField(blank=True)
    purpose = models.TextField()
    convened_on = models.DateField()
    knowingly = models.TextField(blank=True)  # why what looks like personal data stays in its words (IGV-01)
    form_key = models.UUIDField(unique=True)  # a form sent twice convenes one group
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    objects = ImprovementGroupQuerySet.as_manager()
    private_fields: tuple[str, ...] = ("instigated_by", "why_region", "wider", "purpose", "knowingly")

    class Meta:
        ordering = ["-convened_on", "-recorded_at", "pk"]
        indexes = [models.Index(fields=["subject", "-convened_on"], name="improving_of_subject")]
        constraints = [
            models.CheckConstraint(
                condition=Q(instigator__in=[one.value for one in Instigator]), name="instigator_is_known"
            ),
            models.CheckConstraint(
                condition=Q(convener=Convener.ICB.value) | (Q(convener=Convener.REGION.value) & ~Q(why_region="")),
                name="a_region_convenes_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(stands=Stands.ALONE.value) | (Q(stands=Stands.WITHIN.value) & ~Q(wider="")),
                name="what_is_part_of_something_says_of_what",
            ),
            models.CheckConstraint(condition=~Q(purpose=""), name="an_improvement_group_is_for_something"),
        ]

    def __str__(self) -> str:
        return f"improvement group convened on {self.convened_on}"


class PlanWatch(models.Model):
    """That a group watches a plan, or no longer does; the newest row of a plan counts."""

    improving = models.ForeignKey(ImprovementGroup, on_delete=models.PROTECT, related_name="watches")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="watches")
    is_watched = models.BooleanField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ()

    class Meta:
        ordering = ["recorded_at", "pk"]

    def __str__(self) -> str:
        return f"{'watches' if self.is_watched else 'no longer watches'} {self.plan_id}"


class MemberReport(models.Model):
    """What the group did or a member reported, by what the guidance asks for; nothing is altered (QIG-04, QIG-06, QIG-07).

    ``told`` is the id of what is told in the part “improvement” of the guidance. ``needs_action`` says that others
    have to act on it.
    """

    improving = models.ForeignKey(ImprovementGroup, on_delete=models.PROTECT, related_name="reports")
    told = models.SlugField(max_length=60)
    on = models.DateField()
    given_by = models.CharField(max_length=250, blank=True)
    says = models.TextField()
    needs_action = models.BooleanField()
    knowingly = models.TextField(blank=True)
    form_key = models.UUIDField(unique=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("given_by", "says", "knowingly")

    class Meta:
        ordering = ["-on", "-recorded_at", "-pk"]
        indexes = [models.Index(fields=["improving", "told", "-on"], name="reports_of_improving")]
        constraints = [models.CheckConstraint(condition=~Q(says=""), name="a_members_report_says_something")]

    def __str__(self) -> str:
        return f"{self.told} on {self.on}"


class Stakeholder(models.Model):
    """Somebody else with a stake, how they are brought in, and which member answers for it (MEM-23).

    ``number`` is theirs through all versions; the newest counts.
    """

    improving = models.ForeignKey(ImprovementGroup, on_delete=models.PROTECT, related_name="stakeholders")
    number = models.PositiveIntegerField()
    version = models.PositiveIntegerField()
    who = models.CharField(max_length=250)
    how = models.TextField()
    owner = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    engaged = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Engaged])
    knowingly = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("who", "how", "knowingly")

    class Meta:
        ordering = ["number", "version"]
        constraints = [
            models.UniqueConstraint(fields=["improving", "number", "version"], name="each_stakeholder_once"),
            models.CheckConstraint(condition=~Q(who="") & ~Q(how=""), name="a_stakeholder_is_named_with_a_way"),
            models.CheckConstraint(condition=Q(engaged__in=[one.value for one in Engaged]), name="engaged_is_known"),
        ]

    def __str__(self) -> str:
        return f"stakeholder {self.number}"


class ExitAgreement(models.Model):
    """Whether a member, the ICB or the regional group agrees that the group has done what it is for (QIG-09).

    ``party`` is the id of the member's seat, or of those above the group; the newest row of a party counts.
    """

    improving = models.ForeignKey(ImprovementGroup, on_delete=models.PROTECT, related_name="agreements")
    party = models.CharField(max_length=36)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Answer])
    on = models.DateField()
    given_by = models.CharField(max_length=250, blank=True)
    says = models.TextField(blank=True)
    knowingly = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("given_by", "says", "knowingly")

    class Meta:
        ordering = ["recorded_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer=Answer.AGREES.value) | (Q(answer=Answer.DISAGREES.value) & ~Q(says="")),
                name="whoever_disagrees_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.answer} on {self.on}"


class ImprovementGroupEnding(models.Model):
    """With what a group ended: which conditions held, who did not agree, why without them, and its statement (QIG-08).

    ``met`` holds the ids of the conditions, ``disagreed`` the names of those who did not agree, one line each.
    """

    improving = models.OneToOneField(ImprovementGroup, on_delete=models.PROTECT, related_name="ending")
    met = models.TextField()
    disagreed = models.TextField(blank=True)
    statement = models.TextField()
    outstanding = models.TextField(blank=True)
    because = models.TextField(blank=True)
    ends_on = models.DateField()
    knowingly = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("disagreed", "statement", "outstanding", "because", "knowingly")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(met="") & ~Q(statement=""), name="an_improvement_group_ends_with_words")
        ]

    def __str__(self) -> str:
        return f"ended on {self.ends_on}"
