"""Holds charts of every kind against the reference vectors: lines to nine digits, flags and runs exactly.

Where a peer is wrong, or does otherwise than we choose to, the test says so by name and holds us to our own choice.
"""

from __future__ import annotations

import csv
import os
from collections import defaultdict
from dataclasses import replace
from functools import cache
from math import isclose, isfinite, nan
from pathlib import Path

import numpy as np
import pytest

from sightline.cli.spc import run_chart
from sightline.core.signals import Rule, Side
from sightline.core.statistics.charts import Chart, ChartInput, draw
from sightline.core.statistics.kinds import ChartKind
from sightline.core.statistics.marks import causes
from sightline.core.statistics.rulesets import ANHOEJ, MDC_2023, NELSON, PBI_1_7, WESTERN_ELECTRIC, Flagged
from sightline.core.statistics.runs import Runs, Towards, take_medians

GOLDENS = Path(os.environ.get("SIGHTLINE_SHARED", Path(__file__).resolve().parents[3] / "shared")) / "goldens"

pytestmark = [
    pytest.mark.reference,
    pytest.mark.skipif(not GOLDENS.is_dir(), reason=f"the reference vectors are not at {GOLDENS}"),
]

RUNS = ("n_useful", "longest_run", "longest_run_max", "n_crossings", "n_crossings_min", "runs_signal")


def read(name):
    with (GOLDENS / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@cache
def figures(name, *columns):
    """Series → its points in order, each a tuple of numbers, NaN where the cell is empty."""
    found = defaultdict(list)
    for row in read(name):
        found[row["series_id"]].append(tuple(float(row[column]) if row[column] else nan for column in columns))
    return {series: np.array(points) for series, points in found.items()}


@cache
def about(name):
    return {row["series_id"]: row for row in read(name)}


def grouped(name, *columns):
    found = defaultdict(list)
    for row in read(name):
        found[tuple(row[column] for column in columns)].append(row)
    return found


def agrees(ours, cell):
    if cell == "":
        return not isfinite(ours)
    return isclose(float(ours), float(cell), rel_tol=1e-9, abs_tol=1e-12)


def runs_cells(runs: Runs) -> tuple[str, ...]:
    found = (runs.useful, runs.longest, runs.longest_max, runs.crossings, runs.crossings_min, int(runs.signals))
    return tuple("" if one is None else str(one) for one in found)


def phase_at(chart: Chart, index: int):
    return next(phase for phase in reversed(chart.phases) if phase.start <= index)


def beyond_limits(chart: Chart):
    """As the peers flag: beyond the lines as the arithmetic gives them, also where a phase does not vary."""
    lower, upper = chart.limits()
    return (chart.values > upper) | (chart.values < lower)


def attribute_chart(series_id, kind, bridged=False):
    row, points = about("attr_series")[series_id], figures("attr_points", "numerator", "denominator")[series_id]
    part, fixed = int(row["part_idx"] or 0), int(row["freeze_n"] or 0)
    kept = np.isfinite(points[:, 0]) & (np.isfinite(points[:, 1]) | (kind in {"c", "g", "t"}))
    if bridged:
        part, fixed, points = int(kept[:part].sum()), int(kept[:fixed].sum()), points[kept]
    given = ChartInput(ChartKind(kind), points[:, 0], points[:, 1], rebases=(part,), baseline=fixed)
    return draw(given, ANHOEJ), np.flatnonzero(kept)


def unfixed_i_prime(series_id, kind):
    """The peer takes I′ limits from all moving ranges, also where its centre line rests on a fixed baseline."""
    return kind == "ip" and about("attr_series")[series_id]["freeze_n"] != ""


def test_attribute_charts_agree_with_qicharts2():
    compared = excepted = 0
    for (series_id, kind), rows in grouped("attr_qicharts2_points", "series_id", "chart").items():
        chart, _ = attribute_chart(series_id, kind)
        (lower, upper), (lower2, upper2) = chart.shown(), chart.shown(2)
        outside = beyond_limits(chart)
        for row in rows:
            i = int(row["idx"])
            lines = {"y": chart.values, "cl": chart.centre}
            drawn = {"lcl": lower, "ucl": upper, "lcl95": lower2, "ucl95": upper2}
            if unfixed_i_prime(series_id, kind):
                excepted += 1
            else:
                lines |= drawn
                assert row["sigma_signal"] == str(int(outside[i])), row
            for column, line in lines.items():
                assert agrees(line[i], row[column]), (row, column, line[i])
                compared += 1
            assert tuple(row[column] for column in RUNS) == runs_cells(phase_at(chart, i).runs), row
    assert compared > 110_000 and 0 < excepted < 250


def test_i_prime_limits_of_the_peer_on_a_fixed_baseline_are_those_of_the_whole_series():
    """Named above: shows that the difference is the baseline and nothing else."""
    for (series_id, kind), rows in grouped("attr_qicharts2_points", "series_id", "chart").items():
        if not unfixed_i_prime(series_id, kind):
            continue
        points = figures("attr_points", "numerator", "denominator")[series_id]
        whole = draw(ChartInput(ChartKind.I_PRIME, points[:, 0], points[:, 1]), ANHOEJ)
        reach = whole.limits()[1] - whole.centre
        for row in rows:
            if row["ucl"]:
                assert agrees(float(row["cl"]) + reach[int(row["idx"])], row["ucl"])


def test_attribute_charts_agree_with_powerbi_once_its_gaps_are_bridged():
    compared = gaps = 0
    for (series_id, kind), rows in grouped("attr_pbi_points", "series_id", "chart").items():
        chart, kept = attribute_chart(series_id, kind, bridged=True)
        ours, _ = attribute_chart(series_id, kind)
        gaps += kind in {"pp", "up"} and len(kept) < len(ours.values)
        lines = [chart.shown(k)[side] for side, order in ((0, (3, 2, 1)), (1, (1, 2, 3))) for k in order]
        outside = beyond_limits(chart)
        at = {int(index): i for i, index in enumerate(kept)}
        for row in rows:
            i = at[int(row["idx"])]
            columns = ("y", "cl", "ll99", "ll95", "ll68", "ul68", "ul95", "ul99")
            for column, line in zip(columns, (chart.values, chart.centre, *lines), strict=True):
                assert agrees(line[i], row[column]), (row, column, line[i])
                compared += 1
            assert (row["astpoint"] != "none") == outside[i], row
    assert compared > 110_000 and gaps > 15


def rebases_of(row):
    return tuple(int(index) for index in row["rebase_idx"].split(";") if index)


def baseline_of(row, rebases):
    """The peers' charts were fixed only where there was no rebase."""
    return 0 if rebases else int(row["fix_after_n_points"] or 0)


def test_single_value_run_and_range_charts_agree_with_qicharts2():
    compared = 0
    for (series_id, kind, screened), rows in grouped("xmr_qicharts2_phases", "series_id", "chart", "screened").items():
        series, values = about("xmr_series")[series_id], figures("xmr_points", "y")[series_id][:, 0]
        rebases = rebases_of(series)
        given = ChartInput(ChartKind(kind), values, rebases=rebases, baseline=baseline_of(series, rebases))
        chart = draw(given, ANHOEJ, screen=screened == "1")
        outside = beyond_limits(chart)
        assert len(rows) == len(chart.phases)
        for row, phase in zip(rows, chart.phases, strict=True):
            assert (row["start_idx"], row["n_obs"]) == (str(phase.start), str(phase.n))
            limits = {3: phase.lines.shown(3), 2: phase.lines.shown(2)}
            lines = {"cl": phase.lines.centre, "ucl": limits[3][1][0], "ucl95": limits[2][1][0]}
            if kind != "mr" or row["cl"]:  # the peer draws a lower limit of zero where it has no range at all
                lines |= {"lcl": limits[3][0][0], "lcl95": limits[2][0][0]}
            for column, ours in lines.items():
                assert agrees(ours, row[column]), (row, column, ours)
                compared += 1
            assert tuple(row[column] for column in RUNS) == runs_cells(phase.runs), row
            found = [str(i) for i in range(phase.start, phase.stop) if outside[i]]
            assert row["sigma_signal_idx"] == ";".join(found), row
    assert compared > 20_000


@cache
def bridged(series_id):
    """What the peer saw: rows without a value dropped, their neighbours side by side."""
    series, values = about("xmr_series")[series_id], figures("xmr_points", "y")[series_id][:, 0]
    kept = np.flatnonzero(np.isfinite(values))
    rebases = tuple(index for index in rebases_of(series) if index)
    starts = tuple(int(np.searchsorted(kept, index)) for index in rebases)
    return values[kept], kept, starts, baseline_of(series, rebases)


def powerbi_chart(case_id, kind, rules=PBI_1_7):
    series_id, screened = case_id.split(".")
    values, kept, starts, baseline = bridged(series_id)
    return draw(ChartInput(ChartKind(kind), values, rebases=starts, baseline=baseline), rules, screened == "scr1"), kept


def test_single_value_charts_and_their_median_variants_agree_with_powerbi():
    compared = 0
    for (case_id, kind), rows in grouped("xmr_pbi_phases", "case_id", "chart").items():
        chart, kept = powerbi_chart(case_id, kind)
        for row in rows:
            start = int(np.searchsorted(kept, int(row["start_idx"])))
            lines = phase_at(chart, start).lines
            drawn = [lines.shown(k)[side][-1] for side, order in ((0, (3, 2, 1)), (1, (1, 2, 3))) for k in order]
            names = ("cl", "ll99", "ll95", "ll68", "ul68", "ul95", "ul99")
            for column, ours in zip(names, (lines.centre, *drawn), strict=True):
                assert agrees(ours, row[column]), (row, column, ours)
                compared += 1
    assert compared > 50_000


WORDS = {
    "increase": {Side.HIGH: "improvement", Side.LOW: "deterioration"},
    "decrease": {Side.HIGH: "deterioration", Side.LOW: "improvement"},
    "neutral": {Side.HIGH: "neutral_high", Side.LOW: "neutral_low"},
}
READINGS = {
    "astpoint": (PBI_1_7, Rule.OUTSIDE),
    "shift7": (PBI_1_7, Rule.SHIFT),
    "trend7": (replace(PBI_1_7, trend_points=7), Rule.TREND),
    "trend6": (replace(PBI_1_7, trend_points=6), Rule.TREND),
    "two_in_three": (PBI_1_7, Rule.TWO_OF_THREE),
    "two_in_three_series": (replace(PBI_1_7, two_of_three_flagged=Flagged.WHOLE), Rule.TWO_OF_THREE),
}


@pytest.mark.parametrize("kind", ["i", "run"])
@pytest.mark.parametrize("column", READINGS)
def test_every_flag_agrees_with_powerbi(kind, column):
    """A phase without variation is left out: the peer flags shifts in it, from differences that rounding made.

    Of a point that ends one pattern and begins the opposite one the peer keeps one side and we keep both.
    """
    rules, rule = READINGS[column]
    flagged = {(row["case_id"], row["idx"]): row[column] for row in read("xmr_pbi_points") if row["chart"] == kind}
    compared = both = fired = 0
    for case_id in {row["case_id"] for row in read("xmr_pbi_phases") if row["chart"] == kind}:
        words = WORDS[about("xmr_series")[case_id.split(".")[0]]["improvement_direction"]]
        chart, kept = powerbi_chart(case_id, kind, rules)
        for phase in chart.phases:
            for i in range(phase.start, phase.stop if phase.varies else phase.start):
                theirs = flagged.get((case_id, str(kept[i])), "none")
                ours = {words[side] for fired_rule, side in causes(int(chart.marks[i])) if fired_rule is rule}
                assert ours == {theirs} - {"none"} or (len(ours) == 2 and theirs in ours), (case_id, i, ours, theirs)
                compared, both, fired = compared + 1, both + (len(ours) == 2), fired + bool(ours)
    assert compared > 25_000 * (2 if kind == "i" else 1)
    assert both < 200 and (fired > 500 or (kind == "run" and rule in {Rule.OUTSIDE, Rule.TWO_OF_THREE}))


QCC = {
    **{"we1": (WESTERN_ELECTRIC, Rule.OUTSIDE), "we2": (WESTERN_ELECTRIC, Rule.TWO_OF_THREE)},
    **{"we3": (WESTERN_ELECTRIC, Rule.FOUR_OF_FIVE), "we4": (WESTERN_ELECTRIC, Rule.SHIFT)},
    **{"nel2": (NELSON, Rule.SHIFT), "nel3": (NELSON, Rule.TREND), "nel4": (NELSON, Rule.ALTERNATING)},
    **{"nel7": (NELSON, Rule.WITHIN), "nel8": (NELSON, Rule.BEYOND)},
}


def test_western_electric_and_nelson_rules_agree_with_qcc():
    fired = 0
    for row in read("cusum_qcc_series"):
        values = figures("cusum_points", "y")[row["series_id"]][:, 0]
        baseline = int(about("cusum_series")[row["series_id"]]["baseline_n"] or 0)
        for column, (rules, rule) in QCC.items():
            chart = draw(ChartInput(ChartKind.I, values, baseline=baseline), rules)
            lines = chart.phases[0].lines
            assert agrees(lines.centre, row["center"])
            assert agrees(lines.limits(1)[1][0] - lines.centre, row["std_dev"])
            assert agrees(lines.limits(3)[0][0], row["xbarone_lcl"]) and agrees(
                lines.limits(3)[1][0], row["xbarone_ucl"]
            )
            found = [str(i) for i in range(len(values)) if rule in {one for one, _ in chart.causes(i)}]
            assert ";".join(found) == row[column], (row["series_id"], column)
            fired += len(found)
    assert fired > 100


def test_median_lines_agree_with_runcharter():
    """Where too few rows follow the baseline for a run, the peer stops with an error and we give the baseline alone."""
    refused = compared = 0
    for (series_id,), rows in grouped("run_runcharter", "series_id").items():
        series = about("run_series")[series_id]
        dates = [row["date"] for row in read("run_points") if row["series_id"] == series_id]
        values = figures("run_points", "y")[series_id][:, 0]
        found = take_medians(values, int(series["med_rows"]), int(series["runlength"]), Towards(series["direction"]))
        if rows[0]["status"] != "ok":
            assert len(found) == 1 and len(values) - int(series["med_rows"]) < int(series["runlength"])
            refused += 1
            continue
        assert [(dates[one.start], dates[one.end]) for one in found] == [
            (row["start_date"], row["end_date"]) for row in rows
        ]
        assert all(agrees(one.value, row["median"]) for one, row in zip(found, rows, strict=True))
        compared += len(rows)
    assert (refused, compared) == (6, 89)


def test_limits_of_the_default_rule_set_are_those_of_the_pages():
    """The same vectors by the other road: mdc-2023 on an I chart, against NHSRplotthedots without screening."""
    compared = 0
    for (case_id,), rows in grouped("xmr_nhsrptd_phases", "case_id").items():
        series_id, screened = case_id.split(".")
        values = figures("xmr_points", "y")[series_id][:, 0]
        series = about("xmr_series")[series_id]
        baseline = int(series["fix_after_n_points"] or 0)
        chart = draw(
            ChartInput(ChartKind.I, values, rebases=rebases_of(series), baseline=baseline), MDC_2023, screened == "scr1"
        )
        for row in rows:
            lines = phase_at(chart, int(row["start_idx"])).lines
            drawn = (lines.limits(3)[0][0], lines.limits(3)[1][0], lines.limits(2)[0][0], lines.limits(2)[1][0])
            for column, ours in zip(("lpl", "upl", "near_lpl", "near_upl"), drawn, strict=True):
                assert agrees(ours, row[column]), (row, column, ours)
                compared += 1
    assert compared > 7000


NUMBERS = ("y", "cl", "lcl", "lcl95", "ucl95", "ucl")


@pytest.mark.parametrize("kind", ["p", "pp", "u", "up", "c", "g", "t", "ip"])
def test_the_command_writes_the_columns_of_the_vectors(kind, tmp_path):
    summary = run_chart(GOLDENS / "attr_points.csv", GOLDENS / "attr_series.csv", kind, "anhoej", None, tmp_path)
    with (tmp_path / "points.csv").open(encoding="utf-8", newline="") as stream:
        ours = {(row["series_id"], row["idx"]): row for row in csv.DictReader(stream)}
    theirs = [row for row in read("attr_qicharts2_points") if row["chart"] == kind]
    assert summary["points"] == len(ours) == len(theirs) > 600
    for row in theirs:
        mine = ours[row["series_id"], row["idx"]]
        assert all(mine[column] == row[column] for column in ("chart", "part", *RUNS)), (row, mine)
        # the peer leaves the denominator of a missing ratio out, and writes 1 where a chart has none
        assert not row["y"] or not mine["n"] or agrees(float(mine["n"]), row["n"])
        if unfixed_i_prime(row["series_id"], kind):
            continue
        assert mine["sigma_signal"] == row["sigma_signal"]
        # limits of no width are no ground to call a point special
        varies = mine["lcl"] != mine["ucl"]
        assert ("outside" in mine["causes"]) == (varies and row["sigma_signal"] == "1"), mine
        for column in NUMBERS:
            assert agrees(float(mine[column] or nan), row[column]), (row, mine)


def test_the_command_writes_medians_as_the_vectors_have_them(tmp_path):
    run_chart(GOLDENS / "run_points.csv", GOLDENS / "run_series.csv", "run-medians", "mdc-2023", None, tmp_path)
    with (tmp_path / "medians.csv").open(encoding="utf-8", newline="") as stream:
        ours = list(csv.DictReader(stream))
    theirs = read("run_runcharter")
    refused = {row["series_id"] for row in theirs if row["status"] != "ok"}
    assert [row for row in ours if row["series_id"] not in refused] == [row for row in theirs if row["status"] == "ok"]
