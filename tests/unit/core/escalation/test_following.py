"""What became of a duty: where it stands after each step, its age, and which step may come next."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.core.escalation.following import (
    Asked,
    DutyHow,
    DutyStatus,
    Part,
    Step,
    followed,
    may_step,
)
from sightline.core.escalation.holding import Home, answers_for, bodies_of
from sightline.core.rulebook.circumstances import Circumstances
from sightline.core.rulebook.duties import NoticeKind
from sightline.core.rulebook.levels import Force, Slot

DAY = date(2026, 3, 2)
TASK = Asked(NoticeKind.TASK, Force.MUST, DAY, DAY + timedelta(days=10))
MUST_TELL = Asked(NoticeKind.NOTICE, Force.MUST, DAY, DAY + timedelta(days=10))
SHOULD_TELL = Asked(NoticeKind.NOTICE, Force.SHOULD, DAY)
MAY = Asked(NoticeKind.TASK, Force.MAY, DAY)
LATER = DAY + timedelta(days=20)
DOER, HEARER, NEITHER = Part(does=True), Part(receives=True), Part()


@pytest.mark.requirement("PRV-03")
@pytest.mark.parametrize(
    ("asked", "hows", "status", "is_settled"),
    [
        (TASK, [], DutyStatus.OPEN, False),
        (TASK, [DutyHow.DONE], DutyStatus.DONE, True),
        (MUST_TELL, [DutyHow.DONE], DutyStatus.DONE, False),
        (MUST_TELL, [DutyHow.DONE, DutyHow.ACKNOWLEDGED], DutyStatus.ACKNOWLEDGED, True),
        (SHOULD_TELL, [DutyHow.DONE], DutyStatus.DONE, True),
        (TASK, [DutyHow.DECLINED], DutyStatus.DECLINED, True),
        (TASK, [DutyHow.NOT_YET], DutyStatus.NOT_YET, False),
        (TASK, [DutyHow.NOT_YET, DutyHow.DONE], DutyStatus.DONE, True),
        (TASK, [DutyHow.DECLINED, DutyHow.DONE], DutyStatus.DONE, True),
    ],
)
def test_last_step_says_where_a_duty_stands(
    asked: Asked, hows: list[DutyHow], status: DutyStatus, is_settled: bool
) -> None:
    found = followed(asked, [Step(one, DAY, LATER if one is DutyHow.NOT_YET else None) for one in hows], DAY)
    assert (found.status, found.is_settled) == (status, is_settled)


@pytest.mark.parametrize(
    ("steps", "on", "is_overdue"),
    [
        ([], DAY + timedelta(days=10), False),
        ([], DAY + timedelta(days=11), True),
        ([Step(DutyHow.NOT_YET, DAY, LATER)], LATER, False),
        ([Step(DutyHow.NOT_YET, DAY, LATER)], LATER + timedelta(days=1), True),
        ([Step(DutyHow.DONE, DAY)], LATER, False),
        ([Step(DutyHow.DECLINED, DAY)], LATER, False),
    ],
)
def test_overdue_by_the_day_of_the_rule_or_the_day_of_the_review(steps: list[Step], on: date, is_overdue: bool) -> None:
    assert followed(TASK, steps, on).is_overdue is is_overdue


@given(st.integers(0, 400), st.integers(0, 400))
def test_age_grows_by_a_day_each_day_until_it_is_settled_and_then_no_more(done_after: int, asked_after: int) -> None:
    steps = [Step(DutyHow.DONE, DAY + timedelta(days=done_after))]
    on = DAY + timedelta(days=max(asked_after, done_after))
    assert followed(TASK, [], on).days == (on - DAY).days
    assert followed(TASK, steps, on).days == done_after


def test_what_waits_for_a_receipt_goes_on_ageing() -> None:
    assert followed(MUST_TELL, [Step(DutyHow.DONE, DAY)], LATER).days == 20


@pytest.mark.requirement("PRV-06")
@pytest.mark.parametrize(
    ("asked", "status", "how", "part", "says", "review_on", "allowed"),
    [
        (TASK, DutyStatus.OPEN, DutyHow.DONE, DOER, "", None, True),
        (TASK, DutyStatus.OPEN, DutyHow.DONE, HEARER, "", None, False),
        (TASK, DutyStatus.OPEN, DutyHow.DONE, NEITHER, "", None, False),
        (TASK, DutyStatus.DONE, DutyHow.DONE, DOER, "", None, False),
        (TASK, DutyStatus.DONE, DutyHow.DECLINED, DOER, "Why", None, False),
        (MUST_TELL, DutyStatus.OPEN, DutyHow.ACKNOWLEDGED, HEARER, "", None, False),
        (MUST_TELL, DutyStatus.DONE, DutyHow.ACKNOWLEDGED, HEARER, "", None, True),
        (MUST_TELL, DutyStatus.DONE, DutyHow.ACKNOWLEDGED, DOER, "", None, False),
        (MUST_TELL, DutyStatus.ACKNOWLEDGED, DutyHow.ACKNOWLEDGED, HEARER, "", None, False),
        (TASK, DutyStatus.OPEN, DutyHow.DECLINED, DOER, "", None, False),
        (TASK, DutyStatus.OPEN, DutyHow.DECLINED, DOER, "Why", None, True),
        (MUST_TELL, DutyStatus.OPEN, DutyHow.DECLINED, DOER, "Why", None, False),
        (MUST_TELL, DutyStatus.OPEN, DutyHow.NOT_YET, DOER, "Why", LATER, True),
        (MAY, DutyStatus.OPEN, DutyHow.DECLINED, DOER, "", None, True),
        (TASK, DutyStatus.OPEN, DutyHow.NOT_YET, DOER, "Why", LATER, True),
        (TASK, DutyStatus.OPEN, DutyHow.NOT_YET, DOER, "", LATER, False),
        (TASK, DutyStatus.OPEN, DutyHow.NOT_YET, DOER, "Why", None, False),
        (TASK, DutyStatus.OPEN, DutyHow.NOT_YET, DOER, "Why", DAY, False),
        (MAY, DutyStatus.OPEN, DutyHow.NOT_YET, DOER, "", LATER, False),
        (TASK, DutyStatus.DECLINED, DutyHow.DONE, DOER, "", None, True),
        (TASK, DutyStatus.NOT_YET, DutyHow.DONE, DOER, "", None, True),
    ],
)
def test_which_step_may_come_next(
    asked: Asked, status: DutyStatus, how: DutyHow, part: Part, says: str, review_on: date | None, allowed: bool
) -> None:
    assert bool(may_step(asked, status, how, part, DAY, says, review_on)) is allowed


@pytest.mark.requirement("RPT-04")
@pytest.mark.parametrize("how", [DutyHow.DONE, DutyHow.DECLINED, DutyHow.NOT_YET])
def test_what_asks_for_a_risk_on_a_register_is_not_done_while_none_stands_there_and_may_be_declined(
    how: DutyHow,
) -> None:
    lacking = replace(TASK, lacking=("“System register”",))
    verdict = may_step(lacking, DutyStatus.OPEN, how, DOER, DAY, "Why", LATER)
    assert bool(verdict) is (how is not DutyHow.DONE)
    assert bool(verdict) or "“System register”" in verdict.reasons[0].says
    assert may_step(TASK, DutyStatus.OPEN, how, DOER, DAY, "Why", LATER)


CASE = Circumstances(commissioners=("B1", "C1"), systems=("B1", "B2"), regions=("R1", "R2"), providers=("P1",))


@pytest.mark.parametrize(
    ("slot", "home", "named", "bodies"),
    [
        (Slot.PROVIDER, Home("B1"), "", ("P1",)),
        (Slot.NHS_ENGLAND_REGION, Home("B1"), "R2", ("R2",)),
        (Slot.NHS_ENGLAND_REGION, Home("B1"), "P1", ("R1", "R2")),
        (Slot.ICB_CHAIR, Home("B1"), "", ("B1",)),
        (Slot.ICB_CHAIR, Home("R1"), "", ("B1", "B2")),
        (Slot.SECRETARIAT, Home("R1"), "", ("R1",)),
        (Slot.SECRETARIAT, Home(), "", ("B1", "B2")),
        (Slot.PROCESS_LEAD, Home("B1", "B2"), "", ("B2",)),
        (Slot.PROCESS_LEAD, Home("B1"), "", ("B1",)),
        (Slot.LOCAL_AUTHORITY, Home("B1"), "", ("C1",)),
        (Slot.NHS_ENGLAND_NATION, Home("B1"), "", ()),
        (Slot.SYSTEM_OVERSIGHT_COMMITTEE, Home("B1"), "", ("R1", "R2", "B1", "B2")),
    ],
)
def test_for_which_body_a_role_is_meant(slot: Slot, home: Home, named: str, bodies: tuple[str, ...]) -> None:
    assert bodies_of(slot, CASE, home, named) == bodies


@pytest.mark.parametrize("slot", list(Slot))
def test_whoever_holds_a_role_answers_for_it(slot: Slot) -> None:
    assert answers_for(slot)[0] is slot
