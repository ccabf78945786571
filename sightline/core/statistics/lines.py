"""Lines: centre and limits of one phase of a chart of any kind, one entry per point, limits never clipped.

Every chart is a middle and a sigma for each point, on the scale of its values or, for the time between events, on a
scale on which such times are nearly normal. Sources: Montgomery, Introduction to Statistical Quality Control, on
p, u, c and on x̄ and s from subgroups of unequal size; Laney, Quality Engineering 14(4), 2002, on p′ and u′; Benneyan,
Health Care Management Science 4, 2001, on g; Nelson, Journal of Quality Technology 26(3), 1994, on t; Taylor, The
normalized individuals control chart (I′), 2018; Wheeler, Understanding Variation, on median variants.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, lgamma, pi, sqrt

import numpy as np

from sightline.core.statistics.kernel import Floats
from sightline.core.statistics.kinds import COUNTS, PROPORTIONS, RATIOS, SUBGROUPS, ChartKind
from sightline.core.statistics.rulesets import RuleSet
from sightline.core.statistics.windows import Flags

# Mean range of two independent values from a normal distribution, in its sigmas.
D2 = 1.128
# The moving range's own limit, in mean moving ranges.
RANGE_LIMIT = 3.267
# Times between events are raised to one over this to be nearly normal.
TIME_POWER = 3.6


K = ChartKind
_NEVER_NEGATIVE = COUNTS | {K.MR, K.S}


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of one phase of n points: ``values``, ``sigma`` and what ``limits`` gives are (n,), NaN where unknown.

    ``centre`` is the line that is drawn and about which runs are counted; limits stand about ``middle``, which
    differs from it on charts of skewed figures. ``sigma`` and ``middle`` are on the scale of values ** (1 / power).
    ``ranges`` is the mean moving range behind the limits of charts of single values, NaN on others; ``n_basis``
    counts the values from which the lines were drawn, and ``n_spread`` the moving ranges before screening, or the
    subgroups that have a standard deviation.
    """

    kind: ChartKind
    values: Floats
    centre: float
    middle: float
    sigma: Floats
    n_basis: int
    n_spread: int = 0
    ranges: float = float("nan")
    per_sigma: float = 1.0
    power: float = 1.0

    def limits(self, sigmas: float) -> tuple[Floats, Floats]:
        """This function will give the lower and the upper line at so many sigma, wherever they fall."""
        with np.errstate(invalid="ignore", over="ignore"):
            reach = (sigmas * self.per_sigma) * self.sigma
            lower, upper = self.middle - reach, self.middle + reach
            if self.power == 1.0:
                return lower, upper
            return np.sign(lower) * np.abs(lower) ** self.power, np.sign(upper) * np.abs(upper) ** self.power

    def shown(self, sigmas: float) -> tuple[Floats, Floats]:
        """This function will give the same lines as they are drawn: inside what the figures can be at all."""
        floor = 0.0 if self.kind in _NEVER_NEGATIVE else -np.inf
        ceiling = 1.0 if self.kind in PROPORTIONS else np.inf
        lower, upper = self.limits(sigmas)
        return np.clip(lower, floor, ceiling), np.clip(upper, floor, ceiling)

    @property
    def varies(self) -> bool:
        """Whether there is any variation to draw limits from, or, on a run chart, to count runs in."""
        if self.kind is K.RUN:
            known = self.values[np.isfinite(self.values)]
            return bool(len(known) and (known != known[0]).any())
        known = np.isfinite(self.values)
        return bool(np.any(self.sigma[known] > 0) and np.isfinite(self.sigma[known]).any())


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one phase of n points, each (n,): ``values`` as they are plotted, save for moving ranges.

    ``counts`` and ``sizes`` are numerator and denominator of ratios; ``sizes`` and ``spreads`` number and standard
    deviation of subgroups. ``basis`` says on which points the lines may rest.
    """

    values: Floats
    basis: Flags
    counts: Floats
    sizes: Floats
    spreads: Floats


def draw_lines(kind: ChartKind, figures: Figures, rules: RuleSet, screens: bool) -> Lines:
    """This function will draw the lines of one phase; figures that cannot be had are NaN, and nothing is bridged.

    ``rules`` gives the distance of limits in mean moving ranges on charts of single values, what turns a median range
    into sigma, and where a moving range counts as outlying; ``screens`` whether those are left out.
    """
    factor = rules.screen_factor if screens else None
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        if kind in RATIOS:
            return _ratio(kind, figures, factor)
        if kind in SUBGROUPS:
            return _subgroups(kind, figures)
        if kind in {K.C, K.G}:
            return _count(kind, figures)
        if kind is K.T:
            return _time(figures, factor)
        if kind is K.MR:
            return _moving_range(figures)
        return _single(kind, figures, rules, factor)


def _single(kind: ChartKind, of: Figures, rules: RuleSet, factor: float | None) -> Lines:
    """Charts of single values: about mean or median, by mean or median moving range."""
    n, known = len(of.values), of.values[of.basis]
    centre = mean(known) if kind is K.I else _median(known)
    ranges = _ranges(of.values, of.basis)
    if kind is K.RUN:
        return Lines(kind, of.values, centre, centre, np.full(n, np.nan), len(known))
    amr, per_sigma = _average(_screened(ranges, factor)), rules.limit_factor / 3
    unit = amr
    if kind is K.I_MEDIAN_RANGE:
        kept = ranges
        if factor is not None and rules.median_screen_factor > 0:
            kept = ranges[ranges <= rules.median_screen_factor * _median(ranges)]
        unit, per_sigma = _median(kept), 1 / rules.median_divisor
    return Lines(kind, of.values, centre, centre, np.full(n, unit), len(known), len(ranges), amr, per_sigma)


def _moving_range(of: Figures) -> Lines:
    """The moving ranges, about their mean; the limit has no lower twin, and a phase's first point no range."""
    ranges = np.concatenate([np.full(min(1, len(of.values)), np.nan), np.abs(of.values[1:] - of.values[:-1])])
    known = _ranges(of.values, of.basis)
    amr = _average(known)
    return Lines(K.MR, ranges, amr, 0.0, np.full(len(ranges), amr), len(known), len(known), amr, RANGE_LIMIT / 3)


def _ratio(kind: ChartKind, of: Figures, factor: float | None) -> Lines:
    """Numerators over denominators about their common ratio, limits nearer where the denominator is larger."""
    centre = _over(_total(of.counts[of.basis]), _total(of.sizes[of.basis]))
    n_basis = int(of.basis.sum())
    # A point without a ratio gets no limits, though its denominator may be known.
    sizes = np.where(np.isfinite(of.values), of.sizes, np.nan)
    if kind is K.I_PRIME:
        apart = np.sqrt(1 / of.sizes[1:] + 1 / of.sizes[:-1])
        ranges = (np.abs(of.values[1:] - of.values[:-1]) / apart)[of.basis[1:] & of.basis[:-1]]
        unit = sqrt(pi / 2) * _average(_screened(ranges, factor))
        return Lines(kind, of.values, centre, centre, unit / np.sqrt(sizes), n_basis, len(ranges))
    spread = centre * (1 - centre) if kind in PROPORTIONS else centre
    sigma = np.sqrt(np.maximum(spread, 0.0) / sizes)
    ranges = _ranges((of.values - centre) / sigma, of.basis)
    ranges = ranges[np.isfinite(ranges)]
    if kind in {K.P_PRIME, K.U_PRIME}:
        sigma = sigma * (_average(_screened(ranges, factor)) / D2)
    return Lines(kind, of.values, centre, centre, sigma, n_basis, len(_ranges(of.values, of.basis)))


def _count(kind: ChartKind, of: Figures) -> Lines:
    """Counts: about the mean as Poisson's, or of cases between events about the median as geometric."""
    known = of.values[of.basis]
    middle = mean(known)
    spread = middle if kind is K.C else middle * (middle + 1)
    centre = middle if kind is K.C else _median(known)
    return Lines(kind, of.values, centre, middle, np.full(len(of.values), np.sqrt(spread)), len(known))


def _time(of: Figures, factor: float | None) -> Lines:
    """Times between events, drawn where they are nearly normal and taken back."""
    normal = of.values ** (1 / TIME_POWER)
    known, ranges = normal[of.basis], _ranges(normal, of.basis)
    middle = mean(known)
    sigma = np.full(len(normal), _average(_screened(ranges, factor)) / D2)
    if len(known) and (known == known[0]).all():
        # There and back again a constant would differ from itself by the last digit, and lie beyond its own limits.
        constant = float(of.values[of.basis][0])
        return Lines(K.T, of.values, constant, constant, sigma, len(known), len(ranges))
    centre = middle**TIME_POWER
    return Lines(K.T, of.values, centre, middle, sigma, len(known), len(ranges), power=TIME_POWER)


def _subgroups(kind: ChartKind, of: Figures) -> Lines:
    """Means or standard deviations of subgroups, sigma from the pooled spread inside them."""
    pooling = of.basis & (of.sizes > 1)
    freedom = of.sizes[pooling] - 1
    pooled = _pooled(of.spreads[pooling], freedom)
    unbias = np.array([_c4(size) for size in of.sizes.tolist()])
    if kind is K.S:
        sigma = pooled * np.sqrt(1 - unbias**2) / unbias
        return Lines(kind, of.values, pooled, pooled, sigma, freedom.size, freedom.size)
    known, sizes = of.values[of.basis], of.sizes[of.basis]
    centre = known[0] + _over(_total(sizes * (known - known[0])), _total(sizes)) if len(known) else np.nan
    sigma = np.where(of.sizes > 1, pooled / (unbias * np.sqrt(of.sizes)), np.nan)
    return Lines(kind, of.values, float(centre), float(centre), sigma, len(known), freedom.size)


def _pooled(spreads: Floats, freedom: Floats) -> float:
    """Standard deviation within subgroups, measured by the largest, so that those that are all alike are their own."""
    largest = float(spreads.max(initial=0.0))
    if not largest > 0:
        return _over(0.0, _total(freedom))
    return largest * sqrt(_over(_total(freedom * (spreads / largest) ** 2), _total(freedom)))


def _c4(size: float) -> float:
    """Mean standard deviation of so many values from a normal distribution, in its sigmas; NaN below two."""
    if not size > 1:
        return float("nan")
    return sqrt(2 / (size - 1)) * exp(lgamma(size / 2) - lgamma((size - 1) / 2))


def mean(known: Floats) -> float:
    """This function will take a mean as first value plus mean distance from it, so that a constant is its own mean."""
    return float(known[0] + _total(known - known[0]) / len(known)) if len(known) else float("nan")


def _total(numbers: Floats) -> float:
    """Sum in the order of time, as the block kernel takes it, so that both give the same last digit."""
    return float(numbers.cumsum()[-1]) if len(numbers) else 0.0


def _ranges(values: Floats, basis: Flags) -> Floats:
    """Moving ranges between neighbours that both count."""
    return np.asarray(np.abs(values[1:] - values[:-1])[basis[1:] & basis[:-1]])


def _screened(ranges: Floats, factor: float | None) -> Floats:
    """The ranges, once without those that are so many times their mean or more."""
    return ranges if factor is None or not len(ranges) else ranges[ranges < factor * _average(ranges)]


def _average(numbers: Floats) -> float:
    return _total(numbers) / len(numbers) if len(numbers) else float("nan")


def _median(numbers: Floats) -> float:
    return float(np.median(numbers)) if len(numbers) else float("nan")


def _over(part: float, whole: float) -> float:
    return float(part / whole) if whole > 0 else float("nan")
