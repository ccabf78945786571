"""Reviews of how well a group works: who is asked and who answered, and apart from them what was answered.

Nothing here joins a person to an answer, and none of it is kept for anybody to join (ADR 0019). Of people it is kept that
they were asked and that they have answered, without a moment. Of answers there is one row for each review, written over
each time: how often each step was chosen, and all words in the order of the alphabet. So there is no row of one answer,
and with it no key, no order of rows, no moment and no mark of a transaction that could lead back to a person.
"""

from __future__ import annotations

import uuid
from datetime import date

from django.db import models
from django.db.models import F, Q

from sightline.accounts.models import Person
from sightline.core.rulebook.effectiveness import FEWEST
from sightline.groups.models.standing import Group


class EffectivenessReview(models.Model):
    """One time at which a group asked its members how it works (LRN-02), with the statements as they were put.

    ``statements`` are entries of id, name, says and cites. ``fewest`` is the number of answers from which on results are
    shown, laid down when the review was opened.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="effectiveness_reviews")
    pack = models.SlugField(max_length=80)
    edition = models.CharField(max_length=120)
    questionnaire = models.SlugField(max_length=80)
    title = models.CharField(max_length=200)
    statements = models.JSONField()
    fewest = models.PositiveSmallIntegerField()
    opened_on = models.DateField()
    last_day = models.DateField()  # the last on which it can be answered
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ()

    class Meta:
        ordering = ["-last_day", "-recorded_at", "pk"]
        indexes = [models.Index(fields=["group", "last_day"], name="effectiveness_of_group")]
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gt=F("opened_on")), name="a_review_is_open_for_a_time"),
            models.CheckConstraint(condition=Q(fewest__gte=FEWEST), name="few_answers_are_never_shown"),
        ]

    def __str__(self) -> str:
        return f"{self.title} until {self.last_day}"

    def is_open(self, on: date) -> bool:
        """This function will say whether it can be answered on a day."""
        return self.opened_on <= on <= self.last_day


class ReviewAsked(models.Model):
    """That a person is asked in a review; written for all at once, when it is opened."""

    review = models.ForeignKey(EffectivenessReview, on_delete=models.PROTECT, related_name="asked")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    private_fields: tuple[str, ...] = ()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "person"], name="asked_once_in_a_review")]

    def __str__(self) -> str:
        return "asked"


class ReviewAnswered(models.Model):
    """That somebody has answered: so that nobody does so twice. Neither when nor what."""

    asked = models.OneToOneField(ReviewAsked, on_delete=models.PROTECT, related_name="answered")

    private_fields: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "answered"


class ReviewTally(models.Model):
    """All that was answered in a review, mixed: the one row in which any answer is kept (LRN-02).

    ``counts`` has a list for each statement, by its id: how often each ``core.groups.effectiveness.Step`` was chosen.
    ``words`` are what people would change, sorted.
    """

    review = models.OneToOneField(EffectivenessReview, on_delete=models.PROTECT, related_name="tally")
    answered = models.PositiveIntegerField(default=0)
    counts = models.JSONField()
    words = models.JSONField(default=list, blank=True)

    private_fields: tuple[str, ...] = ("words",)

    def __str__(self) -> str:
        return "answers of a review"


class GroupReflection(models.Model):
    """What a group agreed about its own work at a meeting (MTG-26; QSG 2017 ¶99)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="reflections")
    meeting = models.CharField(max_length=200)
    agreed_on = models.DateField()
    words = models.TextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("meeting", "words")

    class Meta:
        ordering = ["-agreed_on", "-recorded_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(words="") & ~Q(meeting=""), name="a_reflection_says_what_and_where")
        ]

    def __str__(self) -> str:
        return f"agreed on {self.agreed_on}"


class ChairSelfReview(models.Model):
    """What somebody who chairs a group thinks of their own chairing, for themself alone until they share it (LRN-05).

    ``answers`` gives each statement's id a ``Step``; ``statements`` are as in a review.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    edition = models.CharField(max_length=120)
    statements = models.JSONField()
    answers = models.JSONField()
    words = models.TextField(blank=True)
    answered_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("words",)

    class Meta:
        ordering = ["-answered_on", "-recorded_at", "pk"]
        indexes = [models.Index(fields=["group", "person"], name="self_review_of")]

    def __str__(self) -> str:
        return f"answered on {self.answered_on}"


class ChairSelfReviewShared(models.Model):
    """That somebody shared what they think of their own chairing with the group."""

    review = models.OneToOneField(ChairSelfReview, on_delete=models.PROTECT, related_name="sharing")
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"shared {self.recorded_at:%Y-%m-%d}"
