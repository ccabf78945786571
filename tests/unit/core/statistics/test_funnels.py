"""Funnels: against the slow twin, in any order, and on units that invite a crash or a flag that is not there."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sightline.core.statistics.funnels import FunnelStatus, Overdispersion, UnitStatus, assess_funnel
from sightline.core.statistics.levels import LEVELS, critical
from sightline.core.statistics.scales import Method, Ratio
from sightline.core.verdict import Invalid

from .funnel_twin import assess_slowly, may_be_compared

NONE, ADDITIVE, MULTIPLICATIVE = Overdispersion
nan, inf = float("nan"), float("inf")

count = st.integers(0, 60).map(float)
# Proportions, ratios far from one, ties, nothing at all, and units that cannot be compared.
unit = st.one_of(
    st.tuples(count, st.integers(1, 80).map(float)),
    st.tuples(st.integers(0, 3000).map(float), st.floats(0.5, 3000)),
    st.tuples(st.just(5.0), st.just(10.0)),
    st.tuples(st.one_of(st.none(), st.just(-1.0), count), st.one_of(st.none(), st.just(0.0), count)),
)
kinds = st.sampled_from([("SR", "SHMI"), ("SR", "CQC"), ("PR", "CQC"), ("RC", "CQC")])


def funnel_of(units, kind, method="CQC", **how):
    o, d = (np.array([nan if one[i] is None else one[i] for one in units], dtype=float) for i in (0, 1))
    return assess_funnel(o, d, Ratio(kind), method=Method(method), **how)


@settings(max_examples=200, deadline=None)
@given(units=st.lists(unit, min_size=1, max_size=30), kind=kinds, trim=st.sampled_from([0.0, 0.05, 0.1, 0.25]))
def test_a_funnel_gives_what_the_slow_twin_gives(units, kind, trim):
    funnel = funnel_of(units, *kind, trim=trim)
    events = [o for o, d in units if may_be_compared(kind[0], o, d)]
    if not events or (kind[0] != "SR" and not sum(events)):
        assert funnel.status is (FunnelStatus.NO_EVENTS if events else FunnelStatus.NO_UNITS)
        return
    target, phi, tau2, found = assess_slowly(units, *kind, trim, critical(0.95))
    assert funnel.target == pytest.approx(target, rel=1e-12)
    assert funnel.phi == pytest.approx(nan if phi is None else phi, rel=1e-9, abs=1e-12, nan_ok=True)
    assert funnel.tau2 == pytest.approx(tau2, rel=1e-6, abs=1e-9)
    drawn = [funnel.limits_at(critical(0.95), how) for how in Overdispersion]
    for i, one in enumerate(found):
        assert bool(funnel.unit_status[i] == UnitStatus.COMPARED) is (one is not None)
        if one is None:
            assert all(np.isnan(side[i]) for sides in drawn for side in sides)
            continue
        z, limits = one
        assert funnel.z[i] == pytest.approx(nan if z is None else z, rel=1e-9, abs=1e-9, nan_ok=True)
        for (lower, upper), (low, high) in zip(drawn, limits, strict=False):
            assert (lower[i], upper[i]) == pytest.approx((low, high), rel=1e-6, abs=1e-9)


@settings(max_examples=100, deadline=None)
@given(units=st.lists(unit, min_size=1, max_size=25), kind=kinds, turn=st.randoms())
def test_the_order_of_units_makes_no_difference(units, kind, turn):
    order = list(range(len(units)))
    turn.shuffle(order)
    straight, turned = funnel_of(units, *kind), funnel_of([units[i] for i in order], *kind)
    assert turned.phi == pytest.approx(straight.phi, rel=1e-9, abs=1e-15, nan_ok=True)
    for how in Overdispersion:
        for ours, theirs in zip(straight.limits(0.998, how), turned.limits(0.998, how), strict=True):
            np.testing.assert_allclose(theirs, ours[order], rtol=1e-7)


@settings(max_examples=100, deadline=None)
@given(units=st.lists(unit, max_size=25), kind=kinds, how=st.sampled_from(Overdispersion))
def test_limits_lie_around_the_target_wider_at_the_wider_level_and_flags_are_what_lies_beyond(units, kind, how):
    funnel = funnel_of(units, *kind)
    (low95, high95), (low998, high998) = (funnel.limits(level, how) for level in LEVELS)
    drawn = ~np.isnan(low95)
    assert np.all(low998[drawn] <= low95[drawn]) and np.all(high95[drawn] <= high998[drawn])
    assert np.all(low95[drawn] <= funnel.target * (1 + 1e-9)) and np.all(high95[drawn] >= funnel.target * (1 - 1e-9))
    marks = funnel.outliers(0.95, how)
    assert set(np.flatnonzero(marks)) <= set(np.flatnonzero(drawn))
    for i in np.flatnonzero(drawn):
        assert marks[i] == int(funnel.ratio[i] > high95[i]) - int(funnel.ratio[i] < low95[i])


@settings(max_examples=100, deadline=None)
@given(units=st.lists(unit, min_size=2, max_size=25), kind=kinds)
def test_adjusting_never_finds_what_was_no_outlier_on_the_same_scale(units, kind):
    funnel = funnel_of(units, *kind)
    plain = funnel.limits_at(critical(0.95), NONE)
    for how in (ADDITIVE, MULTIPLICATIVE):
        wider = funnel.limits_at(critical(0.95), how)
        drawn = ~np.isnan(wider[0])
        assert np.all(wider[0][drawn] <= plain[0][drawn]) and np.all(wider[1][drawn] >= plain[1][drawn])


def test_a_funnel_worked_by_hand():
    """Four proportions of 100: y = asin √p, s = 1/20, pooled 25 %; z by hand, and tau² from equal weights of 400."""
    funnel = funnel_of([(20, 100), (30, 100), (10, 100), (40, 100)], "PR", trim=0)
    assert funnel.target == 0.25
    assert funnel.centre == pytest.approx(np.pi / 6)
    z = [(np.arcsin(np.sqrt(p)) - np.pi / 6) * 20 for p in (0.2, 0.3, 0.1, 0.4)]
    assert funnel.z.tolist() == pytest.approx(z)
    assert funnel.phi == pytest.approx(sum(one**2 for one in z) / 4)
    assert funnel.tau2 == pytest.approx((sum(one**2 for one in z) - 3) / (1600 - 400))
    assert funnel.outliers(0.998, NONE).tolist() == [0, 0, -1, 1]
    assert funnel.outliers(0.998, ADDITIVE).tolist() == [0, 0, 0, 0]
    assert funnel.status is FunnelStatus.FEW_UNITS


@pytest.mark.parametrize(
    ("o", "d", "kind", "status"),
    [
        (1.0, 0.0, "SR", UnitStatus.NO_DENOMINATOR),
        (1.0, -2.0, "RC", UnitStatus.NO_DENOMINATOR),
        (-1.0, 10.0, "RC", UnitStatus.NEGATIVE),
        (11.0, 10.0, "PR", UnitStatus.OVER_DENOMINATOR),
        (11.0, 10.0, "RC", UnitStatus.COMPARED),
        (nan, 10.0, "SR", UnitStatus.MISSING),
        (1.0, nan, "SR", UnitStatus.MISSING),
        (inf, 10.0, "RC", UnitStatus.MISSING),
        (1.0, inf, "SR", UnitStatus.MISSING),
        (1.0, -inf, "SR", UnitStatus.MISSING),
        (1e300, 1e300, "RC", UnitStatus.TOO_LARGE),
        (1.0, 1e-300, "SR", UnitStatus.NO_DENOMINATOR),
    ],
)
@pytest.mark.parametrize("how", Overdispersion)
def test_a_unit_that_cannot_be_compared_says_why_and_disturbs_nobody(o, d, kind, status, how):
    others = [(20.0 + i, 100.0) for i in range(12)]
    funnel, without = funnel_of([*others, (o, d)], kind), funnel_of(others, kind)
    assert funnel.unit_status[-1] == status
    if status != UnitStatus.COMPARED:
        assert funnel.outliers(0.95, how)[-1] == 0
        assert np.isnan(funnel.limits(0.95, how)[0][-1])
        assert (funnel.target, funnel.phi, funnel.tau2) == (without.target, without.phi, without.tau2)
        assert funnel.outliers(0.95, how)[:-1].tolist() == without.outliers(0.95, how).tolist()


@pytest.mark.parametrize("kind", ["SR", "PR", "RC"])
@pytest.mark.parametrize(
    ("units", "status"),
    [
        ([], FunnelStatus.NO_UNITS),
        ([(1, 0), (None, 5)], FunnelStatus.NO_UNITS),
        ([(8, 10)], FunnelStatus.ONE_UNIT),
        ([(8, 10)] * 9, FunnelStatus.FEW_UNITS),
        ([(8, 10)] * 10, FunnelStatus.OK),
    ],
)
@pytest.mark.parametrize("how", Overdispersion)
def test_degenerate_sets_have_a_status_and_no_flags(kind, units, status, how):
    funnel = funnel_of(units, kind)
    assert funnel.status is status
    assert not funnel.outliers(0.95, how).any()


@pytest.mark.parametrize("kind", ["PR", "RC"])
def test_where_nothing_ever_happened_there_is_nothing_to_compare_with(kind):
    funnel = funnel_of([(0, 10)] * 12, kind)
    assert funnel.status is FunnelStatus.NO_EVENTS
    assert not any(funnel.outliers(0.95, how).any() for how in Overdispersion)


def test_one_standardised_unit_is_held_against_its_standard_and_no_spread_is_made_up():
    funnel = funnel_of([(30, 10)], "SR")
    assert funnel.outliers(0.998, NONE).tolist() == [1]
    assert np.isnan(funnel.limits(0.998, ADDITIVE)[0][0])
    assert funnel.outliers(0.998, ADDITIVE).tolist() == [0]


def test_a_unit_without_events_has_no_logarithm_and_is_an_outlier_all_the_same():
    units = [(20.0 + i % 5, 22.0) for i in range(20)]
    funnel = funnel_of([*units, (0.0, 30.0)], "SR", "SHMI")
    assert np.isnan(funnel.z[-1]) and np.isnan(funnel.z_trimmed[-1])
    assert funnel.phi == funnel_of(units, "SR", "SHMI").phi
    assert funnel.outliers(0.998, NONE)[-1] == funnel.outliers(0.998, ADDITIVE)[-1] == -1


def test_one_very_large_unit_among_small_ones_leaves_the_spread_finite():
    funnel = funnel_of([(1.5e15, 1e15 - 1), *[(3.0, 1e-6 * (i + 1)) for i in range(5)]], "RC")
    assert np.isfinite(funnel.tau2) and funnel.tau2 >= 0
    assert funnel_of([(1e14, 1e14), (1e-3, 1e-6)], "SR").tau2 < inf


def test_a_standard_from_outside_takes_the_place_of_the_pooled_ratio():
    units = [(20, 100)] * 12
    assert not funnel_of(units, "PR").outliers(0.998, NONE).any()
    assert funnel_of(units, "PR", target=0.5).outliers(0.998, NONE).tolist() == [-1] * 12
    exact = funnel_of([(40, 20)], "SR", target=2.0)
    lower, upper = exact.limits(0.95, NONE)
    assert lower[0] < 2 < upper[0]
    assert (lower[0], upper[0]) == pytest.approx([2 * x[0] for x in funnel_of([(40, 40)], "SR").limits(0.95, NONE)])


@pytest.mark.parametrize(("kind", "method"), [("SR", "SHMI"), ("SR", "CQC"), ("PR", "CQC")])
@pytest.mark.parametrize("how", Overdispersion)
def test_lines_pass_through_the_limits_of_the_units(kind, method, how):
    rng = np.random.default_rng(3)
    d = rng.integers(20, 400, 40).astype(float)
    funnel = assess_funnel(rng.binomial(d.astype(int), 0.3) / (1 if kind == "PR" else 0.3), d, Ratio(kind))
    for ours, line in zip(funnel.limits(0.95, how), funnel.lines(d, 0.95, how), strict=True):
        np.testing.assert_allclose(line, ours, rtol=1e-12)


def test_lines_of_a_ratio_of_counts_take_the_numerator_that_the_target_gives():
    funnel = funnel_of([(100, 50), (220, 100), (380, 200)], "RC")
    target = funnel.target
    lower, upper = funnel.lines(np.array([80.0]), 0.95, NONE)
    s = np.sqrt(target * 80 / (target * 80 + 0.5) ** 2 + 80 / 80.5**2)
    assert (lower[0], upper[0]) == pytest.approx((target * np.exp(-1.959964 * s), target * np.exp(1.959964 * s)))


@pytest.mark.parametrize(
    ("how", "says"),
    [
        ({"trim": 0.5}, "cannot be trimmed"),
        ({"trim": -0.1}, "cannot be trimmed"),
        ({"trim": nan}, "cannot be trimmed"),
        ({"target": 0.0}, "not a possible ratio"),
        ({"target": 1.2}, "not a possible ratio"),
        ({"target": nan}, "not a possible ratio"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused_in_words(how, says):
    with pytest.raises(Invalid, match=says):
        funnel_of([(1, 2)], "PR", **how)


def test_rows_that_do_not_pair_up_are_refused():
    with pytest.raises(Invalid, match="do not pair up"):
        assess_funnel(np.ones(3), np.ones(4), Ratio.RATES)


@pytest.mark.parametrize("level", [0.0, 0.4, 1.0, 99.8, nan])
def test_an_impossible_level_is_refused(level):
    for how in Overdispersion:
        with pytest.raises(Invalid, match="Limits cannot be drawn"):
            funnel_of([(1, 2)], "SR").limits(level, how)
