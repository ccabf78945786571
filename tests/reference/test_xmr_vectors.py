"""Holds the XmR engine against the reference vectors: limits to nine digits, every flag of every point exactly."""

from __future__ import annotations

import csv
import os
from collections import defaultdict
from math import isclose
from pathlib import Path

import pytest

from sightline.cli.spc import run
from sightline.core.statistics import phases
from sightline.core.statistics.rebasing import snap_rebases
from sightline.core.statistics.rulesets import RULE_SETS
from sightline.core.statistics.series import SeriesInput, assess

SHARED = Path(os.environ.get("SIGHTLINE_SHARED", Path(__file__).resolve().parents[3] / "shared"))
GOLDENS = SHARED / "goldens"

pytestmark = [
    pytest.mark.reference,
    pytest.mark.skipif(not GOLDENS.is_dir(), reason=f"the reference vectors are not at {GOLDENS}"),
]

FLOATS = ("mean", "amr", "lpl", "upl", "near_lpl", "near_upl")
FLAGS = ("r_outside", "r_trend", "r_2in3", "r_shift", "r_2in3_mdc2023")
# The column of the vectors that each column without a suffix must equal under mdc-2023.
MDC = {
    "r_2in3": "r_2in3_mdc2023",
    "special_cause_type": "special_cause_type_mdc2023",
    "point_type": "point_type_mdc2023",
    "variation_type": "variation_type_mdc2023",
    "n_special": "n_special_mdc2023",
}


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def crashed() -> set[str]:
    """Cases at which the peer stopped with an error, so that there is nothing to compare with."""
    return {row["case_id"] for row in read(GOLDENS / "xmr_nhsrptd_cases.csv") if row["status"] == "error"}


@pytest.fixture(scope="module")
def expected() -> dict[str, dict[tuple[str, ...], dict[str, str]]]:
    keys = {"phases": ("case_id", "start_idx"), "points": ("case_id", "idx"), "cases": ("case_id",)}
    return {
        name: {tuple(row[k] for k in key): row for row in read(GOLDENS / f"xmr_nhsrptd_{name}.csv")}
        for name, key in keys.items()
    }


@pytest.fixture(scope="module", params=[(name, screen) for name in RULE_SETS for screen in (True, False)], ids=str)
def ours(request, tmp_path_factory):
    name, screen = request.param
    out = tmp_path_factory.mktemp("spc")
    summary = run(GOLDENS / "xmr_points.csv", GOLDENS / "xmr_series.csv", name, screen, out)
    return name, screen, summary, {table: read(out / f"{table}.csv") for table in ("phases", "points", "cases")}


def golden_column(rule_set: str, column: str) -> str:
    return MDC.get(column, column) if rule_set == "mdc-2023" else column


def wrong(rule_set, ours, expected, crashed, columns, as_zero=()):
    """Every cell in which we differ, and how many were held against each other."""
    differences, compared = [], 0
    for key, golden in expected:
        if golden["case_id"] in crashed or not golden["case_id"].endswith(ours[0]):
            continue
        mine = ours[1].get(key)
        for column in columns:
            want = golden[golden_column(rule_set, column)] or ("0" if column in as_zero else "")
            compared += 1
            if mine is None or mine[column] != want:
                differences.append((key, column, mine and mine[column], want))
    return differences, compared


def keyed(rows, key):
    table = {tuple(row[k] for k in key): row for row in rows}
    assert len(table) == len(rows)
    return table


def test_every_case_is_computed_even_where_the_peer_crashed(ours, crashed):
    _, screen, summary, tables = ours
    assert summary["series"] == len(tables["cases"]) == 693
    assert {row["status"] for row in tables["cases"]} == {"ok"}
    ending = f".scr{int(screen)}"
    assert {row["case_id"] for row in tables["cases"]} >= {case for case in crashed if case.endswith(ending)}
    assert len(crashed) == 40


def test_limits_agree_to_nine_digits(ours, expected, crashed):
    _, screen, _, tables = ours
    mine = keyed(tables["phases"], ("case_id", "start_idx"))
    compared = 0
    for key, golden in expected["phases"].items():
        if not key[0].endswith(f".scr{int(screen)}") or key[0] in crashed:
            continue
        row = mine[key]
        assert [row[c] for c in ("rebase_group", "n", "n_valid")] == [
            golden[c] for c in ("rebase_group", "n", "n_valid")
        ]
        for column in FLOATS:
            compared += 1
            if golden[column] == "":
                assert row[column] == "", (key, column)
            else:
                assert isclose(float(row[column]), float(golden[column]), rel_tol=1e-9, abs_tol=1e-12), (key, column)
    assert compared > 6000


def test_every_flag_and_name_of_every_point_agrees(ours, expected, crashed):
    rule_set, screen, _, tables = ours
    mine = keyed(tables["points"], ("case_id", "idx"))
    columns = (*FLAGS, "special_cause_type", "special_cause_flag", "point_type", "rebase_group")
    columns += ("special_cause_type_mdc2023", "point_type_mdc2023", "short_group_warning", "boundary_margin", "fragile")
    if rule_set == "mdc-2023":  # the vectors give this one for the other reading alone
        columns = tuple(column for column in columns if column != "special_cause_flag")
    points = expected["points"].items()
    differences, compared = wrong(rule_set, (f".scr{int(screen)}", mine), points, crashed, columns, FLAGS)
    assert differences == []
    assert compared > 26_000 * len(columns)


def test_fragile_points_are_among_those_compared(expected):
    assert sum(row["fragile"] == "1" for row in expected["points"].values()) > 3000


def test_every_icon_agrees(ours, expected, crashed):
    rule_set, screen, _, tables = ours
    mine = keyed(tables["cases"], ("case_id",))
    columns = ("series_id", "screen_outliers", "variation_type", "assurance_type", "assurance_icon")
    columns += ("variation_type_mdc2023", "n_special", "n_special_mdc2023")
    if rule_set == "ptd-0.2.2":
        columns += ("variation_icon",)
    cases = expected["cases"].items()
    differences, compared = wrong(rule_set, (f".scr{int(screen)}", mine), cases, crashed, columns)
    assert differences == []
    assert compared == 673 * len(columns)


def test_one_series_alone_gives_what_the_file_gives(expected, crashed):
    """The friendly interface and the file go different ways to the kernel and must meet."""
    points = defaultdict(list)
    for row in read(GOLDENS / "xmr_points.csv"):
        points[row["series_id"]].append(float(row["y"]) if row["y"] else None)
    for series in read(GOLDENS / "xmr_series.csv")[::7]:
        case = series["series_id"] + ".scr1"
        if case in crashed:
            continue
        rebases = tuple(int(index) for index in series["rebase_idx"].split(";") if index)
        one = SeriesInput(points[series["series_id"]], rebases, int(series["fix_after_n_points"] or 0))
        (result,) = assess([one], RULE_SETS["ptd-0.2.2"])
        for phase in result.phases:
            golden = expected["phases"][case, str(phase.start)]
            assert isclose(phase.mean or 0.0, float(golden["mean"] or 0), rel_tol=1e-9, abs_tol=1e-12)
            if not phase.varies:
                assert phase.upl is None and not any(result.marks[phase.start : phase.stop])
                continue
            for index in range(phase.start, phase.stop):
                flag = expected["points"][case, str(index)]["special_cause_flag"]
                assert bool(result.marks[index]) == (flag == "1"), (case, index)


@pytest.mark.skipif(phases.compiled_road() is None, reason="numba is not installed: the extra [fast] brings it")
def test_the_compiled_road_writes_the_same_files_to_the_last_digit(ours, tmp_path, monkeypatch):
    rule_set, screen, _, tables = ours
    monkeypatch.setattr(phases, "chosen_road", lambda _: phases.Road.COMPILED)
    run(GOLDENS / "xmr_points.csv", GOLDENS / "xmr_series.csv", rule_set, screen, tmp_path)
    assert {name: read(tmp_path / f"{name}.csv") for name in tables} == tables


def test_a_rebase_date_finds_the_index_that_the_vectors_record():
    from datetime import date

    dates = defaultdict(list)
    for row in read(GOLDENS / "xmr_points.csv"):
        dates[row["series_id"]].append(date.fromisoformat(row["date"]))
    for series in read(GOLDENS / "xmr_series.csv"):
        indices = tuple(int(index) for index in series["rebase_idx"].split(";") if index not in {"", "0"})
        days = dates[series["series_id"]]
        assert snap_rebases(days, [days[index] for index in indices]) == (indices, ())
