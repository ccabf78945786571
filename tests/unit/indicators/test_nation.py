"""A nation's columns: whatever came in which order, they say what a scan of all rows says, and tell what is new in it."""

from __future__ import annotations

import json
from datetime import date

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sightline.core.statistics.rulesets import MDC_2023, PTD_0_2_2
from sightline.core.verdict import Invalid
from sightline.indicators.nation import columns, month
from sightline.indicators.nation.columns import Manifest, alone, kept_in
from sightline.indicators.nation.month import Status, take_in, write_rows
from sightline.indicators.scanning.frames import FOUND, Layout
from sightline.indicators.scanning.parquet import rank_parquet

LAYOUT = Layout(("area", "body"), "month", "figure", "phase")
PLAIN = Layout(("body",), "month", "figure")
# One figure: series, month, value (None a gap), and the phase from which it is. Wide of each other, so that many are marked.
figures = st.tuples(
    st.integers(0, 5), st.integers(0, 17), st.one_of(st.none(), st.sampled_from([1.0, 1.5, 2.0, 9.0])), st.booleans()
)


def frame(rows):
    schema = {"area": pl.String, "body": pl.String, "month": pl.Int64, "figure": pl.Float64, "phase": pl.String}
    told = [
        (f"a{number // 3}", f"b{number % 3}", m, value, "after" if late else None) for number, m, value, late in rows
    ]
    return pl.DataFrame(told, schema=schema, orient="row")


def scanned(tmp_path, rows, rules):
    """What the scan of all rows that stand finds, by key."""
    path = tmp_path / "all.parquet"
    frame((s, m, *told) for (s, m), told in rows.items()).sort("area", "body", "month").write_parquet(path)
    first = rank_parquet(path, LAYOUT, rules).first
    return {(row["area"], row["body"]): row for row in first.iter_rows(named=True)}


@settings(max_examples=60, deadline=None)
@given(
    runs=st.lists(st.lists(figures, min_size=1, max_size=80, unique_by=lambda one: one[:2]), min_size=1, max_size=4),
    rules=st.sampled_from([MDC_2023, PTD_0_2_2]),
    cut=st.integers(1, 7),
)
def test_figures_in_any_order_are_found_as_a_scan_of_all_rows_finds_them(runs, rules, cut, tmp_path_factory):
    tmp_path = tmp_path_factory.mktemp("nation")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(month, "GROUP", cut)  # so that series are read in several pieces
        rows, before, since = {}, {}, {}
        for number, brought in enumerate(runs):
            half = len(brought) // 2
            parts = [part for part in (brought[:half], brought[half:]) if part]
            paths = [tmp_path / f"{number}-{turn}.parquet" for turn in range(len(parts))]
            for path, part in zip(paths, parts, strict=True):
                frame(part).write_parquet(path)
            moved = {s for s, m, *told in brought if rows.get((s, m), ()) != tuple(told)}
            rows |= {(s, m): tuple(told) for s, m, *told in brought}
            taken = take_in(tmp_path / "kept", paths, LAYOUT, rules)
            now = scanned(tmp_path, rows, rules)
            keys = {(f"a{s // 3}", f"b{s % 3}") for s in moved}
            since = {key: since[key] if key in before else row["month"] for key, row in now.items()}
            told = {(row["area"], row["body"]): row for row in taken.found.iter_rows(named=True)}
            assert {key for key, row in told.items() if row["status"] != Status.ENDED} == set(now)
            assert {key for key, row in told.items() if row["status"] == Status.ENDED} == set(before) - set(now)
            for key, row in now.items():
                for name in ("month", *FOUND):
                    assert told[key][name] == row[name] or (
                        told[key][name] != told[key][name] and row[name] != row[name]
                    )
                assert told[key]["since"] == since[key]
                fresh = Status.NEW if key not in before else Status.GOES_ON if key in keys else Status.UNCHANGED
                assert told[key]["status"] == fresh
            assert taken.assessed == len(keys) and taken.series == len({s for s, _ in rows})
            before = now
        written = write_rows(tmp_path / "kept", tmp_path / "rows")
        assert written == len(rows)
        again = rank_parquet(tmp_path / "rows", LAYOUT, rules).first
        assert (
            again.sort("area", "body")
            .select(*FOUND)
            .equals(pl.DataFrame(list(before.values()), schema=again.schema).sort("area", "body").select(*FOUND))
        )


def plain(path, months, bodies=("a", "b"), odd=()):
    """A CSV of quiet figures, in which some (body, month) are far out."""
    lines = [f"{body},2025-{m:02},{50 if (body, m) in odd else 4 + m % 2}" for m in months for body in bodies]
    path.write_text("\n".join(["body,month,figure", *lines]), encoding="utf-8")
    return path


def test_a_month_is_told_as_what_is_new_what_goes_on_and_what_has_ended(tmp_path):
    kept = tmp_path / "kept"
    first = take_in(kept, [plain(tmp_path / "a.csv", range(1, 11), odd={("a", 10)})], PLAIN)
    assert first.by_status == {Status.NEW: 1} and (first.series, first.first_met, first.assessed) == (2, 2, 2)
    second = take_in(kept, [plain(tmp_path / "b.csv", [11], odd={("b", 11)})])
    told = [(row["body"], row["status"], row["since"]) for row in second.found.iter_rows(named=True)]
    assert told == [("b", "new", date(2025, 11, 1)), ("a", "ended", date(2025, 10, 1))]
    assert second.newest == date(2025, 11, 1) and second.silent == 0
    third = take_in(kept, [plain(tmp_path / "c.csv", [12], bodies=("a",))])
    assert third.by_status == {Status.UNCHANGED: 1} and (third.assessed, third.silent) == (1, 1)


def test_what_says_the_same_again_changes_nothing(tmp_path):
    kept, path = tmp_path / "kept", plain(tmp_path / "a.csv", range(1, 11), odd={("a", 10)})
    take_in(kept, [path], PLAIN)
    files = sorted(one.name for one in kept.iterdir())
    again = take_in(kept, [path])
    assert (again.assessed, again.files[0].same, again.files[0].new) == (0, 20, 0)
    assert again.by_status == {Status.UNCHANGED: 1}
    assert len(files) == len(list(kept.iterdir())), "each period is kept once"
    assert [one.sha256 for one in kept_in(kept).deliveries] == [again.files[0].sha256] * 2


def test_other_rules_read_every_series_anew(tmp_path):
    kept = tmp_path / "kept"
    take_in(kept, [plain(tmp_path / "a.csv", range(1, 11))], PLAIN)
    assert take_in(kept, []).assessed == 0
    assert take_in(kept, [], rules=PTD_0_2_2).assessed == 2
    assert take_in(kept, [], rules=PTD_0_2_2, screen=False).assessed == 2


@pytest.mark.parametrize("broken", ["commit", "mark", "put"])
def test_a_run_that_is_cut_off_leaves_what_counted_before_and_the_next_one_goes_on(tmp_path, monkeypatch, broken):
    kept = tmp_path / "kept"
    take_in(kept, [plain(tmp_path / "a.csv", range(1, 11))], PLAIN)
    stood = kept_in(kept)
    whole = getattr(columns.Nation, broken)

    def cut(self, *given):
        if broken != "commit":
            whole(self, *given)
        raise KeyboardInterrupt

    monkeypatch.setattr(columns.Nation, broken, cut)
    path = plain(tmp_path / "b.csv", [11], odd={("b", 11)})
    with pytest.raises(KeyboardInterrupt):
        take_in(kept, [path])
    assert kept_in(kept) == stood
    monkeypatch.undo()
    assert take_in(kept, [path]).by_status == {Status.NEW: 1}
    assert {one.name for one in kept.glob("*.parquet")} == kept_in(kept).files


def test_two_runs_do_not_write_into_one_folder(tmp_path):
    with alone(tmp_path / "kept"), pytest.raises(Invalid, match="another run"):
        take_in(tmp_path / "kept", [plain(tmp_path / "a.csv", [1])], PLAIN)


def test_a_refused_file_keeps_the_others_of_its_run_out(tmp_path):
    good, bad = plain(tmp_path / "a.csv", range(1, 4)), plain(tmp_path / "b.csv", [3])
    with pytest.raises(Invalid, match=r"b\.csv: the figure of b for 2025-03-01 is given twice"):
        take_in(tmp_path / "kept", [good, bad], PLAIN)
    assert kept_in(tmp_path / "kept") == Manifest(PLAIN)
    assert take_in(tmp_path / "kept", [good], PLAIN).series == 2
    assert {one.name for one in (tmp_path / "kept").glob("*.parquet")} == kept_in(tmp_path / "kept").files


def test_a_folder_of_something_else_is_left_alone(tmp_path):
    strange = tmp_path / "strange"
    strange.mkdir()
    (strange / "mine-1.parquet").write_bytes(b"x")
    with pytest.raises(Invalid, match="something else lies there"):
        take_in(strange, [plain(tmp_path / "a.csv", [1])], PLAIN)
    assert (strange / "mine-1.parquet").exists()


@pytest.mark.parametrize("said", ["{", "[]", '{"form": 9}', '{"form": 1}', "null"])
def test_a_manifest_that_is_none_is_refused(tmp_path, said):
    kept = tmp_path / "kept"
    take_in(kept, [plain(tmp_path / "a.csv", range(1, 4))], PLAIN)
    (kept / "nation.json").write_text(said, encoding="utf-8")
    with pytest.raises(Invalid, match=r"nation\.json"):
        take_in(kept, [])


def test_a_column_that_is_lost_is_told_of(tmp_path):
    kept = tmp_path / "kept"
    take_in(kept, [plain(tmp_path / "a.csv", range(1, 4))], PLAIN)
    next(kept.glob("2025-02*")).write_bytes(b"")
    with pytest.raises(Invalid, match="cannot be read"):
        take_in(kept, [plain(tmp_path / "b.csv", [4])])


def test_the_manifest_is_plain_to_read(tmp_path):
    kept = tmp_path / "kept"
    take_in(kept, [plain(tmp_path / "a.csv", range(1, 3))], PLAIN)
    said = json.loads((kept / "nation.json").read_text(encoding="utf-8"))
    assert list(said["periods"]) == ["2025-01-01", "2025-02-01"] and said["series"] == 2
    column = pl.read_parquet(kept / said["periods"]["2025-02-01"])
    assert np.array_equal(column["value"].to_numpy(), [4.0, 4.0])
