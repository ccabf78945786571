"""Guesses the mapping of a tidy table from its headings and its first rows, and says why."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import TypeVar

from sightline.indicators.sources._tidy_content import by_content
from sightline.indicators.sources._tidy_mapping import Guess, MappedIndicator, Mapping
from sightline.intake import cells, periods
from sightline.intake.cells import BadCell
from sightline.intake.contract import PeriodKind, Table
from sightline.intake.rows import SEARCHED, plain

T = TypeVar("T")
_PERS = (("percent", 100.0), ("rate", 1000.0), ("rate", 10_000.0), ("rate", 100_000.0), ("ratio", 1.0))
_LOOKED_AT = 2_000  # rows enough to see how cells are written
_MOST_INDICATORS = 200
# Headings as publishers write them, the likeliest first.
NAMES: dict[str, tuple[str, ...]] = {
    field: tuple(names.split(", "))
    for field, names in {
        "organisation": (
            "organisation, organisation code, org code, ods code, provider code, provider, trust code, trust, "
            "site code, practice code, icb code, area code, local authority code, location id, code"
        ),
        "name": "organisation name, org name, provider name, trust name, area name, local authority name, name",
        "period": (
            "period, month, period month, period date, reporting period, period start, month ending, quarter, "
            "financial year, year, date, time period"
        ),
        "indicator": "indicator, indicator id, measure, metric, indicator name, measure name",
        "value": (
            "value, rate, percentage, percent, performance, compliance rate, compliance, score, result, figure, "
            "count, number"
        ),
        "numerator": "numerator, num",
        "denominator": "denominator, denom",
        "low": "lower limit, lower ci, lower ci 95, lcl, low",
        "high": "upper limit, upper ci, upper ci 95, ucl, high",
    }.items()
}


def guess(table: Table) -> Mapping:
    """This function will choose a heading for each field, and the unit and the kind of period from the cells."""
    at = _header(table)
    if at is None:
        at = _first_full_row(table)
    header = table.rows[at] if table.rows else ()
    body = table.rows[at + 1 : at + 1 + _LOOKED_AT]
    chosen: dict[str, str] = {}
    guesses: list[Guess] = []
    for field, names in NAMES.items():
        heading, others = _choose(header, names, set(chosen.values()))
        if not heading:
            continue
        chosen[field] = heading
        others_too = f" “{others[0]}” could be meant too." if others else ""
        guesses.append(Guess(field, heading, f"Its heading says so.{others_too}"))
    for field, heading, why in by_content(header, body, chosen):
        chosen[field] = heading
        guesses.append(Guess(field, heading, why))
    if not {"organisation", "period"} <= chosen.keys():
        return Mapping(sheet=table.sheet)
    column = {field: _column(header, body, heading) for field, heading in chosen.items()}
    kind, why_kind = guess_kind(column.get("period", []))
    if "period" in chosen:
        guesses.append(Guess("kind", kind or "as written", why_kind))
    indicators, why_unit = _indicators(column, chosen)
    if indicators:
        guesses.append(Guess("unit", indicators[0].unit, why_unit))
        guesses.append(Guess("direction", "neither", "A table does not say which way is better: please do."))
    return Mapping(**chosen, kind=kind, indicators=indicators, sheet=table.sheet, guesses=tuple(guesses))


def as_id(words: str) -> str:
    """This function will make an indicator's id of its name: small letters, digits and hyphens."""
    return "-".join(re.findall(r"[a-z0-9]+", words.casefold()))[:80].strip("-") or "unnamed"


def guess_kind(written: Sequence[str]) -> tuple[PeriodKind | None, str]:
    """This function will say what the periods of a column are, from how they are written and how far they lie apart."""
    texts = list(dict.fromkeys(text for text in written if text))[:400]
    if not texts:
        return None, "There is no period to look at."
    # “2011-12” alone may be a year or a month: it is a month only where some other cell can be nothing else.
    months = [_read(periods.month_of, text) for text in texts]
    if all(months) and not all(_read(periods.financial_year, text) for text in texts):
        return _by_distance(texts, [month for month in months if month])
    kinds = {found.kind for text in texts if (found := _read(periods.period_of, text))}
    if len(kinds) == 1:
        kind = kinds.pop()
        return kind, f"“{texts[0]}” is written as one."
    return None, "The periods are written in several ways: each is read as it is written."


def _by_distance(texts: list[str], months: list[date]) -> tuple[PeriodKind, str]:
    days = [day for text in texts if (day := _read(periods.day_of, text))]
    ends = {day.day for day in days if (day + timedelta(days=1)).day != 1}
    if len(days) == len(texts) and ends - {1}:
        return PeriodKind.DAY, f"“{texts[0]}” is a day within a month."
    ordered = sorted(set(months))
    gaps = {(later.year - earlier.year) * 12 + later.month - earlier.month for earlier, later in pairwise(ordered)}
    if gaps and all(gap % 12 == 0 for gap in gaps):
        april = ordered[0].month in {3, 4}
        return (PeriodKind.FINANCIAL_YEAR if april else PeriodKind.YEAR), "The periods lie a year apart."
    if gaps and all(gap % 3 == 0 for gap in gaps):
        return PeriodKind.QUARTER, "The periods lie three months apart."
    return PeriodKind.MONTH, f"“{texts[0]}” is a month."


def guess_unit(value: Sequence[str], top: Sequence[str], bottom: Sequence[str], heading: str) -> tuple[str, float, str]:
    """This function will say what the values are, what multiplies numerator over denominator, and why."""
    for v, n, d in zip(value, top, bottom, strict=False):
        rate, part, whole = (_read(cells.decimal, text.rstrip("%")) for text in (v, n, d))
        if not rate or not part or not whole:
            continue
        for unit, per in _PERS:
            if abs(rate * whole / part / per - 1) < 0.02:
                return unit, per, f"{v} is {per:,.0f} times {n} over {d}."
    if any(text.endswith("%") for text in value) or "percent" in plain(heading) or "%" in heading:
        return "percent", 100.0, "It is written with %."
    filled = [number for text in value if (number := _read(cells.decimal, text)) is not None]
    if filled and not any(top) and all(number >= 0 and float(number).is_integer() for number in filled):
        return "count", 0.0, "All its figures are whole numbers."
    return "score", 0.0, "Nothing says that it is a share, a rate or a count."


def _header(table: Table) -> int | None:
    """The first row under which an organisation and a period both have a column."""
    for at, row in enumerate(table.rows[:SEARCHED]):
        words = {plain(cell) for cell in row}
        if all(words & {plain(name) for name in NAMES[field]} for field in ("organisation", "period")):
            return at
    return None


def _first_full_row(table: Table) -> int:
    """The first row with a heading in every column, where no heading is one that we know."""
    width = max((len(row) for row in table.rows[:SEARCHED]), default=0)
    full = (at for at, row in enumerate(table.rows[:SEARCHED]) if len(row) == width and all(row))
    return next(full, 0)


def _choose(header: Sequence[str], names: Sequence[str], taken: set[str]) -> tuple[str, list[str]]:
    by_words = {plain(heading): heading for heading in header if heading and heading not in taken}
    found = [by_words[plain(name)] for name in names if plain(name) in by_words]
    unique = list(dict.fromkeys(found))
    return (unique[0], unique[1:]) if unique else ("", [])


def _column(header: Sequence[str], body: Sequence[Sequence[str]], heading: str) -> list[str]:
    place = list(header).index(heading)
    return [row[place] if place < len(row) else "" for row in body]


def _indicators(column: dict[str, list[str]], chosen: dict[str, str]) -> tuple[tuple[MappedIndicator, ...], str]:
    value, top, bottom = (column.get(field, []) for field in ("value", "numerator", "denominator"))
    heading = chosen.get("value", chosen.get("numerator", ""))
    if not heading:
        return (), ""
    if "indicator" not in chosen:
        unit, per, why = guess_unit(value, top, bottom, heading)
        return (MappedIndicator("", as_id(heading), heading, unit, "neither", per),), why
    found: list[MappedIndicator] = []
    first_why = ""
    for written in list(dict.fromkeys(column["indicator"]))[:_MOST_INDICATORS]:
        if not written:
            continue
        rows = [at for at, cell in enumerate(column["indicator"]) if cell == written]
        own_value, own_top, own_bottom = ([texts[at] for at in rows] if texts else [] for texts in (value, top, bottom))
        unit, per, why = guess_unit(own_value, own_top, own_bottom, written)
        first_why = first_why or why
        found.append(MappedIndicator(written, as_id(written), written, unit, "neither", per))
    return tuple(found), first_why


def _read(rule: Callable[[str], T], text: str) -> T | None:
    try:
        return rule(text)
    except BadCell:
        return None
