"""A funnel as facts: where each body stands and where the limits run, so that it is drawn again as it was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import nan

import numpy as np

from sightline.core.statistics.funnels import Flags, Funnel, Overdispersion, UnitStatus
from sightline.core.statistics.scales import Floats, Method, Ratio

# So many sizes at which the limits are worked out; more would not be seen.
PLACES = 60


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one level in ratios, at growing sizes; ``level`` is its percentage."""

    level: str
    sizes: tuple[float, ...]
    lower: tuple[float, ...]
    upper: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Stand:
    """One body that was compared: its place among those given, its size and ratio, and its own widest limits.

    ``outside`` is 1 above them, -1 below and 0 within; ``far`` its distance from the target in standard errors.
    """

    place: int
    size: float
    ratio: float
    outside: int = 0
    lower: float = nan
    upper: float = nan
    far: float = nan


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A whole funnel in ratios; ``spread`` is phi, and ``shown`` the ratios between which it is drawn."""

    ratio: Ratio
    method: Method
    target: float
    spread: float
    shown: tuple[float, float] | None
    limits: tuple[Limits, ...]  # the widest last; none where there are none
    stands: tuple[Stand, ...]

    @property
    def outside(self) -> list[Stand]:
        """Those outside the widest limits, the furthest first."""
        marked = [one for one in self.stands if one.outside]
        return sorted(marked, key=lambda one: (-abs(one.far) if one.far == one.far else 0.0, one.place))


def lay_out(funnel: Funnel, levels: Mapping[str, float], adjust: Overdispersion) -> LaidOut:
    """This function will work out everything that is drawn and told of a funnel (DAT-03).

    ``levels`` has the limits by their percentage; a body is outside where it is beyond the widest.
    """
    compared = (funnel.unit_status == UnitStatus.COMPARED) & np.isfinite(funnel.ratio)
    known = bool(compared.any()) and bool(np.isfinite(funnel.errors(adjust)[compared]).any())
    return LaidOut(
        ratio=funnel.ratio_kind,
        method=funnel.method,
        target=funnel.target,
        spread=funnel.phi,
        shown=_shown(funnel, compared, max(levels.values()), adjust) if known else None,
        limits=tuple(_limits(funnel, funnel.denominator[compared], levels, adjust)) if known else (),
        stands=_stands(funnel, compared, max(levels.values()), adjust, known=known),
    )


def _stands(
    funnel: Funnel, compared: Flags, widest: float, adjust: Overdispersion, *, known: bool
) -> tuple[Stand, ...]:
    count = len(funnel.ratio)
    outside = funnel.outliers(widest, adjust) if known else np.zeros(count, dtype=np.int8)
    lower, upper = funnel.limits(widest, adjust) if known else (np.full(count, nan), np.full(count, nan))
    far = funnel.z_scores(adjust) if known else np.full(count, nan)
    return tuple(
        Stand(
            place=at,
            size=float(funnel.denominator[at]),
            ratio=float(funnel.ratio[at]),
            outside=int(outside[at]),
            lower=float(lower[at]),
            upper=float(upper[at]),
            far=float(far[at]),
        )
        for at in np.flatnonzero(compared).tolist()
    )


def _limits(funnel: Funnel, sizes: Floats, levels: Mapping[str, float], adjust: Overdispersion) -> list[Limits]:
    """Closer together where limits bend: at small sizes."""
    at = np.geomspace(float(sizes.min()) * 0.9, float(sizes.max()) * 1.02, PLACES)
    found = []
    for name, level in sorted(levels.items(), key=lambda item: item[1]):
        lower, upper = funnel.lines(at, level, adjust)
        found.append(Limits(name, tuple(at.tolist()), tuple(lower.tolist()), tuple(upper.tolist())))
    return found


def _shown(funnel: Funnel, compared: Flags, widest: float, adjust: Overdispersion) -> tuple[float, float]:
    """All bodies, and the limits of the middle of them; the mouth of the funnel is cut off."""
    ratios = funnel.ratio[compared]
    lower, upper = (line[compared] for line in funnel.limits(widest, adjust))
    low, high = float(np.nanquantile(lower, 0.25)), float(np.nanquantile(upper, 0.75))
    return min(low, float(ratios.min())), max(high, float(ratios.max()))
