"""Scales: on which a unit's ratio is nearly normal, with its standard error there and the way back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class Ratio(StrEnum):
    """What is compared between units."""

    STANDARDISED = "SR"  # observed ÷ expected, as mortality indicators; the target is 1
    PROPORTION = "PR"  # cases ÷ all, never above 1
    RATES = "RC"  # one count ÷ another, as admissions ÷ attendances


class Method(StrEnum):
    """How standardised ratios are handled; proportions and ratios of counts have one way alone, which is CQC's."""

    SHMI = "SHMI"  # logarithm, and the extreme tenths left out
    CQC = "CQC"  # square root, and the extreme tenths drawn in


@dataclass(frozen=True, slots=True)
class Scale:
    """One transformation. ``value`` and ``error`` take numerators and denominators, ``there`` and ``back`` a ratio.

    ``truncates`` says whether extremes are left out of the estimate of spread (else they are winsorised).
    """

    value: Callable[[Floats, Floats], Floats]
    error: Callable[[Floats, Floats], Floats]
    there: Callable[[Floats], Floats]
    back: Callable[[Floats], Floats]
    truncates: bool = False


def _log(o: Floats, e: Floats) -> Floats:
    """Nothing can be said on a logarithmic scale of a unit without events."""
    with np.errstate(divide="ignore"):
        y = np.log(o / e)
    return np.where(np.isfinite(y), y, np.nan)


def _log_of_counts(o: Floats, d: Floats) -> Floats:
    return np.asarray(np.log((o + 0.5) / (d + 0.5)))


def _error_of_counts(o: Floats, d: Floats) -> Floats:
    return np.asarray(np.sqrt(o / (o + 0.5) ** 2 + d / (d + 0.5) ** 2))


def _half_root(_: Floats, d: Floats) -> Floats:
    return np.asarray(0.5 / np.sqrt(d))


# A lower limit below nought is nought and an upper one above one is one: unclipped, squaring would fold them back in.
_SHMI = Scale(_log, lambda _, e: np.asarray(1 / np.sqrt(e)), np.log, np.exp, truncates=True)
_ROOT = Scale(lambda o, e: np.sqrt(o / e), _half_root, np.sqrt, lambda v: np.maximum(v, 0.0) ** 2)
_ARCSINE = Scale(
    lambda o, n: np.arcsin(np.sqrt(o / n)),
    _half_root,
    lambda p: np.arcsin(np.sqrt(p)),
    lambda v: np.sin(np.clip(v, 0.0, np.pi / 2)) ** 2,
)
_COUNTS = Scale(_log_of_counts, _error_of_counts, np.log, np.exp)


def scale_of(ratio: Ratio, method: Method) -> Scale:
    """This function will give the scale for a kind of ratio (Spiegelhalter 2005, §3; NHS Digital, SHMI methodology)."""
    if ratio is Ratio.PROPORTION:
        return _ARCSINE
    if ratio is Ratio.RATES:
        return _COUNTS
    return _SHMI if method is Method.SHMI else _ROOT
