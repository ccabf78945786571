"""The rules of actions, each as a table: standing on a day, owners, days, closing, and hints for the wording."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest

from sightline.core.actions.facts import Owning
from sightline.core.actions.rules import is_group, may_close, may_move, may_own, may_raise, may_reopen
from sightline.core.actions.standing import SOON, Pressing, Priority, Standing, Status, pressing, standing
from sightline.core.actions.wording import hints

ON = date(2026, 3, 2)
RAISED = ON - timedelta(days=20)
GROUPS = ["Lantern Quality Group", "Region of the North"]
WELL = "Put a second nurse on each ward at night."


@pytest.mark.requirement("ACT-08")
@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (-400, Pressing.OVERDUE),
        (-1, Pressing.OVERDUE),
        (0, Pressing.SOON),
        (SOON, Pressing.SOON),
        (SOON + 1, Pressing.ON_TARGET),
        (400, Pressing.ON_TARGET),
    ],
)
def test_an_open_action_presses_by_the_days_that_are_left(days: int, expected: Pressing) -> None:
    due = ON + timedelta(days=days)
    assert pressing(due, ON, is_closed=False) is expected
    assert pressing(due, ON, is_closed=True) is Pressing.CLOSED


@pytest.mark.requirement("ACT-02")
def test_status_and_priority_agree_whatever_the_day() -> None:
    """The slow twin: Annex D's own legend, spelt out for every day around the due date."""
    for days, is_closed in itertools.product(range(-40, 41), (False, True)):
        found = standing(ON + timedelta(days=days), ON, is_closed=is_closed)
        slow = ("C", "3") if is_closed else ("O", "1") if days < 0 else ("O", "2")
        assert (found.status.value, found.priority.value) == slow


@pytest.mark.requirement("ACT-02")
@pytest.mark.parametrize(("status", "priority"), list(itertools.product(Status, Priority)))
def test_no_line_can_be_built_whose_two_columns_disagree(status: Status, priority: Priority) -> None:
    if (status is Status.CLOSED) == (priority is Priority.CLOSED):
        assert Standing(status, priority).status is status
    else:
        with pytest.raises(ValueError, match="Annex D"):
            Standing(status, priority)


@pytest.mark.requirement("GRP-13")
@pytest.mark.parametrize(
    ("owning", "source"),
    [
        (Owning("Lantern Trust", has_account=True), ""),
        (Owning("Lantern Trust", name="Dana Doe"), ""),
        (Owning("Lantern Trust", name="lantern  quality group"), "GRP-13"),
        (Owning("Lantern Trust", name="The Lantern Quality Group"), "GRP-13"),
        (Owning("Lantern Trust", name="the QSG"), "GRP-13"),
        (Owning("Lantern Trust", name="All members."), "GRP-13"),
        (Owning("SQG", has_account=True), "GRP-13"),
        (Owning("", has_account=True), "GRP-13"),
        (Owning("  ", name="Dana Doe"), "GRP-13"),
        (Owning("Lantern Trust"), "ACT-06"),
        (Owning("Lantern Trust", name="  "), "ACT-06"),
        (Owning("Lantern Trust", has_account=True, name="Dana Doe"), "ACT-06"),
    ],
)
def test_a_person_owns_an_action_under_an_organisations_powers_and_never_the_group(owning: Owning, source: str) -> None:
    verdict = may_own(owning, GROUPS)
    assert bool(verdict) is (source == "")
    assert all(one.source.startswith(source) for one in verdict.reasons)


@pytest.mark.parametrize(
    ("words", "expected"),
    [("Region of the North", True), ("Region of the North East", False), ("", False), ("the group", True)],
)
def test_a_group_is_known_by_its_name_however_it_is_written(words: str, expected: bool) -> None:
    assert is_group(words, GROUPS) is expected


@pytest.mark.parametrize(
    ("raised", "due", "allowed"),
    [(0, 0, True), (-10, 5, True), (-10, -5, True), (0, -1, False), (-5, -6, False), (1, 10, False)],
)
def test_an_action_is_raised_by_today_and_due_after_that(raised: int, due: int, allowed: bool) -> None:
    assert bool(may_raise(ON + timedelta(days=raised), ON + timedelta(days=due), ON)) is allowed


@pytest.mark.parametrize(
    ("due", "is_closed", "allowed"), [(0, False, True), (-20, False, True), (-21, False, False), (9, True, False)]
)
def test_a_due_date_moves_while_the_action_is_open_and_never_before_it_was_raised(
    due: int, is_closed: bool, allowed: bool
) -> None:
    assert bool(may_move(RAISED, ON + timedelta(days=due), is_closed=is_closed)) is allowed


@pytest.mark.requirement("ACT-04")
@pytest.mark.parametrize(
    ("closed_on", "impact", "is_closed", "allowed"),
    [
        (ON, "Fewer falls", False, True),
        (RAISED, "Fewer falls", False, True),
        (ON, "", False, False),
        (ON, " \n ", False, False),
        (ON, "Fewer falls", True, False),
        (ON + timedelta(days=1), "Fewer falls", False, False),
        (RAISED - timedelta(days=1), "Fewer falls", False, False),
    ],
)
def test_an_action_is_closed_once_with_its_impact_on_a_day_that_has_come(
    closed_on: date, impact: str, is_closed: bool, allowed: bool
) -> None:
    assert bool(may_close(RAISED, closed_on, ON, impact, is_closed=is_closed)) is allowed


def test_only_what_is_closed_is_opened_again() -> None:
    assert may_reopen(is_closed=True)
    assert not may_reopen(is_closed=False)


@pytest.mark.requirement("ACT-03")
@pytest.mark.parametrize(
    ("resolution", "done_when", "days", "says"),
    [
        (WELL, "The rota shows it", 30, []),
        ("Visit the wards", "A note of the visit", 30, ["in a sentence"]),
        ("Monitor how the wards do at night", "A note", 30, ["has no end"]),
        ("To look into the wards at night", "A note", 30, ["has no end"]),
        (WELL, "  ", 30, ["how one will know"]),
        (WELL, "The rota shows it", 184, ["more than half a year"]),
        ("Review", "", 400, ["in a sentence", "has no end", "how one will know", "more than half a year"]),
    ],
)
def test_hints_name_what_is_not_specific_measurable_or_in_time(
    resolution: str, done_when: str, days: int, says: list[str]
) -> None:
    found = hints(resolution, done_when, ON, ON + timedelta(days=days))
    assert [part in one.says for part, one in zip(says, found, strict=True)] == [True] * len(says)
    assert {one.source for one in found} <= {"ACT-03; SQG 2022 §3.10"}
