"""The trigger tool: answers to steps as a table, not known as a finding, and what signals suggest."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date

import pytest
import yaml

from sightline.core.rulebook.tools import TriggerTool
from sightline.core.signals import Bearing, Dimension, Signal, SignalKind
from sightline.core.triangulation.triggering import Answer, months_between, recommend, suggestions
from tests.unit.core.rulebook.test_tools import PACKS

pytestmark = pytest.mark.requirement("RSK-10")
TOOL = TriggerTool.model_validate(yaml.safe_load((PACKS / "sqg_2022" / "trigger_tool.yaml").read_text()))
ASKED = [one.id for one in TOOL.questions]
ON = date(2026, 1, 15)
YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.NOT_KNOWN


def answered(yes: str = "", unknown: str = "") -> dict[str, Answer]:
    """This function will answer no to everything but the questions named."""
    named = {**dict.fromkeys(yes.split(), YES), **dict.fromkeys(unknown.split(), UNKNOWN)}
    assert set(named) <= set(ASKED)
    return {**dict.fromkeys(ASKED, NO), **named}


@pytest.mark.parametrize(
    ("yes", "unknown", "step", "could_be"),
    [
        ("", "", "routine", None),
        ("leadership", "", "ask", None),
        ("leadership change", "", "ask", None),
        ("leadership change staff", "", "discuss", None),
        ("sources-agree", "", "discuss", None),
        ("regulator", "", "discuss", None),
        ("no-assurance", "", "ask", None),
        ("no-assurance lasting", "", "profile", None),
        ("no-assurance came-back", "", "profile", None),
        ("leadership change staff unequal people-served silence safety-figures", "", "profile", None),
        ("harm-now", "", "rapid-review", None),
        ("harm-now no-assurance lasting", "", "rapid-review", None),
        ("", "leadership", "ask", None),
        ("", "harm-now", "ask", "rapid-review"),
        ("", "regulator", "ask", "discuss"),
        ("no-assurance", "lasting", "ask", "profile"),
        ("regulator", "harm-now", "discuss", "rapid-review"),
        ("harm-now", "leadership", "rapid-review", None),
    ],
)
def test_answers_lead_to_a_step(yes: str, unknown: str, step: str, could_be: str | None) -> None:
    found = recommend(TOOL, answered(yes, unknown))
    assert found.step.id == step
    assert (found.could_be.id if found.could_be else None) == could_be
    assert [one.id for one in found.not_known] == [one for one in ASKED if one in unknown.split()]


def test_question_without_an_answer_is_not_known_and_never_no() -> None:
    found = recommend(TOOL, {})
    assert len(found.not_known) == len(ASKED) and found.step.id == "ask"
    assert found.could_be and found.could_be.id == "rapid-review"


def _slow(answers: Mapping[str, Answer]) -> str:
    """The obvious way: every rule asked in turn, the strongest step kept."""
    yes = {one for one in ASKED if answers.get(one) is YES}
    order = [step.id for step in TOOL.steps]
    reached = [order[0]]
    for rule in TOOL.rules:
        enough = len([one for one in (rule.among or ASKED) if one in yes]) >= rule.at_least
        if set(rule.all_of) <= yes and (not rule.any_of or set(rule.any_of) & yes) and enough:
            reached.append(rule.step)
    if any(answers.get(one, UNKNOWN) is UNKNOWN for one in ASKED):
        reached.append(TOOL.when_not_known)
    return max(reached, key=order.index)


@pytest.mark.parametrize("seed", range(5))
def test_recommendation_is_that_of_the_slow_way(seed: int) -> None:
    chance = random.Random(seed)
    steps = set()
    for _ in range(300):
        weights = chance.choice([(1, 9, 0), (2, 8, 0), (3, 6, 1), (5, 5, 1)])
        answers = {one: chance.choices([YES, NO, UNKNOWN], weights)[0] for one in ASKED}
        found = recommend(TOOL, answers)
        assert found.step.id == _slow(answers)
        better = {one: NO if answer is UNKNOWN else answer for one, answer in answers.items()}
        assert TOOL.rank(found.step.id) >= TOOL.rank(recommend(TOOL, better).step.id), (
            "not known is never milder than no"
        )
        steps.add(found.step.id)
    assert len(steps) >= 4


def a_signal(**given: object) -> Signal:
    """This function will make a concern about safety that began in autumn."""
    usual: dict[str, object] = {
        "subject": "ZR1", "measure": "falls", "kind": SignalKind.SPECIAL_CAUSE, "bearing": Bearing.CONCERN,
        "since": date(2025, 10, 1), "until": date(2025, 12, 1), "periods": 3, "source": "one", "publication": "",
    }  # fmt: skip
    return Signal(**{**usual, **given})  # type: ignore[arg-type]


MEASURES = {
    "falls": (Dimension.SAFE,),
    "waits": (Dimension.RESPONSIVE,),
    "sickness": (Dimension.WELL_LED, Dimension.SUSTAINABLE),
}


@pytest.mark.parametrize(
    ("signals", "suggested"),
    [
        ([], set()),
        ([a_signal()], {"safety-figures"}),
        ([a_signal(measure="waits")], {"people-served"}),
        ([a_signal(measure="sickness")], {"staff"}),
        ([a_signal(measure="unheard-of")], set()),
        ([a_signal(), a_signal(measure="waits")], {"safety-figures", "people-served"}),
        ([a_signal(), a_signal(measure="waits", source="two")], {"safety-figures", "people-served", "sources-agree"}),
        ([a_signal(since=date(2025, 6, 1))], {"safety-figures", "lasting"}),
        ([a_signal(since=date(2025, 6, 2))], {"safety-figures"}),
        ([a_signal(kind=SignalKind.RATING)], {"safety-figures", "regulator"}),
        ([a_signal(kind=SignalKind.RATING, bearing=Bearing.IMPROVEMENT)], set()),
        ([a_signal(bearing=Bearing.NEITHER)], set()),
        ([a_signal(since=date(2020, 1, 1), until=date(2021, 1, 1))], set()),
        ([a_signal(kind=SignalKind.STOPPED, bearing=Bearing.NEITHER)], {"silence"}),
        ([a_signal(kind=SignalKind.LATE, bearing=Bearing.CONCERN)], {"silence"}),
    ],
)
def test_signals_suggest_a_yes_and_never_a_no(signals: list[Signal], suggested: set[str]) -> None:
    found = suggestions(TOOL, signals, MEASURES, ON)
    assert set(found) == suggested
    assert all(one.signals for one in found.values())


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        (date(2025, 1, 1), date(2025, 1, 31), 0),
        (date(2025, 1, 31), date(2025, 2, 28), 0),
        (date(2025, 1, 15), date(2025, 7, 15), 6),
        (date(2024, 12, 31), date(2025, 12, 31), 12),
    ],
)
def test_months_are_counted_whole(first: date, last: date, months: int) -> None:
    assert months_between(first, last) == months
