"""``ewma``, ``poisson``, ``evidence``, ``changes``, ``doubts`` and ``disclosure``: what they write, and what they refuse."""

from __future__ import annotations

import argparse
import csv
import json

import pytest

from sightline.cli import changes, cusum, disclosure, doubts, evidence, ewma, poisson
from sightline.cli.main import COMMANDS

Y = "series_id,idx,y\n"
EARLY_WARNINGS = (ewma, poisson, evidence, changes, doubts)
COLUMNS = {ewma: ("y",), poisson: ("observed", "expected"), evidence: ("z",), changes: ("y",), doubts: ("y",)}


def points(*columns, name="a", head=True):
    rows = "".join(
        f"{name},{i},{','.join(str(cell) for cell in cells)}\n" for i, cells in enumerate(zip(*columns, strict=True))
    )
    return (Y if head else "") + rows


@pytest.fixture
def run_on(tmp_path):
    """Write one file and run a command on it; gives the exit code and a reader for what came out."""

    def go(command, text, *options):
        (tmp_path / "in.csv").write_text(text, encoding="utf-8")
        parser = argparse.ArgumentParser()
        command.add_arguments(parser)
        code = command.handle(parser.parse_args([str(tmp_path / "in.csv"), "--out", str(tmp_path / "out"), *options]))

        def table(name):
            with (tmp_path / "out" / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
                return list(csv.DictReader(stream))

        return code, table

    return go


def test_each_is_a_command_that_needs_no_database():
    for module in (*EARLY_WARNINGS, disclosure):
        name = module.__name__.rpartition(".")[2]
        assert COMMANDS[name][0] == module.__name__ and COMMANDS[name][2] is False


def test_the_average_is_that_of_cusum_on_the_same_series(run_on, tmp_path, capsys):
    y = [20, 21, 19, 22, 20, "", 21, 20, 30, 31, 32, 33]
    code, table = run_on(ewma, points(y), "--weight", "0.3", "--baseline", "8")
    assert code == 0 and "1 series, 12 points: the average signals in 1." in capsys.readouterr().out
    ours = table("points")
    (tmp_path / "s.csv").write_text(
        "series_id,ewma_lambda,cusum_decision_interval,cusum_se_shift,baseline_n\na,0.3,5,1,8\n", encoding="utf-8"
    )
    cusum.run(tmp_path / "in.csv", tmp_path / "s.csv", tmp_path / "both")
    with (tmp_path / "both" / "points.csv").open(encoding="utf-8", newline="") as stream:
        theirs = list(csv.DictReader(stream))
    for name in ("ewma", "ewma_lcl", "ewma_ucl", "ewma_signal"):
        assert [row[name] for row in ours] == [row[name] for row in theirs]
    assert "1" in {row["ewma_signal"] for row in ours} and ours[5]["y"] == ""


def test_counts_are_summed_beside_those_expected_by_hand(run_on):
    text = "series_id,idx,observed,expected\na,0,4,2\na,1,,2\na,2,9,2\n"
    code, table = run_on(poisson, text, "--rate-ratio", "2", "--limit", "5")
    assert code == 0
    rows = table("points")
    assert [round(float(row["cusum_up"]), 4) for row in rows] == [0.7726, 0.7726, 5.0109]
    assert [row["signal_up"] for row in rows] == ["0", "0", "1"] and [row["counted"] for row in rows] == ["1", "0", "1"]


def test_series_are_ranked_and_the_list_says_how_much_of_it_is_noise(run_on, capsys):
    quiet = [0.1, -0.4, 0.6, -0.2, 0.3, -0.5]
    text = points(quiet).replace("y\n", "z\n", 1) + points([0, 0, 3, 3, 3, 3.5], name="far", head=False)
    code, table = run_on(evidence, text + "gone,0,-1\n")
    assert code == 0 and "3 series of up to 6 periods. " in capsys.readouterr().out
    ranked = table("ranking")
    assert [(row["rank"], row["series_id"]) for row in ranked][:1] == [("1", "far")]
    far, gone = ranked[0], next(row for row in ranked if row["series_id"] == "gone")
    assert (far["side"], far["listed"], far["run"], far["now"]) == ("high", "1", "4", "3.5")
    assert gone["now"] == "" and gone["side"] == "low"


def test_a_change_of_level_is_proposed_at_its_first_point_and_not_where_there_is_none(run_on, capsys):
    code, table = run_on(changes, points([10, 11, 9, 10, 11, 10, 9, 10, 20, 21, 19, 20, 21, 20, 19, 20]))
    assert code == 0 and "1 changes of level proposed, none applied" in capsys.readouterr().out
    (row,) = table("changes")
    assert (row["idx"], row["before"], row["after"]) == ("8", "10", "20") and "instead of 10" in row["says"]
    assert run_on(changes, points([10, 11, 9, 10] * 5))[1]("changes") == []


def test_doubts_are_questions_with_their_point(run_on):
    y = [20, 21, 22, 20, 21, 23, 900, 21, 20, 22]
    both = "".join(f"a,{i},{v},{v * 10},{1000 + (i != 4) * i}\n" for i, v in enumerate(y))
    code, table = run_on(doubts, "series_id,idx,y,numerator,denominator\n" + both + "b,0,1,210,500\nb,1,1,210,500\n")
    assert code == 0
    assert [(row["series_id"], row["idx"], row["kind"]) for row in table("doubts")] == [
        ("a", "6", "jump"),
        ("b", "1", "copied"),
    ]


def test_small_counts_are_withheld_with_what_would_give_them_away(run_on, capsys):
    code, table = run_on(disclosure, "place,young,old\nAshdown,3,41\nBeckfoot,22,58\nCalder,31,37\n")
    assert code == 0
    rows = table("published")
    assert list(rows[0]) == ["place", "young", "old", "total"] and rows[-1]["place"] == "total"
    assert rows[0]["young"] == "*" and sum(cell == "*" for row in rows for cell in row.values()) >= 4
    assert all(cell == "*" or int(cell) % 5 == 0 for row in rows for name, cell in row.items() if name != "place")
    assert "3 rows, 2 columns: 1 small counts withheld, and 3 beside them." in capsys.readouterr().out
    assert run_on(disclosure, "place,young\nA,10\nB,13\n", "--round-to", "1")[1]("published")[-1]["total"] == "23"


@pytest.mark.parametrize(
    ("command", "text", "options", "says"),
    [
        (ewma, "series_id,idx\na,0\n", (), "there is no column y."),
        (ewma, Y, (), "there are no series."),
        (ewma, Y + "a,0,x\n", (), "Line 2, column “y”: “x” is not a number."),
        (ewma, Y + "a,0,inf\n", (), "“inf” is not a number."),
        (ewma, Y + "a,1,5\n", (), "idx is 1 where 0 comes next in series “a”."),
        (ewma, Y + "a,0,5\na,0,5\n", (), "idx is 0 where 1 comes next"),
        (ewma, Y + ",0,5\n", (), "the name is empty."),
        (ewma, Y + "a,0,5\n", ("--weight", "0"), "The weight of the newest value makes no sense."),
        (ewma, Y + "a,0,5\n", ("--baseline", "-1"), "A baseline of -1 points makes no sense."),
        (
            poisson,
            "series_id,idx,observed,expected\na,0,1,1\n",
            ("--rate-ratio", "1"),
            "The rate ratio 1 makes no sense.",
        ),
        (poisson, "series_id,idx,observed,expected\na,0,1,1\n", ("--limit", "0"), "The limit 0 makes no sense."),
        (evidence, "series_id,idx,z\na,0,1\n", ("--rate", "1"), "A rate of 1 makes no sense."),
        (evidence, "series_id,idx,z\na,0,1\n", ("--window", "0"), "a window of one period or more"),
        (changes, Y + "a,0,1\n", ("--fewest", "1"), "Proposals need 2 values or more"),
        (disclosure, "place,young\nA,-1\n", (), "“-1” is not a whole number."),
        (disclosure, "place,young\nA,\n", (), "“” is not a whole number."),
        (disclosure, "place,young\nA,9\nA,9\n", (), "“A” stands twice."),
        (disclosure, "place\nA\n", (), "there are no counts."),
        (disclosure, "place,young\nA,9\n", ("--least", "1"), "Withhold those below 2 or more"),
        (disclosure, "", (), "there is no"),
    ],
)
def test_what_cannot_be_used_is_refused_in_words_and_nothing_is_written(
    run_on, tmp_path, capsys, command, text, options, says
):
    code, _ = run_on(command, text, *options)
    assert code == 2
    told = capsys.readouterr().err
    assert says in told and told.rstrip().endswith("Nothing was written.")
    assert not (tmp_path / "out").exists()


BAD = {
    "constant": [7] * 20,
    "all missing": [""] * 20,
    "one point": [7],
    "zeros": [0] * 20,
    "negative": [-3, -4, -3, -5] * 5,
    "huge": [1e90, -1e90] * 6,
}


@pytest.mark.parametrize("values", BAD.values(), ids=BAD)
@pytest.mark.parametrize("command", EARLY_WARNINGS, ids=lambda command: command.__name__.rpartition(".")[2])
def test_figures_that_say_nothing_are_never_flagged_and_never_a_crash(run_on, capsys, command, values):
    text = points(*[values] * len(COLUMNS[command])).replace("y\n", ",".join(COLUMNS[command]) + "\n", 1)
    code, _ = run_on(command, text, "--json")
    assert code == 0
    summary = json.loads(capsys.readouterr().out)
    flags = [summary.get(name, 0) for name in ("signalling", "signals", "proposed", "doubts")]
    nothing_to_see = values in (BAD["constant"], BAD["all missing"], BAD["one point"], BAD["zeros"])
    if nothing_to_see and command not in {poisson, evidence}:
        assert flags == [0, 0, 0, 0]
    if values == BAD["all missing"]:
        assert flags == [0, 0, 0, 0] and summary.get("listed", 0) == 0


def test_a_count_below_nought_or_nothing_expected_is_not_counted(run_on):
    text = "series_id,idx,observed,expected\na,0,-5,2\na,1,5,0\na,2,5,-1\n"
    assert [row["counted"] for row in run_on(poisson, text)[1]("points")] == ["0", "0", "0"]


def test_ten_thousand_points_are_no_trouble(run_on):
    code, table = run_on(ewma, points([i % 7 for i in range(10_000)]))
    assert code == 0 and len(table("points")) == 10_000
