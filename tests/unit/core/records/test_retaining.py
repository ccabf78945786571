"""Periods of retention, and what stops that anything is disposed of."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from sightline.core.records.retaining import latest_trigger, may_dispose, may_go, review_on
from sightline.core.rulebook.keeping import RecordKind, Retention, RetentionClass

TODAY = date(2026, 1, 15)


def a_class(years: int | None = 6) -> RetentionClass:
    return RetentionClass(
        id="x", name="Records", says="Some", kinds=(RecordKind.NOTE,), years=years, begins="A day", cites="local"
    )


@pytest.mark.requirement("REC-10")
@pytest.mark.parametrize(
    ("trigger", "years", "due"),
    [
        (date(2006, 1, 15), 20, date(2026, 1, 15)),
        (date(2004, 2, 29), 6, date(2010, 2, 28)),
        (date(2004, 2, 29), 20, date(2024, 2, 29)),
    ],
)
def test_record_is_due_so_many_years_after_its_period_began(trigger: date, years: int, due: date) -> None:
    assert review_on(trigger, years) == due


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(1, 100))
def test_latest_trigger_agrees_with_asking_day_by_day(due: date, years: int) -> None:
    found = latest_trigger(due, years)
    assert review_on(found, years) <= due < review_on(found + timedelta(days=1), years)


@pytest.mark.requirement("PER-14", "REC-10")
@pytest.mark.parametrize(
    ("years", "trigger", "holds", "says"),
    [
        (6, date(2020, 1, 15), (), ""),
        (6, date(2020, 1, 16), (), "It is kept to 16 January 2026 at least."),
        (6, date(1990, 1, 1), ("an inquiry",), "It is held: an inquiry"),
        (6, None, (), "It is still in use"),
        (None, date(1990, 1, 1), (), "No period is laid down"),
    ],
)
def test_nothing_is_disposed_of_before_its_day_under_a_hold_or_without_a_period(
    years: int | None, trigger: date | None, holds: tuple[str, ...], says: str
) -> None:
    verdict = may_dispose(a_class(years), trigger, holds, TODAY)
    assert bool(verdict) is (says == "") and says in verdict.words


@pytest.mark.requirement("PER-14", "REC-10")
@pytest.mark.parametrize(
    ("around", "stops"),
    [
        ({}, ()),
        ({"older": "Version 1"}, ("Version 1 is older",)),
        ({"is_leaned_on": True}, ("rests on it",)),
        ({"worked_on": date(2006, 1, 16)}, ("until 16 January 2006. It is kept to 16 January 2026",)),
        ({"worked_on": date(2006, 1, 15)}, ()),
        ({"worked_on": date(2026, 1, 1), "years": None}, ()),
        ({"older": "Version 1", "is_leaned_on": True, "worked_on": date(2026, 1, 1)}, ("older", "rests", "worked")),
    ],
)
def test_what_stands_around_a_record_keeps_it_and_every_reason_is_told(
    around: dict[str, Any], stops: tuple[str, ...]
) -> None:
    plain: dict[str, Any] = {"older": "", "is_leaned_on": False, "worked_on": None, "years": 20}
    verdict = may_go(**{**plain, **around}, on=date(2026, 1, 15))
    assert bool(verdict) is not bool(stops) and len(verdict.reasons) == len(stops)
    assert all(stop in reason.says for stop, reason in zip(stops, verdict.reasons, strict=True))


@pytest.mark.requirement("REC-10")
def test_schedule_gives_every_kind_of_record_one_class() -> None:
    whole = a_class().model_copy(update={"kinds": tuple(RecordKind)})
    assert Retention(classes=(whole,)).class_of(RecordKind.RISK) == whole
    with pytest.raises(ValidationError, match="no class holds"):
        Retention(classes=(a_class(),))
    with pytest.raises(ValidationError, match="stands twice"):
        Retention(classes=(whole, a_class().model_copy(update={"id": "y"})))
