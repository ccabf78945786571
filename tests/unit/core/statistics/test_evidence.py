"""Evidence over many series: the list against its slow twin, its promise on invented noise, and what ranks first."""

from __future__ import annotations

from math import erfc, exp, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sightline.core.statistics.discovery import chance, discover, noise_in_words
from sightline.core.statistics.evidence import Evidence, rank_evidence
from sightline.core.verdict import Invalid

nan = float("nan")
chances = st.lists(
    st.one_of(st.none(), st.sampled_from([0.0, 0.001, 0.01, 0.02, 0.5, 1.0]), st.floats(0, 1)), max_size=30
)


def on_the_list_slowly(p, rate):
    """Benjamini and Hochberg as printed: all up to the largest k whose k-th smallest chance is at most k/m × rate."""
    tested = sorted(one for one in p if one is not None)
    passing = [k for k, one in enumerate(tested, 1) if one <= k * rate / len(tested)]
    if not passing:
        return [False] * len(p)
    bound = tested[max(passing) - 1]
    return [one is not None and one <= bound for one in p]


def row(values):
    return np.array([nan if value is None else value for value in values], dtype=float)


@settings(max_examples=300, deadline=None)
@given(p=chances, rate=st.sampled_from([0.049, 0.1003, 0.2501]))
def test_the_list_is_that_of_the_slow_twin_whatever_the_order(p, rate):
    found = discover(row(p), rate)
    assert found.found.tolist() == on_the_list_slowly(p, rate)
    assert np.isnan(found.q).tolist() == [one is None for one in p]
    assert discover(row(p[::-1]), rate).found.tolist() == found.found.tolist()[::-1]


@settings(max_examples=100, deadline=None)
@given(p=st.lists(st.floats(0, 1), min_size=1, max_size=20))
def test_q_is_the_lowest_rate_at_which_a_series_is_on_the_list(p):
    q = discover(np.array(p)).q
    for i in range(len(p)):
        if 1e-6 < q[i] < 0.99:
            assert discover(np.array(p), min(0.999, q[i] * (1 + 1e-9))).found[i]
            assert not discover(np.array(p), q[i] * (1 - 1e-6)).found[i]


def test_the_example_that_the_rule_was_published_with():
    """Fifteen chances of Benjamini & Hochberg 1995, §3.2: four are found at 0.05."""
    p = "0.0001 0.0004 0.0019 0.0095 0.0201 0.0278 0.0298 0.0344 0.0459 0.3240 0.4262 0.5719 0.6528 0.7590 1.0"
    assert int(discover(np.array([float(one) for one in p.split()]), 0.05).found.sum()) == 4


def test_of_ten_thousand_stable_series_hardly_any_is_found_and_of_those_found_few_are_noise():
    rng = np.random.default_rng(11)
    z = rng.normal(0, 1, (10_000, 24))
    quiet = rank_evidence(z)
    assert quiet.discoveries.found.sum() <= 3
    assert (np.abs(z) > 3.09).any(axis=1).sum() > 300  # which is what limits alone would have flagged
    z[:500, -8:] += 2.5
    found = rank_evidence(z).discoveries.found
    assert found[:500].mean() > 0.9
    assert found[500:].sum() / found.sum() < 0.05


@pytest.mark.parametrize(
    ("found", "says"),
    [
        (0, "Nothing stands out further than chance would bring among so many."),
        (1, "One stands out. On average 1 in 20 of all that such lists name is noise."),
        (4, "4 stand out. About 1 in 20 of such a list is noise: here probably none of the 4."),
        (40, "40 stand out. About 1 in 20 of such a list is noise: here about 2 of the 40."),
    ],
)
def test_a_list_says_how_much_of_it_is_noise(found, says):
    assert noise_in_words(0.05, found) == says
    assert discover(np.array([1e-9] * found + [1.0] * 60), 0.05).says == says


def test_each_way_to_look_has_its_chance_and_three_times_the_smallest_counts():
    ranked = rank_evidence(np.array([[0.0] * 9 + [4.0], [1.9] * 10, [0.0] * 10]), window=4)
    assert ranked.now.tolist() == [4.0, 1.9, 0.0]
    assert ranked.lasting.tolist() == pytest.approx([2.0, 3.8, 0.0])
    assert ranked.gathering.tolist() == pytest.approx([3.5, 14.0, 0.0])
    assert ranked.run.tolist() == [1, 10, 0]
    assert ranked.p.tolist() == pytest.approx([3 * erfc(4 / sqrt(2)), 3 * 2 * exp(-14), 1.0])
    assert ranked.leading.tolist() == [Evidence.NOW, Evidence.GATHERING, Evidence.NOW]
    assert ranked.side.tolist() == [1, 1, 0]
    assert ranked.order.tolist() == [1, 0, 2]


def test_what_lasts_ranks_before_what_is_far_once():
    once, lasting = [0.0] * 11 + [3.2], [0.0] * 6 + [2.2] * 6
    ranked = rank_evidence(np.array([once, lasting, [-one for one in lasting]]))
    assert ranked.order.tolist() == [1, 2, 0]
    assert ranked.leading[1] == Evidence.LASTING
    assert ranked.side.tolist() == [1, 1, -1]


z_value = st.one_of(st.none(), st.floats(-6, 6), st.just(float("inf")))


@settings(max_examples=100, deadline=None)
@given(rows=st.lists(st.lists(z_value, min_size=7, max_size=7), min_size=1, max_size=8))
def test_turned_upside_down_the_ranking_stays_and_the_sides_turn(rows):
    z = np.array([row(one) for one in rows])
    ranked, turned = rank_evidence(z), rank_evidence(-z)
    np.testing.assert_allclose(ranked.p, turned.p)
    assert ranked.order.tolist() == turned.order.tolist()
    assert ranked.run.tolist() == turned.run.tolist()
    assert sorted(ranked.order.tolist()) == list(range(len(rows)))


@settings(max_examples=100, deadline=None)
@given(values=st.lists(st.one_of(st.none(), st.integers(-2, 2).map(float)), max_size=12))
def test_a_run_is_counted_back_over_gaps_from_the_newest_figure(values):
    known = [one for one in values if one is not None]
    run = 0
    while run < len(known) and known[-1] != 0 and known[-1 - run] * known[-1] > 0:
        run += 1
    assert rank_evidence(row(values)[None, :]).run.tolist() == [run]


def test_a_series_without_figures_is_not_tested_and_ranks_last():
    ranked = rank_evidence(np.array([[nan] * 5, [0.1] * 5, [nan, 1.0, 2.0, 3.0, nan]]))
    assert np.isnan(ranked.p).tolist() == [True, False, False]
    assert ranked.order.tolist()[-1] == 0
    assert (ranked.leading[0], ranked.side[0]) == (Evidence.NONE, 0)
    assert np.isnan(ranked.now[2]) and ranked.lasting[2] == pytest.approx(6 / sqrt(3))


@pytest.mark.parametrize("shape", [(0, 0), (0, 5), (3, 0)])
def test_nothing_in_gives_nothing_out(shape):
    ranked = rank_evidence(np.empty(shape))
    assert len(ranked.p) == shape[0] and not ranked.discoveries.found.any()
    assert chance(np.empty(0)).shape == discover(np.empty(0)).q.shape == (0,)


@pytest.mark.parametrize(
    ("job", "says"),
    [
        (lambda: discover(np.array([0.5]), 0.0), "A rate of 0 makes no sense"),
        (lambda: discover(np.array([0.5]), 1.0), "A rate of 1 makes no sense"),
        (lambda: discover(np.array([0.5, -0.1])), "outside 0 to 1"),
        (lambda: discover(np.array([0.5, np.inf])), "outside 0 to 1"),
        (lambda: rank_evidence(np.ones(3)), "ranked from a table"),
        (lambda: rank_evidence(np.ones((2, 2)), window=0), "over a window"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused_in_words(job, says):
    with pytest.raises(Invalid, match=says):
        job()
