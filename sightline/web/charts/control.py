"""A chart of any kind, drawn: its lines by phase, its points with every rule that fired, its rebases with their reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

from sightline.core.indicators.variation import Direction, bearing
from sightline.core.signals import Side
from sightline.core.statistics.charts import Chart, ChartPhase
from sightline.core.statistics.kernel import Floats
from sightline.core.statistics.kinds import ChartKind
from sightline.core.statistics.runs import Median
from sightline.core.statistics.series import Status
from sightline.web import wording
from sightline.web.charts.plot import At, Curve, Divide, Plot, Spot
from sightline.web.charts.rules import RULE_NAMES, RULE_WORDS
from sightline.web.charts.series import BETTER, MARK, MARK_WORDS

K = ChartKind
KIND_WORDS = {
    K.I: "XmR chart",
    K.I_MEDIAN: "chart of single values about their median",
    K.I_MEDIAN_RANGE: "chart of single values about their median, limits from the median moving range",
    K.MR: "chart of moving ranges",
    K.RUN: "run chart",
    K.P: "p chart",
    K.P_PRIME: "p′ chart",
    K.U: "u chart",
    K.U_PRIME: "u′ chart",
    K.C: "c chart",
    K.G: "g chart",
    K.T: "t chart",
    K.I_PRIME: "I′ chart",
    K.XBAR: "x̄ chart",
    K.S: "s chart",
}
FIGURES = {
    K.MR: "moving range",
    K.P: "proportion",
    K.P_PRIME: "proportion",
    K.U: "rate",
    K.U_PRIME: "rate",
    K.I_PRIME: "ratio",
    K.C: "count",
    K.G: "cases between",
    K.T: "time between",
    K.XBAR: "mean",
    K.S: "standard deviation",
}
STATUS_WORDS = {
    Status.OK: "",
    Status.PROVISIONAL: "The limits are provisional: fewer figures than the rules ask for.",
    Status.NO_VARIATION: "There is no variation, so no limits are drawn.",
    Status.TOO_SHORT: "There are too few figures to draw limits.",
    Status.NO_DATA: "There are no figures.",
}


@dataclass(frozen=True, slots=True)
class About:
    """What a chart does not know of itself: names of its n points, which way is better, its target, reasons of rebases."""

    names: tuple[str, ...] = ()
    direction: Direction = Direction.NEUTRAL
    target: float | None = None
    because: tuple[str, ...] = ()


def control_plot(chart: Chart, about: About) -> Plot:
    """This function will lay a chart out: limits only where a phase varies, broken at every gap and every new phase."""
    named = about.names if len(about.names) == len(chart.values) else ()
    spots = _spots(chart, about, named)
    return Plot(
        across="" if named else "point",
        up=FIGURES.get(chart.kind, "value"),
        curves=tuple(_curves(chart, about)),
        spots=tuple(spots),
        divides=tuple(_divides(chart, about, named)),
        ticks=tuple(enumerate(named)),
    )


def chart_says(chart: Chart, about: About) -> str:
    """This function will say in a few sentences what the chart shows."""
    known = [i for i, value in enumerate(chart.values.tolist()) if isfinite(value)]
    special = sum(1 for i in known if chart.marks[i])
    kind = KIND_WORDS[chart.kind]
    # A c chart is no C chart: only words begin with a capital.
    read = f"{kind[0].upper() + kind[1:] if kind[:2].isalpha() else kind} of {wording.plural(len(known), 'point')}"
    found = f"{wording.plural(special, 'point')} of special cause" if special else "no special cause"
    gaps = len(chart.values) - len(known)
    said = [
        f"{read}, read by {chart.rules.name}: {found}.",
        f"{wording.plural(gaps, 'point')} without a figure." if gaps else "",
        STATUS_WORDS[chart.status],
        f"Target: {wording.number(about.target)}." if about.target is not None else "",
        f"{BETTER[about.direction]}." if about.direction is not Direction.NEUTRAL else "",
    ]
    return " ".join(one for one in said if one)


def _curves(chart: Chart, about: About) -> list[Curve]:
    varying = [phase for phase in chart.phases if phase.varies]
    last = chart.phases[-1]
    drawn = []
    if chart.kind is not ChartKind.RUN:
        for kind, sigmas, means in (("c-near", 2, "Lines at two sigma"), ("c-limit", 3, "Limits at three sigma")):
            for side, name in ((0, "lower limit"), (1, "upper limit")):
                pieces = [_steps(phase, phase.lines.shown(sigmas)[side]) for phase in varying]
                end = name if sigmas == 3 and last.varies else ""
                drawn.append(Curve(kind, tuple(_with_breaks(pieces)), end, means))
    centres = [_flat(phase) for phase in chart.phases if isfinite(phase.lines.centre)]
    drawn.append(Curve("c-centre", tuple(_with_breaks(centres)), "centre", "Centre line"))
    if about.target is not None:
        ends = ((-0.5, about.target), (len(chart.values) - 0.5, about.target))
        drawn.append(Curve("c-target", ends, "target", "Target"))
    line = [_line(chart, phase) for phase in chart.phases]
    drawn.append(Curve("c-line", tuple(_with_breaks(line))))
    return [curve for curve in drawn if any(curve.at)]


def _with_breaks(pieces: Sequence[Sequence[At]]) -> list[At]:
    return [at for piece in pieces for at in (*piece, None)]


def _flat(phase: ChartPhase) -> list[At]:
    return [(phase.start - 0.5, phase.lines.centre), (phase.stop - 0.5, phase.lines.centre)]


def _steps(phase: ChartPhase, line: Floats) -> list[At]:
    """A line with a level for each point; one of the same level throughout has two ends and no more."""
    levels = line.tolist()
    if levels and all(level == levels[0] for level in levels):
        return [(phase.start - 0.5, levels[0]), (phase.stop - 0.5, levels[0])] if isfinite(levels[0]) else []
    found: list[At] = []
    for index, level in enumerate(levels, phase.start):
        found += [(index - 0.5, level), (index + 0.5, level)] if isfinite(level) else [None]
    return found


def _line(chart: Chart, phase: ChartPhase) -> list[At]:
    return [
        (index, float(chart.values[index])) if isfinite(chart.values[index]) else None
        for index in range(phase.start, phase.stop)
    ]


def _spots(chart: Chart, about: About, named: Sequence[str]) -> list[Spot]:
    found, before = [], ""
    for index, value in enumerate(chart.values.tolist()):
        if not isfinite(value):
            before = ""
            continue
        causes = chart.causes(index)
        name = named[index] if named else f"Point {index}"
        words = f"{name}: {value:.6g}"
        if not causes:
            before = ""
            found.append(Spot(index, value, words))
            continue
        rule, side = causes[0]
        mark = MARK[bearing(about.direction, side)]
        why = "; ".join(dict.fromkeys(RULE_WORDS[one] for one, _ in causes))
        # The first point of a stretch is named for the whole of it.
        label = "" if RULE_NAMES[rule] == before else RULE_NAMES[rule]
        before = RULE_NAMES[rule]
        side = side if side is not Side.NONE else Side.HIGH
        found.append(Spot(index, value, f"{words}, {MARK_WORDS[mark]} ({why})", mark, side, label))
    return found


def _divides(chart: Chart, about: About, named: Sequence[str]) -> list[Divide]:
    found = []
    for number, phase in enumerate(chart.phases[1:]):
        name = named[phase.start] if named else f"point {phase.start}"
        why = about.because[number] if number < len(about.because) else ""
        found.append(Divide(phase.start - 0.5, f"New limits from {name}{f': {why}' if why else ''}"))
    return found


_MEDIAN = "Median, taken anew after a sustained run"


def medians_plot(values: Floats, medians: Sequence[Median], names: Sequence[str]) -> Plot:
    """This function will lay out a run chart whose median is taken anew; each holds until the next begins."""
    ends = [*(median.start for median in medians[1:]), len(values)]
    steps = [
        [(median.start - 0.5, median.value), (stop - 0.5, median.value)]
        for median, stop in zip(medians, ends, strict=bool(medians))
    ]
    known = [(i, float(value)) if isfinite(value) else None for i, value in enumerate(values.tolist())]
    named = names if len(names) == len(values) else [f"Point {i}" for i in range(len(values))]
    return Plot(
        across="" if named is names else "point",
        up="value",
        curves=(
            *([Curve("c-centre", tuple(_with_breaks(steps)), "median", _MEDIAN)] if medians else []),
            Curve("c-line", tuple(known)),
        ),
        spots=tuple(Spot(at[0], at[1], f"{named[at[0]]}: {at[1]:.6g}") for at in known if at),
        divides=tuple(
            Divide(median.start - 0.5, f"New median from {named[median.start]}, after a sustained run")
            for median in medians[1:]
        ),
        ticks=tuple(enumerate(names)) if named is names else (),
    )
