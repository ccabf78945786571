"""Trends of themes: counts with what they are counts of, overall and by place, and when a chart may be drawn."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.core.intelligence.trends import Heard, charted, months_between, trend, trends_by_place
from sightline.core.statistics.series import Status, assess

YEAR = months_between(date(2030, 1, 15), date(2030, 12, 1))


def heard(day, *themes, where=""):
    return Heard(day, frozenset(themes), where)


def test_months_are_named_by_their_first_days():
    assert months_between(date(2029, 11, 30), date(2030, 2, 1)) == (
        date(2029, 11, 1),
        date(2029, 12, 1),
        date(2030, 1, 1),
        date(2030, 2, 1),
    )
    assert months_between(date(2030, 2, 1), date(2030, 1, 1)) == ()


@pytest.mark.requirement("DAT-10")
def test_a_theme_is_counted_of_all_that_was_heard_in_its_month():
    told = [heard(date(2030, 1, 3), "food"), heard(date(2030, 1, 31)), heard(date(2030, 3, 1), "food", "waiting")]
    food, waiting = trend(told, YEAR[:3])
    assert (food.theme, food.counts, food.heard) == ("food", (1, 0, 1), (2, 0, 1))
    assert food.shares == (50.0, None, 100.0)  # nothing heard is not nought
    assert waiting.counts == (0, 0, 1)


def test_what_was_heard_in_another_month_is_not_counted():
    (food,) = trend([heard(date(2029, 12, 31), "food"), heard(date(2030, 1, 1), "food")], YEAR[:1])
    assert (food.counts, food.heard) == ((1,), (1,))


def test_themes_asked_for_are_shown_even_where_they_never_occur():
    assert [row.theme for row in trend([heard(date(2030, 1, 1), "food")], YEAR, ["waiting", "food"])] == [
        "waiting",
        "food",
    ]


def test_each_place_is_set_against_its_own_number_of_texts():
    told = [heard(date(2030, 1, 1), "food", where="B"), heard(date(2030, 1, 2), where="A")] * 2
    rows = trends_by_place(told, YEAR[:1])
    assert [(row.where, row.theme, row.counts, row.heard) for row in rows] == [
        ("A", "food", (0,), (2,)),
        ("B", "food", (2,), (2,)),
    ]


@given(st.lists(st.tuples(st.integers(0, 400), st.sets(st.sampled_from("xyz")), st.sampled_from("AB")), max_size=60))
def test_counting_equals_its_slow_twin(told):
    listed = [Heard(date(2030, 1, 1) + timedelta(days), frozenset(themes), where) for days, themes, where in told]
    for row in (*trend(listed, YEAR, "xyz"), *trends_by_place(listed, YEAR, "xyz")):
        for month, count, of in zip(row.months, row.counts, row.heard, strict=True):
            there = [one for one in listed if (one.on.year, one.on.month) == (month.year, month.month)]
            there = [one for one in there if row.where in ("", one.where)]
            assert (count, of) == (sum(row.theme in one.themes for one in there), len(there))


def a_year_of(per_month, months=YEAR):
    return [
        heard(month, *(["food"] if number % 3 == 0 else []))
        for place, month in enumerate(months)
        for number in range(per_month + place % 4)
    ]


@pytest.mark.requirement("DAT-07")
def test_twelve_months_make_a_series_that_can_be_charted():
    (food,) = trend(a_year_of(8), YEAR)
    series = charted(food)
    assert series is not None
    assert list(series.values) == list(food.shares)
    assert assess([series])[0].status in {Status.OK, Status.PROVISIONAL}


def test_fewer_months_make_no_chart_and_a_month_of_few_texts_is_a_gap():
    eleven, thin = trend(a_year_of(8, YEAR[:11]), YEAR)[0], trend(a_year_of(4), YEAR)[0]
    assert charted(eleven) is None
    assert charted(thin) is None  # four texts in every fourth month are too few to speak of a share
    series = charted(thin, fewest_heard=4)
    assert series is not None
    assert None not in list(series.values)
