"""Scores by lookup against a slow twin, how a risk moves, and how it fits what is accepted."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.core.risks import (
    Acceptance,
    Direction,
    Fit,
    Score,
    Target,
    as_of,
    band_from,
    fit_of,
    may_accept,
    may_aim_for,
    movement,
    path,
    rate,
    resting_score,
)
from sightline.core.risks.scoring import band_since, held_since
from tests.unit.core.risks.made import a_risk, shipped

MATRIX, APPETITE = shipped().matrix, shipped().appetite
JAN, FEB, MAR = date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)
RISING = (Score(1, 3, JAN), Score(2, 3, FEB), Score(4, 4, MAR))


@pytest.mark.requirement("RSK-03")
@pytest.mark.parametrize(("likelihood", "consequence"), list(product(range(1, 6), repeat=2)))
def test_each_of_the_25_cells_is_what_the_published_matrix_has(likelihood: int, consequence: int) -> None:
    rated = rate(MATRIX, Score(likelihood, consequence, JAN))
    product_ = likelihood * consequence
    band = "low" if product_ <= 3 else "moderate" if product_ <= 6 else "high" if product_ <= 12 else "extreme"
    assert (rated.score, rated.band.id) == (product_, band)


@pytest.mark.parametrize(("likelihood", "consequence"), [(0, 3), (6, 3), (3, 0), (3, 6)])
def test_no_score_or_target_is_made_that_the_matrix_does_not_have(likelihood: int, consequence: int) -> None:
    with pytest.raises(ValueError, match="steps from 1 to 5"):
        Score(likelihood, consequence, JAN)
    with pytest.raises(ValueError, match="steps from 1 to 5"):
        Target(likelihood, consequence)


def test_a_house_that_weighs_a_cell_otherwise_gets_its_own_score_and_band() -> None:
    """No formula stands behind the table: a death that is rare may be put higher than 5."""
    rare = MATRIX.likelihood[0].model_copy(
        update={"scores": (1, 2, 3, 4, 10), "bands": ("low", "low", "low", "moderate", "high")}
    )
    others = [
        row.model_copy(update={"scores": (*row.scores[:4], max(10, row.scores[4]))}) for row in MATRIX.likelihood[1:]
    ]
    ours = MATRIX.model_copy(update={"likelihood": (rare, *others)})
    rated = rate(ours, Target(1, 5))
    assert (rated.score, rated.band.id) == (10, "high")
    assert rate(MATRIX, Target(1, 5)).score == 5


@pytest.mark.requirement("RSK-03")
@pytest.mark.parametrize(
    ("scale", "theirs", "band"),
    [
        ("red-amber-green", "Amber", "high"),
        ("red-amber-green", " red ", "extreme"),
        ("three-by-three", "Score 4", "high"),
        ("red-amber-green", "blue", None),
        ("no-such-scale", "Red", None),
    ],
)
def test_value_of_a_partners_scale_is_read_as_a_band(scale: str, theirs: str, band: str | None) -> None:
    found = band_from(MATRIX, scale, theirs)
    assert (found.id if found else None) == band


@pytest.mark.parametrize(
    ("since", "until", "direction", "before", "after"),
    [
        (JAN, MAR, Direction.RISEN, 3, 16),
        (JAN, FEB, Direction.RISEN, 3, 6),
        (FEB, date(2026, 2, 28), Direction.UNCHANGED, 6, 6),
        (date(2025, 12, 31), JAN, Direction.NEW, None, 3),
    ],
)
def test_movement_between_two_days(
    since: date, until: date, direction: Direction, before: int | None, after: int
) -> None:
    found = movement(MATRIX, RISING, since, until)
    assert found is not None and found.direction is direction
    assert (found.before.score if found.before else None, found.after.score) == (before, after)


def test_movement_back_down_is_a_fall_and_none_without_a_score() -> None:
    fallen = movement(MATRIX, (*RISING, Score(1, 2, date(2026, 4, 1))), MAR, date(2026, 4, 1))
    assert fallen is not None and fallen.direction is Direction.FALLEN
    assert movement(MATRIX, RISING, JAN, date(2025, 12, 31)) is None
    assert as_of((), MAR) is None


def test_of_two_scores_on_one_day_the_later_given_counts() -> None:
    corrected = (Score(5, 5, JAN), Score(1, 1, JAN))
    assert as_of(corrected, JAN) == corrected[1]


@st.composite
def histories(draw: st.DrawFn) -> tuple[Score, ...]:
    """This function will draw the scores of a risk over time, the oldest first."""
    days = sorted(draw(st.lists(st.integers(0, 400), max_size=8)))
    steps = st.integers(1, 5)
    return tuple(Score(draw(steps), draw(steps), JAN + timedelta(day)) for day in days)


@given(histories(), st.lists(st.integers(-10, 410), max_size=6))
def test_path_over_time_is_what_a_slow_reader_of_the_history_finds(
    scores: tuple[Score, ...], offsets: list[int]
) -> None:
    days = [JAN + timedelta(offset) for offset in offsets]
    slow = []
    for day in days:
        held = None
        for one in scores:
            if one.on <= day:
                held = one.likelihood * one.consequence
        slow.append(held)
    assert [one.score if one else None for one in path(MATRIX, scores, days)] == slow


@given(histories())
def test_a_score_and_a_band_have_held_since_the_day_after_the_last_that_differs(scores: tuple[Score, ...]) -> None:
    rated = [rate(MATRIX, one) for one in scores]
    held = banded = None
    for place, one in enumerate(scores):
        if all(later.score == rated[-1].score for later in rated[place:]) and held is None:
            held = one.on
        ranks = [MATRIX.rank(later.band.id) for later in rated[place:]]
        if all(rank >= ranks[-1] for rank in ranks) and banded is None:
            banded = one.on
    assert (held_since(MATRIX, scores), band_since(MATRIX, scores)) == (held, banded)


# --- appetite


@pytest.mark.requirement("RSK-04")
@pytest.mark.parametrize("category", [one.id for one in APPETITE.categories])
def test_every_score_fits_its_category_by_its_two_lines(category: str) -> None:
    found = APPETITE.category(category)
    assert found is not None
    rests = resting_score(APPETITE, category)
    assert rests is not None and rests <= found.tolerance
    for score in range(1, 26):
        above = Fit.ABOVE_TOLERANCE if score > found.tolerance else Fit.WITHIN_TOLERANCE
        assert fit_of(APPETITE, category, score) is (Fit.WITHIN_APPETITE if score <= rests else above)


def test_nothing_is_said_of_a_category_without_an_appetite() -> None:
    assert fit_of(APPETITE, "weather", 25) is None
    assert resting_score(APPETITE, "weather") is None


@pytest.mark.requirement("RSK-04")
@pytest.mark.parametrize(
    ("category", "target", "allowed"),
    [
        ("safety", Target(2, 3), True),  # equals the tolerance of 6
        ("safety", Target(2, 4), False),
        ("finance", Target(3, 4), True),
        ("weather", Target(5, 5), True),  # no tolerance was set that it could be above
    ],
)
def test_target_is_never_above_what_is_tolerated(category: str, target: Target, allowed: bool) -> None:
    verdict = may_aim_for(APPETITE, MATRIX, category, target)
    assert bool(verdict) is allowed
    assert allowed or "The target of 8 is above 6" in verdict.words


NAMED = Acceptance("chief-executive")
ACCEPTING: list[tuple[Score | None, Acceptance | None, bool]] = [
    (Score(2, 3, JAN), None, True),
    (Score(2, 3, JAN), Acceptance(), True),
    (Score(2, 4, JAN), None, False),
    (Score(2, 4, JAN), Acceptance(), False),
    (Score(2, 4, JAN), NAMED, True),
    (None, NAMED, False),
]


@pytest.mark.requirement("RSK-04")
@pytest.mark.parametrize(("score", "acceptance", "allowed"), ACCEPTING)
def test_risk_above_tolerance_is_accepted_only_by_name(
    score: Score | None, acceptance: Acceptance | None, allowed: bool
) -> None:
    risk = a_risk(scores=(score,) if score else (), acceptance=acceptance)
    assert bool(may_accept(APPETITE, MATRIX, risk)) is allowed


def test_risk_of_a_category_without_appetite_may_be_accepted() -> None:
    assert may_accept(APPETITE, MATRIX, a_risk(category="weather", scores=(Score(5, 5, JAN),)))
