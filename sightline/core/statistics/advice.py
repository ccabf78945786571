"""Advice: which chart suits a series, and why, in words; a person may still choose another.

XmR serves most series, but not all: where few are counted its limits fall below zero and its values jump from whole
number to whole number, where most values are zero it has nothing to say, and where denominators differ it judges a
month of ten cases as one of a thousand. Sources: Montgomery, Introduction to Statistical Quality Control (expected
counts of five; denominators within a quarter of their mean); Laney 2002 (variation beyond chance).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from sightline.core.statistics.charts import ChartInput, draw
from sightline.core.statistics.kernel import Floats
from sightline.core.statistics.kinds import ChartKind
from sightline.core.statistics.rulesets import ANHOEJ

# Below so many on average, counts are too coarse for a chart of single values.
FEW = 5.0
# Denominators no further from their mean than this part of it count as alike.
ALIKE = 0.25
# From so many times the variation of chance alone, limits drawn from chance alone are too narrow.
WIDER = 1.25


class Measured(StrEnum):
    """What the figures of a series are."""

    PROPORTION = "proportion"  # so many of so many
    RATE = "rate"  # so many events among so much exposure
    COUNT = "count"  # so many events, in periods that are alike
    TIME = "time"  # times from event to event
    VALUE = "value"  # anything else: waits, lengths, scores


@dataclass(frozen=True, slots=True)
class Advice:
    """The chart that suits, None where there is nothing to judge by, and the reason."""

    kind: ChartKind | None
    says: str


def advise(
    measured: Measured, values: Sequence[float | None] | Floats, sizes: Sequence[float | None] | Floats | None = None
) -> Advice:
    """This function will say which chart suits a series of n points and why; missing points are passed over.

    ``values`` (n,) are numerators where there are ``sizes`` (n,), the denominators. Raises ``Invalid`` as ``draw``
    does where the figures cannot be.

    >>> advise(Measured.COUNT, [0, 2, 1, 3, 0, 1]).kind.value
    'c'
    """
    if measured is Measured.VALUE:
        return Advice(ChartKind.I, "Single measured values: an XmR chart takes its limits from the values themselves.")
    if measured is Measured.TIME:
        return Advice(ChartKind.T, "Times between events are skewed: a t chart draws them where they are nearly even.")
    if measured is Measured.COUNT:
        return _of_counts(draw(ChartInput(ChartKind.C, values), ANHOEJ).values)
    kind = ChartKind.P if measured is Measured.PROPORTION else ChartKind.U
    chart = draw(ChartInput(kind, values, sizes), ANHOEJ)
    known = np.isfinite(chart.values)
    if not known.any():
        return _NOTHING
    prime = ChartKind.P_PRIME if kind is ChartKind.P else ChartKind.U_PRIME
    wide = draw(ChartInput(prime, values, sizes), ANHOEJ)
    wider = _wider(chart.phases[0].lines.sigma[known], wide.phases[0].lines.sigma[known])
    counted, among = (np.asarray(column, dtype=np.float64)[known] for column in (values, sizes))
    return _of_ratios(kind, prime, wider, counted, among)


_NOTHING = Advice(None, "There are no figures to judge by.")


def _of_counts(values: Floats) -> Advice:
    known = values[np.isfinite(values)]
    if not len(known):
        return _NOTHING
    if 2 * int((known == 0).sum()) > len(known):
        return Advice(ChartKind.T, f"{_zeros(known)} A t chart, of the time from one event to the next, says more.")
    if known.mean() < FEW:
        return Advice(ChartKind.C, f"{_few(known.mean())} A c chart takes its limits from what chance does to counts.")
    return Advice(ChartKind.I, f"About {known.mean():.0f} are counted in each period: an XmR chart serves well.")


def _of_ratios(kind: ChartKind, prime: ChartKind, wider: float, counts: Floats, sizes: Floats) -> Advice:
    if 2 * int((counts == 0).sum()) > len(counts):
        return Advice(ChartKind.G, f"{_zeros(counts)} A g chart, of the cases from one event to the next, says more.")
    if wider >= WIDER:
        says = f"Neighbouring periods differ {wider:.1f} times as much as chance alone explains."
        return Advice(prime, f"{says} A {kind}′ chart widens its limits by as much.")
    share = counts.sum() / sizes.sum()
    fewest = sizes.mean() * (min(share, 1 - share) if kind is ChartKind.P else share)
    if fewest < FEW:
        return Advice(kind, f"{_few(fewest)} A {kind} chart takes its limits from what chance does to counts.")
    smallest, largest = sizes.min() / sizes.mean(), sizes.max() / sizes.mean()
    if smallest < 1 - ALIKE or largest > 1 + ALIKE:
        says = f"Denominators run from {sizes.min():g} to {sizes.max():g}."
        return Advice(kind, f"{says} A {kind} chart has narrower limits where more stand behind a point.")
    says = "Denominators are alike and the counts are large: an XmR chart serves well."
    return Advice(ChartKind.I, says)


def _wider(plain: Floats, wide: Floats) -> float:
    """How many times as far neighbours are apart as chance alone explains; 1 where too few points can say."""
    if len(plain) < ANHOEJ.min_baseline or not plain[0] > 0 or not np.isfinite(wide[0]):
        return 1.0
    return float(wide[0] / plain[0])


def _zeros(counts: Floats) -> str:
    return f"{int((counts == 0).sum())} of {len(counts)} periods have none."


def _few(mean: float) -> str:
    return f"Only about {mean:.1f} are expected in each period."
