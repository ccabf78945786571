"""Exchanges between tiers, upward, sideways and back down: what is told or asked, acknowledged and answered (RPT-13)."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from sightline.core.access import Actor, Permission, Role, may
from sightline.core.escalation.answering import ExchangeHow, ExchangeKind
from sightline.core.rulebook.duties import Purpose
from sightline.core.rulebook.levels import Slot
from sightline.directory.models import Organisation, Subject
from sightline.groups.hearing import bodies_provided_for, heard_by
from sightline.groups.queries import conflicts_of
from sightline.groups.viewers import viewer_of
from sightline.surveillance.models import LevelDecision

_SLOTS = [(one.value, one.value) for one in Slot]


class ExchangeQuerySet(models.QuerySet["Exchange"]):
    """Reads of exchanges, by either end."""

    def visible_to(self, actor: Actor, on: date) -> Self:
        """This function will keep what the actor sent with their group, or received for their body or group.

        A declared interest in the subject denies it, and so does work for the provider that it is about.
        """
        return self.filter(heard_by(actor, on) | self._at_either_end(actor, on))

    def _at_either_end(self, actor: Actor, on: date) -> Q:
        if not may(actor, Permission.SEE_LEVELS, on):
            return Q(pk__in=[])
        codes = codes_of(actor, on)
        if not codes:
            return Q(pk__in=[])
        ends = Q(to_body__code__in=codes) | Q(from_body__code__in=codes)
        closed = Q(subject__in=conflicts_of(actor, on))
        provided = Q(subject__organisation__code__in=bodies_provided_for(actor, on))
        return ends & ~closed & ~provided & self._not_their_own(actor, on)

    def _not_their_own(self, actor: Actor, on: date) -> Q:
        """What is said of one's own body is closed to all but those who keep the record of the system at an end."""
        viewer = viewer_of(actor, on)
        if not viewer.organisations or (viewer.keeps and viewer.kept is None):
            return Q()
        kept = Q(to_body__code__in=viewer.kept or ()) | Q(from_body__code__in=viewer.kept or ())
        elsewhere = ~Q(subject__organisation__code__in=viewer.organisations)
        return elsewhere | kept if viewer.keeps else elsewhere


def codes_of(actor: Actor, on: date) -> frozenset[str]:
    """This function will name the bodies for which the actor reads exchanges: their own, and their group's."""
    codes = set[str]()
    for grant in actor.grants:
        if grant.holds_on(on) and grant.role not in _APART:
            codes |= {grant.organisation} if grant.role is Role.REGION else {grant.organisation, grant.system}
    return frozenset(codes - {""})


_APART = frozenset({Role.PROVIDER, Role.FOI_OFFICER, Role.ADMINISTRATOR})


class Exchange(models.Model):
    """One thing that one tier tells or asks another: an exchange with an answer, and not a message."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=12, choices=[(one.value, one.value) for one in ExchangeKind])
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decision = models.ForeignKey(LevelDecision, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    system = models.CharField(max_length=20, blank=True)  # the system on whose record it stands
    sender = models.CharField(max_length=40, choices=_SLOTS)
    from_body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    recipient = models.CharField(max_length=40, choices=_SLOTS)
    to_body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    pack = models.SlugField(max_length=80)
    route = models.SlugField(max_length=80, blank=True)  # the rule by which it goes this way, where there is one
    purpose = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Purpose])
    title = models.CharField(max_length=250)
    says = models.TextField()
    asks = models.TextField(blank=True)
    due_on = models.DateField(null=True, blank=True)
    triggers = models.TextField(blank=True)  # of the region's or the nation's involvement: ids, one a line (LVL-20)
    follows = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="followed_by")
    knowingly = models.TextField(blank=True)  # why what looks like personal data stays in its words (IGV-01)
    form_key = models.UUIDField(unique=True)  # a form sent twice sends once
    together = models.UUIDField(null=True, blank=True, db_index=True)  # shared by those sent to several by one form
    sent_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    objects = ExchangeQuerySet.as_manager()
    private_fields: tuple[str, ...] = ("title", "says", "asks", "knowingly")

    class Meta:
        ordering = ["-sent_on", "-recorded_at", "pk"]
        indexes = [
            models.Index(fields=["to_body", "-sent_on"], name="exchanges_received"),
            models.Index(fields=["system", "-sent_on"], name="exchanges_of_system"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(title="") & ~Q(says=""), name="an_exchange_says_something"),
            models.CheckConstraint(
                condition=~Q(purpose=Purpose.ACTION.value) | ~Q(asks=""), name="for_action_says_what_is_asked"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.sent_on}"


class ExchangeCopy(models.Model):
    """A copy that goes with an exchange, the log of a quarter for instance: fixed, whatever becomes of the original."""

    exchange = models.OneToOneField(Exchange, on_delete=models.PROTECT, related_name="copy")
    content = models.TextField()  # JSON
    sha256 = models.CharField(max_length=64)

    private_fields: tuple[str, ...] = ("content",)

    def __str__(self) -> str:
        return f"copy of {self.exchange_id}"


class ExchangeStep(models.Model):
    """What became of an exchange, step by step; an answer is words, and the rest may be."""

    exchange = models.ForeignKey(Exchange, on_delete=models.PROTECT, related_name="steps")
    how = models.CharField(max_length=14, choices=[(one.value, one.value) for one in ExchangeHow])
    says = models.TextField(blank=True)
    knowingly = models.TextField(blank=True)
    happened_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("says", "knowingly")

    class Meta:
        ordering = ["recorded_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(how__in=[one.value for one in ExchangeHow]), name="exchange_step_is_known"
            ),
            models.CheckConstraint(
                condition=Q(how__in=[ExchangeHow.ACKNOWLEDGED.value, ExchangeHow.CLOSED.value]) | ~Q(says=""),
                name="an_answer_says_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.how} on {self.happened_on}"
