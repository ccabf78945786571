"""Blind spots: which cells are blind and how, for one subject and for thousands; and whom to ask."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from sightline.core.rulebook import Contribution
from sightline.core.signals import ROWS, Bearing, Dimension, Quadrant
from sightline.core.triangulation.blindness import (
    EVERY_CELL,
    Ask,
    Asked,
    Blindness,
    BlindSpot,
    BlindTally,
    blind_spots,
    count_blind,
    heard_from,
    is_known,
    questions,
)
from sightline.core.triangulation.evidence import Evidence
from sightline.core.triangulation.matrix import lay_out

from .slow import count_blind_slowly
from .told import AGES, FRESHNESS, TODAY, pieces, said, told, words

SAFE, WELL_LED = Dimension.SAFE, Dimension.WELL_LED
INSIDE, OUTSIDE = Quadrant.INTERNAL_QUANTITATIVE, Quadrant.EXTERNAL_QUANTITATIVE
HEARD = Quadrant.EXTERNAL_QUALITATIVE


def spots(*evidence: Evidence, expected: frozenset[tuple[Dimension, Quadrant]] = EVERY_CELL) -> tuple[BlindSpot, ...]:
    """This function will name the blind spots that evidence leaves."""
    return blind_spots(lay_out(evidence, TODAY, FRESHNESS), FRESHNESS, expected)


def kind_of(*evidence: Evidence) -> Blindness | None:
    """This function will say how blind we are in figures from inside about safety."""
    return next((one.kind for one in spots(*evidence) if (one.row, one.quadrant) == (SAFE, INSIDE)), None)


@pytest.mark.requirement("INT-14", "DAT-04")
def test_where_nothing_is_known_every_cell_is_a_blind_spot() -> None:
    found = spots()
    assert [(one.row, one.quadrant) for one in found] == list(product(ROWS, Quadrant))
    assert {(one.kind, one.newest) for one in found} == {(Blindness.NOTHING, None)}


@pytest.mark.requirement("INT-14")
@pytest.mark.parametrize(
    ("evidence", "kind"),
    [
        ([], Blindness.NOTHING),
        ([said("a", days_ago=AGES[INSIDE] + 1)], Blindness.STALE),
        ([said("a", days_ago=AGES[INSIDE])], Blindness.SINGLE),
        ([said("a"), said("a", key="twice")], Blindness.SINGLE),
        ([said("a"), said("b", days_ago=AGES[INSIDE] + 1)], Blindness.SINGLE),
        ([said("a"), said("b")], None),
        ([said("a"), said("b", bearing=Bearing.NEITHER)], None),
        ([said("a", bearing=Bearing.IMPROVEMENT), said("b", bearing=Bearing.IMPROVEMENT)], None),
        ([said("a", quadrant=OUTSIDE), said("b", quadrant=None)], Blindness.NOTHING),
        ([said("a", WELL_LED)], Blindness.NOTHING),
    ],
)
def test_a_cell_is_blind_without_fresh_word_from_two_witnesses(
    evidence: list[Evidence], kind: Blindness | None
) -> None:
    assert kind_of(*evidence) is kind


def test_a_stale_spot_says_how_old_the_newest_evidence_is() -> None:
    (one,) = spots(said(days_ago=900), said("b", days_ago=800), expected=frozenset({(SAFE, INSIDE)}))
    assert one == BlindSpot(SAFE, INSIDE, Blindness.STALE, TODAY - timedelta(days=800))


def test_only_cells_that_make_sense_are_blind() -> None:
    (one,) = spots(expected=frozenset({(WELL_LED, HEARD)}))
    assert (one.row, one.quadrant) == (WELL_LED, HEARD)


@pytest.mark.requirement("INT-14")
@pytest.mark.parametrize(
    ("evidence", "known"),
    [
        ([], False),
        ([said("a"), words("b")], False),
        ([said("a"), said("b"), said("c")], False),
        ([said("a"), said("b"), words("b")], False),
        ([said("a"), said("b"), words("c")], True),
        ([said("a"), said("b", days_ago=501), words("c")], False),
    ],
)
def test_a_subject_is_known_by_enough_witnesses_in_enough_places(evidence: list[Evidence], known: bool) -> None:
    assert is_known(lay_out(evidence, TODAY, FRESHNESS), FRESHNESS) is known


# -- a whole population

SOME_CELLS = frozenset({(SAFE, INSIDE), (SAFE, HEARD), (Dimension.EFFECTIVE, OUTSIDE)})
SUBJECTS = {"ZR1": EVERY_CELL, "ZR2": SOME_CELLS, "ZR3": frozenset(), "ZR4": EVERY_CELL}


def test_the_blindest_come_first_and_strangers_are_not_counted() -> None:
    evidence = [said(), said(subject="ZR3"), said(subject="ZR9"), words("old", days_ago=900), said("x", quadrant=None)]
    assert count_blind(heard_from(evidence, SUBJECTS), SUBJECTS, TODAY, FRESHNESS) == (
        BlindTally("ZR4", 24, 0, 0),
        BlindTally("ZR1", 22, 1, 1),
        BlindTally("ZR2", 3, 0, 0),
        BlindTally("ZR3", 0, 0, 0),
    )


def test_of_nobody_nothing_is_counted() -> None:
    assert count_blind(heard_from([], []), {}, TODAY, FRESHNESS) == ()


@settings(max_examples=50, deadline=None)
@given(some.lists(some.tuples(pieces, some.sampled_from(["ZR1", "ZR2", "ZR3"])), max_size=25))
def test_many_are_counted_as_each_alone(drawn: list[tuple[Evidence, str]]) -> None:
    evidence = [replace(one, subject=subject, key=f"{subject} {one.key}") for one, subject in drawn]
    counted = count_blind(heard_from(evidence, SUBJECTS), SUBJECTS, TODAY, FRESHNESS)
    assert list(counted) == count_blind_slowly(evidence, SUBJECTS, TODAY, FRESHNESS)


@settings(max_examples=50, deadline=None)
@given(told, pieces)
def test_more_evidence_never_blinds(evidence: list[Evidence], more: Evidence) -> None:
    order = [Blindness.NOTHING, Blindness.STALE, Blindness.SINGLE, None]
    before = {(one.row, one.quadrant): one.kind for one in spots(*evidence)}
    after = {(one.row, one.quadrant): one.kind for one in spots(*evidence, replace(more, key="more"))}
    assert all(order.index(after.get(cell)) >= order.index(before.get(cell)) for cell in EVERY_CELL)


# -- whom to ask


def brings(giver: str, *quadrants: Quadrant, what: str = "views", rows: tuple[Dimension, ...] = ()) -> Contribution:
    """This function will say what one body is expected to bring."""
    return Contribution(
        id="one", giver=giver, givers=("any",), what=what, quadrants=quadrants, dimensions=rows, cites="QSG 2017 ¶66"
    )


EMPTY = BlindSpot(SAFE, HEARD, Blindness.NOTHING)
LEADERSHIP = BlindSpot(WELL_LED, HEARD, Blindness.SINGLE, TODAY)
FIGURES = BlindSpot(SAFE, OUTSIDE, Blindness.STALE, date(2020, 1, 1))


@pytest.mark.requirement("INT-18", "INT-14")
def test_one_body_gets_one_question_for_all_that_it_can_fill() -> None:
    asked = questions([EMPTY, LEADERSHIP, FIGURES, EMPTY], [brings("Healthwatch", HEARD)])
    assert asked.asks == (Ask("Healthwatch", "views", (EMPTY, LEADERSHIP), ("QSG 2017 ¶66",)),)
    assert (asked.asks[0].rows, asked.asks[0].quadrants) == ((SAFE, WELL_LED), (HEARD,))
    assert asked.nobody == (FIGURES,)


def test_the_same_question_listed_twice_is_asked_once() -> None:
    twice = [brings("Healthwatch", HEARD), brings("healthwatch", OUTSIDE, what="Views ")]
    (one,) = questions([EMPTY, FIGURES], twice).asks
    assert (one.whom, one.spots, one.cites) == ("Healthwatch", (EMPTY, FIGURES), ("QSG 2017 ¶66",))


@pytest.mark.parametrize(
    ("rows", "fits"), [((), True), ((SAFE,), True), ((WELL_LED,), False), ((Dimension.CARING, SAFE), True)]
)
def test_a_body_is_asked_only_for_what_it_can_tell(rows: tuple[Dimension, ...], fits: bool) -> None:
    assert bool(questions([EMPTY], [brings("Healthwatch", HEARD, rows=rows)]).asks) is fits


def test_caring_fills_the_row_of_experience() -> None:
    experience = BlindSpot(Dimension.PERSONALISED, HEARD, Blindness.NOTHING)
    assert questions([experience], [brings("Healthwatch", HEARD, rows=(Dimension.CARING,))]).asks


def test_what_fills_most_is_asked_first() -> None:
    found = questions(
        [EMPTY, LEADERSHIP, FIGURES],
        [
            brings("Ash", HEARD, rows=(WELL_LED,)),
            brings("Birch", OUTSIDE),
            brings("Elm", HEARD),
            brings("Oak", HEARD, OUTSIDE),
        ],
    )
    assert [one.whom for one in found.asks] == ["Oak", "Elm", "Ash", "Birch"]


@pytest.mark.requirement("CQC-06")
def test_what_was_asked_before_is_marked_with_the_latest_time_and_comes_last() -> None:
    early, late = (
        Asked("HEALTHWATCH", " views", date(2025, 1, 1), "place"),
        Asked("Healthwatch", "views", date(2025, 6, 1)),
    )
    other = Asked("Healthwatch", "figures", date(2025, 9, 1))
    found = questions(
        [EMPTY, LEADERSHIP], [brings("Healthwatch", HEARD), brings("Union", HEARD, rows=(SAFE,))], [late, early, other]
    )
    assert [(one.whom, one.asked) for one in found.asks] == [("Union", None), ("Healthwatch", late)]


def test_without_blind_spots_nobody_is_asked() -> None:
    found = questions([], [brings("Healthwatch", HEARD)])
    assert (found.asks, found.nobody) == ((), ())
