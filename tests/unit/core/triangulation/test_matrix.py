"""The matrix: who says what in each cell, each witness once, and good news beside a concern rather than against it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from sightline.core.signals import ROWS, Bearing, Dimension, Quadrant
from sightline.core.triangulation.evidence import Certainty, Evidence
from sightline.core.triangulation.matrix import Matrix, lay_out

from .slow import fresh_slowly, spread_slowly, voices_slowly
from .told import AGES, FRESHNESS, TODAY, pieces, said, told, words

INSIDE, OUTSIDE = Quadrant.INTERNAL_QUANTITATIVE, Quadrant.EXTERNAL_QUANTITATIVE


def laid(*evidence: Evidence) -> Matrix:
    """This function will lay evidence out on the day of these tests."""
    return lay_out(evidence, TODAY, FRESHNESS)


@pytest.mark.requirement("INT-04")
def test_ten_figures_of_one_return_are_one_witness() -> None:
    matrix = laid(*(said("return", key=f"figure-{number}") for number in range(10)))
    assert matrix.cell(Dimension.SAFE, INSIDE).concerns == ("return",)
    assert matrix.row(Dimension.SAFE).concerns == ("return",)
    assert len(matrix.cell(Dimension.SAFE, INSIDE).keys) == 10


@pytest.mark.requirement("INT-04")
def test_one_origin_in_two_quadrants_stands_in_both_cells_and_is_one_witness_of_the_row() -> None:
    row = laid(said("trust"), words("trust", inside=True)).row(Dimension.SAFE)
    assert [cell.concerns for cell in row.cells] == [("trust",), (), ("trust",), ()]
    assert (row.concerns, row.quadrants, row.spread) == (("trust",), (INSIDE, Quadrant.INTERNAL_QUALITATIVE), 1)


@pytest.mark.requirement("INT-04")
def test_good_news_stands_beside_a_concern_and_takes_nothing_from_it() -> None:
    alone = laid(said("shmi"))
    praised = laid(said("shmi"), *(said(f"good-{n}", bearing=Bearing.IMPROVEMENT, lasting=n) for n in range(9)))
    for one, other in zip(alone.row(Dimension.SAFE).cells, praised.row(Dimension.SAFE).cells, strict=True):
        assert (one.concerns, one.since, one.surest, one.latest) == (
            other.concerns,
            other.since,
            other.surest,
            other.latest,
        )
    assert len(praised.cell(Dimension.SAFE, INSIDE).improving) == 9


def test_an_origin_with_good_and_bad_news_stands_among_both() -> None:
    cell = laid(said("shmi"), said("shmi", bearing=Bearing.IMPROVEMENT)).cell(Dimension.SAFE, INSIDE)
    assert (cell.concerns, cell.improving, cell.origins) == (("shmi",), ("shmi",), ("shmi",))


@pytest.mark.requirement("DAT-05")
@pytest.mark.parametrize("quadrant", Quadrant)
@pytest.mark.parametrize("over", [0, 1])
def test_evidence_is_fresh_to_the_day_and_then_old(quadrant: Quadrant, over: int) -> None:
    one = said(quadrant=quadrant, days_ago=AGES[quadrant] + over)
    cell = laid(one).cell(Dimension.SAFE, quadrant)
    assert cell.stale is bool(over)
    assert (cell.keys, cell.old) == (((), (one.key,)) if over else ((one.key,), ()))
    assert bool(cell.concerns) is not bool(over)
    assert cell.newest == one.until


def test_since_latest_and_surest_speak_of_the_concerns_that_stand() -> None:
    cell = laid(
        said("a", days_ago=100, lasting=200, certainty=Certainty.HUNCH),
        said("b", days_ago=50, lasting=10, certainty=Certainty.FAIRLY_SURE),
        said("old", days_ago=600, lasting=900, certainty=Certainty.SURE),
        said("good", bearing=Bearing.IMPROVEMENT, days_ago=1, lasting=700, certainty=Certainty.SURE),
    ).cell(Dimension.SAFE, INSIDE)
    assert (cell.since, cell.latest) == (TODAY - timedelta(days=300), TODAY - timedelta(days=50))
    assert (cell.surest, cell.newest) == (Certainty.FAIRLY_SURE, TODAY - timedelta(days=1))


def test_a_standard_missed_all_along_is_a_concern_by_which_nothing_changed() -> None:
    row = laid(said("waits", changed=False), said("shmi")).row(Dimension.SAFE)
    assert (row.concerns, row.changing) == (("shmi", "waits"), ("shmi",))


def test_what_nobody_placed_is_a_witness_without_a_quadrant() -> None:
    row = laid(said("shmi"), said("caller", quadrant=None)).row(Dimension.SAFE)
    assert (row.concerns, row.quadrants, row.spread) == (("caller", "shmi"), (INSIDE,), 1)
    assert row.unplaced.concerns == ("caller",)


def test_what_speaks_of_no_dimension_stands_in_the_whole() -> None:
    loose = replace(said("caller"), rows=())
    matrix = laid(loose)
    assert all(not row.keys for row in matrix.rows)
    assert (matrix.whole.keys, matrix.whole.concerns) == ((loose.key,), ("caller",))


def test_nothing_known_fills_no_cell() -> None:
    matrix = laid()
    assert [row.row for row in matrix.rows] == list(ROWS)
    for row in (*matrix.rows, matrix.whole):
        assert (row.concerns, row.since, row.newest, row.spread, row.keys) == ((), None, None, 0, ())
        assert [cell.quadrant for cell in row.cells] == list(Quadrant)
        assert not any(cell.stale for cell in row.cells)


def test_evidence_about_two_subjects_makes_no_matrix() -> None:
    with pytest.raises(ValueError, match="one subject"):
        laid(said(subject="ZR1"), said(subject="ZR2"))


@settings(max_examples=50, deadline=None)
@given(told)
def test_every_cell_says_what_the_slow_twin_says(evidence: list[Evidence]) -> None:
    matrix, fresh = laid(*evidence), fresh_slowly(evidence, TODAY, FRESHNESS)
    for row, quadrant in product((*ROWS, None), (*Quadrant, None)):
        cell = matrix.cell(row, quadrant)
        assert (cell.row, cell.quadrant) == (row, quadrant)
        assert list(cell.concerns) == voices_slowly(fresh, row, quadrant, Bearing.CONCERN)
        assert list(cell.improving) == voices_slowly(fresh, row, quadrant, Bearing.IMPROVEMENT)
        assert list(cell.neither) == voices_slowly(fresh, row, quadrant, Bearing.NEITHER)
        here = [one for one in evidence if (row is None or row in one.rows) and one.quadrant == quadrant]
        assert {*cell.keys, *cell.old} == {one.key for one in here}
        assert cell.stale is (bool(here) and not [one for one in here if one in fresh])
    for row in (*ROWS, None):
        agreeing = {one.origin for one in fresh if one.is_concern and (row is None or row in one.rows)}
        line = matrix.row(row)
        assert set(line.concerns) == agreeing
        assert line.spread == spread_slowly([cell.concerns for cell in line.cells])


@settings(max_examples=50, deadline=None)
@given(told, some.integers())
def test_order_and_repetition_of_evidence_change_nothing(evidence: list[Evidence], seed: int) -> None:
    shuffled = [*evidence, *evidence]
    Random(seed).shuffle(shuffled)
    assert laid(*shuffled) == laid(*evidence)


@settings(max_examples=50, deadline=None)
@given(told, some.integers(0, 8))
def test_the_same_origin_told_again_changes_no_count(evidence: list[Evidence], which: int) -> None:
    again = [replace(one, key=f"again-{one.key}", label="told again") for one in evidence[which:]]
    once, twice = laid(*evidence), laid(*evidence, *again)
    for row, quadrant in product((*ROWS, None), (*Quadrant, None)):
        one, other = once.cell(row, quadrant), twice.cell(row, quadrant)
        assert replace(one, keys=(), old=()) == replace(other, keys=(), old=())


@settings(max_examples=50, deadline=None)
@given(told, pieces.map(lambda one: replace(one, bearing=Bearing.IMPROVEMENT, key="good news")))
def test_an_improvement_never_takes_from_a_concern(evidence: list[Evidence], good: Evidence) -> None:
    before, after = laid(*evidence), laid(*evidence, good)
    for row, quadrant in product((*ROWS, None), (*Quadrant, None)):
        one, other = before.cell(row, quadrant), after.cell(row, quadrant)
        assert (one.concerns, one.changing) == (other.concerns, other.changing)
        assert (one.since, one.latest, one.surest) == (other.since, other.latest, other.surest)
