"""False discovery: of many series, which stand out so far that the list of them is mostly not noise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import erfc
from typing import cast

import numpy as np
from numpy.typing import NDArray

from sightline.core.verdict import Invalid

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

# Of the series on a list, the share that chance alone may have put there.
RATE = 0.05

_erfc = cast("Callable[[Floats], Floats]", np.vectorize(erfc, otypes=[np.float64]))


@dataclass(frozen=True, slots=True, eq=False)
class Discoveries:
    """``q`` is for each series the lowest rate at which it is on the list, NaN where it was not tested."""

    rate: float
    q: Floats
    found: Flags

    @property
    def says(self) -> str:
        """What a reader of the list should know about it."""
        return noise_in_words(self.rate, int(self.found.sum()))


def chance(z: Floats) -> Floats:
    """This function will give the chance of a value as far from 0, on either side, where z is normal; NaN for NaN."""
    given = np.asarray(z, dtype=np.float64)
    return _erfc(np.abs(given) / np.sqrt(2)) if given.size else given


def discover(p: Floats, rate: float = RATE) -> Discoveries:
    """This function will choose by Benjamini and Hochberg's rule (1995) so that no more than ``rate`` of it is noise.

    ``p`` is one chance per series, any shape of one axis, NaN where nothing could be tested; such a series counts
    neither as tested nor as found. The promise holds on average, for series that are independent or rise and fall
    together. Raises Invalid for a rate or a chance that is not one.

    >>> found = discover(np.array([0.001, 0.02, 0.8, np.nan]))
    >>> found.found.tolist(), found.q.round(3).tolist()
    ([True, True, False, False], [0.003, 0.03, 0.8, nan])
    """
    if not 0 < rate < 1:
        raise Invalid(f"A rate of {rate:.6g} makes no sense. Use a share between 0 and 1, as 0.05 for 1 in 20.")
    given = np.asarray(p, dtype=np.float64)
    tested = ~np.isnan(given)
    if not ((given[tested] >= 0) & (given[tested] <= 1)).all():
        raise Invalid("A chance lies outside 0 to 1.")
    q = np.full(given.shape, np.nan)
    ordered = np.sort(given[tested])
    if len(ordered):
        raised = ordered * len(ordered) / np.arange(1, len(ordered) + 1)
        lowest = np.minimum.accumulate(raised[::-1])[::-1]
        # Series with the same chance get the same answer, whatever their order.
        last = np.searchsorted(ordered, given[tested], side="right") - 1
        q[tested] = np.minimum(1.0, lowest[last])
    return Discoveries(rate, q, tested & (np.nan_to_num(q, nan=1.0) <= rate))


def noise_in_words(rate: float, found: int) -> str:
    """This function will say how much of a list may be noise."""
    if not found:
        return "Nothing stands out further than chance would bring among so many."
    share = f"1 in {round(1 / rate)}" if rate <= 0.5 else f"{round(100 * rate)} in 100"
    expected = rate * found
    if found == 1:
        return f"One stands out. On average {share} of all that such lists name is noise."
    many = "probably none" if expected < 0.5 else f"about {round(expected)}"
    return f"{found} stand out. About {share} of such a list is noise: here {many} of the {found}."
