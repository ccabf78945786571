"""``sightline spc --chart``: what it writes, by hand, and what it says to files that it cannot use."""

from __future__ import annotations

import argparse
import csv
import json

import pytest

from sightline.cli import spc

SERIES = "series_id,charts,part_idx,freeze_n\n"
POINTS = "series_id,idx,numerator,denominator\n"
VALUE_SERIES = "series_id,rebase_idx,fix_after_n_points\n"
VALUES = "series_id,idx,y\n"
DATED = "series_id,idx,date,y\n"
MEDIAN_SERIES = "series_id,med_rows,runlength,direction\n"


@pytest.fixture
def drawn(tmp_path):
    """Write two files and run; gives the exit code and a reader for what came out."""

    def go(chart, series, points, *options):
        (tmp_path / "series.csv").write_text(series, encoding="utf-8")
        (tmp_path / "points.csv").write_text(points, encoding="utf-8")
        parser = argparse.ArgumentParser()
        spc.add_arguments(parser)
        given = [str(tmp_path / "points.csv"), "--series", str(tmp_path / "series.csv"), "--out", str(tmp_path / "out")]
        how = ["--chart", chart] if chart else []
        code = spc.handle(parser.parse_args([*given, *how, *options]))

        def table(name):
            with (tmp_path / "out" / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
                return list(csv.DictReader(stream))

        return code, table

    return go


def rows(name, points):
    return "".join(f"{name},{i},{','.join(str(cell) for cell in cells)}\n" for i, cells in enumerate(points))


def test_a_p_chart_says_of_each_point_its_limits_and_why_it_is_special(drawn, capsys):
    points = [*[(10, 100)] * 20, (30, 100), (3, 10)]
    code, table = drawn("p", SERIES + "a,p;u,,20\nb,u,,\n", POINTS + rows("a", points) + rows("b", [(1, 2)]))
    assert code == 0
    found = table("points")
    assert {row["series_id"] for row in found} == {"a"}
    assert (found[20]["y"], found[20]["n"], found[20]["cl"]) == ("0.29999999999999999", "100", "0.10000000000000001")
    assert (found[20]["causes"], found[20]["sigma_signal"]) == ("outside:high", "1")
    assert (found[21]["causes"], found[21]["sigma_signal"]) == ("", "0")
    assert float(found[20]["ucl"]) < float(found[21]["ucl"]) and found[21]["lcl"] == "0"
    (phase,) = table("phases")
    assert (phase["n_obs"], phase["n_sigma_signal"], phase["sigma_signal_idx"], phase["ucl"]) == ("22", "1", "20", "")
    assert "1 series, 22 points: 1 points of special cause under mdc-2023" in capsys.readouterr().out


def test_remarks_tell_gaps_and_the_chart_that_would_suit_better(drawn):
    code, table = drawn("c", SERIES + "a,c,,\n", POINTS + rows("a", [(0, ""), ("", ""), (0, ""), (1, "")]))
    assert code == 0
    assert [row["kind"] for row in table("remarks")] == ["gap", "short_phase", "other_chart"]
    assert "2 of 3 periods have none" in table("remarks")[-1]["says"]


def test_rows_of_one_index_are_one_subgroup(drawn):
    points = "a,0,9\na,0,11\na,1,10\na,1,12\na,1,\n"
    code, table = drawn("xbar", VALUE_SERIES + "a,,\n", VALUES + points)
    assert code == 0
    assert [(row["y"], row["n"]) for row in table("points")] == [("10", "2"), ("11", "2")]


def test_a_rebase_begins_a_new_part_and_every_rule_of_the_set_is_read(drawn, capsys):
    values = [(one,) for one in [*[1, 2] * 8, *[7, 8] * 8]]
    options = ("--rule-set", "nelson", "--json")
    code, table = drawn("i", VALUE_SERIES + "a,16,\n", VALUES + rows("a", values), *options)
    assert code == 0
    assert [row["start_idx"] for row in table("phases")] == ["0", "16"]
    assert "alternating:none" in table("points")[13]["causes"]
    summary = json.loads(capsys.readouterr().out)
    assert (summary["chart"], summary["rule_set"], summary["status"]) == ("i", "nelson", {"ok": 1})


def test_medians_are_taken_anew_after_a_sustained_run(drawn, capsys):
    points = [(f"2025-{month:02}-01", value) for month, value in enumerate([5, 4, 6, 9, 8, 7], 1)]
    code, table = drawn(
        "run-medians",
        MEDIAN_SERIES + "a,3,3,above\nb,4,3,both\n",
        "series_id,idx,date,y\n" + rows("a", points) + "b,0,2025-01-01,1\n",
    )
    assert code == 0
    assert [(row["run_type"], row["median"], row["start_date"]) for row in table("medians")] == [
        ("baseline", "5", "2025-01-01"),
        ("sustained", "8", "2025-04-01"),
        ("", "", ""),
    ]
    assert table("medians")[2]["status"].startswith("fewer than 4 points")
    assert "2 series, 2 medians." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("chart", "series", "points", "says"),
    [
        ("p", SERIES + "a,p,,\n", POINTS + "a,0,12,10\n", "Series “a”. Point 0: the numerator is more than"),
        ("p", SERIES + "a,p,,\n", POINTS + "a,0,inf,10\n", "“inf” is not a number"),
        ("u", SERIES + "a,p,,\n", POINTS + "a,0,1,10\n", "there are no series for chart “u”"),
        ("p", SERIES + "a,p,,\na,p,,\n", POINTS + "a,0,1,10\n", "the series is named twice"),
        ("p", SERIES + "a,p,,\n", POINTS + "z,0,1,10\n", "series “z” has no row"),
        ("p", SERIES + "a,p,,\n", POINTS + "a,1,1,10\n", "idx is 1 where 0 comes next"),
        ("p", SERIES + "a,p,4,\n", POINTS + "a,0,1,10\n", "point 4 lies after the last one, 0"),
        ("p", SERIES + "a,p,,\n", POINTS, "series “a” has no points"),
        ("p", SERIES + ",p,,\n", POINTS, "the name is empty"),
        ("p", VALUE_SERIES + "a,,\n", POINTS, "there is no column part_idx, freeze_n"),
        ("i", VALUE_SERIES + "a,,x\n", VALUES + "a,0,1\n", "“x” is not a whole number"),
        ("run-medians", MEDIAN_SERIES + "a,0,3,up\n", DATED + "a,0,2025-01-01,1\n", "0 points are none"),
        ("run-medians", MEDIAN_SERIES + "a,3,3,up\n", DATED + "a,0,2025-01-01,1\n", "“up” is not known"),
    ],
)
def test_what_cannot_be_used_is_refused_with_the_place_and_nothing_is_written(
    drawn, tmp_path, capsys, chart, series, points, says
):
    code, _ = drawn(chart, series, points)
    assert code == 2
    assert says in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_rule_set_that_only_charts_know_is_refused_without_one(drawn, capsys):
    series = "series_id,improvement_direction,target,fix_after_n_points,rebase_idx\na,neutral,,,\n"
    code, _ = drawn(None, series, DATED + "a,0,,1\n", "--rule-set", "we")
    assert code == 2
    assert "It is read with --chart i." in capsys.readouterr().err
