"""Which chart an indicator's figures can stand on, what a series lacks for one, and its figures drawn on it.

A person chooses; nothing here does. XmR is what stands where nobody chose, and where a series lacks what it needs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sightline.core.statistics.charts import ChartInput, draw
from sightline.core.statistics.chosen import as_result
from sightline.core.statistics.kernel import Floats
from sightline.core.statistics.kinds import COUNTS, PROPORTIONS, RATIOS, ChartKind
from sightline.core.statistics.rulesets import RuleSet
from sightline.core.statistics.series import SeriesInput, SeriesResult
from sightline.core.statistics.windows import Flags
from sightline.indicators.catalogue import Indicator, Unit
from sightline.indicators.figures import Figures

K = ChartKind
# What a person may choose instead of XmR, in the order in which it is offered.
MAY_BE_CHOSEN = (K.P, K.P_PRIME, K.U, K.U_PRIME, K.I_PRIME, K.C, K.I_MEDIAN_RANGE, K.RUN)
# What is named, with what it lacks, because people know of it and the advice may name it.
OUT_OF_REACH = (K.G, K.T)
# Limits of these rest on chance alone, which is worked out for whole cases.
_WHOLE = frozenset({K.P, K.U, K.C})
# A published figure may be rounded so far from what its own counts give.
_ROUNDED = 0.01


@dataclass(frozen=True, slots=True)
class Columns:
    """What a series is drawn from, each (n,), NaN where unknown: figures as published, and their counts."""

    values: Floats
    tops: Floats
    bottoms: Floats

    @staticmethod
    def of(content: dict[str, Any]) -> Columns:
        """This function will read them off the content of a stored series."""
        n = len(content["starts"])
        return Columns(*(_column(content.get(name), n) for name in ("values", "numerators", "denominators")))

    @staticmethod
    def on(grid: Figures) -> Columns:
        """This function will read them off figures about to be assessed."""
        n = len(grid.starts)
        return Columns(*(_column(column, n) for column in (grid.values, grid.numerators, grid.denominators)))


def _column(given: Sequence[float | None] | None, n: int) -> Floats:
    return np.array([np.nan if one is None else one for one in given or [None] * n], dtype=np.float64)


def unfit(kind: ChartKind, indicator: Indicator) -> str:
    """This function will say why no figures of an indicator can stand on a chart; empty where they can.

    What single series lack is another question: see ``lacking``.
    """
    if kind in OUT_OF_REACH:
        what = "cases" if kind is K.G else "time"
        return f"It needs the {what} from each event to the next. These figures are counted by period."
    if kind in PROPORTIONS and indicator.unit is not Unit.PERCENT:
        return "It is for percentages: so many of so many. This indicator is none."
    if kind in RATIOS and indicator.per is None:
        return "It needs a numerator and a denominator. The figures of this indicator have none by their definition."
    if kind is K.C and indicator.unit is not Unit.COUNT:
        return "It is for counts. This indicator is none."
    return ""


def lacking(kind: ChartKind, indicator: Indicator, columns: Columns) -> str:
    """This function will say what a series lacks to stand on a chart, as the end of a sentence; empty where nothing."""
    known = np.isfinite(columns.values)
    if kind is K.C:
        return _uncounted(columns.values[known], "its figures are")
    if kind not in RATIOS or not known.any():
        return ""
    values, tops, bottoms = columns.values[known], columns.tops[known], columns.bottoms[known]
    if without := int((~(np.isfinite(tops) & np.isfinite(bottoms))).sum()):
        return f"the numerator or the denominator is missing in {_of(without, known)}"
    if nothing := int((bottoms <= 0).sum()):
        return f"the denominator is 0 in {_of(nothing, known)}"
    if kind in PROPORTIONS and (more := int((tops > bottoms).sum())):
        return f"the numerator is more than the denominator in {_of(more, known)}"
    if kind in COUNTS and (below := int((tops < 0).sum())):
        return f"the numerator is below zero in {_of(below, known)}"
    if kind in _WHOLE and (why := _uncounted(tops, "its numerators are")):
        return why
    apart = np.abs(tops / bottoms * (indicator.per or 1.0) - values)
    other = int((apart > np.maximum(10.0**-indicator.decimals, _ROUNDED * np.abs(values))).sum())
    return f"the figure is not its numerator over its denominator in {_of(other, known)}" if other else ""


def _uncounted(numbers: Floats, whose: str) -> str:
    return f"{whose} not whole numbers from 0 upwards" if ((numbers < 0) | (numbers != np.floor(numbers))).any() else ""


def _of(count: int, known: Flags) -> str:
    periods = int(known.sum())
    return f"{count} of {periods} {'period' if periods == 1 else 'periods'}"


def assess_on(
    kind: ChartKind, indicator: Indicator, columns: Columns, given: SeriesInput, rules: RuleSet, screen: bool
) -> SeriesResult:
    """This function will assess a series of n points on a chart for which it lacks nothing, in the indicator's unit.

    A period without a figure stays a gap, though its counts may be known.
    """
    known = np.isfinite(columns.values)
    ratio = kind in RATIOS
    chart = draw(
        ChartInput(
            kind,
            np.where(known, columns.tops, np.nan) if ratio else columns.values,
            np.where(known, columns.bottoms, np.nan) if ratio else None,
            rebases=given.rebases,
            baseline=given.baseline,
        ),
        rules,
        screen,
    )
    return as_result(chart, (indicator.per or 1.0) if ratio else 1.0)
