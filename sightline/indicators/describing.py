"""A catalogue entry for an indicator that a file merely names: what it says, and what nobody has stated yet."""

from __future__ import annotations

from collections.abc import Mapping

from sightline.core.verdict import ALLOWED, Verdict, refused
from sightline.indicators.catalogue import Better, ChartKind, DataCard, Indicator, SmallNumbers, Unit
from sightline.intake.contract import NamedIndicator, Parsed, PeriodKind

UNSTATED = "Not stated by the file; complete the data card before you share a chart of it."
CARD: Mapping[str, str] = {  # what every presentation of data carries, in the order of QSG 2017 ¶114 (DAT-01)
    "purpose": "Purpose",
    "source": "Source",
    "period_covered": "Period covered",
    "audience": "Intended audience",
    "confidentiality": "Data protection and confidentiality",
    "known_issues": "Known issues and constraints",
    "what_good_looks_like": "What good looks like",
}
_CADENCE = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.ROLLING_YEAR: 3}
_DECIMALS = {Unit.COUNT: 0, Unit.PERCENT: 1}


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


def may_be_shared(card: DataCard) -> Verdict:
    """This function will say whether a chart may be shared: not while its data card leaves a field open (DAT-01).

    What good looks like may be “not possible” with a reason; that nobody stated it is none.
    """
    missing = open_fields(card)
    if not missing:
        return ALLOWED
    return refused(
        f"The data card of this chart does not say yet: {', '.join(missing)}. "
        "Whoever brings its figures in completes the card.",
        "QSG 2017 ¶114",
    )


def open_fields(card: DataCard) -> tuple[str, ...]:
    """This function will name the fields of a data card that nobody has stated yet, in the order of the guidance (DAT-01)."""
    return tuple(label for name, label in CARD.items() if not _is_stated(getattr(card, name)))


def _is_stated(words: str) -> bool:
    return bool(words.strip()) and not words.casefold().endswith(UNSTATED.casefold())
