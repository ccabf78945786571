"""Doubts about data: what looks more like a slip in the figures than like a change in care."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from math import log

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# A value so many robust standard deviations from the median of the others was hardly measured.
JUMP = 10.0
# So many values in a row on a coarser grid than before are no accident: one in ten would be, so a millionth.
ROUNDED = 6
# From so many on, chance hardly repeats a denominator together with its numerator.
COPIED = 100
# A denominator that is half as much again, or two thirds, of what it was counts something else.
BREAK = 1.5
FEWEST = 8


class DoubtKind(StrEnum):
    """What sort of slip it looks like."""

    JUMP = "jump"
    ROUNDING = "rounding"
    COPIED = "copied"
    DENOMINATOR = "denominator"


@dataclass(frozen=True, slots=True)
class Doubt:
    """One doubt in words; ``at`` is the index of the point it begins with."""

    kind: DoubtKind
    at: int
    says: str


def doubts(values: Floats, numerators: Floats | None = None, denominators: Floats | None = None) -> tuple[Doubt, ...]:
    """This function will name what looks like a slip in one series, in order of time, NaN where missing.

    ``numerators`` and ``denominators`` stand beside the values where they are known. A doubt is a question to
    whoever sent the figures; it removes nothing and changes no limits.

    >>> [(one.kind.value, one.at) for one in doubts(np.array([20.0, 21, 22, 20, 21, 23, 900, 21, 20, 22]))]
    [('jump', 6)]
    """
    y = _finite(values)
    found = [*_jumps(y), *_rounding(y)]
    if numerators is not None and denominators is not None:
        d = _finite(denominators)
        found += [*_copies(_finite(numerators), d), *_breaks(d)]
    return tuple(sorted(found, key=lambda doubt: doubt.at))


def _finite(values: Floats) -> Floats:
    given = np.asarray(values, dtype=np.float64)
    return np.where(np.isfinite(given), given, np.nan)


def _jumps(y: Floats) -> Iterator[Doubt]:
    """Single values far beyond anything else in the series; a level that lasts is a change and no slip."""
    known = np.flatnonzero(~np.isnan(y))
    if len(known) < FEWEST:
        return
    apart = np.abs(y[known] - np.median(y[known]))
    spread = 1.4826 * float(np.median(apart))
    if spread == 0:
        return
    far = apart > JUMP * spread
    for i, index in enumerate(known):
        alone = far[i] and not (i > 0 and far[i - 1]) and not (i + 1 < len(far) and far[i + 1])
        if alone:
            says = f"{y[index]:.6g} lies far from every value beside it. Ask whether it was typed or counted wrongly."
            yield Doubt(DoubtKind.JUMP, int(index), says)


def _rounding(y: Floats) -> Iterator[Doubt]:
    """The newest values on a grid ten times as coarse as that of the values before them."""
    known = np.flatnonzero(~np.isnan(y))
    step = _step(y[known])
    if len(known) < 2 * ROUNDED or step is None:
        return
    coarse = _on_grid(y[known], 10 * step)
    last = len(coarse) - int((~coarse)[::-1].argmax()) if not coarse.all() else 0
    before = coarse[:last]
    if len(coarse) - last < ROUNDED or len(before) < ROUNDED or 2 * before.sum() >= len(before):
        return
    says = f"From here on every value is a multiple of {10 * step:g}. Ask whether figures are rounded or estimated now."
    yield Doubt(DoubtKind.ROUNDING, int(known[last]), says)


def _step(known: Floats) -> float | None:
    """The coarsest power of ten of which every value is a multiple, from a thousand down to a millionth."""
    if not len(known) or not known.any():
        return None
    return next((10.0**k for k in range(3, -7, -1) if _on_grid(known, 10.0**k).all()), None)


def _on_grid(values: Floats, step: float) -> NDArray[np.bool_]:
    parts = values / step
    return np.asarray(np.abs(parts - np.round(parts)) < 1e-6)


def _copies(o: Floats, d: Floats) -> Iterator[Doubt]:
    """A period whose numerator and denominator are both those of the one before."""
    same = (o[1:] == o[:-1]) & (d[1:] == d[:-1]) & (d[1:] >= COPIED) & (o[1:] > 0)
    for index in np.flatnonzero(same) + 1:
        if index > 1 and same[index - 2]:
            continue  # the copy of a copy is the same doubt
        says = f"{o[index]:g} of {d[index]:g} is what the period before says too. Ask whether it was copied."
        yield Doubt(DoubtKind.COPIED, int(index), says)


def _breaks(d: Floats) -> Iterator[Doubt]:
    """A denominator that leaves its range at once, and does not come back."""
    known = np.flatnonzero(~np.isnan(d) & (d > 0))
    logs = np.log(d[known])
    at = ROUNDED
    while at < len(known) - 1:
        before, since = logs[max(0, at - ROUNDED) : at], logs[at : at + 3]
        apart = since - np.median(before)
        usual = 6 * float(np.abs(before - np.median(before)).max())
        if (np.abs(apart) > max(log(BREAK), usual)).all() and len(set(np.sign(apart))) == 1:
            was, now = (float(np.exp(np.median(part))) for part in (before, since))
            says = f"The denominator is around {now:.4g} from here on and was around {was:.4g}. "
            yield Doubt(DoubtKind.DENOMINATOR, int(known[at]), says + "Ask whether the same people are counted.")
            at += ROUNDED
        else:
            at += 1
