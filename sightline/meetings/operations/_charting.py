"""A chart as it stands at a moment, frozen into a paper: figures, limits, what they say, and the data card beside them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sightline.accounts.queries import names_of
from sightline.core.indicators.funnels import LaidOut
from sightline.core.signals import Dimension
from sightline.directory.models import Subject
from sightline.indicators.catalogue import Indicator
from sightline.indicators.models import Series
from sightline.indicators.queries import standing_choice
from sightline.indicators.queries.pages import rebases_of, signals_of_series
from sightline.indicators.queries.peers import Peers
from sightline.meetings.operations._funnels import funnel_facts, latest
from sightline.surveillance.operations._freezing import canonical

_SERIES = ("source", "kind", "first_on", "last_on", "status", "variation", "assurance", "rule_set", "screened")
SIGNAL = (
    "measure",
    "kind",
    "bearing",
    "side",
    "since",
    "until",
    "periods",
    "rules",
    "value",
    "usual_low",
    "usual_high",
)


def chart_of(series: Series, indicator: Indicator, at: datetime) -> dict[str, Any]:
    """This function will write down everything from which a chart is drawn and told, so that it can be drawn again.

    These are facts and no picture: whatever draws the chart later changes none of them (REC-16, DAT-01).
    """
    content = {"subject": _whom(series.subject), "as_of": at, "sections": [], "chart": _facts(series, indicator)}
    plain: dict[str, Any] = json.loads(canonical(content))
    return plain


def data_pack_of(
    chosen: Sequence[tuple[Series, Indicator]],
    funnels: Sequence[tuple[Indicator, Peers, LaidOut]],
    about: Subject | None,
    theme: Dimension | None,
    at: datetime,
) -> dict[str, Any]:
    """This function will write down a data pack: everything from which each of its charts is drawn and told (MTG-13)."""
    whom = {series.subject_id: series.subject.name for series, _ in chosen}
    content = {
        "subject": _whom(about),
        "as_of": at,
        "sections": [],
        "charts": [{"subject": _whom(series.subject), **_facts(series, known)} for series, known in chosen],
        "funnels": [
            funnel_facts(known, peers, laid, whom, _expected(known, chosen, about)) for known, peers, laid in funnels
        ],
        "theme": theme or "",
    }
    plain: dict[str, Any] = json.loads(canonical(content))
    return plain


def _expected(
    known: Indicator, chosen: Sequence[tuple[Series, Indicator]], about: Subject | None
) -> Mapping[UUID, str]:
    """Of whom a reader of the pack looks for this figure: whom the pack is about, and of whom it has this chart."""
    found = {series.subject_id: series.subject.name for series, of in chosen if of.id == known.id}
    return {**found, **({about.pk: about.name} if about else {})}


def _whom(subject: Subject | None) -> dict[str, Any]:
    return {"id": subject.pk, "name": subject.name} if subject else {"id": None, "name": ""}


def _facts(series: Series, indicator: Indicator) -> dict[str, Any]:
    rebases = [one for one in rebases_of(series) if one.withdraws_id is None and not hasattr(one, "withdrawn_by")]
    return {
        "indicator": indicator.model_dump(mode="json"),
        "series": {name: getattr(series, name) for name in _SERIES},
        "figures": series.content,
        "signals": [{name: getattr(one, name) for name in SIGNAL} for one in signals_of_series(series)],
        "rebases": [{"from_on": one.from_on, "because": one.because} for one in rebases],
        "publication": latest(series.indicator, series.first_on, series.last_on),
        **_choice(series.indicator),
    }


def _choice(indicator: str) -> dict[str, Any]:
    """Which chart a named person chose for the indicator, and why; nothing where nobody did."""
    chosen = standing_choice(indicator)
    if chosen is None:
        return {}
    by = names_of([chosen.recorded_by]).get(chosen.recorded_by, "")
    return {"choice": {"kind": chosen.kind, "because": chosen.because, "recorded_at": chosen.recorded_at, "by": by}}
