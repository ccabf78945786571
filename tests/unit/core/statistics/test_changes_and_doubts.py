"""Change points that are proposed, and doubts about data: against a slow twin, on noise, and each slip by an example."""

from __future__ import annotations

from itertools import pairwise
from math import erfc, inf, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sightline.core.statistics.changes import propose_changes
from sightline.core.statistics.doubts import DoubtKind, doubts

nan = float("nan")
SAW = [4.0, 5.0]


def first_change_slowly(values, fewest, p):
    """Every place tried in turn, each mean and range added up anew."""
    known = [(i, value) for i, value in enumerate(values) if value is not None]
    best = None
    for cut in range(fewest, len(known) - fewest + 1):
        before, after = ([value for _, value in part] for part in (known[:cut], known[cut:]))
        ranges = [abs(b - a) for part in (before, after) for (a, b) in pairwise(part)]
        deviation = sum(ranges) / len(ranges) / 1.128
        means = sum(before) / len(before), sum(after) / len(after)
        nearer = [
            [abs(value - means[side]) < abs(value - means[1 - side]) - 1e-9 for value in part]
            for side, part in enumerate((before, after))
        ]
        if means[0] == means[1] or any(sum(part) / len(part) < 0.5 for part in nearer):
            continue
        apart = means[1] - means[0]
        distance = apart / (deviation * sqrt(1 / len(before) + 1 / len(after))) if deviation > 1e-9 else inf
        if best is None or abs(distance) > abs(best[1]) + 1e-9:
            best = (known[cut][0], distance)
    if best is None:
        return None
    likely = (len(known) - 2 * fewest + 1) * erfc(abs(best[1]) / sqrt(2))
    return best if likely < p else None


stretch = st.tuples(st.sampled_from([0, 0, 3, 10, -20]), st.lists(st.integers(-2, 2), min_size=1, max_size=15))
stretches = st.lists(stretch, max_size=3).map(
    lambda parts: [float(level + one) for level, noise in parts for one in noise]
)
series = st.tuples(stretches, st.sets(st.integers(0, 40), max_size=4)).map(
    lambda given: [None if i in given[1] else value for i, value in enumerate(given[0])]
)


@settings(max_examples=200, deadline=None)
@given(values=series, fewest=st.sampled_from([3, 8]))
def test_the_strongest_proposal_is_that_of_the_slow_twin(values, fewest):
    found = propose_changes(np.array([nan if one is None else one for one in values]), fewest=fewest)
    slow = first_change_slowly(values, fewest, 0.01)
    if slow is None:
        assert found == ()
        return
    assert any(abs(change.distance) == pytest.approx(abs(slow[1]), rel=1e-6) for change in found)
    assert [change.at for change in found] == sorted({change.at for change in found})
    assert all(values[change.at] is not None for change in found)


def test_a_step_is_proposed_where_it_is_with_both_levels_and_nothing_is_applied():
    values = np.array([*SAW * 8, *[9.0, 10.0] * 8])
    before = values.copy()
    (change,) = propose_changes(values)
    assert (change.at, change.before, change.after) == (16, 4.5, 9.5)
    assert change.p < 1e-12 and change.distance > 0
    assert "around 9.5 instead of 4.5" in change.says and "nothing is drawn anew" in change.says
    np.testing.assert_array_equal(values, before)


def test_a_step_between_two_constant_levels_is_proposed_once():
    (change,) = propose_changes(np.array([0.1] * 15 + [0.3] * 15))
    assert (change.at, change.before, change.after, change.p) == (15, 0.1, pytest.approx(0.3), 0.0)


def test_two_steps_are_two_proposals_and_gaps_keep_their_places():
    values = np.array([*SAW * 5, nan, nan, *[9.0, 10.0] * 5, *SAW * 5])
    assert [change.at for change in propose_changes(values)] == [12, 22]


def test_chance_alone_is_seldom_proposed():
    rng = np.random.default_rng(5)
    assert sum(bool(propose_changes(one)) for one in rng.normal(0, 1, (1000, 36))) <= 30


@pytest.mark.parametrize(
    "values",
    [
        [],
        [nan] * 30,
        [5.0] * 30,
        [*SAW * 8, 99.0],
        [*SAW * 3, *[90.0, 91.0] * 4],
        [np.inf] * 20,
    ],
)
def test_too_little_to_go_by_is_no_proposal(values):
    assert propose_changes(np.array(values)) == ()


ORDINARY = [93.4, 92.1, 94.7, 93.8, 92.6, 95.2, 93.1, 94.4, 92.9, 93.7, 94.1, 92.3]


def kinds(values, o=None, d=None):
    given = [None if one is None else np.array(one, dtype=float) for one in (o, d)]
    return [(doubt.kind, doubt.at) for doubt in doubts(np.array(values, dtype=float), *given)]


def test_an_ordinary_series_is_not_doubted():
    d = [1000.0 + 13 * (i % 5) for i in range(12)]
    assert kinds(ORDINARY, [round(v * n / 100) for v, n in zip(ORDINARY, d, strict=True)], d) == []


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([*ORDINARY[:6], 9.37, *ORDINARY[7:]], [(DoubtKind.JUMP, 6)]),
        ([*ORDINARY, 937.0], [(DoubtKind.JUMP, 12)]),
        ([*ORDINARY, nan, 937.0, nan], [(DoubtKind.JUMP, 13)]),
        ([*ORDINARY, 937.0, 941.0], []),  # a level, which is no slip
        ([*ORDINARY[:6], 937.0], []),  # too few to say what is usual
        ([5.0] * 12 + [9.0], []),  # nothing varies, so nothing can be far
        ([*ORDINARY, 93.0, 94.0, 92.0, 93.0, 95.0, 94.0], [(DoubtKind.ROUNDING, 12)]),
        ([*ORDINARY, 93.0, 94.0, 92.0, 93.0, 95.0], []),
        ([93.0, 94.0, 92.0, 95.0] * 5, []),  # always whole numbers
        ([931.0, 942.0, 927.0, 953.0] * 2 + [930.0, 940.0, 920.0, 940.0, 950.0, 930.0], [(DoubtKind.ROUNDING, 8)]),
    ],
)
def test_a_jump_and_a_coarser_grid_are_doubted(values, expected):
    assert kinds(values) == expected


def test_a_copied_period_is_doubted_once_and_a_small_one_never():
    values = ORDINARY[:8]
    d = [1000.0, 1010, 1010, 1010, 1020, 980, 1000, 1000]
    o = [930.0, 931, 931, 931, 950, 900, 930, 931]
    assert kinds(values, o, d) == [(DoubtKind.COPIED, 2)]
    assert kinds(values, [one // 100 for one in o], [one // 100 for one in d]) == []
    assert kinds(values, [0.0] * 8, [1000.0] * 8) == []


def test_a_denominator_that_moves_for_good_is_doubted_and_one_that_comes_back_is_not():
    values, o = ORDINARY, list(range(12))
    d = [1000.0, 1010, 990, 1005, 995, 1000, 1003, 1600, 1610, 1590, 1605, 1600]
    assert kinds(values, o, d) == [(DoubtKind.DENOMINATOR, 7)]
    assert kinds(values, o, [*d[:8], *d[:4]]) == []
    assert kinds(values, o, [400.0 * (1 + i % 4) for i in range(12)]) == []
    (doubt,) = doubts(np.array(values), np.array(o, dtype=float), np.array(d))
    assert "around 1600 from here on and was around 1001" in doubt.says


@settings(max_examples=200, deadline=None)
@given(
    rows=st.lists(
        st.tuples(
            *[st.one_of(st.just(nan), st.sampled_from([0.0, -1.0, np.inf, 1e300, 5.0]), st.floats(-1e6, 1e6))] * 3
        ),
        max_size=30,
    )
)
def test_no_series_however_odd_stops_the_doubts(rows):
    columns = [np.array([one[i] for one in rows], dtype=float) for i in range(3)]
    found = doubts(*columns)
    assert [doubt.at for doubt in found] == sorted(doubt.at for doubt in found)
    assert all(0 <= doubt.at < len(rows) and doubt.says.endswith(".") for doubt in found)
    propose_changes(columns[0])
