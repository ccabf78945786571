"""Windows: flags that hold for several points running, down the first axis of an array of any shape."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Flags = NDArray[np.bool_]


def every(flags: Flags, length: int) -> Flags:
    """This function will say in row s of its answer whether rows s to s + length - 1 all hold; found by doubling."""
    span = 1
    while span < length:
        step = min(span, length - span)
        flags = flags[:-step] & flags[step:]
        span += step
    return flags


def spread(windows: Flags, length: int) -> Flags | None:
    """This function will mark every row of each window that holds; None when none does, which is the usual case."""
    if not windows.any():
        return None
    marked = np.zeros((len(windows) + length - 1, *windows.shape[1:]), dtype=np.bool_)
    marked[: len(windows)] = windows
    span = 1
    while span < length:
        step = min(span, length - span)
        marked[step:] |= marked[:-step].copy()
        span += step
    return marked


def at_least(flags: Flags, count: int, length: int) -> Flags:
    """This function will say for each window of ``length`` rows whether ``count`` of them hold or more."""
    return np.asarray(total(flags.astype(np.int64), length) >= count)


def total(numbers: NDArray[np.int64], length: int) -> NDArray[np.int64]:
    """This function will add up each window of ``length`` rows; none where there are fewer rows."""
    if len(numbers) < length:
        return np.zeros((0, *numbers.shape[1:]), dtype=np.int64)
    sums = np.concatenate([np.zeros((1, *numbers.shape[1:]), dtype=np.int64), numbers.cumsum(axis=0)])
    return np.asarray(sums[length:] - sums[:-length])
