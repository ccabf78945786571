"""Measures funnels on made-up units: one of a nation's practices, and many of a region's providers."""

from __future__ import annotations

import json
import sys

import numpy as np

from sightline.core.statistics.funnels import Overdispersion, assess_funnel
from sightline.core.statistics.levels import LEVELS
from sightline.core.statistics.scales import Method, Ratio
from tests.bench.kernel import best

LARGE, MANY, UNITS = 7_000, 10_000, 140
ADJUSTED = (Overdispersion.ADDITIVE, Overdispersion.MULTIPLICATIVE)


def measure() -> dict[str, float]:
    """This function will give milliseconds for one large funnel and seconds for many, each with both adjustments.

    Each funnel is assessed, its limits drawn at two levels and its outliers marked. ``funnel_exact_ms`` is the
    large one with exact Poisson limits instead, on expected counts small enough to need the slow way.
    """
    rng = np.random.default_rng(2026)
    d = rng.integers(100, 12_000, LARGE).astype(np.float64)
    o = rng.binomial(d.astype(np.int64), np.clip(rng.normal(0.2, 0.03, LARGE), 0.01, 0.99)).astype(np.float64)
    expected = rng.uniform(5, 400, LARGE)
    observed = rng.poisson(expected).astype(np.float64)
    many = [(rng.poisson(e).astype(np.float64), e) for e in rng.uniform(20, 3000, (MANY, UNITS))]

    def draw(funnel, ways):
        return [funnel.outliers(level, how) for how in ways for level in LEVELS]

    return {
        "funnel_7000_ms": 1000 * best(lambda: draw(assess_funnel(o, d, Ratio.PROPORTION), ADJUSTED)),
        "funnel_7000_shmi_ms": 1000
        * best(lambda: draw(assess_funnel(observed, expected, Ratio.STANDARDISED, method=Method.SHMI), ADJUSTED)),
        "funnel_7000_exact_ms": 1000
        * best(lambda: draw(assess_funnel(observed, expected, Ratio.STANDARDISED), (Overdispersion.NONE,))),
        "funnels_10000_seconds": best(
            lambda: [draw(assess_funnel(*units, Ratio.STANDARDISED), ADJUSTED) for units in many]
        ),
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure()))
