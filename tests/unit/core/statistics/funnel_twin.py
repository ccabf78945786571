"""The slow, obvious twin of the funnel: one unit after another, each formula as its paper prints it."""

from __future__ import annotations

from math import asin, exp, inf, log, pi, sin, sqrt


def y_and_s(kind, method, o, d):
    """A unit's place on the scale of the method and its standard error; None where it has none."""
    if kind == "PR":
        return asin(sqrt(o / d)), 1 / (2 * sqrt(d))
    if kind == "RC":
        return log((o + 0.5) / (d + 0.5)), sqrt(o / (o + 0.5) ** 2 + d / (d + 0.5) ** 2)
    if method == "SHMI":
        return (log(o / d) if o else None), 1 / sqrt(d)
    return sqrt(o / d), 1 / (2 * sqrt(d))


def there_and_back(kind, method):
    if kind == "PR":
        return lambda p: asin(sqrt(p)), lambda v: sin(min(max(v, 0), pi / 2)) ** 2
    if kind == "RC" or method == "SHMI":
        return log, exp_or_inf
    return sqrt, lambda v: max(v, 0) ** 2


def exp_or_inf(v):
    """A limit may lie beyond every number, where a few tiny units spread without end."""
    try:
        return exp(v)
    except OverflowError:
        return inf


def may_be_compared(kind, o, d):
    return o is not None and d is not None and d > 0 and o >= 0 and (kind != "PR" or o <= d)


def quantile(numbers, share):
    """R's type 7."""
    ordered = sorted(numbers)
    at = share * (len(ordered) - 1)
    low = int(at)
    return ordered[low] + (ordered[min(low + 1, len(ordered) - 1)] - ordered[low]) * (at - low)


def trimmed(kind, method, zs, trim):
    """Pairs of z and s that the spread is estimated from; ``zs`` holds z, s and denominator."""
    if kind == "SR" and method == "SHMI":
        ordered = sorted(zs, key=lambda one: (one[0], one[2]))
        n = len(ordered)
        return [(z, s) for rank, (z, s, _) in enumerate(ordered, 1) if trim <= rank / (n + 1) < 1 - trim]
    low, high = (quantile([z for z, _, _ in zs], share) for share in (trim, 1 - trim))
    return [(min(max(z, low), high), s) for z, s, _ in zs]


def assess_slowly(units, kind, method, trim, distance):
    """Target, phi, tau², and for each unit z and its limits without, with additive and with multiplicative spread."""
    good = [(o, d) for o, d in units if may_be_compared(kind, o, d)]
    target = 1.0 if kind == "SR" else sum(o for o, _ in good) / sum(d for _, d in good)
    there, back = there_and_back(kind, method)
    centre = there(target)
    zs = []
    for o, d in good:
        y, s = y_and_s(kind, method, o, d)
        if y is not None:
            zs.append(((y - centre) / s, s, d))
    kept = trimmed(kind, method, zs, trim)
    n = len(kept)
    phi, tau2 = None, 0.0
    if n > 1:
        phi = sum(z * z for z, _ in kept) / n
        weights = [1 / s**2 for _, s in kept]
        if n * phi > n - 1:
            tau2 = (n * phi - (n - 1)) / (sum(weights) - sum(w * w for w in weights) / sum(weights))
    found = []
    for o, d in units:
        if not may_be_compared(kind, o, d):
            found.append(None)
            continue
        y, s = y_and_s(kind, method, o, d)
        spreads = [s] if phi is None else [s, sqrt(s * s + tau2), s * sqrt(max(1, phi))]
        limits = [(back(centre - distance * one), back(centre + distance * one)) for one in spreads]
        found.append((None if y is None else (y - centre) / s, limits))
    return target, phi, tau2, found
