"""``sightline cusum`` and ``bernoulli``: what they write, by hand, and what they say to a file that they cannot use."""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import sys
from itertools import count

import pytest

from sightline.cli import bernoulli, cusum

SERIES = "series_id,kind,n,ewma_lambda,cusum_decision_interval,cusum_se_shift,baseline_n\n"
POINTS = "series_id,idx,y\n"
CASES = "series_id,n,target,odds_ratio,limit\n"
OUTCOMES = "series_id,idx,x\n"


@pytest.fixture
def run_on(tmp_path):
    """Write two files and run a command on them; gives the exit code and a reader for what came out."""

    def go(command, series, points, *options):
        for name, text in (("series.csv", series), ("points.csv", points)):
            (tmp_path / name).write_text(text, encoding="utf-8")
        parser = argparse.ArgumentParser()
        command.add_arguments(parser)
        given = [str(tmp_path / "points.csv"), "--series", str(tmp_path / "series.csv"), "--out", str(tmp_path / "out")]
        code = command.handle(parser.parse_args([*given, *options]))

        def table(name):
            with (tmp_path / "out" / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
                return list(csv.DictReader(stream))

        return code, table

    return go


def points_of(name, values):
    return "".join(f"{name},{i},{'' if value is None else value}\n" for i, value in enumerate(values))


SAW = [4.0, 5.0] * 4


def test_sums_and_averages_rest_on_the_baseline_and_wait_at_a_gap(run_on, capsys):
    code, table = run_on(cusum, SERIES + "a,,11,0.5,4,1,8\n", POINTS + points_of("a", [*SAW, 8.5, None, 8.5]))
    assert code == 0
    (one,) = table("series")
    assert (one["center"], one["status"]) == ("4.5", "ok")
    assert float(one["std_dev"]) == pytest.approx(1 / 1.128)
    points = table("points")
    # Each value lies 4 × 1.128 = 4.512 deviations above the centre, less half the shift; one of the saw's teeth before.
    assert float(points[8]["cusum_pos"]) == pytest.approx(0.5 * 1.128 - 0.5 + 4.012)
    assert points[9]["cusum_pos"] == points[8]["cusum_pos"]
    assert [row["cusum_signal_up"] for row in points[7:]] == ["0", "1", "0", "1"]
    assert [row["ewma_signal"] for row in points[7:]] == ["0", "1", "0", "1"]
    assert "1 series, 11 points: the sums signal in 1, the EWMA in 1 of them." in capsys.readouterr().out


def test_a_sum_goes_on_after_a_signal_from_where_the_option_says(run_on):
    values = POINTS + points_of("a", [*SAW, 8.5, 8.5])
    found = {}
    for restart in ("never", "zero", "half"):
        _, table = run_on(cusum, SERIES + "a,,,0.5,4,1,8\n", values, "--restart", restart)
        found[restart] = float(table("points")[-1]["cusum_pos"])
    assert found["zero"] == pytest.approx(4.012)
    assert found["half"] == pytest.approx(6.012)
    assert found["never"] == pytest.approx(8.024 + 0.5 * 1.128 - 0.5)


def test_a_series_without_variation_has_no_sums_and_no_signals(run_on):
    code, table = run_on(cusum, SERIES + "a,,,0.5,4,1,4\n", POINTS + points_of("a", [5, 5, 5, 5, 9]))
    assert code == 0
    assert table("series")[0]["status"] == "no_variation"
    assert {row["cusum_pos"] + row["ewma_ucl"] for row in table("points")} == {""}
    assert {row["cusum_signal_up"] + row["ewma_signal"] for row in table("points")} == {"00"}


def test_cases_are_summed_against_the_risk_of_the_first_ones(run_on, capsys):
    code, table = run_on(bernoulli, CASES + "a,,4,2,1.1\n", OUTCOMES + points_of("a", [1, 0, 0, 1, 1, 1, 1]))
    assert code == 0
    rows = table("points")
    assert (rows[0]["p0"], float(rows[0]["p1"])) == ("0.5", pytest.approx(2 / 3))
    assert [row["signal_up"] for row in rows] == ["0"] * 6 + ["1"]
    assert rows[-1]["cusum_up"] == "0"
    assert "1 series, 7 cases: 1 signals." in capsys.readouterr().out


def test_each_case_has_its_own_risk_where_the_file_gives_it(run_on):
    points = "series_id,idx,x,risk\na,0,1,0.01\na,1,1,0.5\na,2,0,\n"
    code, table = run_on(bernoulli, CASES + "a,,0.1,2,9\n", points)
    assert code == 0
    rows = table("points")
    assert float(rows[0]["cusum_up"]) == pytest.approx(0.6831968, abs=1e-6)  # log(2 / 1.01)
    assert float(rows[1]["cusum_up"]) == pytest.approx(0.6831968 + 0.2876821, abs=1e-6)  # log(2 / 1.5)
    assert (rows[2]["cusum_up"], rows[2]["p0"]) == (rows[1]["cusum_up"], "")


def test_cases_without_any_event_to_take_a_risk_from_are_named_and_not_summed(run_on, capsys):
    code, table = run_on(bernoulli, CASES + "a,,3,2,1\n", OUTCOMES + points_of("a", [0, 0, 0, 1, 1, 1]))
    assert code == 0
    assert {row["cusum_up"] for row in table("points")} == {""}
    assert not any(row["signal_up"] == "1" for row in table("points"))
    assert "No sum could be run for a" in capsys.readouterr().out


def test_json_answers_are_one_object(run_on, capsys):
    run_on(cusum, SERIES + "a,,,0.5,4,1,\n", POINTS + points_of("a", SAW), "--json")
    assert json.loads(capsys.readouterr().out)["points"] == 8
    run_on(bernoulli, CASES + "a,,0.5,2,4\n", OUTCOMES + points_of("a", [1, 0]), "--json")
    assert json.loads(capsys.readouterr().out)["signals"] == 0


GOOD, GOOD_CASES = SERIES + "a,,,0.5,4,1,\n", CASES + "a,,0.5,2,4\n"
SOME = POINTS + points_of("a", SAW)


@pytest.mark.parametrize(
    ("command", "series", "points", "says"),
    [
        (cusum, GOOD, POINTS + "a,0,x\n", "points.csv: Line 2, column “y”: “x” is not a number."),
        (cusum, GOOD, POINTS + "a,0,1\na,2,1\n", "Line 3, column “idx”: idx is 2 where 1 comes next in series “a”."),
        (cusum, GOOD, SOME + "zz,0,1\n", "Line 10, column “series_id”: series “zz” has no row in the series file."),
        (cusum, GOOD, POINTS, "Line 2: series “a” has no points."),
        (cusum, SERIES, POINTS, "there are no series."),
        (cusum, SERIES + "a,,3,0.5,4,1,\n", SOME, "column “n”: series “a” says 3 points and has 8."),
        (
            cusum,
            SERIES + "a,,,1.5,4,1,\n",
            SOME,
            "column “ewma_lambda”: 1.5 makes no sense here. Write a number above 0,",
        ),
        (cusum, SERIES + "a,,,,4,1,\n", SOME, "column “ewma_lambda”: the cell is empty."),
        (cusum, SERIES + "a,,,0.5,-4,1,\n", SOME, "column “cusum_decision_interval”: -4 makes no sense here."),
        (cusum, SERIES + "a,,,0.5,4,x,\n", SOME, "column “cusum_se_shift”: “x” is not a number."),
        (cusum, SERIES + "a,,,0.5,4,1,2.5\n", SOME, "column “baseline_n”: “2.5” is not a whole number."),
        (cusum, SERIES + "a,,,0.5,4,1,\n" * 2, SOME, "Line 3, column “series_id”: the series is named twice."),
        (cusum, SERIES + ",,,0.5,4,1,\n", POINTS, "Line 2, column “series_id”: the name is empty."),
        (cusum, GOOD, "series_id,idx\n", "Line 1: there is no column y."),
        (bernoulli, GOOD_CASES, OUTCOMES + "a,0,2\n", "Line 2, column “x”: 2 is no outcome. Write 1 where"),
        (bernoulli, GOOD_CASES, "series_id,idx,x,risk\na,0,1,1\n", "Line 2, column “risk”: 1 is no risk."),
        (bernoulli, CASES + "a,,1,2,4\n", OUTCOMES, "column “target”: 1 is neither a risk nor a number of cases."),
        (bernoulli, CASES + "a,,1.5,2,4\n", OUTCOMES, "column “target”: 1.5 is neither a risk"),
        (bernoulli, CASES + "a,,0.5,1,4\n", OUTCOMES, "column “odds_ratio”: 1 makes no sense here."),
        (bernoulli, CASES + "a,,0.5,2,0\n", OUTCOMES, "column “limit”: 0 makes no sense here."),
    ],
    ids=count(),
)
def test_what_cannot_be_used_is_answered_with_its_mend(run_on, capsys, tmp_path, command, series, points, says):
    code, _ = run_on(command, series, points)
    assert code == 2
    told = capsys.readouterr().err
    assert says in told and told.endswith("Nothing was written.\n")
    assert not (tmp_path / "out").exists()


def test_limits_that_make_no_sense_are_refused(run_on, capsys):
    assert run_on(cusum, GOOD, SOME, "--distance", "0")[0] == 2
    assert "standard errors away make no sense" in capsys.readouterr().err


def test_faults_beyond_the_first_fifty_are_counted(run_on, capsys):
    run_on(cusum, GOOD, POINTS + "".join(f"a,{i},x\n" for i in range(80)), "--json")
    faults = json.loads(capsys.readouterr().out)["faults"]
    assert len(faults) == 51 and faults[-1] == "30 more faults are not shown."


@pytest.mark.parametrize("name", ["cusum", "bernoulli"])
def test_help_is_quick_because_it_does_not_load_numpy(name):
    script = f"import sys, argparse; import sightline.cli.{name} as s; s.add_arguments(argparse.ArgumentParser()); "
    script += "sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
