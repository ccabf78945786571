"""How risks stand, and how they stood on each register: worked out from their rows, so that a long register opens at once.

It says nothing that the rows do not say, and may be thrown away and made again.
"""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from sightline.accounts.models import Person
from sightline.core.access import Actor
from sightline.core.risks import Status
from sightline.core.rulebook.registers import Tier
from sightline.directory.models import Organisation
from sightline.risks.models.risks import Risk, RiskStatement, seen_by


class RiskNow(models.Model):
    """How a risk stands now, worked out anew by each operation."""

    risk = models.OneToOneField(Risk, on_delete=models.CASCADE, primary_key=True, related_name="now")
    statement = models.ForeignKey(RiskStatement, on_delete=models.CASCADE, related_name="+")
    status = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Status])
    category = models.SlugField(max_length=80)
    severity = models.CharField(max_length=20)
    likelihood = models.PositiveSmallIntegerField(null=True)
    consequence = models.PositiveSmallIntegerField(null=True)
    score = models.PositiveSmallIntegerField(default=0)  # by the matrix of the day on which it was made
    review_on = models.DateField(null=True)

    private_fields: tuple[str, ...] = ()

    class Meta:
        indexes = [models.Index(fields=["review_on"], name="risks_by_review")]

    def __str__(self) -> str:
        return f"{self.status} {self.risk_id}"


class RegisterLineQuerySet(models.QuerySet["RegisterLine"]):
    """Reads of the lines of registers: whoever may read a risk reads its line."""

    def visible_to(self, actor: Actor, on: date, *, is_theirs: bool = False) -> Self:
        """This function will keep the lines of the risks that the actor may read.

        ``is_theirs`` says that they all stand on a register of the actor's own region.
        """
        return self.filter(seen_by(actor, on, "risk", is_theirs=is_theirs))

    def on_day(self, day: date | None) -> Self:
        """This function will keep how risks stood at the end of a day by what was then on record; None: as they stand."""
        if day is None:
            return self.filter(until=None)
        return self.filter(Q(until=None) | Q(until__gt=day), since__lte=day)


FILTERED_BY = ("category", "severity", "likelihood", "consequence", "review_on", "owner", "system")


class RegisterLine(models.Model):
    """How a risk stood on one register over some days, by what was on record on each; until None, as it stands today."""

    risk = models.ForeignKey(Risk, on_delete=models.CASCADE, related_name="lines")
    tier = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Tier])
    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True)  # the first day on which it is otherwise
    system = models.CharField(max_length=20, blank=True)
    opened_on = models.DateField()
    statement = models.ForeignKey(RiskStatement, on_delete=models.CASCADE, related_name="+")
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    status = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Status])
    category = models.SlugField(max_length=80, db_index=False)
    severity = models.CharField(max_length=20)
    likelihood = models.PositiveSmallIntegerField(null=True)
    consequence = models.PositiveSmallIntegerField(null=True)
    score = models.PositiveSmallIntegerField(default=0)  # by the matrix of the day on which it was made
    review_on = models.DateField(null=True)

    objects = RegisterLineQuerySet.as_manager()
    private_fields: tuple[str, ...] = ()

    class Meta:
        # Each holds all by which a page is filtered, counted and ordered, so that no row is fetched but those shown.
        indexes = [
            models.Index(
                fields=["body", "tier", "-score", "opened_on", "risk", "status", *FILTERED_BY],
                condition=Q(until=None),
                name="lines_as_they_stand",
            ),
            models.Index(
                fields=["body", "tier", "since", "until", "status", "score", "opened_on", "risk", *FILTERED_BY],
                name="lines_of_a_day",
            ),
            models.Index(
                fields=["body", "tier", "owner", "status"],
                condition=Q(until=None, owner__isnull=False),
                name="lines_of_owners",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tier} register of {self.body_id} since {self.since}"
