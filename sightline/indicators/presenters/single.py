"""One series, one indicator's data card, or one publication, in full."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

from markupsafe import Markup

from sightline.core.indicators.assurance import Assurance
from sightline.core.indicators.variation import Variation
from sightline.core.signals import Bearing
from sightline.core.statistics.kinds import ChartKind as Drawn
from sightline.indicators.catalogue import ChartKind, Indicator
from sightline.indicators.describing import CARD
from sightline.indicators.models import ChartChoice, Method, Publication, Rebase, Series, Signal
from sightline.indicators.presenters.choosing import advice_words, drawn_on
from sightline.indicators.presenters.comparing import DIRECTION, dimension_words
from sightline.indicators.presenters.drawings import centre_of, chart_series, direction_of, drawn_kind, table_rows
from sightline.indicators.presenters.questions import questions
from sightline.indicators.presenters.words import STATUS, TAG, last_day, period, sentence
from sightline.web.charts import assurance_icon, full_chart, legend, variation_icon
from sightline.web.charts.rules import rules_in_words
from sightline.web.wording import month, plural

OLD_AFTER_DAYS = 400  # a figure older than this is said to be old, beside its age


def series_context(
    series: Series,
    indicator: Indicator,
    *,
    signals: Sequence[Signal],
    rebases: Sequence[Rebase],
    publications: Sequence[Publication],
    today: date,
    choice: ChartChoice | None = None,
    deciders: Mapping[str, str] = MappingProxyType({}),
) -> dict[str, Any]:
    """This function will gather everything that the page of one series says."""
    standing = [r for r in rebases if r.withdraws_id is None and getattr(r, "withdrawn_by", None) is None]
    drawn = chart_series(series, indicator, series.subject.name, standing)
    variation, assured = Variation(series.variation), Assurance(series.assurance)
    content = series.content
    which = drawn_on(content, choice, deciders) if indicator.chart is ChartKind.XMR else ""
    return {
        "series": series,
        "indicator": indicator,
        "subject": series.subject,
        "chart": full_chart(drawn),
        "legend": legend(drawn),
        "direction": DIRECTION[indicator.direction],
        "icons": icons_of(series, indicator),
        "variation": variation.words,
        "assurance": "" if assured is Assurance.NONE else f"{assured.words}.",
        "sentences": [(TAG[Bearing(signal.bearing)], sentence(signal, indicator)) for signal in signals],
        "status": STATUS[series.status],
        "questions": questions(series, indicator),
        "remarks": content["remarks"],
        "earlier": [name for name, _ in content["earlier"]],
        "rows": table_rows(series, indicator),
        "rules": rules_in_words(series.rule_set, centre_of(content), limits=drawn_kind(content) is not Drawn.RUN),
        "which_chart": which,
        "advice": advice_words(series, indicator),
        "card": data_card(indicator, which),
        "rebases": rebases,
        "standing": {rebase.pk for rebase in standing},
        "publications": publication_rows([p for p in publications if _speaks_of(p, series)][:24]),
        "method": method_in_words(series.rule_set, series.screened),
        "age": age(last_day(series.last_on, series.kind), today),
    }


def method_in_words(rule_set: str, screened: bool) -> str:
    """This function will name the rules by which a chart is read."""
    return f"{rule_set}, outlying moving ranges {'screened' if screened else 'not screened'}"


def method_rows(methods: Sequence[Method]) -> list[tuple[str, Method]]:
    """This function will name each choice of a method, the one that counts first; the default came before them all."""
    return [(method_in_words(method.rule_set, method.screen), method) for method in methods]


def icons_of(series: Series, indicator: Indicator) -> Markup:
    """This function will draw the icon of variation, and that of assurance where there is a target."""
    drawn = variation_icon(Variation(series.variation), series.status == "provisional")
    assured = Assurance(series.assurance)
    return drawn if assured is Assurance.NONE else drawn + assurance_icon(assured, direction_of(indicator))


def _speaks_of(publication: Publication, series: Series) -> bool:
    if publication.first_period is None or publication.last_period is None:
        return False
    return publication.first_period <= series.last_on and publication.last_period >= series.first_on


def age(last: date, today: date) -> str:
    """This function will say how old figures are once that matters (DAT-05)."""
    days = (today - last).days
    if days <= OLD_AFTER_DAYS:
        return ""
    years, months = divmod(days // 30, 12)
    words = plural(years, "year") if years else ""
    return " and ".join(filter(None, [words, plural(months, "month") if months and years < 3 else ""])) + " old"


def data_card(indicator: Indicator, which_chart: str = "") -> list[tuple[str, str]]:
    """This function will give the data card in full: the seven fields, what the indicator is, and on which chart it is."""
    return [
        *mandatory_card(indicator),
        ("Definition", indicator.definition),
        ("Numerator", indicator.numerator),
        ("Denominator", indicator.denominator),
        ("Quality dimensions", ", ".join(dimension_words(name) for name in indicator.dimensions)),
        ("Small numbers", indicator.small_numbers.rule),
        *([("Chart", which_chart)] if which_chart else []),
    ]


def mandatory_card(indicator: Indicator) -> list[tuple[str, str]]:
    """This function will give the seven fields that every presentation of data carries (DAT-01; QSG 2017 ¶114)."""
    return [(label, getattr(indicator.card, name)) for name, label in CARD.items()]


def export_rows(series: Series, indicator: Indicator) -> Iterator[list[str]]:
    """This function will give the table as rows of text."""
    yield ["period", "value", "counts", "usual range", "what it says", "note", "figures of"]
    for row in table_rows(series, indicator):
        yield [row.period, row.value, row.counts, row.usual, row.says, row.note, row.earlier]


def publication_rows(publications: Sequence[Publication]) -> list[tuple[Publication, str]]:
    """This function will name publications by what they are and which months they speak of."""
    return [(publication, f"{publication.title}{_months(publication)}") for publication in publications]


def _months(publication: Publication) -> str:
    first, last = publication.first_period, publication.last_period
    if first is None or last is None:
        return ""
    return f", {month(first)}" if first == last else f", {month(first)} to {month(last)}"


def publication_context(publication: Publication, catalogue: Mapping[str, Indicator]) -> dict[str, Any]:
    """This function will say what a publication is, where it came from and what it replaced."""
    named = [(name, catalogue[name]) for name in publication.indicators.split() if name in catalogue]
    kind = named[0][1].period.value if named else "month"
    first, last = publication.first_period, publication.last_period
    covers = ""
    if first and last:
        covers = period(first, kind) if first == last else f"{period(first, kind)} to {period(last, kind)}"
    return {
        "publication": publication,
        "covers": covers,
        "indicators": named,
        "replaced": list(publication.supersedes.select_related("older")),
        "replaced_by": list(publication.superseded_by.select_related("newer")),
        "remarks": publication.remarks.splitlines(),
    }
