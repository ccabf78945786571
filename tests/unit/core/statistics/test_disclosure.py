"""Disclosure: examples by hand, and an outsider who tries every table that fits what was published."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sightline.core.statistics.disclosure import LEAST, publish, rates
from sightline.core.verdict import Invalid

nan = float("nan")


def with_totals(counts):
    """Totals added the plain way."""
    if not isinstance(counts[0], list | tuple):
        return [*counts, sum(counts)]
    rows = [[*row, sum(row)] for row in counts]
    return [*rows, [sum(column) for column in zip(*rows, strict=True)]]


def could_be(counts, published, reach=2):
    """For each withheld cell, every value that it has in some table that fits what is shown, near the true one.

    Tables are tried one after another: each inner cell that is withheld takes every value near its own, of 1 or
    more, and the totals of each try must be those shown, and 1 or more where they are withheld.
    """
    flat = isinstance(counts[0], int)
    rows = [counts] if flat else counts
    gone = np.isnan(np.atleast_2d(published.shown))
    true = with_totals(counts)
    true = [true] if flat else true
    inner = [(r, c) for r in range(len(rows)) for c in range(len(rows[0])) if gone[r, c]]
    seen = {(int(r), int(c)): set() for r, c in np.argwhere(gone)}
    for values in product(*[range(max(1, rows[r][c] - reach), rows[r][c] + reach + 1) for r, c in inner]):
        tried = [list(row) for row in rows]
        for (r, c), value in zip(inner, values, strict=True):
            tried[r][c] = value
        full = [with_totals(tried[0])] if flat else with_totals(tried)
        fits = all(
            (full[r][c] >= 1) if gone[r, c] else full[r][c] == true[r][c]
            for r in range(len(full))
            for c in range(len(full[0]))
        )
        if fits:
            for r, c in seen:
                seen[r, c].add(full[r][c])
    return seen


count = st.one_of(st.integers(0, 4), st.integers(0, 12))
tables = st.one_of(
    st.lists(count, min_size=1, max_size=5),
    st.lists(st.lists(count, min_size=2, max_size=2), min_size=1, max_size=2),
    st.lists(st.lists(count, min_size=3, max_size=3), min_size=2, max_size=2),
    st.lists(st.lists(count, min_size=1, max_size=1), min_size=1, max_size=4),
)


@settings(max_examples=60, deadline=None)
@given(counts=tables)
def test_an_outsider_who_tries_every_table_cannot_tell_a_small_count(counts):
    published = publish(np.array(counts, dtype=float), least=4, round_to=1)
    small = np.atleast_2d(published.small)
    for (r, c), values in could_be(counts, published).items():
        if small[r, c]:
            assert len(values) >= 3, (r, c)


@settings(max_examples=100, deadline=None)
@given(counts=tables, least=st.sampled_from([2, 4, 8]))
def test_every_small_count_is_withheld_noughts_never_and_what_is_shown_is_true(counts, least):
    published = publish(np.array(counts, dtype=float), least=least, round_to=1)
    true = np.array(with_totals(counts), dtype=float)
    gone = np.isnan(published.shown)
    assert gone[(true > 0) & (true < least)].all()
    assert not gone[true == 0].any()
    assert (published.shown[~gone] == true[~gone]).all()
    assert (gone == (published.small | published.beside)).all()
    assert not (published.small & published.beside).any()
    if not published.small.any():
        assert not gone.any()


def test_one_small_cell_takes_the_smallest_ring_with_it_and_leaves_totals_alone():
    published = publish(np.array([[3.0, 40, 90], [50, 20, 80], [70, 60, 30]]), round_to=1)
    assert published.texts == [
        ["*", "*", "90", "133"],
        ["*", "*", "80", "150"],
        ["70", "60", "30", "160"],
        ["123", "120", "200", "443"],
    ]
    assert int(published.small.sum()) == 1 and int(published.beside.sum()) == 3


def test_small_cells_that_already_hide_each_other_take_nothing_with_them():
    published = publish(np.array([[3.0, 4, 90], [5, 6, 80], [70, 60, 30]]), round_to=1)
    assert not published.beside.any()
    assert int(np.isnan(published.shown).sum()) == 4


def test_two_ones_in_a_row_whose_total_is_two_are_not_hidden_by_each_other():
    """Two withheld cells that are 1 or more and add up to 2 are both 1."""
    published = publish(np.array([[1.0, 1, 90, 50], [30, 40, 80, 60]]), least=2, round_to=1)
    assert published.texts[0][4] == "142"
    assert published.beside.any()
    inner = could_be([[1, 1, 90, 50], [30, 40, 80, 60]], published)
    assert len(inner[0, 0]) >= 3 and len(inner[0, 1]) >= 3


def test_a_list_with_its_total_withholds_the_smallest_other():
    published = publish(np.array([3.0, 50, 20, 90]), round_to=1)
    assert published.texts == [["*", "50", "*", "90", "163"]]


def test_a_single_small_cell_hides_its_totals_too():
    published = publish(np.array([[0.0, 0], [0, 5]]), round_to=1)
    assert published.texts == [["0", "0", "0"], ["0", "*", "*"], ["0", "*", "*"]]


def test_a_list_of_one_small_count_hides_it_and_its_total():
    assert publish(np.array([5.0])).texts == [["*", "*"]]
    assert publish(np.array([0.0, 0.0])).texts == [["0", "0", "0"]]


def test_what_is_shown_is_rounded_and_says_so():
    published = publish(np.array([[8.0, 12, 1003], [22, 37, 52]]))
    assert published.texts == [
        ["10", "10", "1,005", "1,025"],
        ["20", "35", "50", "110"],
        ["30", "50", "1,055", "1,135"],
    ]
    assert published.says == "Numbers are to the nearest 5 and need not add up."
    withheld = publish(np.array([3.0, 50, 60]), round_to=1)
    assert withheld.says == "* stands for a number withheld so that nobody can be recognised."
    assert publish(np.array([50.0]), round_to=1).says == ""


def test_a_rate_is_withheld_with_either_of_its_counts():
    few, all_of = publish(np.array([3.0, 20, 30, 0])), publish(np.array([50.0, 100, 0, 80]))
    found = rates(few, all_of)
    assert np.isnan(found).tolist() == [True, True, True, False, False]
    assert found[3] == 0


@pytest.mark.parametrize(
    ("counts", "how"),
    [
        ([1.5], {}),
        ([-1.0], {}),
        ([nan], {}),
        ([np.inf], {}),
        ([[[1.0]]], {}),
        (5.0, {}),
        ([1.0], {"least": 1}),
        ([1.0], {"round_to": 0}),
        ([1.0], {"least": 4, "round_to": 9}),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(counts, how):
    with pytest.raises(Invalid):
        publish(np.array(counts), **how)


@pytest.mark.parametrize("shape", [(0,), (0, 0), (0, 3), (3, 0)])
def test_an_empty_table_has_totals_of_nought(shape):
    published = publish(np.empty(shape))
    assert (published.shown == 0).all() and not published.small.any()


def test_the_default_is_that_of_hospital_activity():
    published = publish(np.arange(12.0), round_to=1)
    assert np.flatnonzero(published.small).tolist() == list(range(1, LEAST)) == [1, 2, 3, 4, 5, 6, 7]
