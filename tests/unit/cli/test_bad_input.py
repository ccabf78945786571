"""What cannot be used, given to every command that reads files alone: refused in words, or answered without a flag.

One table over all commands: how a file may be wrong as a file, how its figures may say nothing, and how the folder of
the answer may be closed. Never a trace of the program, never a figure that is none, never half an answer.
"""

from __future__ import annotations

import csv
import json
import re
import warnings
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest

from sightline.cli import main as program
from sightline.cli.main import COMMANDS, main
from sightline.core.statistics.kinds import ChartKind
from sightline.web import typesetting

VALUES, ATTRIBUTES = ("series_id", "idx", "y"), ("series_id", "idx", "numerator", "denominator")
BY_VALUES = {"i", "i_m", "i_mm", "mr", "run", "xbar", "s"}


@dataclass(frozen=True)
class Command:
    """One command as it is tried: the columns of its points, its second file, and whether it draws."""

    name: str
    columns: tuple[str, ...]
    second: tuple[str, str, str] | None = None
    options: tuple[str, ...] = ()
    draws: bool = True
    flags: tuple[str, ...] = field(default=())


def _spc(chart):
    if chart in BY_VALUES:
        second = ("--series", "series_id,rebase_idx,fix_after_n_points", "a,{rebase},")
        return Command("spc", VALUES, second, ("--chart", chart), flags=("sigma_signal", "causes", "runs_signal"))
    second = ("--series", "series_id,part_idx,freeze_n", "a,{rebase},")
    return Command("spc", ATTRIBUTES, second, ("--chart", chart), flags=("sigma_signal", "causes", "runs_signal"))


TRIED = {
    "spc": Command(
        "spc",
        ("series_id", "idx", "date", "y"),
        ("--series", "series_id,improvement_direction,target,fix_after_n_points,rebase_idx", "a,decrease,5,,{rebase}"),
        flags=("special_cause_flag",),
    ),
    **{f"spc {kind.value}": _spc(kind.value) for kind in ChartKind},
    "spc run-medians": Command(
        "spc",
        ("series_id", "idx", "date", "y"),
        ("--series", "series_id,med_rows,runlength,direction", "a,4,3,both"),
        ("--chart", "run-medians"),
    ),
    **{
        f"funnel {kind}": Command(
            "funnel",
            ("set_id", "unit", "numerator", "denominator"),
            ("--sets", "set_id,data_type", f"a,{kind}"),
            flags=("outlier_od_95", "outlier_unadj_95", "outlier_od_998", "outlier_unadj_998"),
        )
        for kind in ("SR", "PR", "RC")
    },
    "cusum": Command(
        "cusum",
        VALUES,
        ("--series", "series_id,ewma_lambda,cusum_decision_interval,cusum_se_shift,baseline_n", "a,0.2,5,1,"),
        flags=("cusum_signal_up", "cusum_signal_down", "ewma_signal"),
    ),
    "bernoulli": Command(
        "bernoulli",
        ("series_id", "idx", "x", "risk"),
        ("--series", "series_id,target,odds_ratio,limit", "a,0.1,2,3"),
        flags=("signal_up", "signal_down"),
    ),
    "ewma": Command("ewma", VALUES, flags=("ewma_signal",)),
    "poisson": Command("poisson", ("series_id", "idx", "observed", "expected"), flags=("signal_up", "signal_down")),
    "evidence": Command("evidence", ("series_id", "idx", "z"), draws=False, flags=("listed",)),
    "changes": Command("changes", VALUES, draws=False, flags=("idx",)),
    "doubts": Command("doubts", ("series_id", "idx", "y", "numerator", "denominator"), draws=False, flags=("idx",)),
    "disclosure": Command("disclosure", ("place", "young", "old"), draws=False),
}
# A figure of each column for the three numbers that a point is made from: a value, a count, and out of how many.
OF = {
    **dict.fromkeys(("y", "z"), 0),
    **dict.fromkeys(("numerator", "observed", "young"), 1),
    **dict.fromkeys(("denominator", "expected", "old"), 2),
}


def test_every_command_that_needs_no_database_and_reads_files_is_tried():
    alone = {name for name, (_, _, database) in COMMANDS.items() if not database} - {"conformance", "scan", "nation"}
    assert {one.name for one in TRIED.values()} == alone  # scan: test_bad_parquet.py; nation: test_nation.py


def rows_of(command, points):
    for i, point in enumerate(points):
        if command.options[-1:] in [("xbar",), ("s",)]:
            yield from (f"a,{i},{one}" for one in point)
            continue
        cells = {
            **{"series_id": "a", "set_id": "a", "idx": i, "unit": f"u{i}", "place": f"p{i}"},
            **{"date": (date(2001, 1, 1) + timedelta(days=i)).isoformat(), "x": i % 2, "risk": ""},
        }
        yield ",".join(str(cells[name] if name in cells else point[OF[name]]) for name in command.columns)


def text_of(command, points):
    return "\n".join([",".join(command.columns), *rows_of(command, points)]) + "\n"


GOOD = [(5 + i % 3, 5 + i % 2, 40 + i) for i in range(20)]


@pytest.fixture
def tried(tmp_path, monkeypatch, capsys):
    """Run one command on one file; gives the exit code, what was said, and the tables and drawings that came out."""
    monkeypatch.setattr(typesetting, "png_of", lambda drawings: [b"PNG"] * len(drawings))

    def go(command, content, *more, rebase="", second=None):
        (tmp_path / "points.csv").write_bytes(content if isinstance(content, bytes) else content.encode())
        given = [command.name, str(tmp_path / "points.csv"), *command.options]
        if command.second:
            option, header, row = command.second
            whole = f"{header}\n{row.format(rebase=rebase)}\n".encode() if second is None else second
            (tmp_path / "second.csv").write_bytes(whole)
            given += [option, str(tmp_path / "second.csv")]
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # a warning of numpy is a figure that nobody thought of
            code = main([*given, "--out", str(tmp_path / "out"), *more])
        return code, capsys.readouterr()

    return go


def written(folder):
    """Every table that came out, and nothing in them or in the drawings that is no figure."""
    found = []
    for path in sorted(folder.rglob("*")):
        assert path.suffix != ".part"
        if path.suffix == ".svg":
            assert not re.search(r"\b(nan|inf|None)\b", path.read_text(encoding="utf-8")), path
        if path.suffix == ".csv":
            with path.open(encoding="utf-8", newline="") as stream:
                found += list(csv.DictReader(stream))
    cells = {cell.lower() for row in found for name, cell in row.items() if name != "leading"}
    assert not cells & {"nan", "inf", "-inf", "none"}
    return found


@pytest.mark.parametrize("name", TRIED)
def test_what_is_right_is_answered(tried, tmp_path, name):
    command = TRIED[name]
    code, said = tried(command, text_of(command, GOOD), *(["--picture"] if command.draws else []))
    assert (code, said.err) == (0, "") and written(tmp_path / "out") is not None


def _cut(text):
    return "".join(line.rpartition(",")[0] + "\n" for line in text.splitlines())


# How a file may be wrong as a file → what is said.
FILES = {
    "empty": (lambda text: b"", "there is nothing in it. Begin it with a header"),
    "a mark of its encoding and no more": (lambda text: b"\xef\xbb\xbf", "there is nothing in it."),
    "an empty line first": (lambda text: "\n" + text, "Line 1: the first line is empty."),
    "a header and no more": (lambda text: text.partition("\n")[0], "Give each|Add its|Give each row a name"),
    "another encoding": (lambda text: text.replace("a,", "é,", 1).replace("p0", "é").encode("latin-1"), "not UTF-8"),
    "UTF-16": (lambda text: text.encode("utf-16"), "Save the file as “CSV UTF-8”."),
    "a NUL byte": (lambda text: text + "\0", "there is a NUL byte."),
    "a workbook": (lambda text: b"PK\x03\x04" + text.encode(), "this is a workbook or another packed file, not CSV."),
    "a PDF": (lambda text: b"%PDF-1.7\n" + text.encode(), "this is a PDF, not CSV."),
    "semicolons": (lambda text: text.replace(",", ";"), "Its columns are parted by “;”"),
    "tabs": (lambda text: text.replace(",", "\t"), "Its columns are parted by tabs"),
    "a quotation mark left open": (lambda text: text + 'a,"5', "the row cannot be read"),
    "a row too short": (lambda text: text + "a\n", "1 cells stand under"),
    "a row too long": (lambda text: text + "a" + ",1" * 9 + "\n", "10 cells stand under"),
    "a column twice": (lambda text: text.replace("\n", ",series_id,series_id\n", 1), "stands twice"),
    "a cell as long as a book": (lambda text: text + '"' + "x" * 200_000 + '",1\n', "the row cannot be read"),
    "words for numbers": (
        lambda text: re.sub(r",[^,\n]*$", ",NaN", text, flags=re.M).replace(
            ",NaN", "," + text.split("\n")[0].rpartition(",")[2], 1
        ),
        "“NaN” is not a",
    ),
    "too far from one": (
        lambda text: re.sub(r",[^,\n]*$", ",1e300", text, flags=re.M).replace(
            ",1e300", "," + text.split("\n")[0].rpartition(",")[2], 1
        ),
        "“1e300” is (too far from 1|not a whole number)",
    ),
}


@pytest.mark.parametrize("fault", FILES)
@pytest.mark.parametrize(
    "name", [*(n for n in TRIED if n.count(" ") == 0), "spc p", "spc xbar", "spc run-medians", "funnel PR"]
)
def test_a_file_that_is_none_is_refused_with_its_mend_and_nothing_is_written(tried, tmp_path, name, fault):
    command = TRIED[name]
    spoil, says = FILES[fault]
    code, said = tried(command, spoil(text_of(command, GOOD)))
    assert code == 2 and said.out == ""
    assert re.search(says, said.err), said.err
    first, *_, last = said.err.splitlines()
    assert re.match(r"(points|second)\.csv: (Line \d+|The file)", first) and last == "Nothing was written."
    assert not (tmp_path / "out").exists()
    code, said = tried(command, spoil(text_of(command, GOOD)), "--json")
    assert code == 2 and json.loads(said.out)["faults"]


@pytest.mark.parametrize("name", [name for name, one in TRIED.items() if one.columns[0] != "place"])
def test_a_column_that_is_absent_is_named_beside_those_that_are_there(tried, name):
    command = TRIED[name]
    code, said = tried(command, _cut(text_of(command, GOOD)))
    if command.name == "doubts":  # numerators without denominators are known columns, and say nothing
        assert code == 0
        return
    if command.name == "bernoulli":
        assert code == 0
        return
    assert code == 2 and f"there is no column {command.columns[-1]}." in said.err and "it has" in said.err


@pytest.mark.parametrize("fault", ["empty", "semicolons", "another encoding", "a workbook"])
@pytest.mark.parametrize("name", [name for name, one in TRIED.items() if one.second])
def test_the_second_file_is_held_to_the_same(tried, tmp_path, name, fault):
    command = TRIED[name]
    spoil, says = FILES[fault]
    second = spoil(f"{command.second[1]}\n{command.second[2].format(rebase='')}\n")
    code, said = tried(command, text_of(command, GOOD), second=second if isinstance(second, bytes) else second.encode())
    assert code == 2 and re.search(says, said.err) and "second.csv" in said.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("way", ["\r\n", "\r", "spaces", "quotes", "BOM", "a line's end in a name"])
def test_what_is_right_in_another_way_of_writing_is_read_as_ever(tried, tmp_path, way):
    command, text = TRIED["ewma"], text_of(TRIED["ewma"], GOOD)
    others = {
        "spaces": text.replace(",", " , "),
        "quotes": re.sub(r"[^,\n]+", '"\\g<0>"', text),
        "BOM": "\ufeff" + text,
        "a line's end in a name": text.replace("a,", '"a\nb",'),
    }
    code, _ = tried(command, others.get(way, text.replace("\n", way)))
    assert code == 0 and len(written(tmp_path / "out")) == 20


def test_a_name_with_a_line_s_end_in_it_does_not_break_what_is_said(tried):
    code, said = tried(TRIED["spc"], text_of(TRIED["spc"], GOOD) + '"b\nc",20,2024-01-01,5\n')
    assert code == 2 and len(said.err.splitlines()) == 2 and "series “b c”" in said.err


# Figures that say nothing: no flag, no list, no picture of what is not there.
QUIET = {
    "constant": [(7, 3, 30)] * 20,
    "all missing": [("", "", "")] * 20,
    "one point": [(7, 3, 30)],
    "two points": [(7, 3, 30), (8, 4, 31)],
    "noughts": [(0, 0, 30)] * 20,
    "very far apart": [(s * 1e99, 3, 30) for s in (1, -1)] * 6,
    "hardly apart": [(1 + s * 1e-15, 3, 30) for s in (0, 1)] * 6,
    "very small": [(s * 1e-99, 3, 30) for s in (1, 2)] * 6,
    "a constant that binary numbers cannot hold": [(0.1, 3, 30)] * 20,
}
# These hold a figure against another that the file names: 3 where 30 are expected are few, however often.
NEVER_QUIET = {"poisson", "evidence", "bernoulli", "funnel SR"}


@pytest.mark.parametrize("kind", QUIET)
@pytest.mark.parametrize("name", [name for name in TRIED if name != "disclosure"])
def test_figures_that_say_nothing_are_never_flagged(tried, tmp_path, name, kind):
    command = TRIED[name]
    code, said = tried(command, text_of(command, QUIET[kind]), *(["--picture"] if command.draws else []))
    assert (code, said.err) == (0, "")
    rows = written(tmp_path / "out")
    if name not in NEVER_QUIET or (kind == "all missing" and name != "bernoulli"):
        flagged = [row for row in rows for flag in command.flags if row.get(flag, "0") not in {"", "0"}]
        assert flagged == []


# Counts that cannot be → what each command that counts says: a refusal, or a word beside the point.
IMPOSSIBLE = {
    "a count below nought": [(1, -3, 30)] * 12,
    "a denominator below nought": [(1, 3, -30)] * 12,
    "something out of nothing": [(1, 3, 0)] * 12,
    "more than all": [(1, 40, 30)] * 12,
}
REFUSED = {
    "spc p": (*IMPOSSIBLE,),
    "spc pp": (*IMPOSSIBLE,),
    "spc u": (*IMPOSSIBLE,)[:3],
    "spc up": (*IMPOSSIBLE,)[:3],
    "spc ip": (*IMPOSSIBLE,)[1:3],
    **dict.fromkeys(("spc c", "spc g", "spc t"), (*IMPOSSIBLE,)[:1]),
    "disclosure": (*IMPOSSIBLE,)[:2],
}


@pytest.mark.parametrize("kind", IMPOSSIBLE)
@pytest.mark.parametrize(
    "name", [name for name, one in TRIED.items() if one.columns[-1] in {"denominator", "expected", "old"}]
)
def test_counts_that_cannot_be_are_refused_or_not_counted_and_never_flagged(tried, tmp_path, name, kind):
    command = TRIED[name]
    code, said = tried(command, text_of(command, IMPOSSIBLE[kind]), *(["--picture"] if command.draws else []))
    if kind in REFUSED.get(name, ()):
        assert code == 2 and re.search(r"Point 0: |Line 2, column", said.err)
        assert not (tmp_path / "out").exists()
        return
    assert (code, said.err) == (0, "")
    rows = written(tmp_path / "out")
    if name.startswith("funnel") and not (kind == "more than all" and name != "funnel PR"):
        assert [row["status"] for row in rows if "unit" in row].count("") == 0
    if name == "poisson" and kind != "more than all":
        assert {row["counted"] for row in rows} == {"0"}
    if kind != "more than all":
        assert [row for row in rows for flag in command.flags if row.get(flag, "0") not in {"", "0"}] == []


@pytest.mark.parametrize("rebase", ["0", "0;0", "3;3", "19", "5;2"])
@pytest.mark.parametrize("name", [name for name, one in TRIED.items() if one.second and "{rebase}" in one.second[2]])
def test_a_rebase_at_any_place_divides_or_does_nothing(tried, tmp_path, name, rebase):
    command = TRIED[name]
    code, said = tried(command, text_of(command, GOOD), "--picture", rebase=rebase)
    assert (code, said.err) == (0, "") and written(tmp_path / "out")


@pytest.mark.parametrize("rebase", ["20", "-1", "x", "1e2"])
def test_a_rebase_that_is_no_place_is_refused(tried, rebase):
    for name in ("spc", "spc i", "spc p"):
        assert tried(TRIED[name], text_of(TRIED[name], GOOD), rebase=rebase)[0] == 2


@pytest.mark.parametrize(
    "days", [["2024-01-01"] * 3, ["2024-03-01", "2024-02-01", "2024-01-01"]], ids=["twice", "back"]
)
@pytest.mark.parametrize("name", ["spc", "spc i", "spc run-medians"])
def test_days_that_do_not_rise_are_refused_on_every_chart(tried, name, days):
    text = "series_id,idx,date,y\n" + "".join(f"a,{i},{day},5\n" for i, day in enumerate(days))
    code, said = tried(TRIED[name], text)
    assert code == 2 and "Line 3, column “date”" in said.err and "Put the points in order of time." in said.err


@pytest.mark.parametrize("order", ["back", "twice"])
@pytest.mark.parametrize("name", [name for name, one in TRIED.items() if "idx" in one.columns])
def test_points_out_of_order_or_doubled_are_refused(tried, name, order):
    command = TRIED[name]
    header, *rows = text_of(command, GOOD).splitlines()
    if order == "twice":
        rows.insert(7, rows[1])
    code, said = tried(command, "\n".join([header, *(rows[::-1] if order == "back" else rows)]) + "\n")
    assert code == 2 and "comes next in series “a”." in said.err


@pytest.mark.parametrize("name", ["spc", "spc p", "spc t", "funnel SR", "cusum", "changes", "doubts", "evidence"])
def test_ten_thousand_points_are_no_trouble(tried, tmp_path, name):
    command = TRIED[name]
    code, _ = tried(command, text_of(command, GOOD * 500))
    assert code == 0
    assert written(tmp_path / "out") is not None


def test_a_table_too_large_to_be_made_safe_is_refused_before_an_hour_has_passed(tried):
    code, said = tried(TRIED["disclosure"], text_of(TRIED["disclosure"], GOOD * 500))
    assert code == 2 and "10,000 rows of 2 counts are too many" in said.err


@pytest.mark.parametrize("text", ["place,young,Total\nA,9,9\n", "place,young\nA,9\ntotal,9\n"], ids=["column", "row"])
def test_a_table_that_has_totals_is_refused_since_they_would_be_counted_twice(tried, text):
    code, said = tried(TRIED["disclosure"], text)
    assert code == 2 and "totals are added here" in said.err


@pytest.mark.parametrize(
    "name", [name for name in TRIED if name.count(" ") == 0] + ["spc p", "spc run-medians", "funnel PR"]
)
def test_a_folder_that_cannot_be_written_to_is_refused_in_words(tried, tmp_path, name):
    command = TRIED[name]
    (tmp_path / "out").write_text("a file in the way")
    code, said = tried(command, text_of(command, GOOD))
    assert code == 2 and "Give --out a folder that can be written to." in said.err
    (tmp_path / "out").unlink()
    assert tried(command, text_of(command, GOOD))[0] == 0
    tables = sorted((tmp_path / "out").glob("*.csv"))
    kept = {path: path.read_bytes() for path in tables[:-1]}
    tables[-1].unlink()
    tables[-1].mkdir()
    code, said = tried(command, text_of(command, [(9, 9, 90)] * 5))
    assert code == 2 and f"{tables[-1]}: a folder of that name is in the way." in said.err
    assert {path: path.read_bytes() for path in kept} == kept and not list((tmp_path / "out").glob("*.part"))


def test_pictures_that_cannot_be_written_leave_the_tables(tried, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "pictures").write_text("a file in the way")
    code, said = tried(TRIED["ewma"], text_of(TRIED["ewma"], GOOD), "--picture")
    assert code == 0 and "No pictures could be written" in said.err and "Drawn" not in said.out
    assert (tmp_path / "out" / "points.csv").is_file()


def test_a_level_is_a_percentage_and_the_mend_says_so(tried):
    for level in ("0.95", "nan", "100", "-5"):
        code, said = tried(TRIED["funnel PR"], text_of(TRIED["funnel PR"], GOOD), f"--level={level}")
        assert code == 2 and "Give percents from 50 to 99.99, as 95 or 99.8." in said.err


def test_too_little_memory_is_said_in_words(monkeypatch, capsys):
    def full(name):
        raise MemoryError

    monkeypatch.setattr(program.importlib, "import_module", full)
    assert main(["ewma", "x.csv"]) == 2
    assert "not enough memory" in capsys.readouterr().err
    assert main(["ewma", "x.csv", "--json"]) == 2
    assert "not enough memory" in json.loads(capsys.readouterr().out)["error"]
