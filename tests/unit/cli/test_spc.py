"""``sightline spc``: what it writes, by hand, and what it says to a file that it cannot use."""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import sys
from itertools import count

import pytest

from sightline.cli import spc
from sightline.core.verdict import Invalid

SERIES = "series_id,source,kind,n,improvement_direction,target,fix_after_n_points,rebase_idx\n"
POINTS = "series_id,idx,date,y\n"
SAW = [4.0, 5.0] * 10


def points_of(name, values):
    days = [f"{2000 + i // 12}-{i % 12 + 1:02}-01" for i in range(len(values))]
    return "".join(f"{name},{i},{days[i]},{'' if v is None else v}\n" for i, v in enumerate(values))


@pytest.fixture
def spc_on(tmp_path):
    """Write two files and run; gives the exit code and a reader for what came out."""

    def go(series, points, *options):
        for name, text in (("series.csv", series), ("points.csv", points)):
            (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
        parser = argparse.ArgumentParser()
        spc.add_arguments(parser)
        given = [str(tmp_path / "points.csv"), "--series", str(tmp_path / "series.csv"), "--out", str(tmp_path / "out")]
        code = spc.handle(parser.parse_args([*given, *options]))

        def table(name):
            with (tmp_path / "out" / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
                return list(csv.DictReader(stream))

        return code, table

    return go


def test_three_files_say_what_was_found(spc_on, capsys):
    code, table = spc_on(SERIES + "a,,,22,decrease,8,20,\n", POINTS + points_of("a", [*SAW, None, 9.5]))
    assert code == 0
    (case,) = table("cases")
    assert case["case_id"] == "a.scr0"
    assert (case["variation_type"], case["variation_icon"]) == ("special_cause_concern", "concern_high.svg")
    assert (case["assurance_type"], case["assurance_icon"]) == ("consistent_pass", "pass.svg")
    assert (case["n_special"], case["status"]) == ("1", "ok")
    (phase,) = table("phases")
    assert (phase["start_idx"], phase["n"], phase["n_valid"]) == ("0", "22", "21")
    assert (phase["mean"], phase["amr"], phase["upl"]) == ("4.5", "1", "7.1600000000000001")
    points = table("points")
    assert [row["special_cause_type"] for row in points[-3:]] == ["Common Cause", "Common Cause", "Above UCL"]
    assert points[-2]["boundary_margin"] == ""
    assert "22 points: 1 points of special cause" in capsys.readouterr().out


def test_columns_without_suffix_follow_the_rule_set_and_the_others_never_change(spc_on):
    values = [*SAW, 8.5, 4.9, 6.9]
    found = {}
    for name in ("mdc-2023", "ptd-0.2.2"):
        code, table = spc_on(SERIES + "a,,,,increase,,20,\n", POINTS + points_of("a", values), "--rule-set", name)
        assert code == 0
        last = table("points")[-1]
        found[name] = (last["r_2in3"], last["special_cause_type"], last["r_2in3_mdc2023"], last["point_type_mdc2023"])
    assert found["mdc-2023"] == ("1", "2 in 3 Above CL", "1", "special_cause_improvement")
    assert found["ptd-0.2.2"] == ("0", "Common Cause", "1", "special_cause_improvement")


@pytest.mark.parametrize(
    ("options", "screened"),
    [
        (["--rule-set", "mdc-2023"], "0"),
        (["--rule-set", "ptd-0.2.2"], "1"),
        (["--rule-set", "mdc-2023", "--screen"], "1"),
        (["--rule-set", "ptd-0.2.2", "--no-screen"], "0"),
    ],
)
def test_screening_follows_the_rule_set_unless_it_is_asked_for(spc_on, options, screened):
    _, table = spc_on(SERIES + "a,,,,increase,,,\n", POINTS + points_of("a", [*SAW, 60.0, *SAW]), *options)
    assert table("cases")[0]["screen_outliers"] == screened
    assert table("cases")[0]["case_id"] == f"a.scr{screened}"
    assert (float(table("phases")[0]["amr"]) > 3) is (screened == "0")


def test_json_answer_is_one_object(spc_on, capsys):
    spc_on(SERIES + "a,,,,increase,,,\nb,,,,neutral,,,1\n", POINTS + "a,0,,1\nb,0,,1\nb,1,,2\n", "--json")
    answer = json.loads(capsys.readouterr().out)
    assert (answer["series"], answer["points"], answer["phases"], answer["cases"]) == (2, 3, 3, 2)
    assert answer["rule_set"] == "mdc-2023" and answer["screened"] is False


GOOD_SERIES = SERIES + "a,,,3,increase,,,\n"
GOOD_POINTS = POINTS + points_of("a", [1.0, 2.0, 3.0])


@pytest.mark.parametrize(
    ("series", "points", "says"),
    [
        (GOOD_SERIES, POINTS + "a,0,2020-01-01,x\n", "points.csv: Line 2, column “y”: “x” is not a number."),
        (GOOD_SERIES, POINTS + "a,0,2020-01-01,nan\n", "“nan” is not a number. Write it as 12.5"),
        (GOOD_SERIES, POINTS + "a,0,2020-01-01,inf\n", "“inf” is not a number."),
        (GOOD_SERIES, POINTS + "a,0,2020-01-01,1e999\n", "“1e999” is not a number."),
        (GOOD_SERIES, POINTS + "a,0,2020-01-01,1_0\n", "“1_0” is not a number."),
        (GOOD_SERIES, POINTS + "a,0,2020-13-01,1\n", "column “date”: “2020-13-01” is not a date."),
        (GOOD_SERIES, POINTS + "a,１,2020-01-01,1\n", "column “idx”: “１” is not a whole number."),
        (GOOD_SERIES, POINTS + "a,0,,1\na,2,,1\n", "Line 3, column “idx”: idx is 2 where 1 comes next"),
        (GOOD_SERIES, POINTS + "a,0,2020-02-01,1\na,1,2020-01-01,1\n", "2020-01-01 does not come after 2020-02-01."),
        (GOOD_SERIES, POINTS + "a,0,2020-01-01\n", "Line 2: 3 cells stand under 4 columns."),
        (GOOD_SERIES, POINTS + 'a,0,2020-01-01,"1\n', "Line 2: the row cannot be read"),
        (GOOD_SERIES, GOOD_POINTS + "zz,0,,1\n", "Line 5, column “series_id”: series “zz” has no row"),
        (
            GOOD_SERIES,
            POINTS + points_of("a", [1.0]),
            "Line 2, column “n”: series “a” says 3 points and has 1.",
        ),
        (GOOD_SERIES, "series_id,idx,date\n", "Line 1: there is no column y."),
        (GOOD_SERIES, "series_id,idx,date,y,y\n", "Line 1: column y stands twice."),
        (GOOD_SERIES, "", "there is nothing in it."),
        (GOOD_SERIES, GOOD_POINTS.encode("utf-16"), "Line 1: the text is not UTF-8."),
        (GOOD_SERIES, GOOD_POINTS + "\0", "Line 5: there is a NUL byte."),
        (SERIES, POINTS, "there are no series."),
        (SERIES + "a,,,,up,,,\n", GOOD_POINTS, "column “improvement_direction”: “up” is not known."),
        (SERIES + "a,,,,increase,,0.5,\n", GOOD_POINTS, "column “fix_after_n_points”: “0.5” is not a whole number."),
        (SERIES + "a,,,,increase,,,1;x\n", GOOD_POINTS, "column “rebase_idx”: “x” is not a whole number."),
        (SERIES + "a,,,,increase,,,3\n", GOOD_POINTS, "point 3 lies after the last one, 2."),
        (SERIES + "a,,,,increase,,,\n" * 2, GOOD_POINTS, "Line 3, column “series_id”: the series is named twice."),
        (SERIES + "a,,,,increase,,,\nb,,,,increase,,,\n", GOOD_POINTS, "Line 3: series “b” has no points."),
        (SERIES + ",,,,increase,,,\n", POINTS, "Line 2, column “series_id”: the name is empty."),
    ],
    ids=count(),
)
def test_a_file_that_cannot_be_used_is_answered_with_line_and_mend(spc_on, capsys, tmp_path, series, points, says):
    code, _ = spc_on(series, points)
    assert code == 2
    assert says in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_all_faults_are_told_at_once_and_a_refused_series_is_not_told_again_for_its_points(spc_on, capsys):
    spc_on(SERIES + "a,,,,up,,,\n", POINTS + "a,0,,x\na,1,,y\n", "--json")
    answer = json.loads(capsys.readouterr().out)
    assert len(answer["faults"]) == 3
    assert answer["error"]


def test_faults_beyond_the_first_fifty_are_counted(spc_on, capsys):
    rows = "".join(f"a,{i},,x\n" for i in range(80))
    spc_on(GOOD_SERIES, POINTS + rows, "--json")
    faults = json.loads(capsys.readouterr().out)["faults"]
    assert len(faults) == 51
    assert faults[-1] == "30 more faults are not shown."


def test_a_line_is_counted_as_an_editor_counts_it_after_a_cell_of_two_lines(spc_on, capsys):
    spc_on(SERIES + 'a,"two\nlines",,,increase,,,\nb,,,,up,,,\n', GOOD_POINTS)
    assert "series.csv: Line 4, column “improvement_direction”" in capsys.readouterr().err


def test_a_byte_order_mark_and_windows_line_ends_are_no_fault(spc_on):
    code, table = spc_on(GOOD_SERIES.encode("utf-8-sig"), GOOD_POINTS.replace("\n", "\r\n"))
    assert code == 0
    assert len(table("points")) == 3


def test_a_path_that_is_not_there_is_named(tmp_path):
    with pytest.raises(Invalid, match=r"nowhere\.csv: No such file or directory\. Give the path"):
        spc.run(tmp_path / "nowhere.csv", tmp_path / "nothing.csv", "mdc-2023", None, tmp_path)
    with pytest.raises(Invalid, match="There is no rule set “x”"):
        spc.run(tmp_path / "nowhere.csv", tmp_path / "nothing.csv", "x", None, tmp_path)


def test_an_out_that_is_a_file_is_refused_with_its_mend(spc_on, tmp_path, capsys):
    (tmp_path / "out").write_text("mine")
    code, _ = spc_on(GOOD_SERIES, GOOD_POINTS)
    assert code == 2
    assert "Give --out a folder" in capsys.readouterr().err
    assert (tmp_path / "out").read_text() == "mine"


def test_help_is_quick_because_it_does_not_load_numpy():
    script = "import sys, argparse; import sightline.cli.spc as s; s.add_arguments(argparse.ArgumentParser()); "
    script += "sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
