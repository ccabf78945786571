"""When a plan may end, as a table: impact, learning, where it is embedded, and nothing said against the record."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sightline.core.improvement.finishing import Finish, Outcome, may_finish
from sightline.core.improvement.milestones import Activity
from sightline.core.improvement.succeeding import Effect

WHOLE = Finish(Outcome.WORKED, "Falls halved", "Rounds work", "In the ward's routine, by its matron")
DONE, OPEN = Activity(2, 2, 2, 0, 0), Activity(2, 1, 1, 0, 0)


def says(finish: Finish, done: Activity = DONE, *effects: Effect, is_approved: bool = True) -> str:
    verdict = may_finish(finish, is_approved=is_approved, done=done, effects=effects)
    assert bool(verdict) is not bool(verdict.reasons)
    return " ".join(one.says for one in verdict.reasons)


@pytest.mark.requirement("PLN-08")
@pytest.mark.parametrize("outcome", list(Outcome))
def test_no_plan_ends_without_evidence_of_its_impact(outcome: Outcome) -> None:
    assert "evidence of what it changed" in says(replace(WHOLE, outcome=outcome, impact=" ", because="x"))


@pytest.mark.requirement("PLN-09")
@pytest.mark.parametrize(("field", "asks"), [("learning", "what was learned"), ("embedded", "where the learning")])
def test_no_plan_ends_without_what_was_learned_and_where_it_is_embedded(field: str, asks: str) -> None:
    assert asks in says(replace(WHOLE, **{field: ""}))  # type: ignore[arg-type]


@pytest.mark.requirement("PLN-08")
@pytest.mark.parametrize(
    ("done", "effects", "asks"),
    [
        (DONE, (), ""),
        (DONE, (Effect.MET, Effect.UNKNOWN), ""),
        (OPEN, (), "1 of its milestones are not reached"),
        (DONE, (Effect.NOT_YET, Effect.MET), "1 of its tests of success are not met"),
        (DONE, (Effect.LOST,), "1 of its tests of success are not met"),
    ],
)
def test_that_it_worked_is_said_against_the_record_only_with_a_reason(
    done: Activity, effects: tuple[Effect, ...], asks: str
) -> None:
    assert asks in says(WHOLE, done, *effects)
    assert bool(says(WHOLE, done, *effects)) is bool(asks)
    assert not says(replace(WHOLE, because="The rest is planned for"), done, *effects)


@pytest.mark.parametrize("outcome", [Outcome.PARTLY, Outcome.FAILED, Outcome.REPLACED])
def test_what_did_not_work_ends_for_a_reason(outcome: Outcome) -> None:
    assert "Say why it ends now" in says(replace(WHOLE, outcome=outcome))
    assert not says(replace(WHOLE, outcome=outcome, because="The contract ended"))


def test_only_an_approved_plan_ends_and_only_what_worked_is_good_practice() -> None:
    assert "No version of it was approved" in says(WHOLE, is_approved=False)
    assert "good practice" in says(replace(WHOLE, outcome=Outcome.FAILED, because="x", is_good_practice=True))
    assert not says(replace(WHOLE, is_good_practice=True))
