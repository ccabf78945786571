"""Records of decisions in writing between meetings: what was put, that it is urgent, who answered what, what came of it."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from sightline.accounts.models import Person
from sightline.core.access import Actor
from sightline.core.meetings.outside import Answer
from sightline.groups.models import Seat
from sightline.meetings.models.agenda import AgendaItem
from sightline.meetings.words import Heard, Result


class WrittenQuestionQuerySet(models.QuerySet["WrittenQuestion"]):
    """Reads of what was put to members in writing."""

    def visible_to(self, actor: Actor, on: date) -> Self:
        """This function will keep the questions under items that the actor may read: whose item is closed is absent."""
        return self.filter(item__in=AgendaItem.objects.visible_to(actor, on).order_by().values("pk"))

    def under_way(self) -> Self:
        """This function will keep those of which nothing has come yet."""
        return self.filter(result=None)


class WrittenQuestion(models.Model):
    """What the members of a group are asked to agree to in writing, about an item of a meeting that was not quorate (QUO-08)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="written")
    text = models.TextField()  # word for word
    closes_at = models.DateTimeField()
    knowingly = models.TextField(blank=True)
    form_key = models.UUIDField(unique=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    objects = WrittenQuestionQuerySet.as_manager()
    private_fields: tuple[str, ...] = ("text", "knowingly")

    class Meta:
        ordering = ["recorded_at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="what_is_put_in_writing_has_words")]

    def __str__(self) -> str:
        return f"question in writing under {self.item_id}"


class WrittenSending(models.Model):
    """That whoever presides held a question to be urgent, and why; with it the question went to the members (CHR-10)."""

    question = models.OneToOneField(WrittenQuestion, on_delete=models.PROTECT, related_name="sending")
    deemed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    because = models.TextField()
    sent_at = models.DateTimeField()
    pack = models.SlugField(max_length=80)
    rules_version = models.CharField(max_length=120)
    knowingly = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("because", "knowingly")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(because=""), name="urgent_for_a_reason")]

    def __str__(self) -> str:
        return f"sending of {self.question_id}"


class WrittenAnswer(models.Model):
    """What somebody answered for a seat, and when; the newest of theirs holds, and silence is not agreement (QUO-09).

    ``how`` is whether they answered on their own page. ``heard`` is kept of an answer that came another way: who took
    it, and where it can be looked up.
    """

    question = models.ForeignKey(WrittenQuestion, on_delete=models.PROTECT, related_name="answers")
    number = models.PositiveIntegerField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Answer])
    why = models.TextField(blank=True)
    is_statutory_holder = models.BooleanField(default=False)
    has_authority = models.BooleanField(default=True)
    at = models.DateTimeField()
    how = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Heard])
    heard = models.TextField(blank=True)
    knowingly = models.TextField(blank=True)
    form_key = models.UUIDField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("why", "heard", "knowingly")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["question", "number"], name="one_answer_of_a_number"),
            models.UniqueConstraint(fields=["form_key", "seat"], name="a_form_answers_for_a_seat_once"),
            models.CheckConstraint(
                condition=Q(answer__in=[one.value for one in Answer]), name="written_answer_is_known"
            ),
            models.CheckConstraint(
                condition=Q(how=Heard.PAGE.value) | (Q(how__in=[one.value for one in Heard]) & ~Q(heard="")),
                name="an_answer_that_was_heard_names_its_source",
            ),
        ]

    def __str__(self) -> str:
        return f"answer {self.number} to {self.question_id}"


class WrittenResult(models.Model):
    """What came of a question in writing: recorded by whoever presides, or that its time ran out, or was taken back.

    ``snapshot`` keeps how it stood then, seat by seat, and ``snapshot_hash`` is its SHA-256 (REC-13).
    """

    question = models.OneToOneField(WrittenQuestion, on_delete=models.PROTECT, related_name="result")
    result = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Result])
    because = models.TextField(blank=True)
    at = models.DateTimeField()
    snapshot = models.JSONField()
    snapshot_hash = models.CharField(max_length=64)
    knowingly = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("because", "snapshot", "knowingly")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(result__in=[one.value for one in Result]), name="written_result_is_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.result}: {self.question_id}"
