"""Levels: what is proposed, what region and members say to it, what was decided on which authority, and its reviews."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Self, TypeVar

from django.db import models
from django.db.models import Exists, OuterRef, Q

from sightline.core.access import Actor, Permission, Role, may
from sightline.core.rulebook.levels import Slot
from sightline.directory.models import Organisation, Subject
from sightline.groups.hearing import heard_by
from sightline.groups.models import Office
from sightline.groups.queries import conflicts_of
from sightline.intelligence.models import Item
from sightline.profiles.models import OtherProcess, Profile
from sightline.surveillance.models.concerns import Concern
from sightline.surveillance.words import Ending, EvidenceKind

L = TypeVar("L", bound=models.Model, covariant=True)


class LevelQuerySet(models.QuerySet[L]):
    """Reads of proposals and of decisions: by those who sit in the group, and by those whom the matter reaches."""

    def visible_to(self, actor: Actor, on: date) -> Self:
        """This function will keep what the actor may read.

        That is a member of the system's group, and whoever sits for a region, or in the group of another system, that
        the matter reaches (ORG-11, PER-09). A declared interest denies both, and the provider concerned reads neither.
        """
        name = "" if self.model is LevelProposal else "proposal__"
        heard = heard_by(actor, on)
        if not heard:  # no condition at all: they hear everything, and an empty one joined to another would vanish
            return self.all()
        return self.filter(heard | self._reached(actor, on, f"{name}pk" if name else "pk"))

    def _reached(self, actor: Actor, on: date, key: str) -> Q:
        if not may(actor, Permission.SEE_LEVELS, on):
            return Q(pk__in=[])
        held = [one for one in actor.grants if one.holds_on(on) and one.role in _REACHED]
        codes = {one.organisation if one.role is Role.REGION else one.system for one in held} - {""}
        if not codes:
            return Q(pk__in=[])
        bodies = Organisation.objects.filter(code__in=codes).values("pk")
        heard = Q(Exists(Reach.objects.filter(proposal=OuterRef(key), organisation__in=bodies)))
        if conflicts := conflicts_of(actor, on):
            heard &= ~Q(subject__in=conflicts)
        if own := {one.organisation for one in actor.grants if one.role is Role.PROVIDER and one.holds_on(on)}:
            heard &= ~Q(subject__organisation__code__in=own)
        return heard


_REACHED = frozenset({Role.REGION, Role.QUALITY_LEAD, Role.SECRETARY, Role.CHAIR, Role.MEMBER, Role.LAY_MEMBER})


class LevelProposal(models.Model):
    """A proposed move from one level to another, with everything on which it rests (LVL-16).

    It is never altered: whoever wants it otherwise proposes anew, and ``follows`` names what was proposed before. Lists
    hold one line each. An empty text is one that was not given; the rules say what that stands in the way of.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    system = models.CharField(max_length=20, blank=True)
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    follows = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="followed_by")
    pack = models.SlugField(max_length=80)
    rules_version = models.CharField(max_length=120)  # of the rulebook: "sqg-2022 v1, change 3" (FRW-01)
    level_from = models.SlugField(max_length=60)
    level_to = models.SlugField(max_length=60)
    effective_on = models.DateField()
    case = models.TextField()  # the circumstances as the rules saw them, as JSON
    reason = models.TextField()
    triggers = models.TextField(blank=True)
    profile = models.ForeignKey(Profile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    other_process = models.ForeignKey(OtherProcess, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    why_not_closer = models.TextField(blank=True)
    conflict_check = models.TextField(blank=True)
    group_view = models.TextField(blank=True)
    group_met_on = models.DateField(null=True, blank=True)  # the meeting at which the group gave its view
    options_exhausted = models.TextField(blank=True)
    people_need_protection = models.BooleanField(default=False)
    plan = models.TextField(blank=True)
    follow_up_person = models.CharField(max_length=250, blank=True)
    actions = models.TextField(blank=True)
    next_review_on = models.DateField(null=True, blank=True)
    exit_evidence = models.TextField(blank=True)
    knowingly = models.TextField(blank=True)  # why what looks like personal data stays in its words (IGV-01)
    form_key = models.UUIDField(unique=True)  # a form sent twice proposes once
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    objects = LevelQuerySet.as_manager()
    private_fields: tuple[str, ...] = (
        "case", "reason", "why_not_closer", "conflict_check", "group_view", "options_exhausted", "plan",
        "follow_up_person", "actions", "exit_evidence", "knowingly",
    )  # fmt: skip

    class Meta:
        ordering = ["-recorded_at", "pk"]
        indexes = [models.Index(fields=["subject", "-recorded_at"], name="level_proposals_of_subject")]

    def __str__(self) -> str:
        return f"{self.level_from} to {self.level_to}"


class Reach(models.Model):
    """A system or a region that a proposed move reaches; who sits for it reads the proposal and its decision (ORG-11)."""

    proposal = models.ForeignKey(LevelProposal, on_delete=models.PROTECT, related_name="reaches")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")

    private_fields: tuple[str, ...] = ()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "organisation"], name="a_body_is_reached_once")]

    def __str__(self) -> str:
        return f"{self.proposal_id} reaches {self.organisation_id}"


class ProposalEnding(models.Model):
    """That a proposal ended without a decision: withdrawn, or declined by who might have authorised it."""

    proposal = models.OneToOneField(LevelProposal, on_delete=models.PROTECT, related_name="ending")
    how = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Ending])
    because = models.TextField()
    knowingly = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("because", "knowingly")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(because=""), name="a_proposal_ends_for_a_reason")]

    def __str__(self) -> str:
        return f"{self.how} {self.proposal_id}"


class RegionAnswer(models.Model):
    """What NHS England's region says to a proposal; the newest of each region holds (LVL-09).

    ``said_by`` names who said so, where somebody else writes it down for them.
    """

    proposal = models.ForeignKey(LevelProposal, on_delete=models.PROTECT, related_name="region_answers")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    is_agreed = models.BooleanField()
    says = models.TextField(blank=True)
    said_by = models.CharField(max_length=250)
    said_on = models.DateField()
    knowingly = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("says", "said_by", "knowingly")

    class Meta:
        ordering = ["recorded_at", "pk"]

    def __str__(self) -> str:
        return f"answer to {self.proposal_id}"


class Dissent(models.Model):
    """An organisation that disagrees, why, and what it will do itself (QSG 2017 ¶132). It is never outvoted (REC-07)."""

    proposal = models.ForeignKey(LevelProposal, on_delete=models.PROTECT, related_name="dissents")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    reasons = models.TextField()
    commits_to = models.TextField(blank=True)
    is_statutory_holder = models.BooleanField(default=False)
    knowingly = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("reasons", "commits_to", "knowingly")

    class Meta:
        ordering = ["recorded_at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(reasons=""), name="a_dissent_has_its_reasons")]

    def __str__(self) -> str:
        return f"dissent from {self.proposal_id}"


class DissentWithdrawal(models.Model):
    """That an organisation took its dissent back."""

    dissent = models.OneToOneField(Dissent, on_delete=models.PROTECT, related_name="withdrawal")
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"withdrawal of {self.dissent_id}"


class LevelDecision(models.Model):
    """A level that somebody with the authority set, and what they saw when they did (LVL-05 to LVL-08, LVL-16).

    ``number`` counts the levels of a subject from 1, so that of two who decide at one moment one only can be the next.
    ``snapshot`` is what was seen, as JSON; its hash lets anybody tell later that it is unchanged.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    proposal = models.OneToOneField(LevelProposal, on_delete=models.PROTECT, related_name="decision")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    system = models.CharField(max_length=20, blank=True)
    number = models.PositiveIntegerField()
    pack = models.SlugField(max_length=80)
    rules_version = models.CharField(max_length=120)
    level_from = models.SlugField(max_length=60)
    level_to = models.SlugField(max_length=60)
    effective_on = models.DateField()
    next_review_on = models.DateField(null=True, blank=True)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    slot = models.CharField(max_length=40, choices=[(one.value, one.value) for one in Slot])
    authority = models.SlugField(max_length=80)  # the rule of the pack under which they authorised
    is_override = models.BooleanField(default=False)
    override_reason = models.TextField(blank=True)
    because = models.TextField()
    knowingly = models.TextField(blank=True)
    remarks = models.TextField(blank=True)  # what the rules remarked upon, one a line
    snapshot = models.TextField()
    snapshot_sha256 = models.CharField(max_length=64)
    decided_at = models.DateTimeField()
    decided_by = models.CharField(max_length=80)

    objects = LevelQuerySet.as_manager()
    private_fields: tuple[str, ...] = ("override_reason", "because", "knowingly", "remarks", "snapshot")

    class Meta:
        ordering = ["-effective_on", "-number"]
        indexes = [
            models.Index(fields=["subject", "-number"], name="levels_of_subject"),
            models.Index(fields=["system", "-decided_at"], name="levels_of_system"),
            # All that a log asks of every level, and in the order in which it asks, so that it never reads the long rows.
            models.Index(
                fields=[
                    "subject",
                    "-effective_on",
                    "-number",
                    "decided_at",
                    "system",
                    "proposal",
                    "id",
                    "pack",
                    "level_to",
                    "next_review_on",
                ],
                name="levels_in_a_log",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["subject", "number"], name="one_next_level_of_a_subject"),
            models.CheckConstraint(condition=~Q(because=""), name="a_level_is_set_for_a_reason"),
            models.CheckConstraint(
                condition=Q(is_override=False) | ~Q(override_reason=""), name="an_override_has_its_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.level_to} from {self.effective_on}"


class FrozenEvidence(models.Model):
    """A piece of evidence in the words in which it was seen when the level was decided.

    Of intelligence and profiles it keeps the record and a hash, and the words stay behind the record's own handling.
    """

    decision = models.ForeignKey(LevelDecision, on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=20, choices=[(one.value, one.value) for one in EvidenceKind])
    key = models.CharField(max_length=250)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    says = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64)

    private_fields: tuple[str, ...] = ("says",)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["decision", "key"], name="a_piece_is_frozen_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class LevelReview(models.Model):
    """A review of a level that stays as it is: why, and when next (SUR-07, SUR-10)."""

    decision = models.ForeignKey(LevelDecision, on_delete=models.PROTECT, related_name="reviews")
    reviewed_on = models.DateField()
    because = models.TextField()  # the rationale for staying
    next_review_on = models.DateField(null=True, blank=True)
    knowingly = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("because", "knowingly")

    class Meta:
        ordering = ["reviewed_on", "recorded_at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(because=""), name="a_level_stays_for_a_reason")]

    def __str__(self) -> str:
        return f"reviewed on {self.reviewed_on}"
