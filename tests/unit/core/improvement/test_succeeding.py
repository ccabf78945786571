"""The test of success of a plan: met, not yet, lost again, or not to be told, by figures that were made for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from sightline.core.improvement.succeeding import Effect, Figure, Judged, Success, judge
from sightline.core.statistics.rulesets import DEFAULT_RULE_SET

START = date(2025, 1, 1)
SUCCESS = Success(target=2.5, held_months=6, starts_on=START, higher_is_better=False)
USUAL = (4.0, 4.2, 3.9, 4.1, 4.3, 3.8) * 2


def month(count: int) -> date:
    """This function will give the first day of a month, counted from the start."""
    whole = START.year * 12 + START.month - 1 + count
    return date(whole // 12, whole % 12 + 1, 1)


def figures(values: Sequence[float | None], before: int) -> list[Figure]:
    return [
        Figure(month(place - before), month(place - before + 1) - timedelta(days=1), value)
        for place, value in enumerate(values)
    ]


def judged(after: Sequence[float | None], success: Success = SUCCESS, before: Sequence[float | None] = USUAL) -> Judged:
    return judge(figures([*before, *after], len(before)), success, DEFAULT_RULE_SET, False)


@pytest.mark.requirement("PLN-08")
@pytest.mark.parametrize(
    ("after", "effect", "says"),
    [
        ([], Effect.NOT_YET, "no figure since"),
        ([4.1], Effect.NOT_YET, "does not reach the target"),
        ([2.0] * 5, Effect.NOT_YET, "held for 5 of 6 months"),
        ([2.0] * 6, Effect.MET, ""),
        ([4.0, 3.0, *[2.0] * 6], Effect.MET, ""),
        ([2.0] * 3 + [None] + [2.0] * 5, Effect.NOT_YET, "held for 5 of 6 months"),
        ([2.0] * 3 + [4.0] + [2.0] * 3, Effect.NOT_YET, "held for 3 of 6 months"),
        ([2.0] * 6 + [4.1], Effect.LOST, "no longer"),
        ([2.0] * 6 + [None], Effect.LOST, "no longer"),
        ([2.0] * 6 + [4.1] + [2.0] * 6, Effect.MET, ""),
    ],
)
def test_a_target_counts_once_it_is_held_by_special_cause_for_the_months_that_were_asked(
    after: list[float | None], effect: Effect, says: str
) -> None:
    found = judged(after)
    assert found.effect is effect
    assert says in found.says
    assert bool(found.says) == bool(says)


def test_a_target_within_the_usual_range_is_not_met_by_chance() -> None:
    easy = replace(SUCCESS, target=4.2)
    assert judged([4.0, 4.2, 3.9, 4.1, 4.2, 3.8, 4.1], easy).effect is Effect.NOT_YET
    assert "by chance alone" in judged([4.1], easy).says


def test_what_is_better_may_be_higher() -> None:
    more = replace(SUCCESS, target=6.0, higher_is_better=True)
    assert judged([6.5] * 6, more).effect is Effect.MET
    assert judged([2.0] * 6, more).effect is Effect.NOT_YET


def test_the_work_cannot_move_the_range_by_which_it_is_judged() -> None:
    few, many = judged([2.0] * 6), judged([2.0] * 40)
    assert few.baseline == many.baseline == pytest.approx(sum(USUAL) / len(USUAL))
    assert (many.since, many.until, many.before) == (START, date(2028, 4, 30), 12)


def test_the_period_in_which_the_work_started_belongs_to_neither_side() -> None:
    within = replace(SUCCESS, starts_on=date(2025, 1, 15))
    assert "held for 5 of 6" in judged([2.0] * 6, within).says
    assert judged([2.0] * 7, within).since == date(2025, 2, 1)


@pytest.mark.parametrize(
    ("success", "before", "says"),
    [
        (replace(SUCCESS, starts_on=None), USUAL, "when the work starts"),
        (replace(SUCCESS, target=None), USUAL, "as figures"),
        (replace(SUCCESS, held_months=None), USUAL, "as figures"),
        (replace(SUCCESS, held_months=0), USUAL, "as figures"),
        (replace(SUCCESS, higher_is_better=None), USUAL, "neither high nor low"),
        (SUCCESS, USUAL[:6], "6 figures from before the start"),
        (SUCCESS, (*USUAL[:6], None, None), "6 figures from before the start"),
        (SUCCESS, (4.0,) * 12, "do not vary"),
    ],
)
def test_what_cannot_be_told_says_why(success: Success, before: tuple[float | None, ...], says: str) -> None:
    found = judged([2.0] * 8, success, before)
    assert found.effect is Effect.UNKNOWN
    assert says in found.says
