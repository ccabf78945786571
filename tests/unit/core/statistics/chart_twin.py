"""The slow, obvious twin of the charts: one phase, plain Python, each line and each rule as its sentence reads.

It keeps a table of the rule sets of its own, so that a wrong number in ours is found as well.
"""

from __future__ import annotations

from itertools import pairwise
from math import gamma, pi, sqrt

RATIOS = {"p", "pp", "u", "up", "ip"}


def mean(numbers):
    """Of equal numbers their own, whatever rounding does to their sum."""
    return numbers[0] + sum(number - numbers[0] for number in numbers) / len(numbers)


def median(numbers):
    ordered, middle = sorted(numbers), len(numbers) // 2
    return ordered[middle] if len(numbers) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def stdev(numbers):
    return sqrt(sum((number - mean(numbers)) ** 2 for number in numbers) / (len(numbers) - 1))


def ranges_of(values, basis):
    return [
        abs(b - a) for i, (a, b) in enumerate(pairwise(values)) if a is not None and b is not None and i + 1 < basis
    ]


def without_outlying(ranges, screen):
    return [one for one in ranges if one < 3.267 * mean(ranges)] if screen and ranges else ranges


def average(numbers):
    return mean(numbers) if numbers else None


def lines_slowly(kind, points, basis, screen, factor, divisor, median_screen=0):
    """For each point (value, centre, lines), ``lines`` from 1, 2, 3 to (lower, upper); None where there is none.

    Points are (count, size) for ratios, lists for subgroups, and values for the others.
    """
    if kind in RATIOS:
        values = [None if None in one or not one[1] else one[0] / one[1] for one in points]
    elif kind in {"xbar", "s"}:
        groups = [[value for value in group if value is not None] for group in points]
        values = [
            (mean(group) if group else None) if kind == "xbar" else (stdev(group) if len(group) > 1 else None)
            for group in groups
        ]
    elif kind == "mr":
        steps = [None if None in pair else abs(pair[1] - pair[0]) for pair in pairwise(points)]
        values = [None, *steps] if points else []
    else:
        values = list(points)
    known = [value for value in values[:basis] if value is not None]
    if not known:
        return [(value, None, None) for value in values]
    centre, sigmas = CHARTS[kind](points, values, known, basis, screen, factor, divisor, median_screen)
    return [(value, centre, sigmas(i)) for i, value in enumerate(values)]


def around(middle, sigma):
    """Lines about a middle, or none where sigma cannot be had."""
    return None if sigma is None else {k: (middle - k * sigma, middle + k * sigma) for k in (1, 2, 3)}


def i_chart(points, values, known, basis, screen, factor, divisor, median_screen):
    amr = average(without_outlying(ranges_of(values, basis), screen))
    return mean(known), lambda i: around(mean(known), None if amr is None else factor * amr / 3)


def i_median(points, values, known, basis, screen, factor, divisor, median_screen):
    amr = average(without_outlying(ranges_of(values, basis), screen))
    return median(known), lambda i: around(median(known), None if amr is None else factor * amr / 3)


def i_median_range(points, values, known, basis, screen, factor, divisor, median_screen):
    ranges = ranges_of(values, basis)
    if screen and median_screen and ranges:
        ranges = [one for one in ranges if one <= median_screen * median(ranges)]
    return median(known), lambda i: around(median(known), median(ranges) / divisor if ranges else None)


def mr_chart(points, values, known, basis, screen, factor, divisor, median_screen):
    return mean(known), lambda i: around(0, mean(known) * 3.267 / 3)


def run_chart(points, values, known, basis, screen, factor, divisor, median_screen):
    return median(known), lambda i: None


def ratio_chart(kind):
    def draw(points, values, known, basis, screen, factor, divisor, median_screen):
        counted = [one for one, value in zip(points[:basis], values, strict=False) if value is not None]
        centre = sum(count for count, _ in counted) / sum(size for _, size in counted)
        spread = centre * (1 - centre) if kind in {"p", "pp"} else centre

        def plain(i):
            return None if values[i] is None else sqrt(max(0, spread) / points[i][1])

        if kind in {"p", "u"}:
            return centre, lambda i: around(centre, plain(i))
        if kind == "ip":
            ranges = [
                abs(values[i] - values[i - 1]) / sqrt(1 / points[i][1] + 1 / points[i - 1][1])
                for i in range(1, min(basis, len(values)))
                if values[i] is not None and values[i - 1] is not None
            ]
            unit = average(without_outlying(ranges, screen))

            def weighed(i):
                return None if values[i] is None or unit is None else sqrt(pi / 2) * unit / sqrt(points[i][1])

            return centre, lambda i: around(centre, weighed(i))
        scores = [None if not plain(i) else (values[i] - centre) / plain(i) for i in range(len(values))]
        wider = average(without_outlying(ranges_of(scores, basis), screen))
        return centre, lambda i: around(centre, None if wider is None or plain(i) is None else plain(i) * wider / 1.128)

    return draw


def c_chart(points, values, known, basis, screen, factor, divisor, median_screen):
    return mean(known), lambda i: around(mean(known), sqrt(mean(known)))


def g_chart(points, values, known, basis, screen, factor, divisor, median_screen):
    return median(known), lambda i: around(mean(known), sqrt(mean(known) * (mean(known) + 1)))


def t_chart(points, values, known, basis, screen, factor, divisor, median_screen):
    normal = [None if value is None else value ** (1 / 3.6) for value in values]
    middle = mean([value for value in normal[:basis] if value is not None])
    amr = average(without_outlying(ranges_of(normal, basis), screen))

    def back(number):
        return number**3.6 if number >= 0 else -((-number) ** 3.6)

    def lines(i):
        drawn = around(middle, None if amr is None else amr / 1.128)
        return drawn and {k: (back(lower), back(upper)) for k, (lower, upper) in drawn.items()}

    return middle**3.6, lines


def c4(n):
    return sqrt(2 / (n - 1)) * gamma(n / 2) / gamma((n - 1) / 2)


def subgroup_chart(kind):
    def draw(points, values, known, basis, screen, factor, divisor, median_screen):
        groups = [[value for value in group if value is not None] for group in points]
        spread = [(len(group) - 1, stdev(group)) for group in groups[:basis] if len(group) > 1]
        freedom = sum(free for free, _ in spread)
        pooled = sqrt(sum(free * sd**2 for free, sd in spread) / freedom) if freedom else None
        everything = [value for group in groups[:basis] for value in group]
        centre = pooled if kind == "s" else mean(everything)

        def sigma(i):
            n = len(groups[i])
            if pooled is None or n < 2:
                return None
            return pooled * sqrt(1 - c4(n) ** 2) / c4(n) if kind == "s" else pooled / c4(n) / sqrt(n)

        return centre, lambda i: around(centre, sigma(i))

    return draw


CHARTS = {
    **{"i": i_chart, "i_m": i_median, "i_mm": i_median_range, "mr": mr_chart, "run": run_chart},
    **{kind: ratio_chart(kind) for kind in RATIOS},
    **{"c": c_chart, "g": g_chart, "t": t_chart, "xbar": subgroup_chart("xbar"), "s": subgroup_chart("s")},
}

# Shift: how many, which are marked. Trend: the same. Two of three: what counts, what else must hold, which are marked.
RULES = {
    "mdc-2023": {"shift": (7, "all"), "trend": (7, "all"), "two": ("beyond", "one side", "near")},
    "ptd-0.2.2": {"shift": (7, "all"), "trend": (7, "all"), "two": ("between", "one side", "near")},
    "pbi-1.7": {"shift": (7, "all"), "trend": (5, "all"), "two": ("beyond", "net", "near")},
    "nhse-sql-2019": {
        **{"shift": (7, "all"), "trend": (6, "not first"), "two": ("beyond", "mixed", "all"), "range": 3.27},
    },
    "we": {"shift": (8, "last"), "two": ("beyond", "any", "last"), "four": True},
    "nelson": {
        **{"shift": (9, "last"), "trend": (6, "last"), "two": ("beyond", "any", "last"), "four": True},
        **{"within": 15, "outer": 8, "turns": 14},
    },
    "anhoej": {"runs": 3},
}
LINES = dict.fromkeys(("mdc-2023", "ptd-0.2.2", "nhse-sql-2019"), (2.66, 0.954, 0))
LINES |= dict.fromkeys(("we", "nelson", "anhoej"), (3 / 1.128, 0.954, 0)) | {"pbi-1.7": (3 / 1.128, 1.128, 3.267)}


def marks_slowly(values, centre, limits, amr, name, only_outside=False):
    """For each point a set of (rule, side), side 1, -1 or 0; ``limits`` from 1, 2, 3 to a pair of lists."""
    rules, found = RULES[name], [set() for _ in values]

    def side_of(i):
        return 0 if values[i] is None or centre is None else (values[i] > centre) - (values[i] < centre)

    def beyond(i, k):
        lower, upper = limits[k][0][i], limits[k][1][i]
        return 0 if values[i] is None or lower is None else (values[i] > upper) - (values[i] < lower)

    def windows(length):
        for start in range(len(values) - length + 1):
            window = list(range(start, start + length))
            if all(values[i] is not None for i in window):
                yield window

    def put(rule, side, window, which):
        chosen = {"all": window, "last": window[-1:], "not first": window[1:]}[which]
        for i in chosen:
            found[i].add((rule, side))

    for i in range(len(values)):
        if beyond(i, 3):
            found[i].add(("outside", beyond(i, 3)))
    if only_outside:
        return found
    for side in (1, -1):
        if "shift" in rules:
            for window in windows(rules["shift"][0]):
                if all(side_of(i) == side for i in window):
                    put("shift", side, window, rules["shift"][1])
        if "trend" in rules:
            for window in windows(rules["trend"][0]):
                if all((values[b] - values[a]) * side > 0 for a, b in pairwise(window)):
                    put("trend", side, window, rules["trend"][1])
        if "two" in rules:
            two_slowly(windows, beyond, side_of, side, rules["two"], found)
        if "four" in rules:
            for window in windows(5):
                if sum(beyond(i, 1) == side for i in window) >= 4 and beyond(window[-1], 1) == side:
                    put("four_of_five", side, window, "last")
        if "range" in rules and amr is not None:
            for a, b in windows(2):
                if (values[b] - values[a]) * side > rules["range"] * amr:
                    found[b].add(("moving_range", side))
    if "within" in rules:
        for window in windows(rules["within"]):
            if all(limits[1][0][i] is not None and limits[1][0][i] < values[i] < limits[1][1][i] for i in window):
                put("within", 0, window, "last")
        for window in windows(rules["outer"]):
            if all(beyond(i, 1) for i in window):
                put("beyond", 0, window, "last")
        for window in windows(rules["turns"]):
            steps = [values[b] - values[a] for a, b in pairwise(window)]
            if all((a > 0 > b) or (a < 0 < b) for a, b in pairwise(steps)):
                put("alternating", 0, window, "last")
    if "runs" in rules:
        for run, side in long_runs([side_of(i) for i in range(len(values))]):
            for i in run:
                found[i].add(("long_run", side))
    return found


def two_slowly(windows, beyond, side_of, side, how, found):
    counts, also, which = how
    for window in windows(3):
        near = [i for i in window if beyond(i, 2) == side and not (counts == "between" and beyond(i, 3))]
        far = [i for i in window if beyond(i, 2) == -side]
        enough = {
            "one side": len(near) >= 2 and all(side_of(i) == side for i in window),
            "net": len(near) >= 2 and len(near) - len(far) >= 2,
            "any": len(near) >= 2,
            "mixed": len(near) + len(far) >= 2,
        }[also]
        if not enough:
            continue
        if which == "all":
            chosen = [i for i in window if side_of(i) == side or (side == 1 and side_of(i) == 0)]
        else:
            chosen = [i for i in near if which == "near" or i == window[-1]]
        for i in chosen:
            found[i].add(("two_of_three", side))


def long_runs(sides):
    """Runs, passing over points on the line, longer than the rounded logarithm to base 2 of their number plus 3."""
    useful = [(i, side) for i, side in enumerate(sides) if side]
    runs = []
    for i, side in useful:
        if runs and runs[-1][1] == side:
            runs[-1][0].append(i)
        else:
            runs.append(([i], side))
    most = 0
    while 2 ** (most + 0.5) < len(useful):
        most += 1
    return [run for run in runs if len(run[0]) > most + 3]
