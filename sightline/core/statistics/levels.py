"""Levels of limits: from the share of units that limits hold by chance to the distance in standard errors."""

from __future__ import annotations

from functools import cache
from statistics import NormalDist

from sightline.core.verdict import Invalid

# The two that funnels in the NHS are drawn with: about 2 and about 3 standard errors.
WARNING, ALARM = 0.95, 0.998
LEVELS = (WARNING, ALARM)
# Beyond this the exact limits would no longer be right to nine digits, and no funnel is drawn there.
LEAST_LEVEL, WIDEST = 0.5, 0.9999


@cache
def critical(level: float) -> float:
    """This function will give the distance, in standard errors, within which chance keeps this share of units.

    0.95 gives 1.95996…, 0.998 gives 3.09023…. Raises Invalid for a level that is not a share from 0.5 to 0.9999.
    """
    check_level(level)
    return NormalDist().inv_cdf(0.5 + level / 2)


def check_level(level: float) -> None:
    """This function will raise Invalid for a level at which no limits are drawn."""
    if not LEAST_LEVEL <= level <= WIDEST:
        raise Invalid(
            f"Limits cannot be drawn at {level:.6g}. Use a share from {LEAST_LEVEL} to {WIDEST}, as 0.95 or 0.998."
        )
