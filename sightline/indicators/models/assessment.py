"""The latest series for serving, how each is assessed, and every signal ever raised."""

from __future__ import annotations

import json
import uuid
import zlib
from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q

from sightline.core.access import Actor, scope_of
from sightline.directory.models import Subject
from sightline.indicators.models.publications import Publication


class SeriesQuerySet(models.QuerySet["Series"]):
    """Reads of series, each for somebody."""

    def visible_to(self, actor: Actor, on: date) -> Self:
        """This function will keep the series of subjects that the actor may see."""
        if scope_of(actor, on).everything:
            return self
        return self.filter(subject__in=Subject.objects.visible_to(actor, on))

    def of_open_bodies(self, on: date) -> Self:
        """This function will leave out series of bodies that were closed by the day."""
        still = Q(subject__organisation__closed_on=None) | Q(subject__organisation__closed_on__gte=on)
        listed = Q(subject__organisation__delisted_on=None) | Q(subject__organisation__delisted_on__gt=on)
        return self.filter(still & listed)


class Series(models.Model):
    """The latest figures of one indicator about one subject, assessed: a projection of parts, written anew."""

    id = models.BigAutoField(primary_key=True)
    indicator = models.CharField(max_length=80)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="series")
    source = models.CharField(max_length=60)  # the independent road by which its figures come
    kind = models.CharField(max_length=20)
    first_on = models.DateField()
    last_on = models.DateField()
    points = models.PositiveIntegerField()
    last_value = models.FloatField(null=True)
    status = models.CharField(max_length=20)
    variation = models.CharField(max_length=30)
    assurance = models.CharField(max_length=30, blank=True)
    worry = models.SmallIntegerField()  # 2 concern, 1 missing or neither, 0 usual, -1 improvement: for sorting only
    rule_set = models.CharField(max_length=40)
    screened = models.BooleanField()
    assessed_at = models.DateTimeField()
    packed = models.BinaryField()

    private_fields: tuple[str, ...] = ()
    objects = SeriesQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["indicator", "subject"], name="one_series_each")]
        indexes = [
            models.Index(fields=["subject", "-worry"], name="series_of_subject"),
            # Everything that blind spots are counted from, so that the long rows themselves are not read.
            models.Index(fields=["indicator", "worry", "last_on", "subject"], name="series_of_indicator"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} of {self.subject_id}"

    @staticmethod
    def pack(content: dict[str, Any]) -> bytes:
        """This function will make the bytes that hold points, phases and flags."""
        return zlib.compress(json.dumps(content, allow_nan=False, separators=(",", ":")).encode(), 6)

    @property
    def content(self) -> dict[str, Any]:
        """Points, phases and flags as they were packed."""
        return dict(json.loads(zlib.decompress(bytes(self.packed))))


class Method(models.Model):
    """How an indicator's series are assessed, as a named person chose; the newest row counts."""

    indicator = models.CharField(max_length=80, db_index=True)
    rule_set = models.CharField(max_length=40)
    screen = models.BooleanField()
    because = models.TextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.indicator} by {self.rule_set}"


class ChartChoice(models.Model):
    """On which chart an indicator's figures are drawn, as a named person chose; the newest row counts.

    A row that withdraws another leaves no choice standing: the figures are drawn on an XmR chart again.
    """

    indicator = models.CharField(max_length=80, db_index=True)
    kind = models.CharField(max_length=10)  # core.statistics.kinds
    because = models.TextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    withdraws = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="withdrawn_by")

    private_fields: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.indicator} on {self.kind}"


class Rebase(models.Model):
    """New limits from a period on, asked for by a named person with a reason; withdrawn by another row."""

    indicator = models.CharField(max_length=80)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    asked_for = models.DateField()
    from_on = models.DateField()  # the period it snapped to
    baseline_points = models.PositiveSmallIntegerField(null=True)  # limits from the first N points of the phase
    because = models.TextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    withdraws = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="withdrawn_by")

    private_fields: tuple[str, ...] = ()

    class Meta:
        indexes = [models.Index(fields=["indicator", "subject"], name="rebases_of_series")]

    def __str__(self) -> str:
        return f"{self.indicator} from {self.from_on}"


class SignalQuerySet(models.QuerySet["Signal"]):
    """Reads of signals, each for somebody."""

    def visible_to(self, actor: Actor, on: date) -> Self:
        """This function will keep the signals about subjects that the actor may see, and those about none."""
        if scope_of(actor, on).everything:
            return self
        return self.filter(Q(subject__in=Subject.objects.visible_to(actor, on)) | Q(subject=None))

    def current(self) -> Self:
        """This function will keep the signals that have not ended."""
        return self.filter(stands=True)


class Signal(models.Model):
    """One thing noticed, in the shape of core.signals; never changed, ended or continued by a row of its own.

    ``stands`` mirrors whether it has such an ending, so that what stands is found without reading all that is past.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey(Subject, null=True, on_delete=models.PROTECT, related_name="signals")
    measure = models.CharField(max_length=80)
    kind = models.CharField(max_length=20)
    bearing = models.CharField(max_length=12)
    side = models.CharField(max_length=5)
    since = models.DateField()
    until = models.DateField()
    periods = models.PositiveSmallIntegerField()
    rules = models.CharField(max_length=60, blank=True)
    source = models.CharField(max_length=60)
    value = models.FloatField(null=True)
    usual_low = models.FloatField(null=True)
    usual_high = models.FloatField(null=True)
    publication = models.ForeignKey(Publication, null=True, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    first_raised_at = models.DateTimeField()  # of the first row, where this one continues another
    continues = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="continued_by")
    stands = models.BooleanField(default=True)

    private_fields: tuple[str, ...] = ()
    objects = SignalQuerySet.as_manager()

    class Meta:
        indexes = [
            # Everything that home counts and orders by, so that it reads this alone and never the past.
            models.Index(
                fields=["subject", "bearing", "kind", "until", "source", "first_raised_at", "stands"],
                condition=Q(stands=True),
                name="signals_that_stand",
            ),
            models.Index(fields=["measure"], condition=Q(stands=True), name="signals_of_measure_that_stand"),
            models.Index(fields=["-first_raised_at"], condition=Q(stands=True), name="signals_newest_that_stand"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} in {self.measure}"


class SignalEnding(models.Model):
    """A signal is no longer so: later figures, a revision or a rebase changed the picture."""

    signal = models.OneToOneField(Signal, on_delete=models.PROTECT, related_name="ending")
    ended_at = models.DateTimeField()
    because = models.CharField(max_length=60)

    private_fields: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"ended {self.ended_at:%Y-%m-%d}"
