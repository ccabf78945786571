"""Writes of what stands against a risk: controls, gaps and actions, and what became of each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone

from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.verdict import Already, Invalid
from sightline.risks.models import Measure, MeasureStep, Risk
from sightline.risks.operations._demands import demand_clean, demand_past, kept_risk, left_behind
from sightline.risks.words import MeasureHow, MeasureKind

STEPS: Mapping[MeasureKind, tuple[MeasureHow, ...]] = {
    MeasureKind.CONTROL: (MeasureHow.ASSURED, MeasureHow.ENDED),
    MeasureKind.GAP: (MeasureHow.BORNE, MeasureHow.ENDED),
    MeasureKind.ACTION: (MeasureHow.DONE, MeasureHow.ENDED),
}


@operation(Permission.KEEP_RISKS, on="risk")
def add_measure(
    *,
    by: Actor,
    at: datetime,
    risk: Risk,
    kind: MeasureKind,
    says: str,
    holder: str = "",
    due_on: date | None = None,
    against: Measure | None = None,
) -> Measure:
    """This function will add a control, a gap in the controls, or an action with who does it and by when (RSK-15)."""
    found = kept_risk(by, timezone.localdate(at), risk)
    if not says.strip():
        raise Invalid("Say in a sentence what it is.")
    if kind is not MeasureKind.ACTION and (due_on is not None or against is not None):
        raise Invalid("Only an action has a day by which it is done, or a gap that it closes.")
    if against is not None and (against.risk_id != found.pk or against.kind != MeasureKind.GAP):
        raise Invalid("An action closes a gap of the same risk.")
    demand_clean(says, holder)
    row = {"kind": kind.value, "says": says.strip(), "holder": holder.strip(), "due_on": due_on, "against": against}
    if _standing(found).filter(**row).exists():
        raise Already("This is on record already.")
    made = Measure.objects.create(risk=found, recorded_at=at, recorded_by=by.actor_id, **row)
    left_behind(found, at)
    return made


@operation(Permission.KEEP_RISKS, on="measure")
def step_measure(
    *,
    by: Actor,
    at: datetime,
    measure: Measure,
    how: MeasureHow,
    because: str = "",
    happened_on: date | None = None,
) -> MeasureStep:
    """This function will record what became of it: a control was assured, a gap is borne, an action is done, or it ended.

    Why a gap may stay, and why something counts no more, is said in a sentence.
    """
    today = timezone.localdate(at)
    found = kept_risk(by, today, measure.risk)
    day = happened_on or today
    demand_past(day, today, "The day on which it happened")
    if how not in STEPS[MeasureKind(measure.kind)]:
        raise Invalid("This cannot happen to a measure of this kind.")
    if how in {MeasureHow.BORNE, MeasureHow.ENDED} and not because.strip():
        raise Invalid("Say in a sentence why.")
    steps = MeasureStep.objects.filter(measure=measure)
    if steps.filter(how=MeasureHow.ENDED.value).exists():
        raise Already("It counts no more. Add a new one, if there is one.")
    if how is MeasureHow.DONE and steps.filter(how=how.value).exists():
        raise Already("It is done already.")
    if steps.filter(how=how.value, happened_on=day, says=because.strip()).exists():
        raise Already("This is on record already.")
    demand_clean(because)
    made = MeasureStep.objects.create(
        measure=measure,
        how=how.value,
        happened_on=day,
        says=because.strip(),
        recorded_at=at,
        recorded_by=by.actor_id,
    )
    left_behind(found, at)
    return made


def _standing(risk: Risk) -> QuerySet[Measure]:
    return Measure.objects.filter(risk=risk).exclude(steps__how=MeasureHow.ENDED.value)
