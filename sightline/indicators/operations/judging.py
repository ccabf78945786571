"""What a named person judges about a series: new limits from a date, by which rules and on which chart it is assessed."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings

from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.statistics.kinds import ChartKind as Drawn
from sightline.core.statistics.rebasing import snap_rebases
from sightline.core.statistics.rulesets import RULE_SETS
from sightline.core.verdict import Invalid
from sightline.indicators.catalogue import ChartKind, Indicator
from sightline.indicators.choosing import MAY_BE_CHOSEN, OUT_OF_REACH, Columns, lacking, unfit
from sightline.indicators.models import ChartChoice, Method, Rebase, Series
from sightline.indicators.operations._reassessing import reassess
from sightline.indicators.queries import catalogue, known_indicators, standing_choice

FEWEST_FOR_BASELINE = 12


@operation(Permission.REBASE, on="series")
def rebase(
    *,
    by: Actor,
    at: datetime,
    series: Series,
    asked_for: date,
    because: str,
    baseline_points: int | None = None,
) -> Rebase:
    """This function will start new limits from a period on, because the process itself changed (DAT-07).

    A date between two periods snaps to the next period. Raises Invalid when there is no period from that date
    on, when limits already start there, or when a fixed baseline would rest on fewer than twelve points.
    """
    starts = [date.fromisoformat(day) for day in series.content["starts"]]
    indices, _ = snap_rebases(starts, [asked_for])
    if not indices or indices[0] == 0:
        raise Invalid(
            f"There is no figure from {asked_for:%-d %B %Y} on that new limits could start with. "
            f"Choose a date after {starts[0]:%-d %B %Y} and up to {starts[-1]:%-d %B %Y}."
        )
    if baseline_points is not None and baseline_points < FEWEST_FOR_BASELINE:
        raise Invalid(f"A fixed baseline needs at least {FEWEST_FOR_BASELINE} points.")
    from_on = starts[indices[0]]
    standing = Rebase.objects.filter(indicator=series.indicator, subject=series.subject, from_on=from_on)
    if standing.filter(withdraws=None, withdrawn_by=None).exists():
        raise Invalid(f"New limits already start in {from_on:%B %Y}.")
    made = Rebase.objects.create(
        indicator=series.indicator,
        subject=series.subject,
        asked_for=asked_for,
        from_on=from_on,
        baseline_points=baseline_points,
        because=because.strip(),
        recorded_at=at,
        recorded_by=by.actor_id,
    )
    reassess({series.indicator}, at, settings.DATA_DIR, only_subject=series.subject_id)
    return made


@operation(Permission.REBASE, on="rebased")
def withdraw_rebase(*, by: Actor, at: datetime, rebased: Rebase, because: str) -> Rebase:
    """This function will take a rebase back; both rows stay on the record."""
    if Rebase.objects.filter(withdraws=rebased).exists() or rebased.withdraws_id:
        raise Invalid("These limits were withdrawn already.")
    made = Rebase.objects.create(
        indicator=rebased.indicator,
        subject=rebased.subject,
        asked_for=rebased.asked_for,
        from_on=rebased.from_on,
        because=because.strip(),
        recorded_at=at,
        recorded_by=by.actor_id,
        withdraws=rebased,
    )
    reassess({rebased.indicator}, at, settings.DATA_DIR, only_subject=rebased.subject_id)
    return made


@operation(Permission.REBASE, on="result")
def choose_method(*, by: Actor, at: datetime, indicator: str, rule_set_name: str, screen: bool, because: str) -> Method:
    """This function will choose the rule set of an indicator and whether outlying moving ranges are screened.

    Raises Invalid when there is no such rule set or indicator.
    """
    if rule_set_name not in RULE_SETS:
        raise Invalid(f"There is no rule set “{rule_set_name}”. Choose one of: {', '.join(RULE_SETS)}.")
    if indicator not in known_indicators():
        raise Invalid(f"There is no indicator “{indicator}”. The indicators page lists them all.")
    made = Method.objects.create(
        indicator=indicator,
        rule_set=rule_set_name,
        screen=screen,
        because=because.strip(),
        recorded_at=at,
        recorded_by=by.actor_id,
    )
    reassess({indicator}, at, settings.DATA_DIR)
    return made


@operation(Permission.REBASE, on="result")
def choose_chart(*, by: Actor, at: datetime, indicator: str, kind: Drawn, because: str) -> ChartChoice:
    """This function will choose the chart on which an indicator's figures are drawn and read instead of XmR (DAT-07).

    A series that lacks what the chart needs stays on XmR. Raises Invalid where every series does, where the
    indicator cannot stand on such a chart at all, or where it is the one that is drawn already.
    """
    definition = catalogue().get(indicator)
    if definition is None or definition.chart is not ChartKind.XMR:
        raise Invalid(f"There is no indicator “{indicator}” whose chart can be chosen. The indicators page lists them.")
    if kind not in {*MAY_BE_CHOSEN, *OUT_OF_REACH}:
        raise Invalid(f"There is no chart “{kind}” to choose. Choose one of: {', '.join(MAY_BE_CHOSEN)}.")
    if why := unfit(kind, definition) or _lacking_everywhere(kind, definition):
        raise Invalid(why)
    standing = standing_choice(indicator)
    if standing is not None and standing.kind == kind:
        raise Invalid("This chart is the one that stands already. Choose another, or withdraw it.")
    made = ChartChoice.objects.create(
        indicator=indicator, kind=kind.value, because=because.strip(), recorded_at=at, recorded_by=by.actor_id
    )
    reassess({indicator}, at, settings.DATA_DIR, anew=True)
    return made


def _lacking_everywhere(kind: Drawn, indicator: Indicator) -> str:
    """What the figures lack for a chart where no series has it; empty as soon as one does."""
    why = ""
    for series in Series.objects.filter(indicator=indicator.id).order_by("pk").iterator(chunk_size=200):
        lacks = lacking(kind, indicator, Columns.of(series.content))
        if not lacks:
            return ""
        why = why or f"No series of this indicator can stand on this chart. Of the first one, {lacks}."
    return why or "There are no figures of this indicator yet. Bring them in first, then choose their chart."


@operation(Permission.REBASE, on="chosen")
def withdraw_chart(*, by: Actor, at: datetime, chosen: ChartChoice, because: str) -> ChartChoice:
    """This function will take a choice of chart back: figures are drawn on XmR again; both rows stay on the record."""
    if standing_choice(chosen.indicator) != chosen:
        raise Invalid("This choice no longer stands. The page of the chart says which one does.")
    made = ChartChoice.objects.create(
        indicator=chosen.indicator,
        kind=chosen.kind,
        because=because.strip(),
        recorded_at=at,
        recorded_by=by.actor_id,
        withdraws=chosen,
    )
    reassess({chosen.indicator}, at, settings.DATA_DIR, anew=True)
    return made
