"""Runs the commands on the files of the reference vectors, as anybody can, and holds what they write against them.

``tests/reference`` beside this file holds the arithmetic in every case, also where a peer bridges gaps or errs; here it
is the whole way from file to file. Poisson sums, evidence, changes, doubts and disclosure have no recorded peer: twins in
``tests/unit/core/statistics`` hold those.
"""

from __future__ import annotations

import csv
import os
from collections import defaultdict
from itertools import groupby
from math import isclose
from pathlib import Path

import pytest

from sightline.cli.main import main

GOLDENS = Path(os.environ.get("SIGHTLINE_SHARED", Path(__file__).resolve().parents[3] / "shared")) / "goldens"

pytestmark = [
    pytest.mark.reference,
    pytest.mark.skipif(not GOLDENS.is_dir(), reason=f"the reference vectors are not at {GOLDENS}"),
]


def read(path):
    with Path(path).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def golden(name):
    return read(GOLDENS / f"{name}.csv")


def write(path, rows):
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def agrees(ours, theirs, digits=1e-9):
    if not ours or not theirs:
        return ours == theirs
    return isclose(float(ours), float(theirs), rel_tol=digits, abs_tol=1e-12)


def run(*arguments):
    assert main([str(one) for one in arguments]) == 0


def whole(points, column):
    """Series without a gap: the peer of the file bridges gaps, which we never do."""
    gapped = {row["series_id"] for row in golden(points) if not row[column]}
    return {row["series_id"] for row in golden(points)} - gapped


def fixed_where_no_rebase(none):
    """The peers' charts were fixed only where there was no rebase; what counts as none differs between them."""
    rows = golden("xmr_series")
    return [
        row | {"fix_after_n_points": row["fix_after_n_points"] if row["rebase_idx"] in none else ""} for row in rows
    ]


def test_ewma_gives_what_qcc_gives_for_each_weight_and_baseline(tmp_path):
    theirs = defaultdict(list)
    for row in golden("cusum_qcc_points"):
        theirs[row["series_id"]].append(row)
    ways = defaultdict(list)
    for row in golden("cusum_series"):
        ways[row["ewma_lambda"], row["baseline_n"] or "0"].append(row["series_id"])
    compared = 0
    for (weight, baseline), names in ways.items():
        run("ewma", GOLDENS / "cusum_points.csv", "--weight", weight, "--baseline", baseline, "--out", tmp_path)
        ours = defaultdict(list)
        for row in read(tmp_path / "points.csv"):
            ours[row["series_id"]].append(row)
        for name in names:
            for mine, other in zip(ours[name], theirs[name], strict=True):
                assert (mine["idx"], mine["ewma_signal"]) == (other["idx"], other["ewma_signal"])
                assert all(agrees(mine[column], other[column]) for column in ("ewma", "ewma_lcl", "ewma_ucl")), other
                compared += 1
    assert compared == 1969 and len(ways) > 10


@pytest.mark.parametrize("how", ["additive", "multiplicative"])
def test_funnel_gives_the_spread_the_scores_and_the_limits_that_are_recorded(tmp_path, how):
    given = (GOLDENS / "funnel_units.csv", "--sets", GOLDENS / "funnel_sets.csv")
    run("funnel", *given, "--od", how, "--out", tmp_path)
    short = {"additive": "add", "multiplicative": "mult"}[how]
    sets = {row["set_id"]: row for row in read(tmp_path / "sets.csv")}
    for row in golden("funnel_reference_sets"):
        assert all(agrees(sets[row["set_id"]][name], row[name]) for name in ("target", "phi", "tau2")), row
    units = {(row["case_id"].split(".")[0], row["unit"]): row for row in read(tmp_path / "units.csv")}
    theirs = golden("funnel_reference_units")
    assert len(units) == len(theirs) == 6353
    same = {"ratio": "ratio", "z_unadjusted": "z", "z_trimmed": "z_winsorised", "z_adjusted": f"z_{how}"}
    same |= {f"od_{side}{level}": f"{short}_{side}{level}" for side in ("ll", "ul") for level in ("95", "998")}
    for row in theirs:
        mine = units[row["set_id"], row["unit"]]
        for name, other in same.items():
            assert agrees(mine[name], row[other]), (row["set_id"], row["unit"], name, mine[name], row[other])


RECORDED = [("i", "1"), ("i", "0"), ("mr", "1"), ("run", "1")]


@pytest.mark.parametrize(("kind", "screened"), RECORDED)
def test_charts_of_single_values_have_the_phases_of_qicharts2(tmp_path, kind, screened):
    theirs = [row for row in golden("xmr_qicharts2_phases") if (row["chart"], row["screened"]) == (kind, screened)]
    series = write(tmp_path / "series.csv", fixed_where_no_rebase({""}))
    how = ("--chart", kind, "--rule-set", "anhoej", "--screen" if screened == "1" else "--no-screen")
    run("spc", GOLDENS / "xmr_points.csv", "--series", series, *how, "--out", tmp_path / "out")
    ours = {(row["series_id"], row["start_idx"]): row for row in read(tmp_path / "out" / "phases.csv")}
    exact = ("part", "n_obs", "n_useful", "longest_run", "longest_run_max", "n_crossings", "n_crossings_min")
    exact += ("runs_signal", "n_sigma_signal", "sigma_signal_idx")
    assert len(ours) == len(theirs) > 700
    for row in theirs:
        mine = ours[row["series_id"], row["start_idx"]]
        assert [mine[name] for name in exact] == [row[name] for name in exact], (row, mine)
        lines = ("cl", "lcl", "lcl95", "ucl95", "ucl")
        for name in lines if kind != "mr" or row["cl"] else ("cl",):  # the peer draws zero where it has no range at all
            assert agrees(mine[name], row[name]), (row, name, mine[name])


PBI_LINES = {"cl": "cl", "lcl": "ll99", "lcl95": "ll95", "ucl95": "ul95", "ucl": "ul99"}


@pytest.mark.parametrize("screened", ["1", "0"])
@pytest.mark.parametrize("kind", ["i", "i_m", "i_mm"])
def test_charts_of_single_values_have_the_lines_and_flags_of_powerbi(tmp_path, kind, screened):
    """Where there is no gap; a phase without variation has no flags here, and a point between two patterns has both."""
    series = write(tmp_path / "series.csv", fixed_where_no_rebase({"", "0"}))
    how = ("--chart", kind, "--rule-set", "pbi-1.7", "--screen" if screened == "1" else "--no-screen")
    run("spc", GOLDENS / "xmr_points.csv", "--series", series, *how, "--out", tmp_path / "out")
    complete, ending, compared = whole("xmr_points", "y"), f".scr{screened}", 0
    phases = {(row["series_id"], row["start_idx"]): row for row in read(tmp_path / "out" / "phases.csv")}
    for row in golden("xmr_pbi_phases"):
        name = row["case_id"].partition(".")[0]
        if row["chart"] == kind and row["case_id"].endswith(ending) and name in complete:
            mine = phases[name, row["start_idx"]]
            assert all(agrees(mine[ours], row[other]) for ours, other in PBI_LINES.items()), (row, mine)
            compared += 1
    assert compared > 500
    if kind != "i":
        return
    flagged = {
        (row["case_id"].partition(".")[0], row["idx"]): row
        for row in golden("xmr_pbi_points")
        if row["chart"] == kind and row["case_id"].endswith(ending)
    }
    rules = {"outside": "astpoint", "shift": "shift7", "two_of_three": "two_in_three"}
    fired = 0
    for row in read(tmp_path / "out" / "points.csv"):
        if row["series_id"] not in complete or row["lcl"] == row["ucl"]:
            continue
        theirs = flagged.get((row["series_id"], row["idx"]), dict.fromkeys(rules.values(), "none"))
        causes = {cause.partition(":")[0] for cause in row["causes"].split(";")}
        for rule, column in rules.items():
            assert (rule in causes) == (theirs[column] != "none"), (row, theirs)
            fired += rule in causes
    assert fired > 1000


@pytest.mark.parametrize("kind", ["p", "u", "c", "g", "t"])
def test_charts_of_counts_have_the_lines_of_powerbi(tmp_path, kind):
    given = (GOLDENS / "attr_points.csv", "--series", GOLDENS / "attr_series.csv")
    run("spc", *given, "--chart", kind, "--rule-set", "pbi-1.7", "--out", tmp_path)
    complete = whole("attr_points", "numerator")
    if kind in {"p", "u"}:
        complete &= whole("attr_points", "denominator")
    ours = {(row["series_id"], row["idx"]): row for row in read(tmp_path / "points.csv")}
    compared = 0
    for row in golden("attr_pbi_points"):
        if row["chart"] == kind and row["series_id"] in complete:
            mine = ours[row["series_id"], row["idx"]]
            assert all(agrees(mine[name], row[other]) for name, other in {"y": "y", **PBI_LINES}.items()), (row, mine)
            assert mine["sigma_signal"] == str(int(row["astpoint"] != "none"))
            compared += 1
    assert compared > 400


QCC = {
    "we": {"we1": "outside", "we2": "two_of_three", "we3": "four_of_five", "we4": "shift"},
    "nelson": {"nel2": "shift", "nel3": "trend", "nel4": "alternating", "nel7": "within", "nel8": "beyond"},
}


@pytest.mark.parametrize("rules", QCC)
def test_western_electric_and_nelson_fire_where_qcc_says(tmp_path, rules):
    """The vectors name a baseline by another column than the command, so that the file of series is written anew."""
    names = {"series_id": "series_id", "baseline_n": "fix_after_n_points"}
    rows = [{new: row[old] for old, new in names.items()} | {"rebase_idx": ""} for row in golden("cusum_series")]
    series = write(tmp_path / "series.csv", rows)
    how = ("--chart", "i", "--rule-set", rules, "--out", tmp_path / "out")
    run("spc", GOLDENS / "cusum_points.csv", "--series", series, *how)
    fired = 0
    points = groupby(read(tmp_path / "out" / "points.csv"), key=lambda row: row["series_id"])
    ours = {name: [(row["idx"], row["causes"]) for row in part] for name, part in points}
    for row in golden("cusum_qcc_series"):
        for column, rule in QCC[rules].items():
            found = [idx for idx, causes in ours[row["series_id"]] if f"{rule}:" in causes]
            assert ";".join(found) == row[column], (row["series_id"], column)
            fired += len(found)
    assert fired > 20


@pytest.mark.parametrize("command", ["cusum", "bernoulli"])
def test_sums_are_written_as_they_are_recorded(tmp_path, command):
    short, peer = {"cusum": ("cusum", "qcc"), "bernoulli": ("bcusum", "qicharts2")}[command]
    run(command, GOLDENS / f"{short}_points.csv", "--series", GOLDENS / f"{short}_series.csv", "--out", tmp_path)
    ours, theirs = read(tmp_path / "points.csv"), golden(f"{short}_{peer}_points")
    assert list(ours[0]) == list(theirs[0]) and len(ours) == len(theirs)
    for mine, other in zip(ours, theirs, strict=True):
        for name, cell in other.items():
            same = mine[name] == cell or isclose(
                float(mine[name] or "nan"), float(cell or "nan"), rel_tol=1e-9, abs_tol=1e-11
            )
            assert same, (other, name, mine[name])
