"""``sightline funnel``: what it writes, by hand, and what it says to a file that it cannot use."""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import sys
from itertools import count

import pytest

from sightline.cli import funnel
from sightline.cli.main import main

SETS = "set_id,source,data_type,units\n"
UNITS = "set_id,unit,numerator,denominator\n"
TWELVE = "".join(f"a,u{i},{20 + i % 3},100\n" for i in range(12))


@pytest.fixture
def funnel_on(tmp_path):
    """Write two files and run; gives the exit code and a reader for what came out."""

    def go(sets, units, *options):
        for name, text in (("sets.csv", sets), ("units.csv", units)):
            (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
        parser = argparse.ArgumentParser()
        funnel.add_arguments(parser)
        given = [str(tmp_path / "units.csv"), "--sets", str(tmp_path / "sets.csv"), "--out", str(tmp_path / "out")]
        code = funnel.handle(parser.parse_args([*given, *options]))

        def table(name):
            with (tmp_path / "out" / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
                return list(csv.DictReader(stream))

        return code, table

    return go


def test_two_files_say_what_was_found(funnel_on, capsys):
    code, table = funnel_on(SETS + "a,,PR,14\n", UNITS + TWELVE + "a,far,60,100\na,odd,7,5\n")
    assert code == 0
    (one,) = table("sets")
    assert (one["case_id"], one["sr_method"], one["status"]) == ("a.CQC.0.1", "CQC", "ok")
    assert float(one["target"]) == pytest.approx((20 + 21 + 22) * 4 / 1300 + 60 / 1300)
    assert (one["n_outlier_od_998"], one["n_outlier_unadj_998"]) == ("1", "1")
    *_, far, odd = table("units")
    assert (far["outlier_od_998"], far["outlier_unadj_95"], far["status"]) == ("1", "1", "")
    assert far["ratio"] == "0.59999999999999998"
    assert (odd["ratio"], odd["ll95"], odd["outlier_od_95"]) == ("", "", "0")
    assert odd["status"] == "The numerator is larger than the denominator."
    says = capsys.readouterr().out
    assert "1 sets, 14 units, 1 of them not compared: 1 outside the 99.8 % limits with additive overdispersion." in says


def test_levels_name_their_columns_and_without_overdispersion_its_columns_are_empty(funnel_on):
    code, table = funnel_on(
        SETS + "a,,SR,\n", UNITS + TWELVE, "--level", "90", "--level", "99.5", "--od", "none", "--method", "SHMI"
    )
    assert code == 0
    row = table("units")[0]
    assert {"ll90", "ul995", "od_ll90", "outlier_unadj_995"} <= set(row) and "ll95" not in row
    assert row["od_ll90"] == row["outlier_od_995"] == "" and row["ul995"] != ""
    assert row["case_id"] == "a.SHMI.0.1"
    assert table("sets")[0]["n_outlier_od_90"] == ""


def test_the_way_of_allowing_for_overdispersion_is_the_one_asked_for(funnel_on):
    units = UNITS + "".join(f"a,u{i},{10 + 7 * i},{40 + 20 * (i % 4)}\n" for i in range(12))
    widths = {}
    for how in ("additive", "multiplicative"):
        _, table = funnel_on(SETS + "a,,RC,\n", units, "--od", how)
        widths[how] = [float(row["od_ul95"]) - float(row["od_ll95"]) for row in table("units")]
    assert len({round(width, 9) for width in widths["additive"]} & {round(w, 9) for w in widths["multiplicative"]}) == 0


def test_a_target_of_the_set_takes_the_place_of_the_pooled_ratio(funnel_on):
    _, table = funnel_on("set_id,data_type,target\na,PR,0.9\nb,PR,\n", UNITS + TWELVE + TWELVE.replace("a,", "b,"))
    assert [row["target"][:4] for row in table("sets")] == ["0.90", "0.20"]
    assert [row["n_outlier_unadj_998"] for row in table("sets")] == ["12", "0"]


def test_the_list_of_the_whole_file_says_how_much_of_it_is_noise(funnel_on, capsys):
    sets = SETS + "a,,PR,\nb,,PR,\n"
    code, table = funnel_on(sets, UNITS + TWELVE + "a,far,60,100\na,odd,7,5\n" + TWELVE.replace("a,", "b,"))
    assert code == 0
    assert "Of all units of the file: One stands out. On average 1 in 20" in capsys.readouterr().out
    q = {(row["case_id"][0], row["unit"]): row["q"] for row in table("units")}
    assert float(q["a", "far"]) < 0.05 < float(q["b", "u0"])
    assert q["a", "odd"] == ""
    funnel_on(sets, UNITS + TWELVE + TWELVE.replace("a,", "b,"))
    assert "Nothing stands out further than chance" in capsys.readouterr().out


def test_json_answer_is_one_object(funnel_on, capsys):
    funnel_on(SETS + "a,,PR,\n", UNITS + TWELVE, "--json")
    answer = json.loads(capsys.readouterr().out)
    assert (answer["sets"], answer["units"], answer["od"]) == (1, 12, "additive")
    assert answer["outliers"] == {"95": 0, "99.8": 0}


GOOD = SETS + "a,,PR,\n"


@pytest.mark.parametrize(
    ("sets", "units", "options", "says"),
    [
        (GOOD, UNITS + "a,u,x,10\n", (), "units.csv: Line 2, column “numerator”: “x” is not a number."),
        (GOOD, UNITS + "a,u,1,inf\n", (), "column “denominator”: “inf” is not a number."),
        (GOOD, UNITS + "a,u,1,2\na,u,1,2\n", (), "Line 3, column “unit”: unit “u” is named twice in set “a”."),
        (GOOD, UNITS + "a,,1,2\n", (), "Line 2, column “unit”: the name is empty."),
        (GOOD, UNITS + TWELVE + "zz,u,1,2\n", (), "Line 14, column “set_id”: set “zz” has no row in the sets file."),
        (GOOD, "set_id,unit,numerator\n", (), "Line 1: there is no column denominator."),
        (GOOD, UNITS, (), "Line 2: set “a” has no units."),
        (SETS, UNITS, (), "there are no sets."),
        (SETS + "a,,XX,\n", UNITS, (), "column “data_type”: “XX” is not known. Use SR, PR, RC."),
        (SETS + ",,PR,\n", UNITS, (), "Line 2, column “set_id”: the name is empty."),
        (SETS + "a,,PR,5\n", UNITS + TWELVE, (), "column “units”: set “a” says 5 units and has 12."),
        (SETS + "a,,PR,\n" * 2, UNITS + TWELVE, (), "Line 3, column “set_id”: the set is named twice."),
        ("set_id,data_type,target\na,PR,1.5\n", UNITS + TWELVE, (), "column “target”: 1.5 is not a possible ratio."),
        (GOOD, UNITS + TWELVE, ("--level", "100"), "Limits cannot be drawn at --level 100."),
        (GOOD, UNITS + TWELVE, ("--level", "nan"), "Limits cannot be drawn at --level nan."),
        (GOOD, UNITS + TWELVE, ("--rate", "0"), "A rate of 0 makes no sense."),
        (GOOD, UNITS + TWELVE, ("--trim", "0.5"), "A share of 0.5 cannot be trimmed"),
    ],
    ids=count(),
)
def test_what_cannot_be_used_is_answered_with_its_mend(funnel_on, capsys, tmp_path, sets, units, options, says):
    code, _ = funnel_on(sets, units, *options)
    assert code == 2
    told = capsys.readouterr().err
    assert says in told and told.endswith("Nothing was written.\n")
    assert not (tmp_path / "out").exists()


def test_faults_are_told_at_once_and_those_beyond_the_first_fifty_are_counted(funnel_on, capsys):
    funnel_on(GOOD, UNITS + "".join(f"a,u{i},x,1\n" for i in range(80)), "--json")
    faults = json.loads(capsys.readouterr().out)["faults"]
    assert len(faults) == 51 and faults[-1] == "30 more faults are not shown."


def test_an_out_that_is_a_file_is_refused_with_its_mend(funnel_on, tmp_path, capsys):
    (tmp_path / "out").write_text("mine")
    assert funnel_on(GOOD, UNITS + TWELVE)[0] == 2
    assert "Give --out a folder" in capsys.readouterr().err
    assert (tmp_path / "out").read_text() == "mine"


def test_the_command_is_found_by_its_name(tmp_path, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["funnel", "--help"])
    assert ended.value.code == 0
    assert "outliers" in capsys.readouterr().out


def test_help_is_quick_because_it_does_not_load_numpy():
    script = "import sys, argparse; import sightline.cli.funnel as s; s.add_arguments(argparse.ArgumentParser()); "
    script += "sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
