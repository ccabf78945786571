"""The slow, obvious twins of the cumulative sums and of EWMA: one series, one step after another."""

from __future__ import annotations

from math import log, sqrt


def sums_slowly(weights, limit, restart, strict=False, start=0.0):
    """Each value reached and whether it signals; None adds nothing."""
    now, found = start, []
    for weight in weights:
        if weight is None:
            found.append((now, False))
            continue
        now = max(0.0, now + weight)
        signal = now > limit if strict else now >= limit
        found.append((now, signal))
        if signal and restart != "never":
            now = 0.0 if restart == "zero" else limit / 2
    return found


def tabular_weights(z, shift, side):
    return [None if one is None else side * one - shift / 2 for one in z]


def bernoulli_weights(outcomes, risks, odds_ratio):
    """log of the chance of what happened if the odds are so many times as high, over its chance if they are not."""
    found = []
    for x, p in zip(outcomes, risks, strict=True):
        if x is None or p is None or not 0 < p < 1:
            found.append(None)
            continue
        odds = odds_ratio * p / (1 - p)
        other = odds / (1 + odds)
        found.append(log(other / p) if x else log((1 - other) / (1 - p)))
    return found


def poisson_weights(observed, expected, ratio):
    """The same for a count: log of e^-RE (RE)^O over e^-E E^O."""
    return [
        None if o is None or e is None or o < 0 or e <= 0 else o * log(ratio) - ratio * e + e
        for o, e in zip(observed, expected, strict=True)
    ]


def ewma_slowly(values, centre, deviation, weight, distance):
    """Average and limits at each point, the variance summed from the weights that each value has by then."""
    now, weights, found = centre, [], []
    for value in values:
        if value is not None:
            now = weight * value + (1 - weight) * now
            weights = [(1 - weight) * one for one in weights] + [weight]
        reach = distance * deviation * sqrt(sum(one * one for one in weights))
        found.append((now, centre - reach, centre + reach))
    return found
