"""Chosen: a chart of any kind in the shape in which XmR charts come, so that all that follows reads both alike."""

from __future__ import annotations

from math import isfinite

import numpy as np

from sightline.core.statistics.charts import Chart, ChartPhase
from sightline.core.statistics.kernel import Floats
from sightline.core.statistics.series import Phase, SeriesResult


def as_result(chart: Chart, scale: float = 1.0) -> SeriesResult:
    """This function will give a chart of n points as the result of a series, lines ``scale`` times as high.

    The limits of a phase are those of its latest point that has a value: on charts of ratios they differ from point
    to point, and ``steps`` has them all. Raises ``ValueError`` for a rule set with more rules than pages name.
    """
    if not chart.rules.plain:
        raise ValueError(f"The rule set “{chart.rules.name}” has rules that the pages do not name.")
    low, high = (scale * line for line in chart.limits(3))
    near_low, near_high = (scale * line for line in chart.limits(2))
    phases = tuple(_phase(chart, phase, scale, (low, high, near_low, near_high)) for phase in chart.phases)
    varies = np.concatenate([np.full(phase.n, phase.varies) for phase in chart.phases])
    stepped = any(_differs(high[phase.start : phase.stop]) for phase in chart.phases if phase.varies)
    steps = tuple(
        (_known(one), _known(other)) if drawn else (None, None)
        for one, other, drawn in zip(low.tolist(), high.tolist(), varies.tolist(), strict=True)
    )
    return SeriesResult(
        status=chart.status,
        phases=phases,
        marks=chart.marks.astype(np.uint8).tobytes(),
        changes=chart.changes,
        remarks=chart.remarks,
        rules=chart.rules,
        screened=chart.screened,
        steps=steps if stepped else (),
    )


def _phase(chart: Chart, phase: ChartPhase, scale: float, lines: tuple[Floats, ...]) -> Phase:
    known = np.flatnonzero(np.isfinite(chart.values[phase.start : phase.stop]))
    last = phase.start + int(known[-1]) if len(known) else phase.start
    low, high, near_low, near_high = (_known(float(line[last])) if phase.varies else None for line in lines)
    amr = _known(scale * phase.lines.ranges) if phase.varies else None
    centre = _known(scale * phase.lines.centre)
    return Phase(
        phase.start, phase.n, phase.n_valid, phase.n_basis, centre, amr, low, high, near_low, near_high, phase.varies
    )


def _differs(line: Floats) -> bool:
    """Whether a line has more than one level; rounding makes none."""
    known = line[np.isfinite(line)]
    return len(known) > 1 and not np.allclose(known, known[0], rtol=1e-12, atol=0.0)


def _known(value: float) -> float | None:
    return value if isfinite(value) else None
