"""Which chart suits a series: as a table, at its borders, and never without a reason."""

from __future__ import annotations

from math import nan

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sightline.core.statistics.advice import Measured, advise
from sightline.core.statistics.kinds import ChartKind
from sightline.core.verdict import Invalid

K, M = ChartKind, Measured
STEADY = [20, 22, 19, 21, 20, 18, 21, 20, 22, 19, 20, 21, 19]


@pytest.mark.parametrize(
    ("measured", "values", "sizes", "kind", "says"),
    [
        (M.VALUE, [1.5, 2.5], None, K.I, "Single measured values"),
        (M.TIME, [3.0, 40.0], None, K.T, "Times between events"),
        (M.COUNT, [0, 0, 1], None, K.T, "2 of 3 periods have none"),
        (M.COUNT, [0, 1, 0, 1], None, K.C, "about 0.5 are expected"),
        (M.COUNT, [4, 5, 5], None, K.C, "about 4.7 are expected"),
        (M.COUNT, [5, 5, 5], None, K.I, "About 5 are counted"),
        (M.COUNT, [None, nan], None, None, "no figures"),
        (M.PROPORTION, [0, 0, 1], [40, 40, 40], K.G, "2 of 3 periods have none"),
        (M.PROPORTION, [3, 4, 5], [40, 40, 40], K.P, "about 4.0 are expected"),
        # nearly all: what is rare is that it does not happen
        (M.PROPORTION, [37, 36, 35], [40, 40, 40], K.P, "about 4.0 are expected"),
        (M.PROPORTION, [20, 20, 20], [40, 50, 30], K.I, "Denominators are alike"),
        (M.PROPORTION, [20, 20, 20], [40, 51, 29], K.P, "Denominators run from 29 to 51"),
        (M.PROPORTION, STEADY, [40] * 13, K.I, "Denominators are alike"),
        (M.PROPORTION, [5, 35] * 7, [40] * 14, K.P_PRIME, "times as much as chance alone explains"),
        # too few points to tell more variation from chance
        (M.PROPORTION, [5, 35] * 5, [40] * 10, K.I, "Denominators are alike"),
        (M.RATE, [3, 4, 5], [1000, 1000, 1000], K.U, "about 4.0 are expected"),
        (M.RATE, [20, 90] * 7, [1000] * 14, K.U_PRIME, "A u′ chart widens"),
        (M.RATE, [20, 30, 20], [1000, 3000, 1000], K.U, "Denominators run from 1000 to 3000"),
        (M.RATE, [0, None, 3], [0, 5, None], None, "no figures"),
    ],
)
def test_the_chart_that_suits(measured, values, sizes, kind, says):
    found = advise(measured, values, sizes)
    assert found.kind is kind
    assert says in found.says


def test_figures_that_cannot_be_are_refused():
    with pytest.raises(Invalid, match="the numerator is more than the denominator"):
        advise(M.PROPORTION, [11], [10])


@settings(max_examples=100, deadline=None)
@given(
    measured=st.sampled_from(list(Measured)),
    points=st.lists(st.tuples(st.one_of(st.none(), st.integers(0, 9)), st.integers(9, 90)), max_size=30),
)
def test_there_is_always_a_reason_and_a_missing_point_does_not_change_it(measured, points):
    values, sizes = [value for value, _ in points], [size for _, size in points]
    found = advise(measured, values, sizes)
    assert found.says.endswith(".")
    assert advise(measured, [*values, None], [*sizes, 7]) == found
