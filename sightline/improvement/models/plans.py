"""Improvement plans: whom each is about, every version of it with its parts, and which version was approved by whom."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from sightline.core.access import Actor
from sightline.core.improvement.facts import Alignment
from sightline.directory.models import Organisation, Subject
from sightline.groups.hearing import bodies_provided_for, heard_by
from sightline.surveillance.models import LevelProposal


class PlanQuerySet(models.QuerySet["Plan"]):
    """Reads of plans."""

    def visible_to(self, actor: Actor, on: date) -> Self:
        """This function will keep the plans that the actor may read: as the proposals of levels, and never more.

        That is a member of the system's group, and whoever a proposal that asks for the plan reaches. A declared
        interest denies both, and the provider concerned does not read it here.
        """
        heard = heard_by(actor, on)
        if not heard:  # no condition at all: they hear everything, and an empty one joined to another would vanish
            return self.all()
        return self.filter(heard | Q(proposal__in=LevelProposal.objects.visible_to(actor, on).order_by().values("pk")))

    def about_bodies(self, codes: frozenset[str]) -> Self:
        """This function will keep the plans about these bodies of which a version was approved."""
        signed = PlanVersion.objects.filter(plan=OuterRef("pk"), approval__isnull=False)
        return self.filter(Exists(signed), subject__organisation__code__in=codes)

    def own_of(self, actor: Actor, on: date) -> Self:
        """This function will keep the approved plans about the body for which the actor works as its provider (PER-10).

        The provider reads the milestones of these, and nothing else of them.
        """
        own = bodies_provided_for(actor, on)
        return self.about_bodies(own) if own else self.none()


class Plan(models.Model):
    """A plan about a subject, on the record of a system's group. What it says stands in its versions.

    ``proposal`` is the proposed level that asks for it, with the decision that was made of it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    system = models.CharField(max_length=20, blank=True)
    proposal = models.ForeignKey(LevelProposal, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    form_key = models.UUIDField(unique=True)  # a form sent twice begins one plan
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    objects = PlanQuerySet.as_manager()
    private_fields: tuple[str, ...] = ()

    class Meta:
        ordering = ["-recorded_at", "pk"]
        indexes = [models.Index(fields=["subject", "-recorded_at"], name="plans_of_subject")]

    def __str__(self) -> str:
        return f"plan about {self.subject_id}"


class PlanVersion(models.Model):
    """What a plan says, version by version; none is ever altered. ``objectives`` holds one line each."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=250)
    objectives = models.TextField(blank=True)
    starts_on = models.DateField(null=True, blank=True)
    contract = models.TextField(blank=True)
    regulation = models.TextField(blank=True)
    alignment = models.CharField(max_length=12, blank=True, choices=[(one.value, one.value) for one in Alignment])
    aligned_with = models.TextField(blank=True)
    director = models.CharField(max_length=250, blank=True)  # whom the Recovery Support Programme asks to consult
    consulted_on = models.DateField(null=True, blank=True)
    developed_by = models.TextField(blank=True)
    developed_with = models.TextField(blank=True)
    recovery_plan = models.TextField(blank=True)
    knowingly = models.TextField(blank=True)  # why what looks like personal data stays in its words (IGV-01)
    because = models.TextField(blank=True)  # why it was written anew
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = (
        "name", "objectives", "contract", "regulation", "aligned_with", "director", "developed_by", "developed_with",
        "recovery_plan", "knowingly", "because",
    )  # fmt: skip

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="each_version_of_a_plan_once"),
            models.CheckConstraint(condition=~Q(name=""), name="a_plan_has_its_name"),
            models.CheckConstraint(
                condition=Q(alignment__in=[one.value for one in Alignment]), name="alignment_is_known"
            ),
            models.CheckConstraint(condition=Q(number=1) | ~Q(because=""), name="a_plan_is_written_anew_for_a_reason"),
        ]

    def __str__(self) -> str:
        return f"version {self.number}"


class PlanKpi(models.Model):
    """What a version measures: an indicator of the register by its id, or words where the register has none."""

    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="kpis")
    position = models.PositiveIntegerField()
    indicator = models.SlugField(max_length=80, blank=True)
    words = models.TextField(blank=True)
    target = models.FloatField(null=True, blank=True)  # in the unit of the indicator
    held_months = models.PositiveSmallIntegerField(null=True, blank=True)

    private_fields: tuple[str, ...] = ("words",)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="each_kpi_has_its_place"),
            models.CheckConstraint(condition=~Q(indicator="") | ~Q(words=""), name="a_kpi_names_what_it_measures"),
        ]

    def __str__(self) -> str:
        return f"KPI {self.position}"


class PlanCriterion(models.Model):
    """By what one will know that a plan worked: measure, target, and for how long it has to be held."""

    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="criteria")
    position = models.PositiveIntegerField()
    measure = models.TextField(blank=True)
    target = models.TextField(blank=True)
    held_for = models.TextField(blank=True)

    private_fields: tuple[str, ...] = ("measure", "target", "held_for")

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["version", "position"], name="each_criterion_has_its_place")]

    def __str__(self) -> str:
        return f"success criterion {self.position}"


class PlanAction(models.Model):
    """What is to be done, who owns it, and by when. ``body`` is the owner's organisation as it was named."""

    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="actions")
    position = models.PositiveIntegerField()
    what = models.TextField(blank=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    body = models.CharField(max_length=250, blank=True)
    owner = models.CharField(max_length=250, blank=True)
    due_on = models.DateField(null=True, blank=True)

    private_fields: tuple[str, ...] = ("what", "body", "owner")

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["version", "position"], name="each_action_has_its_place")]

    def __str__(self) -> str:
        return f"action {self.position}"


class PlanCommissioner(models.Model):
    """What one commissioner does as its part of a plan that several share (PLN-02)."""

    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="commissioners")
    position = models.PositiveIntegerField()
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    body = models.CharField(max_length=250, blank=True)
    action = models.TextField(blank=True)

    private_fields: tuple[str, ...] = ("body", "action")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="each_commissioner_has_its_place"),
            models.UniqueConstraint(fields=["version", "organisation"], name="a_commissioner_is_named_once"),
        ]

    def __str__(self) -> str:
        return f"commissioner {self.position}"


class PlanApproval(models.Model):
    """That a version was approved: by whom, when, why, by which rules, and what they remarked upon.

    ``level`` is where the subject stood; ``remarks`` holds one line each.
    """

    version = models.OneToOneField(PlanVersion, on_delete=models.PROTECT, related_name="approval")
    pack = models.SlugField(max_length=80)
    rules_version = models.CharField(max_length=120)
    level = models.SlugField(max_length=60)
    remarks = models.TextField(blank=True)
    because = models.TextField()
    knowingly = models.TextField(blank=True)
    approved_at = models.DateTimeField()
    approved_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("remarks", "because", "knowingly")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(because=""), name="a_plan_is_approved_for_a_reason")]

    def __str__(self) -> str:
        return f"approval of {self.version_id}"
