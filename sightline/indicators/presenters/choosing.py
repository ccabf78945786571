"""Which chart: on what a series is drawn and who chose it, what its figures advise, and what may be chosen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from sightline.core.statistics.advice import Advice, Measured, advise
from sightline.core.statistics.kinds import ChartKind
from sightline.core.verdict import Invalid
from sightline.indicators.catalogue import ChartKind as Shown
from sightline.indicators.catalogue import Indicator, Unit
from sightline.indicators.choosing import MAY_BE_CHOSEN, OUT_OF_REACH, Columns, lacking, unfit
from sightline.indicators.models import ChartChoice, Series
from sightline.indicators.presenters.drawings import drawn_kind
from sightline.web.charts.control import KIND_WORDS
from sightline.web.wording import day

K = ChartKind
NOBODY = "somebody no longer listed"
SUITS = {
    K.P: "for so many of so many. Its limits say what chance alone does, and are narrower where more were counted",
    K.P_PRIME: "the same for large numbers: its limits are as wide as neighbouring periods really differ",
    K.U: "for so many events among so much exposure. Its limits say what chance alone does",
    K.U_PRIME: "the same for large numbers: its limits are as wide as neighbouring periods really differ",
    K.I_PRIME: "for any numerator over any denominator, each figure weighed by its denominator",
    K.C: "for small counts in periods that are alike. Its limits say what chance alone does to counts",
    K.I_MEDIAN_RANGE: "where a few extreme figures would widen the limits of an XmR chart",
    K.RUN: "figures about their median, without limits: only runs and trends are read",
}
_MEASURED = {Unit.PERCENT: Measured.PROPORTION, Unit.RATE: Measured.RATE, Unit.COUNT: Measured.COUNT}
_UNCOUNTED = "The numerators and denominators are not known, so nothing can be advised."


@dataclass(frozen=True, slots=True)
class AdviceRow:
    """One chart that figures advise: how many of the subjects looked at, and one of them with its reason."""

    name: str
    count: int
    subject: str
    href: str
    says: str


def name_of(kind: ChartKind) -> str:
    """This function will name a chart as the start of a sentence has it."""
    words = KIND_WORDS[kind]
    return words[0].upper() + words[1:]


def _with_article(kind: ChartKind) -> str:
    words = KIND_WORDS[kind]
    return f"{'an' if kind in {K.I, K.I_PRIME} else 'a'} {words}"


def kinds_for(indicator: Indicator) -> list[tuple[str, str]]:
    """This function will give the charts that may be chosen for an indicator, each with what it is for."""
    return [(kind.value, f"{name_of(kind)}: {SUITS[kind]}") for kind in MAY_BE_CHOSEN if not unfit(kind, indicator)]


def out_of_reach(indicator: Indicator) -> list[tuple[str, str]]:
    """This function will name the charts on which the figures of an indicator cannot stand, and say why."""
    return [(name_of(kind), why) for kind in (*MAY_BE_CHOSEN, *OUT_OF_REACH) if (why := unfit(kind, indicator))]


def choice_words(choice: ChartChoice | None, deciders: Mapping[str, str]) -> str:
    """This function will say on which chart an indicator stands, since when, by whom and why; for its data card."""
    if choice is None:
        return "XmR chart, as nobody has chosen another"
    who, because = deciders.get(choice.recorded_by, NOBODY), choice.because.rstrip(". ")
    return f"{name_of(K(choice.kind))}, chosen by {who} on {day(choice.recorded_at)}: {because}"


def drawn_on(content: dict[str, Any], choice: ChartChoice | None, deciders: Mapping[str, str]) -> str:
    """This function will say on which chart one series stands: the one chosen, or XmR with what it lacks for that."""
    if choice is None or "chart" not in content:
        return choice_words(None, deciders)
    words, lacks = choice_words(choice, deciders), content["chart"]["lacks"]
    return f"XmR chart. Chosen for this indicator: {words}. Here it cannot be drawn: {lacks}" if lacks else words


def advice_words(series: Series, indicator: Indicator) -> str:
    """This function will say which chart the figures of a series advise, and why; empty where there is nothing to say."""
    found = _advice(series, indicator)
    if found is None:
        return ""
    if found.kind is None:
        return _UNCOUNTED
    drawn = drawn_kind(series.content)
    if found.kind is drawn:
        return f"{found.says} It is drawn so."
    why = unfit(found.kind, indicator)
    lacks = "" if why else lacking(found.kind, indicator, Columns.of(series.content))
    cannot = why or (f"It cannot be drawn here: {lacks}." if lacks else "")
    return " ".join(filter(None, [found.says, cannot]))


def advice_rows(series: Iterable[Series], indicator: Indicator) -> list[AdviceRow]:
    """This function will count what the figures of many subjects advise, the commonest first, each with an example."""
    counted: Counter[ChartKind | None] = Counter()
    examples: dict[ChartKind | None, tuple[Series, str]] = {}
    for one in series:
        found = _advice(one, indicator)
        if found is None:
            return []
        counted[found.kind] += 1
        examples.setdefault(found.kind, (one, found.says if found.kind else _UNCOUNTED))
    return [
        AdviceRow(
            name=name_of(kind) if kind else "None",
            count=count,
            subject=examples[kind][0].subject.name,
            href=reverse("series", args=[indicator.id, examples[kind][0].subject_id]),
            says=examples[kind][1],
        )
        for kind, count in counted.most_common()
    ]


def fallen_back(series: Iterable[Series]) -> int:
    """This function will count the series that lack what the chosen chart needs."""
    return sum(1 for one in series if one.content.get("chart", {}).get("lacks"))


def choice_rows(choices: Sequence[ChartChoice], standing: ChartChoice | None) -> list[tuple[ChartChoice, str, str]]:
    """This function will name each choice and how it stands, the newest first."""
    return [(one, name_of(K(one.kind)), _standing(one, standing)) for one in choices]


def _standing(one: ChartChoice, standing: ChartChoice | None) -> str:
    if one.withdraws_id:
        return "Withdrawal"
    if one == standing:
        return "In force"
    return "Withdrawn" if hasattr(one, "withdrawn_by") else "Replaced"


def _advice(series: Series, indicator: Indicator) -> Advice | None:
    """What the figures advise; None where the unit says nothing of how they were counted."""
    measured = Measured.VALUE if indicator.unit is Unit.SCORE else _MEASURED.get(indicator.unit)
    if indicator.chart is not Shown.XMR or measured is None:
        return None
    columns = Columns.of(series.content)
    try:
        if measured in {Measured.COUNT, Measured.VALUE}:
            return advise(measured, columns.values)
        return advise(measured, columns.tops, columns.bottoms)
    except Invalid:  # counts below zero, or more than their denominator: nothing to advise by
        return Advice(None, "")
