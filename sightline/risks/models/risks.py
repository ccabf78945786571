"""Risks: what is said of one, its scores over time, what stands against it, and the registers on which it stands."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from sightline.accounts.models import Person
from sightline.core.access import Actor, Permission, Role, Viewer, may
from sightline.core.rulebook.circumstances import Severity
from sightline.core.rulebook.registers import Tier
from sightline.directory.models import Organisation, Subject
from sightline.groups.hearing import bodies_provided_for
from sightline.groups.models import Group
from sightline.groups.queries import conflicts_of
from sightline.groups.viewers import viewer_of
from sightline.indicators.models import Signal
from sightline.intelligence.models import Item
from sightline.risks.words import LinkKind, MeasureHow, MeasureKind, ScoreKind
from sightline.surveillance.models import Concern, LevelDecision

NOTHING = Q(pk__in=[])
HIGHER = frozenset({Tier.REGION, Tier.NATION})  # the tiers whose registers a region reads by itself


class RiskQuerySet(models.QuerySet["Risk"]):
    """Reads of risks: by those who sit in the system's group, and by a region for what stands on its own register."""

    def visible_to(self, actor: Actor, on: date) -> Self:
        """This function will keep what the actor may read; an interest in any subject of a risk denies it (COI-03)."""
        return self.filter(seen_by(actor, on, "pk"))

    def hidden_from(self, actor: Actor, on: date) -> Self:
        """This function will keep what the actor may not read. It is never shown: it tells apart what readers share."""
        seen = seen_by(actor, on, "pk")
        return self.exclude(seen) if seen else self.none()


def seen_by(actor: Actor, on: date, key: str, *, is_theirs: bool = False) -> Q:
    """This function will say under which condition the actor reads a risk.

    ``key`` leads to the risk from a table that has the risk's system too. ``is_theirs`` says that all of it stands on a
    register of the actor's own region, so that this need not be asked of each row.
    """
    if not may(actor, Permission.SEE_LEVELS, on):
        return NOTHING
    viewer = viewer_of(actor, on)
    hears_all = viewer.hears and viewer.systems is None
    # Who reads all is asked for no condition: one that is empty would vanish in an or.
    seen = Q() if hears_all or is_theirs else _of_systems(viewer) | _of_regions(regions_of(actor, on), key)
    about = RiskSubject.objects.order_by()
    if conflicts := conflicts_of(actor, on):
        seen &= ~Q((f"{key}__in", about.filter(subject__in=conflicts).values("risk")))
    if own := bodies_provided_for(actor, on) | viewer.organisations:
        seen &= ~Q((f"{key}__in", about.filter(subject__organisation__code__in=own).values("risk")))
    return seen


def regions_of(actor: Actor, on: date) -> frozenset[str]:
    """This function will give the codes of the regions for which the actor sits on a day."""
    return frozenset(one.organisation for one in actor.grants if one.role is Role.REGION and one.holds_on(on)) - {""}


def _of_systems(viewer: Viewer) -> Q:
    return Q(system__in=viewer.systems or ()) if viewer.hears else NOTHING


def _of_regions(codes: frozenset[str], key: str) -> Q:
    if not codes:
        return NOTHING
    stands = Place.objects.filter(body__code__in=codes, tier__in=HIGHER).order_by()
    return Q((f"{key}__in", stands.values("risk"))) | Q(system__in=codes)


class Risk(models.Model):
    """One risk on a system's or a region's record; one that came back is a new one that follows the old (RSK-07, RSK-15)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    system = models.CharField(max_length=20, blank=True)  # the code of the system, or of the region, whose record it is
    opened_on = models.DateField()
    follows = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="followed_by")
    form_key = models.UUIDField(unique=True)  # a form sent twice opens one risk
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    objects = RiskQuerySet.as_manager()
    private_fields: tuple[str, ...] = ()

    class Meta:
        ordering = ["-opened_on", "-recorded_at", "pk"]
        indexes = [models.Index(fields=["system", "-opened_on"], name="risks_of_system")]

    def __str__(self) -> str:
        return f"risk {self.pk}"


class RiskSubject(models.Model):
    """A subject that a risk is about."""

    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="subjects")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")

    private_fields: tuple[str, ...] = ()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["risk", "subject"], name="a_subject_of_a_risk_once")]

    def __str__(self) -> str:
        return f"{self.risk_id} about {self.subject_id}"


class RiskStatement(models.Model):
    """What is said of a risk, version by version; the newest counts. Lists hold one line each."""

    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="statements")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=250)
    cause = models.TextField()
    event = models.TextField()
    effect = models.TextField()
    category = models.SlugField(max_length=80)
    severity = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Severity])
    is_complex = models.BooleanField(default=False)
    is_recurrent = models.BooleanField(default=False)
    is_healthcare = models.BooleanField(default=True)
    is_authority_assured = models.BooleanField(default=False)
    is_nhs_england_commissioned = models.BooleanField(default=False)
    is_nationally_commissioned = models.BooleanField(default=False)
    accountable = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    accountable_group = models.ForeignKey(Group, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    owner_name = models.CharField(max_length=250, blank=True)  # where the owner has no account here
    owner_until = models.DateField(null=True, blank=True)
    shared_owners = models.TextField(blank=True)
    partners = models.TextField(blank=True)
    pathways = models.TextField(blank=True)
    rests_on_judgement = models.BooleanField(default=False)
    why_raised = models.TextField(blank=True)
    review_on = models.DateField(null=True, blank=True)
    because = models.TextField(blank=True)  # why it was stated anew
    knowingly = models.TextField(blank=True)  # why what looks like personal data stays in its words (IGV-01)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = (
        "title", "cause", "event", "effect", "owner_name", "shared_owners", "partners", "pathways", "why_raised",
        "because", "knowingly",
    )  # fmt: skip

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["risk", "number"], name="each_statement_of_a_risk_once"),
            models.CheckConstraint(condition=~Q(title=""), name="a_risk_has_a_title"),
            models.CheckConstraint(
                condition=Q(accountable=None) | Q(accountable_group=None), name="one_body_answers_for_a_risk"
            ),
        ]

    def __str__(self) -> str:
        return f"statement {self.number}"


class RiskScore(models.Model):
    """One judgement of how likely and how grave a risk is; of each kind the newest counts, and none is overwritten."""

    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="scores")
    kind = models.CharField(max_length=10, choices=[(one.value, one.value) for one in ScoreKind])
    likelihood = models.PositiveSmallIntegerField()
    consequence = models.PositiveSmallIntegerField()
    holds_from = models.DateField()
    by_on = models.DateField(null=True, blank=True)  # of a target: by when
    rationale = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("rationale",)

    class Meta:
        ordering = ["holds_from", "recorded_at", "pk"]
        indexes = [models.Index(fields=["risk", "kind", "holds_from"], name="scores_of_risk")]
        constraints = [
            models.CheckConstraint(
                condition=Q(likelihood__range=(1, 5), consequence__range=(1, 5)), name="a_score_is_on_the_scale"
            ),
            models.CheckConstraint(condition=Q(kind__in=[one.value for one in ScoreKind]), name="score_kind_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.likelihood}×{self.consequence}"


class Measure(models.Model):
    """A control, a gap in the controls, or an action against a risk; an action may be against a gap."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="measures")
    kind = models.CharField(max_length=10, choices=[(one.value, one.value) for one in MeasureKind])
    against = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="actions")
    says = models.TextField()
    holder = models.CharField(max_length=250, blank=True)
    due_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("says", "holder")

    class Meta:
        ordering = ["recorded_at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(says=""), name="a_measure_says_what_it_is")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.risk_id}"


class MeasureStep(models.Model):
    """What became of a control, a gap or an action."""

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="steps")
    how = models.CharField(max_length=10, choices=[(one.value, one.value) for one in MeasureHow])
    happened_on = models.DateField()
    says = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("says",)

    class Meta:
        ordering = ["recorded_at", "pk"]

    def __str__(self) -> str:
        return f"{self.how} on {self.happened_on}"


class Place(models.Model):
    """A register on which a risk stands: the tier, whose register it is, and the number that it has there (RSK-01, RSK-02)."""

    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="places")
    tier = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Tier])
    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=80, blank=True)
    since = models.DateField()
    because = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("reference", "because")

    class Meta:
        ordering = ["since", "pk"]
        indexes = [models.Index(fields=["body", "tier"], name="risks_of_register")]

    def __str__(self) -> str:
        return f"{self.tier} register of {self.body_id}"


class PlaceEnding(models.Model):
    """That a risk left a register, or got another number there, and why."""

    place = models.OneToOneField(Place, on_delete=models.PROTECT, related_name="ending")
    ended_on = models.DateField()
    because = models.TextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("because",)

    def __str__(self) -> str:
        return f"ended on {self.ended_on}"


class Acceptance(models.Model):
    """That somebody bears a risk as it is, by name and until a day; the newest holds."""

    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="acceptances")
    accepted_by = models.CharField(max_length=250)
    until = models.DateField(null=True, blank=True)
    because = models.TextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("accepted_by", "because")

    class Meta:
        ordering = ["recorded_at", "pk"]

    def __str__(self) -> str:
        return f"acceptance of {self.risk_id}"


class RiskReview(models.Model):
    """A review of a risk: what was found, and when it is looked at next."""

    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="reviews")
    reviewed_on = models.DateField()
    says = models.TextField()
    next_review_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("says",)

    class Meta:
        ordering = ["reviewed_on", "recorded_at", "pk"]

    def __str__(self) -> str:
        return f"reviewed on {self.reviewed_on}"


class RiskLink(models.Model):
    """What a risk rests on, or what it led to. Only who may see it where it stands sees it here."""

    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="links")
    kind = models.CharField(max_length=14, choices=[(one.value, one.value) for one in LinkKind])
    signal = models.ForeignKey(Signal, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decision = models.ForeignKey(LevelDecision, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ()

    class Meta:
        ordering = ["recorded_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(kind=LinkKind.SIGNAL.value, signal__isnull=False)
                    | Q(kind=LinkKind.INTELLIGENCE.value, item__isnull=False)
                    | Q(kind=LinkKind.CONCERN.value, concern__isnull=False)
                    | Q(kind=LinkKind.DECISION.value, decision__isnull=False)
                ),
                name="a_link_is_what_it_says",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.risk_id}"


class RiskEnding(models.Model):
    """That a risk was closed, when, why, and what was learned."""

    risk = models.OneToOneField(Risk, on_delete=models.PROTECT, related_name="ending")
    ended_on = models.DateField()
    because = models.TextField()
    learned = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("because", "learned")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(because=""), name="a_risk_is_closed_for_a_reason")]

    def __str__(self) -> str:
        return f"ended on {self.ended_on}"
