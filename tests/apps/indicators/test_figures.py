"""Figures in order of time: the row without holes that a chart needs, and bodies added up."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from sightline.indicators.figures import Figures, joined
from tests.factories.indicators import month_after

START = date(2024, 1, 1)


def made(
    values: dict[date, float | None],
    *,
    kind: str = "month",
    counts: dict[date, tuple[float | None, float | None]] | None = None,
    ranks: tuple[int, ...] = (),
) -> Figures:
    """This function will make figures by their days, in order."""
    days = tuple(sorted(values))
    pairs = [(counts or {}).get(day, (None, None)) for day in days]
    none = (None,) * len(days)
    return Figures(
        kind=kind,
        starts=days,
        values=tuple(values[day] for day in days),
        numerators=tuple(top for top, _ in pairs),
        denominators=tuple(bottom for _, bottom in pairs),
        lows=none,
        highs=none,
        notes=("",) * len(days),
        bands=("",) * len(days),
        ranks=ranks or (0,) * len(days),
    )


def test_grid_fills_a_month_that_nobody_reported_with_no_value() -> None:
    grid = made({date(2024, 1, 1): 1.0, date(2024, 4, 1): 4.0}).on_grid(1)
    assert grid.starts == tuple(date(2024, month, 1) for month in (1, 2, 3, 4))
    assert grid.values == (1.0, None, None, 4.0)
    assert {len(getattr(grid, name)) for name in ("numerators", "lows", "notes", "bands", "ranks")} == {4}


@settings(max_examples=80, deadline=None)
@given(
    months=some.sets(some.integers(0, 40), min_size=2, max_size=12),
    step=some.sampled_from([1, 3, 12]),
    day=some.integers(1, 31),
)
def test_grid_keeps_every_figure_and_leaves_no_hole(months: set[int], step: int, day: int) -> None:
    def on(month: int) -> date:
        first = month_after(START, month)
        last = (month_after(START, month + 1) - first).days
        return first.replace(day=min(day, last))

    given_values = {on(month): float(month) for month in months}
    grid = made(given_values).on_grid(step)
    assert {d: v for d, v in zip(grid.starts, grid.values, strict=True) if v is not None} == given_values
    assert list(grid.starts) == sorted(set(grid.starts))
    expected = {(min(months) + at) for at in range(0, max(months) - min(months) + 1, step)} | months
    assert [(d.year - 2024) * 12 + d.month - 1 for d in grid.starts] == sorted(expected)


def test_figures_of_single_days_are_not_squeezed_into_months() -> None:
    weeks = {date(2024, 1, 1 + 7 * week): float(week) for week in range(4)} | {date(2024, 2, 5): 4.0}
    daily = made(weeks, kind="day")
    assert daily.on_grid(daily.usual_step()).values == daily.values


@pytest.mark.parametrize("step", [0, -1])
def test_without_a_step_figures_stay_as_they_are(step: int) -> None:
    figures = made({START: 1.0, date(2024, 5, 1): 2.0})
    assert figures.on_grid(step) is figures


def test_series_longer_than_a_century_is_not_filled() -> None:
    figures = made({date(1800, 1, 1): 1.0, START: 2.0})
    assert figures.on_grid(1) is figures


@pytest.mark.parametrize(
    ("months", "step"),
    [([0, 1, 2, 5], 1), ([0, 3, 6, 12], 3), ([0, 12, 24], 12), ([4], 0), ([], 0)],
)
def test_usual_step_is_the_commonest_distance_in_months(months: list[int], step: int) -> None:
    assert made({month_after(START, month): 1.0 for month in months}).usual_step() == step


def test_last_reported_period_is_the_last_with_a_value() -> None:
    assert made({START: 1.0, date(2024, 2, 1): None}).last_reported_on == START
    assert made({START: None}).last_reported_on is None


def test_before_gives_only_what_begins_before_a_day() -> None:
    figures = made({month_after(START, month): float(month) for month in range(4)})
    assert figures.before(date(2024, 3, 1)).values == (0.0, 1.0)


counts_of = some.dictionaries(
    some.integers(0, 5).map(lambda month: month_after(START, month)),
    some.tuples(some.one_of(some.none(), some.integers(0, 50)), some.one_of(some.none(), some.integers(0, 90))),
    max_size=6,
)


@settings(max_examples=80, deadline=None)
@given(bodies=some.lists(counts_of, min_size=1, max_size=3), per=some.sampled_from([1.0, 100.0, 1000.0]))
def test_joined_rate_is_all_cases_over_all_people(
    bodies: list[dict[date, tuple[int | None, int | None]]], per: float
) -> None:
    parts = [made(dict.fromkeys(body, 7.0), counts=body) for body in bodies]
    slow = {}
    for day in sorted({day for body in bodies for day in body}):
        pairs = [body.get(day, (None, None)) for body in bodies]
        if all(top is not None and bottom for top, bottom in pairs):
            slow[day] = per * sum(top for top, _ in pairs) / sum(bottom for _, bottom in pairs)  # type: ignore[misc]
    found = joined(parts, per)
    assert dict(zip(found.starts, found.values, strict=True)) == pytest.approx(slow)


@settings(max_examples=40, deadline=None)
@given(
    bodies=some.lists(
        some.dictionaries(some.integers(0, 5), some.one_of(some.none(), some.integers(0, 50)), max_size=6),
        min_size=1,
        max_size=3,
    )
)
def test_joined_counts_are_their_sum_where_every_body_speaks(bodies: list[dict[int, int | None]]) -> None:
    parts = [made({month_after(START, month): value for month, value in body.items()}) for body in bodies]
    slow = {
        month_after(START, month): sum(body[month] for body in bodies)  # type: ignore[misc]
        for month in range(6)
        if all(body.get(month) is not None for body in bodies)
    }
    found = joined(parts, None)
    assert dict(zip(found.starts, found.values, strict=True)) == slow


def test_one_body_under_two_codes_keeps_of_each_period_what_counts_more() -> None:
    old = made({START: 1.0, date(2024, 2, 1): 2.0}, ranks=(0, 1))
    new = made({date(2024, 2, 1): 9.0, date(2024, 3, 1): 3.0}, ranks=(0, 0))
    for together in (old.laid_over(new), new.laid_over(old)):
        assert together.values == (1.0, 2.0, 3.0)
        assert together.ranks == (0, 1, 0)


def test_plain_form_leaves_out_columns_that_say_nothing() -> None:
    plain = made({START: 1.0}, counts={START: (1.0, 4.0)}).as_plain()
    assert plain == {"starts": ["2024-01-01"], "values": [1.0], "numerators": [1.0], "denominators": [4.0]}
