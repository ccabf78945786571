"""One piece of evidence: where it stands, whether it is fresh, and how witnesses are counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from sightline.core.signals import ROWS, Bearing, Dimension, Quadrant, Signal, SignalKind
from sightline.core.triangulation.evidence import Certainty, evidence_from, floors_on, road_of, spread_of, surest_of
from sightline.core.triangulation.weighing import ABSENCES
from sightline.indicators.rating import SOURCE as RATINGS

from .slow import spread_slowly
from .told import AGES, FRESHNESS, TODAY, said, words


def test_evidence_stands_in_the_rows_of_2022_each_once_and_in_their_order() -> None:
    one = said("survey", Dimension.RESPONSIVE, Dimension.SAFE, Dimension.CARING)
    assert one.rows == (Dimension.SAFE, Dimension.PERSONALISED)
    assert said("survey", *reversed(ROWS)).rows == ROWS


@pytest.mark.parametrize("wrong", [{"key": ""}, {"origin": ""}, {"since": TODAY + timedelta(days=1)}])
def test_evidence_without_a_witness_or_running_backwards_cannot_be_made(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="evidence"):
        replace(said(), **wrong)  # type: ignore[arg-type]  # one field of several types


@pytest.mark.parametrize(
    ("quadrant", "hard", "in_words"),
    [
        (Quadrant.INTERNAL_QUANTITATIVE, False, False),
        (Quadrant.EXTERNAL_QUANTITATIVE, True, False),
        (Quadrant.INTERNAL_QUALITATIVE, True, True),
        (Quadrant.EXTERNAL_QUALITATIVE, False, True),
        (None, True, False),
        (None, False, True),
    ],
)
def test_the_quadrant_says_whether_it_is_words_and_where_nobody_said_its_softness(
    quadrant: Quadrant | None, hard: bool, in_words: bool
) -> None:
    assert said(quadrant=quadrant, hard=hard).in_words is in_words


def test_each_quadrant_has_its_age_and_what_nobody_placed_the_longest() -> None:
    floors = floors_on(TODAY, FRESHNESS)
    assert {one: (TODAY - floors[one]).days for one in Quadrant} == AGES
    assert (TODAY - floors[None]).days == max(AGES.values())


def test_the_surest_is_sure_and_who_did_not_say_is_surer_than_a_hunch() -> None:
    in_order = [Certainty.SURE, Certainty.FAIRLY_SURE, Certainty.UNKNOWN, Certainty.HUNCH]
    assert sorted(Certainty, key=lambda one: one.rank) == in_order
    assert surest_of([said(certainty=one) for one in reversed(in_order[1:])]) is Certainty.FAIRLY_SURE
    assert surest_of([]) is None


def a_signal(kind: SignalKind) -> Signal:
    """This function will make a signal of one kind."""
    return Signal("ZR1", "waits", kind, Bearing.CONCERN, date(2025, 3, 1), date(2025, 9, 1), 7, "ae_monthly", "p")


@pytest.mark.parametrize("kind", SignalKind)
def test_a_signal_becomes_evidence_and_an_absence_becomes_none(kind: SignalKind) -> None:
    quadrant = Quadrant.EXTERNAL_QUANTITATIVE
    made = evidence_from(a_signal(kind), [Dimension.RESPONSIVE], quadrant, "k1", "Waits")
    if kind in ABSENCES:
        assert made is None
        return
    assert made is not None
    assert (made.origin, made.rows, made.quadrant) == ("ae_monthly", (Dimension.PERSONALISED,), quadrant)
    assert (made.since, made.until, made.hard, made.label) == (date(2025, 3, 1), date(2025, 9, 1), True, "Waits")
    assert made.changed is (kind is not SignalKind.TARGET_MISSED)
    assert made.certainty is (Certainty.SURE if kind is SignalKind.RATING else Certainty.FAIRLY_SURE)


@pytest.mark.requirement("INT-04")
@pytest.mark.parametrize(
    ("places", "spread"),
    [
        ([], 0),
        ([[], []], 0),
        ([["a"], []], 1),
        ([["a"], ["a"]], 1),
        ([["a", "b"], ["a"]], 2),
        ([["a", "b"], ["a"], ["a", "b"]], 2),
        ([["a"], ["a", "b"], ["b", "c"], ["c", "d"]], 4),
    ],
)
def test_one_witness_in_two_quadrants_is_two_voices_and_no_variety(places: list[list[str]], spread: int) -> None:
    assert spread_of(places) == spread


@settings(max_examples=200, deadline=None)
@given(some.lists(some.lists(some.sampled_from("abcde"), max_size=4, unique=True), max_size=4))
def test_spread_is_the_best_of_all_seatings(places: list[list[str]]) -> None:
    assert spread_of(places) == spread_slowly(places)


def test_words_are_soft_and_figures_hard_unless_told_otherwise() -> None:
    assert not words("healthwatch").hard
    assert said().hard


@pytest.mark.requirement("INT-04")
@pytest.mark.parametrize(
    ("collection", "road"),
    [
        (RATINGS, RATINGS),
        ("care_home_ratings", RATINGS),
        ("cqc_enforcement", RATINGS),
        ("coroners_reports", "coroners_reports"),
        ("", ""),
    ],
)
def test_one_bodys_judgements_are_one_road_in_whichever_collection_they_come(collection: str, road: str) -> None:
    assert road_of(collection) == road
