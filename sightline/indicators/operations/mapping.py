"""What a person says of a tidy file: what its columns are, and what its indicators mean."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.verdict import Invalid
from sightline.indicators.catalogue import (
    Better,
    ChartKind,
    DataCard,
    Indicator,
    SmallNumbers,
    Unit,
)
from sightline.indicators.models import Delivery, LocalIndicator, TidyMapping
from sightline.indicators.queries import received_file, shape_of
from sightline.indicators.sources.tidy import Mapping
from sightline.intake.contract import NamedIndicator, Parsed, PeriodKind

UNSTATED = "Not stated by the file; complete the data card before you share a chart of it."
_CADENCE = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.ROLLING_YEAR: 3}
_DECIMALS = {Unit.COUNT: 0, Unit.PERCENT: 1}


@operation(Permission.IMPORT_DATA, on="delivery")
def confirm_mapping(
    *, by: Actor, at: datetime, delivery: Delivery, mapping: Mapping, indicators: Sequence[Indicator]
) -> None:
    """This function will keep what the columns are and what each indicator means, and let the file go on (DAT-01).

    Raises Invalid when the mapping lacks an organisation, a period or a figure, or an indicator its meaning.
    """
    if not mapping.is_complete:
        raise Invalid("Say which column is the organisation, which the period and which the value.")
    meant = {indicator.id for indicator in indicators}
    lacking = [one.name for one in mapping.indicators if one.id not in meant]
    if lacking:
        raise Invalid(f"Say what these indicators mean: {', '.join(lacking)}.")
    TidyMapping.objects.create(
        shape=shape_of(received_file(delivery)),
        mapping=json.dumps(mapping.to_plain()),
        recorded_at=at,
        recorded_by=by.actor_id,
    )
    # A meaning once given stays: a later file of the same shape does not change it in passing.
    LocalIndicator.objects.bulk_create(
        (
            LocalIndicator(id=one.id, definition=one.model_dump_json(), recorded_at=at, recorded_by=by.actor_id)
            for one in indicators
        ),
        ignore_conflicts=True,
    )
    delivery.state, delivery.finished_at = Delivery.State.WAITING, None
    delivery.save(update_fields=["state", "finished_at"])


def definition_of(named: NamedIndicator, parsed: Parsed) -> str:
    """This function will make a catalogue entry of what a file says of an indicator, and say what it does not."""
    kind = next((o.kind for o in parsed.observations if o.indicator == named.id), PeriodKind.YEAR)
    unit = Unit(named.unit)
    needs_per = {Unit.PERCENT: 100.0, Unit.RATE: 1000.0, Unit.RATIO: 1.0}
    indicator = Indicator(
        id=named.id,
        name=named.name,
        short_name=named.name[:60],
        definition=UNSTATED,
        numerator=UNSTATED,
        denominator=UNSTATED,
        unit=unit,
        per=named.per or needs_per.get(unit),
        unit_words="%" if unit is Unit.PERCENT else "",
        direction=Better(named.direction),
        card=unstated_card(parsed.title),
        small_numbers=SmallNumbers(by_publisher=False, rule=UNSTATED),
        chart=ChartKind.XMR if kind in {PeriodKind.MONTH, PeriodKind.QUARTER} else ChartKind.RUN,
        period=kind,
        cadence_months=_CADENCE.get(kind, 0),
        lag_days=60,
        decimals=_DECIMALS.get(unit, 2),
        source=parsed.source,
    )
    return indicator.model_dump_json()


def unstated_card(source: str) -> DataCard:
    """This function will make a data card that says what nobody has stated yet (DAT-01)."""
    return DataCard(
        purpose=UNSTATED,
        source=source or UNSTATED,
        period_covered="As each chart shows",
        audience=UNSTATED,
        confidentiality=UNSTATED,
        known_issues=UNSTATED,
        what_good_looks_like=f"Not possible – {UNSTATED.lower()}",
    )
