"""Signals and periods in words: what happened, since when, compared with what, better or worse."""

from __future__ import annotations

from datetime import date

from sightline.core.signals import Bearing, Rule, Side, SignalKind
from sightline.indicators.catalogue import Indicator
from sightline.indicators.models import Signal
from sightline.intake.contract import PeriodKind
from sightline.intake.periods import Period
from sightline.web.charts.rules import RULE_WORDS
from sightline.web.wording import count_word, day, month, number

BEARING = {Bearing.CONCERN: "worse", Bearing.IMPROVEMENT: "better", Bearing.NEITHER: "neither better nor worse"}
TAG = {
    Bearing.CONCERN: ("Worse", "nhsuk-tag--orange"),
    Bearing.IMPROVEMENT: ("Better", "nhsuk-tag--blue"),
    Bearing.NEITHER: ("Changed", "nhsuk-tag--purple"),
}
PERIOD_NOUN = {
    "day": "day", "month": "month", "quarter": "quarter", "year": "year", "financial_year": "year",
    "rolling_year": "publication", "three_years": "period",
}  # fmt: skip
STATUS = {
    "ok": "",
    "provisional": "Provisional: fewer figures than the rules ask for, so its limits may still move.",
    "no_variation": "Every figure is the same, so no limits can be drawn.",
    "too_short": "Too few figures to draw limits.",
    "no_data": "No figures.",
}
_MONTHS_A_PERIOD = {"month", "quarter"}


def periods(count: int, kind: str) -> str:
    """This function will write how many periods: "seven months"."""
    noun = PERIOD_NOUN.get(kind, "period")
    return f"{count_word(count)} {noun}{'' if count == 1 else 's'}"


def period(start: date, kind: str) -> str:
    """This function will write one period as readers know it: "March 2025", "2024/25", "the year to March 2012"."""
    match kind:
        case "day":
            return day(start)
        case "quarter":
            return f"{start:%B} to {_later(start, 2):%B %Y}"
        case "year":
            return str(start.year)
        case "financial_year":
            return f"{start.year}/{(start.year + 1) % 100:02}"
        case "rolling_year":
            return f"the year to {_later(start, 11):%B %Y}"
        case "three_years":
            return f"{start.year} to {start.year + 2}"
        case _:
            return month(start)


def last_day(start: date, kind: str) -> date:
    """This function will give the last day of a period: figures are as old as that."""
    return Period(start, PeriodKind(kind)).end


def _later(start: date, months: int) -> date:
    whole = start.year * 12 + start.month - 1 + months
    return date(whole // 12, whole % 12 + 1, 1)


def unit_of(indicator: Indicator) -> str:
    """This function will give the unit as it stands beside a figure; a percentage always shows its sign."""
    return indicator.unit_words or ("%" if indicator.unit == "percent" else "")


def value_words(value: float | None, indicator: Indicator) -> str:
    """This function will write a figure in its unit."""
    return number(value, indicator.decimals, unit_of(indicator))


def sentence(signal: Signal, indicator: Indicator) -> str:
    """This function will say in one sentence what was noticed."""
    kind = indicator.period.value
    bearing = Bearing(signal.bearing)
    judged = f": {BEARING[bearing]}" if bearing is not Bearing.NEITHER else ""
    match SignalKind(signal.kind):
        case SignalKind.SPECIAL_CAUSE:
            return f"{_pattern(signal, kind)}{judged}. {_usual(signal, indicator)}".strip()
        case SignalKind.TARGET_MISSED:
            target = indicator.target_on(signal.until)
            return (
                f"Not expected to meet the standard of {value_words(target, indicator)} unless something changes. "
                f"{_usual(signal, indicator)}"
            ).strip()
        case SignalKind.OUTLIER:
            times = "" if signal.periods == 1 else f" in {periods(signal.periods, kind)} running"
            side = "Higher" if signal.side == Side.HIGH else "Lower"
            return f"{side} than its publisher expected{times}, since {period(signal.since, kind)}{judged}."
        case SignalKind.MISSING:
            return f"No figure for {_stretch(signal, kind)}, which most others reported."
        case SignalKind.STOPPED:
            return f"Nothing reported since {period(_before(signal, kind), kind)}, though others go on reporting."
        case SignalKind.LATE:
            return f"The next publication was due by {day(signal.since)} and has not been brought in."
        case SignalKind.CHANGED:
            return f"Changed to {value_words(signal.value, indicator)} in {period(signal.since, kind)}{judged}."
        case SignalKind.RATING:
            return _rated(signal, judged)


RATING_WORDS = ("inadequate", "requires improvement", "good", "outstanding")


def _rated(signal: Signal, judged: str) -> str:
    if signal.measure == "cqc-sites-below-good":
        total = int(signal.value or 0)
        which = "its one rated site" if total == 1 else f"{count_word(signal.periods)} of its {total} rated sites"
        verb = "is" if signal.periods == 1 else "are"
        return f"{which[0].upper()}{which[1:]} {verb} below good, the latest since {day(signal.until)}{judged}."
    word = RATING_WORDS[int(signal.value or 0)]
    again = f", confirmed on {day(signal.until)}" if signal.until != signal.since else ""
    return f"Rated {word} by the regulator since {day(signal.since)}{again}{judged}."


def _pattern(signal: Signal, kind: str) -> str:
    rules = set(signal.rules.split())
    high = signal.side == Side.HIGH
    since = f"since {period(signal.since, kind)}"
    one = signal.since == signal.until
    if Rule.SHIFT in rules:
        where = "above" if high else "below"
        return f"{periods(signal.periods, kind).capitalize()} {where} its usual level {since}"
    if Rule.TREND in rules:
        return f"{'Rising' if high else 'Falling'} without a break for {periods(signal.periods, kind)}, {since}"
    if Rule.OUTSIDE in rules:
        where = "Above" if high else "Below"
        when = f"in {period(signal.until, kind)}" if one else f"in {periods(signal.periods, kind)} {since}"
        return f"{where} its usual range {when}"
    if Rule.LONG_RUN in rules:
        where = "above" if high else "below"
        return (
            f"{periods(signal.periods, kind).capitalize()} {where} its usual level, longer than chance allows, {since}"
        )
    if Rule.TWO_OF_THREE not in rules and (found := next((rule for rule in RULE_WORDS if rule in rules), None)):
        return f"{RULE_WORDS[found].capitalize()} in {periods(signal.periods, kind)} {since}"
    limit = "upper" if high else "lower"
    return f"Close to its {limit} limit in {periods(signal.periods, kind)} {since}"


def _usual(signal: Signal, indicator: Indicator) -> str:
    if signal.usual_low is None or signal.usual_high is None:
        return ""
    low, high = clipped(signal.usual_low, indicator), clipped(signal.usual_high, indicator)
    bare = number(low, indicator.decimals)
    return f"Usual: {bare} to {value_words(high, indicator)}."


def clipped(limit: float, indicator: Indicator) -> float:
    """This function will keep a limit within what can be, for display only: rules use it as it is."""
    if indicator.unit == "percent":
        return min(100.0, max(0.0, limit))
    return max(0.0, limit) if indicator.never_negative else limit


def _stretch(signal: Signal, kind: str) -> str:
    if signal.since == signal.until:
        return period(signal.since, kind)
    return f"{period(signal.since, kind)} to {period(signal.until, kind)}"


def _before(signal: Signal, kind: str) -> date:
    """The last period that was reported before the silence."""
    step = {"month": 1, "quarter": 3, "rolling_year": 3}.get(kind, 12)
    return _later(signal.since, -step)
