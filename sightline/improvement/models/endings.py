"""How plans ended: what each changed, what was learned, and where that is embedded."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from sightline.core.improvement.finishing import Outcome
from sightline.improvement.models.plans import Plan


class PlanEnding(models.Model):
    """The end of a plan, as a row of its own: with evidence of its impact, and what was learned (PLN-08, PLN-09)."""

    plan = models.OneToOneField(Plan, on_delete=models.PROTECT, related_name="ending")
    outcome = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Outcome])
    impact = models.TextField()
    learning = models.TextField()
    embedded = models.TextField()
    because = models.TextField(blank=True)
    is_good_practice = models.BooleanField(default=False)
    knowingly = models.TextField(blank=True)  # why what looks like personal data stays in its words (IGV-01)
    ended_at = models.DateTimeField()
    ended_by = models.CharField(max_length=80)

    private_fields: tuple[str, ...] = ("impact", "learning", "embedded", "because", "knowingly")

    class Meta:
        ordering = ["-ended_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=[one.value for one in Outcome]), name="outcome_is_known"),
            models.CheckConstraint(
                condition=~Q(impact="") & ~Q(learning="") & ~Q(embedded=""), name="a_plan_ends_with_what_it_taught"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} at {self.ended_at}"
