"""The slow, obvious twin of the XmR kernel: one series, plain Python, each rule as its sentence reads."""

from __future__ import annotations

from itertools import pairwise

OUTSIDE, TREND, TWO_OF_THREE, SHIFT = "outside", "trend", "two_of_three", "shift"


def mean_of(numbers):
    """First value plus mean distance from it, as the design asks."""
    return numbers[0] + sum(number - numbers[0] for number in numbers) / len(numbers) if numbers else None


def limits_of(values, screen, baseline):
    """Mean and mean moving range of one phase, or None where there is none."""
    basis = values[:baseline] if baseline else values
    mean = mean_of([value for value in basis if value is not None])
    ranges = [abs(b - a) for a, b in pairwise(basis) if a is not None and b is not None]
    if screen and ranges:
        middle = sum(ranges) / len(ranges)
        ranges = [one for one in ranges if one < 3.267 * middle]
    return mean, sum(ranges) / len(ranges) if ranges else None


def sign(number):
    return (number > 0) - (number < 0)


def causes_of_phase(values, mean, amr, between):
    """For each point a set of (rule, side), side being 1 or -1."""
    found = [set() for _ in values]

    def beyond(i, factor):
        if amr is None or values[i] is None:
            return 0
        return (values[i] > mean + factor * amr) - (values[i] < mean - factor * amr)

    def windows(length):
        for start in range(len(values) - length + 1):
            window = range(start, start + length)
            if all(values[i] is not None for i in window):
                yield window

    for i, value in enumerate(values):
        if value is not None and beyond(i, 2.66):
            found[i].add((OUTSIDE, beyond(i, 2.66)))
    for side in (1, -1):
        for window in windows(3):
            near = [i for i in window if beyond(i, 2 * (2.66 / 3)) == side]
            if between:
                near = [i for i in near if not beyond(i, 2.66)]
            if len(near) >= 2 and all((values[i] > mean) - (values[i] < mean) == side for i in window):
                for i in near:
                    found[i].add((TWO_OF_THREE, side))
        for window in windows(7):
            if mean is not None and all((values[i] > mean) - (values[i] < mean) == side for i in window):
                for i in window:
                    found[i].add((SHIFT, side))
            if all(sign(values[i + 1] - values[i]) == side for i in window[:-1]):
                for i in window:
                    found[i].add((TREND, side))
    return found


def assess_slowly(values, rebases=(), baseline=0, screen=False, between=False):
    """Phases as (start, mean, amr) and causes per point."""
    starts = sorted({0, *(index for index in rebases if 0 < index < len(values))})
    phases, causes = [], []
    for start, stop in zip(starts, [*starts[1:], len(values)], strict=True):
        part = values[start:stop]
        mean, amr = limits_of(part, screen, baseline)
        phases.append((start, mean, amr))
        causes.extend(causes_of_phase(part, mean, amr, between))
    return phases, causes
