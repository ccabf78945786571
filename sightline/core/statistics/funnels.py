"""Funnels: many units at one moment, each beside what chance, and the usual spread between units, would allow."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from math import nan, sqrt

import numpy as np
from numpy.typing import NDArray

from sightline.core.statistics.levels import critical
from sightline.core.statistics.poisson import exact_limits
from sightline.core.statistics.scales import Floats, Method, Ratio, Scale, scale_of
from sightline.core.verdict import Invalid

Flags = NDArray[np.bool_]
Codes = NDArray[np.int8]

# Below so many units their spread is hardly known.
FEW = 10
TRIM = 0.1
# Outside of these a number is no count of people or events but a slip, and its square would leave float64.
_LEAST, _MOST = 1e-6, 1e15


class Overdispersion(StrEnum):
    """How the spread between units beyond chance is allowed for."""

    NONE = "none"
    ADDITIVE = "additive"  # the units' own levels differ: tau² is added to the variance of each
    MULTIPLICATIVE = "multiplicative"  # each unit's variance is phi times that of chance, where phi is above 1


class UnitStatus(IntEnum):
    """Whether a unit could be compared, and why not."""

    COMPARED = 0
    MISSING = 1
    NO_DENOMINATOR = 2
    NEGATIVE = 3
    OVER_DENOMINATOR = 4
    TOO_LARGE = 5


UNIT_WORDS = {
    UnitStatus.COMPARED: "",
    UnitStatus.MISSING: "A number is missing or infinite.",
    UnitStatus.NO_DENOMINATOR: "The denominator is nought or less.",
    UnitStatus.NEGATIVE: "The numerator is negative.",
    UnitStatus.OVER_DENOMINATOR: "The numerator is larger than the denominator.",
    UnitStatus.TOO_LARGE: "A number is too large to be a count.",
}


class FunnelStatus(StrEnum):
    """How far a funnel may be trusted."""

    OK = "ok"
    FEW_UNITS = "few_units"  # fewer than ten, so that the spread between them is hardly known
    ONE_UNIT = "one_unit"  # no spread can be estimated, so no adjusted limits are drawn
    NO_EVENTS = "no_events"  # no numerator above nought, so there is no level to compare with
    NO_UNITS = "no_units"  # nothing that can be compared


@dataclass(frozen=True, slots=True, eq=False)
class Funnel:
    """One funnel. Arrays have one entry per unit, in the order given, and NaN where nothing can be said.

    ``target`` is the centre line as a ratio; ``y``, ``se`` and ``centre`` stand on the scale of the method;
    ``z`` is (y - centre) / se without adjustment and ``z_trimmed`` that with its extremes drawn in (or NaN where
    they are left out). ``phi`` is the mean of the squared trimmed z, ``tau2`` the variance between units.
    """

    ratio_kind: Ratio
    method: Method
    trim: float
    status: FunnelStatus
    target: float
    centre: float
    denominator: Floats
    unit_status: Codes
    ratio: Floats
    y: Floats
    se: Floats
    z: Floats
    z_trimmed: Floats
    phi: float
    tau2: float

    def errors(self, adjust: Overdispersion, se: Floats | None = None) -> Floats:
        """This function will give the standard errors with the spread between units allowed for."""
        own = self.se if se is None else se
        if adjust is Overdispersion.NONE:
            return own
        if self.phi != self.phi:  # NaN: a spread that cannot be estimated is not taken for none
            return np.full(own.shape, nan)
        if adjust is Overdispersion.ADDITIVE:
            return np.asarray(np.sqrt(own**2 + self.tau2))
        return np.asarray(own * sqrt(max(1.0, self.phi)))

    def z_scores(self, adjust: Overdispersion) -> Floats:
        """This function will give each unit's distance from the target in standard errors; above 0 is above the target."""
        return np.asarray((self.y - self.centre) / self.errors(adjust))

    def limits(self, level: float, adjust: Overdispersion) -> tuple[Floats, Floats]:
        """This function will give each unit's lower and upper limit as ratios.

        ``level`` is the share that chance keeps inside, as 0.95. A standardised ratio without adjustment gets
        exact Poisson limits; all others are normal on the method's scale. Raises Invalid for an impossible level.
        """
        if adjust is Overdispersion.NONE and self.ratio_kind is Ratio.STANDARDISED:
            return self._exact(self.denominator, level)
        return self.limits_at(critical(level), adjust)

    def limits_at(self, distance: float, adjust: Overdispersion) -> tuple[Floats, Floats]:
        """This function will give limits so many standard errors from the target, never the exact ones."""
        return self._drawn(distance * self.errors(adjust))

    def lines(self, denominators: Floats, level: float, adjust: Overdispersion) -> tuple[Floats, Floats]:
        """This function will give the limits at any denominators, above 0, to draw the funnel's mouth with.

        For a ratio of counts the numerator there is taken to be what the target gives.
        """
        at = np.asarray(denominators, dtype=np.float64)
        if adjust is Overdispersion.NONE and self.ratio_kind is Ratio.STANDARDISED:
            return self._exact(at, level)
        se = scale_of(self.ratio_kind, self.method).error(self.target * at, at)
        return self._drawn(critical(level) * self.errors(adjust, se))

    def outliers(self, level: float, adjust: Overdispersion) -> Codes:
        """This function will mark units strictly outside their limits: 1 above, -1 below, 0 neither or not compared."""
        lower, upper = self.limits(level, adjust)
        return (self.ratio > upper).astype(np.int8) - (self.ratio < lower).astype(np.int8)

    def _exact(self, expected: Floats, level: float) -> tuple[Floats, Floats]:
        """Chance gives a unit target × expected events, and limits on observed ÷ expected follow."""
        lower, upper = exact_limits(expected * self.target, level)
        return lower * self.target, upper * self.target

    def _drawn(self, reach: Floats) -> tuple[Floats, Floats]:
        back = scale_of(self.ratio_kind, self.method).back
        with np.errstate(over="ignore"):
            return back(self.centre - reach), back(self.centre + reach)


def assess_funnel(
    numerator: Floats,
    denominator: Floats,
    ratio: Ratio,
    *,
    method: Method = Method.CQC,
    trim: float = TRIM,
    target: float | None = None,
) -> Funnel:
    """This function will compare units with each other (Spiegelhalter 2005; DerSimonian & Laird 1986 for tau²).

    ``numerator`` and ``denominator`` are two rows of equal length, one entry per unit: observed and expected,
    cases and all, or two counts. Without ``target`` it is 1 for standardised ratios and the pooled ratio
    otherwise. ``trim`` is the share at each end that is drawn in or left out before the spread is estimated.
    A unit that cannot be compared gets its status and no mark. Raises Invalid where the whole makes no sense.

    >>> funnel = assess_funnel(np.array([12.0, 9, 30, 11]), np.array([100.0, 90, 110, 95]), Ratio.PROPORTION)
    >>> funnel.status.value, round(funnel.target, 3), funnel.outliers(0.95, Overdispersion.NONE).tolist()
    ('few_units', 0.157, [0, 0, 1, 0])
    """
    o, d = (np.asarray(row, dtype=np.float64) for row in (numerator, denominator))
    if o.ndim != 1 or o.shape != d.shape:
        raise Invalid("Numerators and denominators do not pair up. Give one of each for every unit.")
    if not 0 <= trim < 0.5:
        raise Invalid(f"A share of {trim:.6g} cannot be trimmed at each end. Use 0 or more, and less than 0.5.")
    if target is not None and not 0 < target <= (1 if ratio is Ratio.PROPORTION else _MOST):
        raise Invalid(f"The target {target:.6g} is not a possible ratio. Give one above 0.")
    codes = _unit_statuses(o, d, ratio)
    compared = codes == UnitStatus.COMPARED
    blank = ~compared
    o, d = np.where(blank, nan, o), np.where(blank, nan, d)
    level = _target(o[compared], d[compared], ratio) if target is None else target
    n = int(compared.sum())
    if not n or level == 0:
        nothing = np.full(len(o), nan)
        status = FunnelStatus.NO_EVENTS if n else FunnelStatus.NO_UNITS
        rest = (nothing, nothing, nothing, nothing, nan, 0.0)
        return Funnel(ratio, method, trim, status, level if n else nan, nan, d, codes, o / d, *rest)
    scale = scale_of(ratio, method)
    y, se = scale.value(o, d), scale.error(o, d)
    centre = float(scale.there(np.float64(level)))  # type: ignore[arg-type]  # a number is an array of no dimension
    z = (y - centre) / se
    trimmed = _trimmed(z, d, trim, scale)
    phi, tau2 = _spread(trimmed, se)
    status = FunnelStatus.ONE_UNIT if n == 1 else FunnelStatus.FEW_UNITS if n < FEW else FunnelStatus.OK
    return Funnel(ratio, method, trim, status, level, centre, d, codes, o / d, y, se, z, trimmed, phi, tau2)


def _unit_statuses(o: Floats, d: Floats, ratio: Ratio) -> Codes:
    """Why each unit can or cannot be compared; the first reason that holds."""
    codes = np.zeros(len(o), dtype=np.int8)
    if ratio is Ratio.PROPORTION:
        codes[o > d] = UnitStatus.OVER_DENOMINATOR
    codes[np.maximum(o, d) > _MOST] = UnitStatus.TOO_LARGE
    codes[o < 0] = UnitStatus.NEGATIVE
    codes[d < _LEAST] = UnitStatus.NO_DENOMINATOR
    codes[~(np.isfinite(o) & np.isfinite(d))] = UnitStatus.MISSING
    return codes


def _target(o: Floats, d: Floats, ratio: Ratio) -> float:
    """What units are compared with when nothing else is said; a standardised ratio brings its own standard."""
    if ratio is Ratio.STANDARDISED:
        return 1.0
    return float(o.sum() / d.sum()) if len(o) else nan


def _trimmed(z: Floats, d: Floats, trim: float, scale: Scale) -> Floats:
    """z with its extremes left out (NaN) or drawn in to the quantiles, R's type 7."""
    usable = ~np.isnan(z)
    known = z[usable]
    n = len(known)
    if not n:
        return z
    if scale.truncates:
        # Ranks among equals go by size, so that the answer does not hang on the order in which units came.
        place = np.empty(n)
        place[np.lexsort((d[usable], known))] = np.arange(1, n + 1)
        kept = (place / (n + 1) >= trim) & (place / (n + 1) < 1 - trim)
        out = np.full(len(z), nan)
        out[usable] = np.where(kept, known, nan)
        return out
    ordered = np.sort(known)
    return np.clip(z, _quantile(ordered, trim), _quantile(ordered, 1 - trim))


def _quantile(ordered: Floats, share: float) -> float:
    at = share * (len(ordered) - 1)
    below = int(at)
    above = min(below + 1, len(ordered) - 1)
    return float(ordered[below] + (ordered[above] - ordered[below]) * (at - below))


def _spread(z: Floats, se: Floats) -> tuple[float, float]:
    """phi and tau² from the trimmed z of those units that have one; NaN and 0 where fewer than two have."""
    counted = ~np.isnan(z)
    n = int(counted.sum())
    if n < 2:
        return nan, 0.0
    phi = float((z[counted] ** 2).sum()) / n
    weight = 1 / se[counted] ** 2
    total = float(weight.sum())
    excess = n * phi - (n - 1)
    # The usual sum w - (sum w²) / (sum w), written so that one heavy unit among light ones does not cancel to nought.
    scale = float((weight * (total - weight)).sum()) / total
    return phi, excess / scale if excess > 0 else 0.0
