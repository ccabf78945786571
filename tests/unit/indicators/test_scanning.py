"""Scans of sorted figures: each series read as it is read alone, however the rows are cut, and disorder refused."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sightline.core.statistics.rulesets import MDC_2023, PTD_0_2_2, RULE_SETS
from sightline.core.statistics.series import SeriesInput, assess
from sightline.core.verdict import Invalid
from sightline.indicators.scanning.frames import FOUND, Layout, Reading, gathered, in_order, scan
from sightline.indicators.scanning.parquet import rank_parquet

LAYOUT = Layout(("area", "body"), "month", "figure", "phase")
few = st.one_of(st.none(), st.integers(0, 8).map(lambda n: n / 3))
one_series = st.tuples(st.lists(few, min_size=1, max_size=30), st.integers(0, 30), st.booleans())


def table(many):
    """One frame of series (values, where rebased, whether a shift ends it), sorted, each with a key of two columns."""
    rows = [
        (f"a{number // 3}", number % 3, month, value if not ends or month < len(values) - 8 else 9.0, month >= rebased)
        for number, (values, rebased, ends) in enumerate(many)
        for month, value in enumerate(values)
    ]
    schema = {"area": pl.String, "body": pl.Int64, "month": pl.Int32, "figure": pl.Float64, "phase": pl.Boolean}
    return pl.DataFrame(rows, schema=schema, orient="row")


def marked_in(frames, layout=LAYOUT, reading=None):
    found = list(scan(frames, layout, reading or Reading(MDC_2023, screened=False)))
    series, rows = sum(one.series for one in found), sum(one.rows for one in found)
    return series, rows, pl.concat([one.marked for one in found])


@settings(max_examples=80, deadline=None)
@given(
    many=st.lists(one_series, min_size=1, max_size=9),
    rules=st.sampled_from(list(RULE_SETS.values())),
    cuts=st.lists(st.integers(0, 200), max_size=6),
)
def test_each_series_is_read_as_alone_wherever_the_frames_are_cut(many, rules, cuts):
    rows = table(many)
    edges = sorted({0, rows.height, *(cut for cut in cuts if cut < rows.height)})
    frames = [rows[a:b] for a, b in pairwise(edges)]
    series, height, marked = marked_in(frames, reading=Reading(rules, rules.screens))
    assert (series, height) == (len(many), rows.height)
    alone = {}
    for key, part in rows.group_by("area", "body", maintain_order=True):
        at = part["phase"].ne(part["phase"].shift()).fill_null(value=False).arg_true().to_list()
        alone[key] = assess([SeriesInput(part["figure"].to_list(), tuple(at))], rules)[0]
    assert [(row["area"], row["body"]) for row in marked.iter_rows(named=True)] == [
        key for key, result in alone.items() if result.marks[-1]
    ]
    for row in marked.iter_rows(named=True):
        result = alone[row["area"], row["body"]]
        phase = result.last_phase
        assert (row["marks"], row["n_valid"]) == (result.marks[-1], phase.n_valid)
        assert (row["mean"], row["lpl"], row["upl"]) == (phase.mean, phase.lpl, phase.upl)
        assert row["provisional"] == (phase.n_basis < rules.min_points)


def test_how_far_and_how_lasting_are_told_in_sigma():
    values = [4.0, 6.0] * 12 + [5.0, 19.0]
    (part,) = scan([table([(values, 0, False)])], LAYOUT, Reading(MDC_2023, screened=False))
    (row,) = part.marked.iter_rows(named=True)
    sigma = (row["upl"] - row["mean"]) / 3
    assert row["distance"] == pytest.approx((19 - row["mean"]) / sigma)
    newest = np.array(values[-6:])
    assert row["lasting"] == pytest.approx((newest - row["mean"]).sum() / sigma / np.sqrt(6))
    assert row["strength"] == max(abs(row["distance"]), abs(row["lasting"]))


def test_the_newest_periods_do_not_reach_over_a_rebase_and_a_gap_among_them_is_left_out():
    values = [90.0] * 20 + [4.0, 6.0] * 10 + [None, 12.0]
    shown = marked_in([table([(values, 20, False)])])[2]
    assert shown["lasting"][0] == pytest.approx(
        (np.array([4, 6, 4, 6, 12.0]) - shown["mean"][0]).sum() / (shown["upl"][0] - shown["mean"][0]) * 3 / np.sqrt(5)
    )
    short = marked_in([table([([90.0] * 20 + [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0], 20, False)])])[2]
    assert short["lasting"][0] == pytest.approx((7 + 6 + 5 + 4 + 3 + 2 - 24) / (2.66 / 3) / np.sqrt(6))


def test_a_series_without_variation_or_with_a_gap_at_its_end_is_not_listed():
    steps = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0]
    series, _, marked = marked_in([table([([5.0] * 20, 0, False), ([*steps, None], 0, False), (steps, 0, False)])])
    assert series == 3
    assert marked["body"].to_list() == [2]


def test_the_strongest_come_first_and_the_equally_strong_in_the_order_of_their_keys():
    high, low = [4.0, 6.0] * 12 + [5.0, 15.0], [4.0, 6.0] * 12 + [5.0, -5.0]
    marked = marked_in([table([(high, 0, False), (low, 0, False), ([*high[:-1], 30.0], 0, False)])])[2]
    assert in_order(marked, LAYOUT)["body"].to_list() == [2, 0, 1]
    assert marked["distance"][0] == pytest.approx(-marked["distance"][1])


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([("a1", 1), ("a0", 1)], "a0 0 comes after a1 0"),
        ([("a0", 1), ("a1", 1), ("a0", 2)], "a0 0 comes after a1 0"),
        ([("a0", 2), ("a0", 1)], "the periods of a0 0 do not rise: 1 comes too late"),
        ([("a0", 1), ("a0", 1)], "each period once"),
        ([(None, 1)], "Column area is empty in some rows"),
        ([("a0", None)], "Column month is empty in some rows"),
    ],
)
@pytest.mark.parametrize("rows_at_once", [1, 10])
def test_rows_that_are_not_sorted_are_refused_wherever_the_frames_are_cut(rows, says, rows_at_once):
    laid = [(area, 0, month, 1.0, False) for area, month in rows]
    frame = pl.DataFrame(laid, schema=table([([1.0], 0, False)]).schema, orient="row")
    with pytest.raises(Invalid, match=says):
        list(scan(frame.iter_slices(rows_at_once), LAYOUT, Reading(MDC_2023, screened=False)))


def test_small_frames_are_joined_and_none_is_lost():
    frame = pl.DataFrame({"n": range(23)})
    joined = list(gathered(frame.iter_slices(2), 5))
    assert [one.height for one in joined] == [6, 6, 6, 5]
    assert pl.concat(joined)["n"].to_list() == list(range(23))


@pytest.fixture
def country(tmp_path):
    """Three hundred series in the columns of a part, of which one in ten ends beyond its limits."""
    rng = np.random.default_rng(5)
    values = rng.normal(50, 3, (300, 24))
    values[::10, -1] += np.linspace(20, 60, 30)
    frame = pl.DataFrame(
        {
            "indicator": np.repeat([f"made-up-{n:02}" for n in range(10)], 30 * 24),
            "code": np.tile(np.repeat([f"ZZX{n:05}" for n in range(30)], 24), 10),
            "kind": ["month"] * 7200,
            "start": [date(2024 + m // 12, m % 12 + 1, 1) for m in range(24)] * 300,
            "value": values.reshape(-1),
        }
    )
    path = tmp_path / "part.parquet"
    frame.write_parquet(path, row_group_size=500)
    return path


def test_a_part_of_the_house_is_ranked_as_it_lies(country):
    ranked = rank_parquet(country)
    assert (ranked.series, ranked.rows) == (300, 7200)
    assert ranked.first.columns == ["indicator", "code", "kind", "start", *FOUND]
    assert ranked.first["strength"].is_sorted(descending=True)
    assert ranked.first.row(0)[:4] == ("made-up-09", "ZZX00020", "month", date(2025, 12, 1))
    assert ranked.marked == ranked.first.height >= 30


@pytest.mark.parametrize("rows", [700, 2400, 7199])
def test_how_many_rows_are_held_changes_nothing(country, rows):
    whole, cut = rank_parquet(country, most=20), rank_parquet(country, most=20, rows=rows)
    assert (cut.series, cut.rows, cut.marked) == (whole.series, whole.rows, whole.marked)
    assert cut.first.equals(whole.first)
    assert whole.first.height == 20 < whole.marked


def test_the_files_of_a_folder_are_read_one_after_the_other(country, tmp_path):
    folder = tmp_path / "country"
    folder.mkdir()
    frame = pl.read_parquet(country)
    frame[:3000].write_parquet(folder / "1.parquet")
    frame[3000:].write_parquet(folder / "2.parquet")
    assert rank_parquet(folder).first.equals(rank_parquet(country).first)


@pytest.mark.parametrize(
    ("layout", "says"),
    [
        (Layout(("area",)), "There is no column area. The columns are: indicator, code"),
        (Layout(()), "Name the columns by which a series is known"),
        (Layout(("indicator", "indicator")), "Column indicator stands for two things"),
        (Layout(value="code"), "Column code holds no numbers"),
        (Layout(("indicator", "code"), period="kind"), "Column kind holds neither dates nor whole numbers"),
        (Layout(("indicator", "value"), value="value"), "A result has a column value too"),
    ],
)
def test_columns_that_do_not_fit_are_refused(country, layout, says):
    with pytest.raises(Invalid) as refused:
        rank_parquet(country, layout)
    assert says in " ".join(refused.value.problems)


def test_what_is_no_parquet_is_refused(tmp_path):
    (tmp_path / "words.parquet").write_text("no")
    for path in (tmp_path / "words.parquet", tmp_path / "absent.parquet"):
        with pytest.raises(Invalid, match="cannot be read as Parquet"):
            rank_parquet(path)
    pl.DataFrame(schema={"k": pl.Int64, "p": pl.Int64, "v": pl.Float64}).write_parquet(tmp_path / "empty.parquet")
    with pytest.raises(Invalid, match="there are no rows"):
        rank_parquet(tmp_path / "empty.parquet", Layout(("k",), "p", "v"))


def test_the_rule_set_and_its_screening_are_those_asked_for(country):
    kept, screened = (rank_parquet(country, screen=screen).first for screen in (False, True))
    assert kept["upl"][0] > screened["upl"][0]
    assert rank_parquet(country, rules=PTD_0_2_2).first.equals(
        rank_parquet(country, rules=PTD_0_2_2, screen=True).first
    )
