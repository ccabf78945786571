"""By when a request is answered, and what has to be decided before something is given out."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.core.records.answering import (
    Ruled,
    Ruling,
    answer_by,
    is_working_day,
    may_clear,
    may_rule,
    working_days_left,
)
from sightline.core.rulebook.keeping import Exemption, Regime, RequestKind

HOLIDAYS = frozenset({date(2025, 12, 25), date(2025, 12, 26), date(2026, 1, 1), date(2026, 4, 3), date(2026, 4, 6)})
FOI = Regime(kind=RequestKind.FOI, name="FOI", says="Anybody", working_days=20, cites="local")
SAR = Regime(kind=RequestKind.SAR, name="SAR", says="A person", months=1, cites="local")
ABSOLUTE = Exemption(id="s40", kind=RequestKind.FOI, name="Section 40", says="A person", cites="local")
QUALIFIED = ABSOLUTE.model_copy(update={"id": "s43", "qualified": True})
DAYS = st.dates(date(2025, 1, 1), date(2026, 12, 1))


@pytest.mark.requirement("IGV-04")
@pytest.mark.parametrize(
    ("regime", "received", "by"),
    [
        (FOI, date(2026, 1, 15), date(2026, 2, 12)),
        (FOI, date(2025, 12, 12), date(2026, 1, 14)),  # over Christmas and New Year
        (FOI, date(2026, 1, 17), date(2026, 2, 13)),  # came on a Saturday
        (SAR, date(2026, 1, 15), date(2026, 2, 16)),  # the 15th is a Sunday
        (SAR, date(2026, 1, 31), date(2026, 3, 2)),  # the 28th of February is a Saturday
        (SAR, date(2026, 3, 3), date(2026, 4, 7)),  # Good Friday to Easter Monday
    ],
)
def test_answer_is_due_twenty_working_days_or_a_month_after_the_request_came(
    regime: Regime, received: date, by: date
) -> None:
    assert answer_by(regime, received, HOLIDAYS) == by


@given(DAYS)
def test_twenty_working_days_agree_with_counting_them_one_by_one(received: date) -> None:
    by = answer_by(FOI, received, HOLIDAYS)
    between = [received + timedelta(days=one) for one in range(1, (by - received).days + 1)]
    assert len([one for one in between if one.weekday() < 5 and one not in HOLIDAYS]) == 20
    assert is_working_day(by, HOLIDAYS) and working_days_left(received, by, HOLIDAYS) == 20


@pytest.mark.parametrize(
    ("on", "left"), [(date(2026, 2, 12), 0), (date(2026, 2, 11), 1), (date(2026, 2, 13), -1), (date(2026, 2, 14), -1)]
)
def test_days_left_are_less_than_nothing_once_the_day_is_over(on: date, left: int) -> None:
    assert working_days_left(on, date(2026, 2, 12), HOLIDAYS) == left


@pytest.mark.requirement("IGV-04")
@pytest.mark.parametrize(
    ("ruling", "exemption", "why", "allowed"),
    [
        (Ruling.RELEASE, None, "", True),
        (Ruling.OUT_OF_SCOPE, None, "", True),
        (Ruling.WITHHOLD, None, "x", False),
        (Ruling.WITHHOLD, ABSOLUTE, "", True),
        (Ruling.WITHHOLD, QUALIFIED, " ", False),
        (Ruling.WITHHOLD, QUALIFIED, "It would end fair tendering.", True),
    ],
)
def test_what_is_withheld_has_its_ground_and_a_qualified_one_its_public_interest(
    ruling: Ruling, exemption: Exemption | None, why: str, allowed: bool
) -> None:
    assert bool(may_rule(ruling, exemption, why)) is allowed


@pytest.mark.requirement("IGV-04")
@pytest.mark.parametrize(
    ("ruled", "says"),
    [
        ((), "Nothing was taken"),
        ((Ruled(Ruling.RELEASE, "a"), Ruled()), "Still to be decided: 1 of 2"),
        ((Ruled(Ruling.RELEASE, "a"), Ruled(Ruling.RELEASE, "b")), "Another person clears"),
        ((Ruled(Ruling.RELEASE, "a"), Ruled(Ruling.WITHHOLD, "c")), ""),
    ],
)
def test_all_is_decided_and_another_than_any_decider_clears(ruled: tuple[Ruled, ...], says: str) -> None:
    verdict = may_clear(ruled, "b")
    assert bool(verdict) is (says == "") and says in verdict.words
