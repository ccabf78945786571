"""How answers are counted and mixed, and from when on they are shown: as tables, and against a slow twin."""

from __future__ import annotations

import random
import statistics
from datetime import date

import pytest

from sightline.core.groups.effectiveness import (
    Answers,
    Step,
    counted,
    may_show,
    mixed,
    nothing_counted,
    outcome,
)

pytestmark = pytest.mark.requirement("LRN-02")
DAY = date(2026, 1, 15)


@pytest.mark.parametrize(
    ("last_day", "answered", "is_shown"),
    [
        (date(2026, 1, 14), 5, True),
        (date(2026, 1, 14), 4, False),
        (DAY, 50, False),  # the last day itself is still open
        (date(2026, 1, 16), 50, False),
        (date(2025, 1, 14), 0, False),
    ],
)
def test_results_are_shown_after_the_last_day_and_from_a_number_of_answers_on(
    last_day: date, answered: int, is_shown: bool
) -> None:
    assert bool(may_show(last_day=last_day, answered=answered, fewest=5, on=DAY)) is is_shown


def test_counts_and_medians_are_those_of_a_slow_twin() -> None:
    chance = random.Random(7)
    for _ in range(300):
        chosen = [chance.choice(list(Step)) for _ in range(chance.randrange(12))]
        counts: dict[str, list[int]] = nothing_counted(["one"])
        for step in chosen:
            counts = counted(counts, Answers({"one": step}))
        said = [int(step) for step in chosen if step is not Step.CANNOT_SAY]
        found = outcome(counts["one"], 5)
        if len(said) < 5:
            assert found is None
            continue
        assert found is not None
        assert found.median == statistics.median(said)
        assert (found.agree, found.neither, found.disagree, found.cannot_say) == (
            sum(one > 3 for one in said),
            sum(one == 3 for one in said),
            sum(one < 3 for one in said),
            len(chosen) - len(said),
        )


@pytest.mark.parametrize(
    "steps", [{}, {"one": Step.AGREE}, {"one": Step.AGREE, "two": Step.AGREE, "three": Step.AGREE}]
)
def test_an_answer_to_each_statement_and_to_no_other_is_needed(steps: dict[str, Step]) -> None:
    with pytest.raises(ValueError, match="one answer"):
        counted(nothing_counted(["one", "two"]), Answers(steps))


def test_words_come_in_the_same_order_whoever_spoke_first() -> None:
    assert mixed(mixed([], "Start on time"), " Fewer papers ") == mixed(mixed([], "Fewer papers"), "Start on time")
    assert mixed(["a"], "  ") == ["a"]


def test_answers_show_nothing_of_themselves() -> None:
    one, other = Answers({"a": Step.AGREE}, "Start on time"), Answers({"a": Step.DISAGREE}, "")
    assert repr(one) == repr(other) == str(one) == f"{other}"
