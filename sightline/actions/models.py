"""The action log: an action of a group, what it says, who owns it, when it is due, and what became of it, row by row."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Self, TypeVar

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery

from sightline.accounts.models import Person
from sightline.actions.sight import read_by
from sightline.core.access import Actor
from sightline.core.actions.facts import ActionKind, Outcome
from sightline.directory.models import Organisation, Subject
from sightline.groups.models import Group
from sightline.groups.sight import NOTHING

Row = TypeVar("Row", bound=models.Model)


class ActionQuerySet(models.QuerySet["Action"]):
    """Reads of actions."""

    def read_by(self, actor: Actor, on: date) -> Self:
        """This function will keep the actions that the actor reads as one of the group, or as its keeper."""
        return self.filter(read_by(actor, on))

    def owned_by(self, actor: Actor) -> Self:
        """This function will keep the actions that the actor owns now, whoever they are."""
        return self.filter(_owned(actor))

    def visible_to(self, actor: Actor, on: date) -> Self:
        """This function will keep the actions that the actor may read: those of their groups, and their own (COI-03)."""
        return self.filter(read_by(actor, on) | _owned(actor))

    def now_open(self) -> Self:
        """This function will keep the actions that are open: never closed, or opened again since."""
        return self.filter(~_closed())

    def now_closed(self) -> Self:
        """This function will keep the actions whose closing stands."""
        return self.filter(_closed())

    def now_due(self, first: date | None, last: date) -> Self:
        """This function will keep the actions whose due date lies between two days, both included."""
        rows = ActionDue.objects.newest().filter(action=OuterRef("pk"), due_on__lte=last)
        return self.filter(Exists(rows.filter(due_on__gte=first) if first else rows))

    def now_owned_for(self, body: uuid.UUID) -> Self:
        """This function will keep the actions that are owned in the name of an organisation."""
        return self.filter(pk__in=ActionOwner.objects.newest().filter(organisation=body).values("action"))

    def saying(self, *words: str) -> Self:
        """This function will keep the actions whose newest wording holds all of some words."""
        found = self
        for word in words:
            holds = Q(issue__icontains=word) | Q(resolution__icontains=word)
            found = found.filter(Exists(ActionStatement.objects.newest().filter(holds, action=OuterRef("pk"))))
        return found

    def in_order(self, *names: str) -> Self:
        """This function will put actions in an order, for which ``due_on`` and ``owner_body_name`` are names too."""
        due = ActionDue.objects.filter(action=OuterRef("pk")).order_by("-number")
        owner = ActionOwner.objects.filter(action=OuterRef("pk")).order_by("-number")
        found = self.annotate(
            due_on=Subquery(due.values("due_on")[:1]),
            owner_body_name=Subquery(owner.values("organisation__name")[:1]),
        )
        return found.order_by(*names, "pk")


class NumberedQuerySet(models.QuerySet[Row]):
    """Reads of rows of which the newest of each action counts."""

    def newest(self) -> Self:
        """This function will keep the newest row of each action."""
        later = self.model._default_manager.filter(action=OuterRef("action"), number__gt=OuterRef("number"))
        return self.filter(~Exists(later)).order_by()


class Action(models.Model):
    """One action that a group agreed, on its system's record. What it says, its owner and its due date are rows of their own.

    ``subject`` is whom or what it is about, where it is about one; an action of a group about one subject is about it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="+")
    system = models.CharField(max_length=20, blank=True)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    raised_on = models.DateField()
    form_key = models.UUIDField(unique=True)  # a form sent twice raises one action
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    objects = ActionQuerySet.as_manager()
    private_fields: tuple[str, ...] = ()

    class Meta:
        ordering = ["-raised_on", "-recorded_at", "pk"]
        indexes = [
            models.Index(fields=["group", "-raised_on"], name="actions_of_group"),
            models.Index(fields=["subject", "-raised_on"], name="actions_about_subject"),
        ]

    def __str__(self) -> str:
        return f"action of {self.group_id}"


class ActionStatement(models.Model):
    """What an action says, version by version; the newest counts.

    ``disagreement`` is there where a dissenting member committed to it alone, and says about what and why (ACT-09).
    """

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="statements")
    number = models.PositiveIntegerField()
    issue = models.TextField()
    resolution = models.TextField()
    done_when = models.TextField(blank=True)
    kind = models.CharField(max_length=20, choices=[(one.value, one.value) for one in ActionKind])
    disagreement = models.TextField(blank=True)
    knowingly = models.TextField(blank=True)  # why what looks like personal data stays in its words (IGV-01)
    because = models.TextField(blank=True)  # why it was worded anew
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    objects = NumberedQuerySet["ActionStatement"].as_manager()
    private_fields: tuple[str, ...] = ("issue", "resolution", "done_when", "disagreement", "knowingly", "because")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["action", "number"], name="each_wording_of_an_action_once"),
            models.CheckConstraint(condition=~Q(issue="") & ~Q(resolution=""), name="an_action_says_what_and_why"),
            models.CheckConstraint(
                condition=Q(kind__in=[one.value for one in ActionKind]), name="action_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(because=""), name="an_action_is_worded_anew_for_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"wording {self.number}"


class ActionOwner(models.Model):
    """Who owns an action from a moment on: somebody by account or by name, and whose powers they use (ACT-07, ACT-08)."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="owners")
    number = models.PositiveIntegerField()
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=250, blank=True)
    because = models.TextField(blank=True)  # why it was handed over
    knowingly = models.TextField(blank=True)
    form_key = models.UUIDField(unique=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    objects = NumberedQuerySet["ActionOwner"].as_manager()
    private_fields: tuple[str, ...] = ("name", "because", "knowingly")

    class Meta:
        ordering = ["number"]
        indexes = [models.Index(fields=["person", "action"], name="actions_of_person")]
        constraints = [
            models.UniqueConstraint(fields=["action", "number"], name="each_owner_of_an_action_once"),
            models.CheckConstraint(
                condition=Q(person__isnull=False, name="") | (Q(person__isnull=True) & ~Q(name="")),
                name="an_action_has_one_owner",
            ),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(because=""), name="an_action_is_handed_over_for_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"owner {self.number}"


class ActionDue(models.Model):
    """By when an action is to be done; a later row puts it off or brings it forward, with the reason (ACT-08)."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="dues")
    number = models.PositiveIntegerField()
    due_on = models.DateField()
    because = models.TextField(blank=True)
    knowingly = models.TextField(blank=True)
    form_key = models.UUIDField(unique=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    objects = NumberedQuerySet["ActionDue"].as_manager()
    private_fields: tuple[str, ...] = ("because", "knowingly")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["action", "number"], name="each_due_date_of_an_action_once"),
            models.CheckConstraint(condition=Q(number=1) | ~Q(because=""), name="a_due_date_moves_for_a_reason"),
        ]

    def __str__(self) -> str:
        return f"due on {self.due_on}"


class ActionReport(models.Model):
    """What the owner, or whoever keeps the log, says of how it goes."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="reports")
    says = models.TextField()
    knowingly = models.TextField(blank=True)
    form_key = models.UUIDField(unique=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("says", "knowingly")

    class Meta:
        ordering = ["recorded_at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(says=""), name="a_report_on_an_action_says_something")]

    def __str__(self) -> str:
        return f"report of {self.recorded_at:%Y-%m-%d}"


class ActionReview(models.Model):
    """That the group looked at an action on a day, and what was said of it, where anything was (ACT-04; SQG 2022 §3.10)."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="reviews")
    reviewed_on = models.DateField()
    comment = models.TextField(blank=True)
    knowingly = models.TextField(blank=True)
    form_key = models.UUIDField(unique=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("comment", "knowingly")

    class Meta:
        ordering = ["reviewed_on", "recorded_at", "pk"]

    def __str__(self) -> str:
        return f"looked at on {self.reviewed_on}"


class ActionClosing(models.Model):
    """That an action was closed: what became of it, and what changed because of it (ACT-04)."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="closings")
    number = models.PositiveIntegerField()
    closed_on = models.DateField()
    outcome = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Outcome])
    impact = models.TextField()
    knowingly = models.TextField(blank=True)
    form_key = models.UUIDField(unique=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("impact", "knowingly")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["action", "number"], name="each_closing_of_an_action_once"),
            models.CheckConstraint(condition=~Q(impact=""), name="an_action_is_closed_with_its_impact"),
            models.CheckConstraint(
                condition=Q(outcome__in=[one.value for one in Outcome]), name="action_outcome_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"closed on {self.closed_on}"


class ActionReopening(models.Model):
    """That a closing did not hold, and why; the action is open again."""

    closing = models.OneToOneField(ActionClosing, on_delete=models.PROTECT, related_name="reopening")
    reopened_on = models.DateField()
    because = models.TextField()
    knowingly = models.TextField(blank=True)
    form_key = models.UUIDField(unique=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("because", "knowingly")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(because=""), name="an_action_is_reopened_for_a_reason")]

    def __str__(self) -> str:
        return f"reopened on {self.reopened_on}"


def _closed() -> Exists:
    return Exists(ActionClosing.objects.filter(action=OuterRef("pk"), reopening=None))


def _owned(actor: Actor) -> Q:
    """That the newest row of its owners names the actor."""
    if not isinstance(actor, Person):
        return NOTHING
    return Q(pk__in=ActionOwner.objects.newest().filter(person=actor.pk).values("action"))
