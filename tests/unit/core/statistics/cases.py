"""Series for tests of the XmR kernel, drawn so that ties, gaps, points on a line, trends and shifts all come up."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

# Few different values, so that ties, points on the mean and points on a limit come up all the time.
value = st.one_of(
    st.none(),
    st.integers(-3, 3).map(float),
    st.integers(0, 12).map(lambda n: n / 10),
    st.floats(-1e6, 1e6, allow_nan=False, width=32),
)
# Slow drifts, which chance alone hardly ever draws, so that trends and shifts are met as well.
drift = st.tuples(st.integers(-5, 5), st.lists(st.sampled_from([-1, 1, 1, 1, 1, 1, 1, 2]), max_size=30)).map(
    lambda given: [float(given[0] + sum(given[1][:i])) for i in range(len(given[1]) + 1)]
)
series = st.one_of(st.lists(value, max_size=40), drift, drift.map(lambda values: values[::-1]))
case = st.tuples(series, st.lists(st.integers(0, 40), max_size=3), st.sampled_from([0, 0, 1, 2, 7, 12]))


def block_of(cases):
    """Lay cases out as the kernel wants them."""
    lengths = np.array([len(values) for values, _, _ in cases])
    laid = np.full((len(cases), int(lengths.max(initial=0))), np.nan)
    starts = np.zeros(laid.shape, dtype=bool)
    for row, (values, rebases, _) in enumerate(cases):
        laid[row, : len(values)] = np.array(values, dtype=float)
        starts[row, [index for index in rebases if index < len(values)]] = True
    baselines = np.array([baseline for _, _, baseline in cases])
    return laid, {"lengths": lengths, "phase_starts": starts, "baselines": baselines}
