"""``sightline nation``: files in, what they changed out, and what cannot be used refused before anything is kept."""

from __future__ import annotations

import csv
import json
from datetime import date

import polars as pl
import pytest

from sightline.cli.main import main
from sightline.indicators.nation.columns import kept_in

HEADER = "body,month,figure\n"
QUIET = "".join(f"a,2025-{m:02},{4 + m % 2}\n" for m in range(1, 12))


def asked(tmp_path, *more):
    columns = ["--key", "body", "--period", "month", "--value", "figure", "--out", str(tmp_path / "list.csv")]
    return main(["nation", str(tmp_path / "kept"), *map(str, more), *columns])


def written(tmp_path, text, name="figures.csv"):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_a_month_comes_in_and_the_list_says_what_is_new(tmp_path, capsys):
    assert asked(tmp_path, written(tmp_path, HEADER + QUIET)) == 0
    said = capsys.readouterr().out
    assert "1 file, 11 rows: 11 new figures, 0 corrected, 0 as before." in said
    newest = written(tmp_path, HEADER + "a,2025-12,50\nb,2025-12,\n", "newest.csv")
    assert asked(tmp_path, newest, "--rows", tmp_path / "rows") == 0
    said = capsys.readouterr().out
    assert "2 series, 1 of them met first; 0 have no row for 2025-12-01." in said
    assert "Marked: 1 newly, 0 still, 0 without news; 0 no longer." in said and "All rows: 13." in said
    with (tmp_path / "list.csv").open(newline="") as stream:
        (row,) = csv.DictReader(stream)
    assert [row[name] for name in ("rank", "status", "since", "body", "month", "value", "rules")] == [
        *("1", "new", "2025-12-01", "a", "2025-12-01", "50", "outside_high"),
    ]
    assert main(["scan", str(tmp_path / "rows"), "--key", "body", "--period", "month", "--value", "figure",
                 "--out", str(tmp_path / "scanned.csv")]) == 0  # fmt: skip
    with (tmp_path / "scanned.csv").open(newline="") as stream:
        (same,) = csv.DictReader(stream)
    assert same.items() <= row.items()


def test_json_says_the_same_and_no_file_lists_again(tmp_path, capsys):
    assert asked(tmp_path, written(tmp_path, HEADER + QUIET + "a,2025-12,50\n")) == 0
    capsys.readouterr()
    assert asked(tmp_path, "--json") == 0
    summary = json.loads(capsys.readouterr().out)
    assert (summary["files"], summary["unchanged"], summary["assessed"], summary["listed"]) == (0, 1, 0, 1)


TWICE = HEADER + "a,2025-01,1\na,2025-01-01,2\n"
REFUSED = {
    "nothing": (b"", "neither CSV nor Parquet"),
    "a workbook": (b"PK\x03\x04\x00\x00", "neither CSV nor Parquet"),
    "half a Parquet": (b"PAR1 and no more", "this cannot be read as Parquet"),
    "a header alone": (HEADER, "there are no rows."),
    "no such column": ("body,when,figure\na,1,2\n", "There is no column month. The columns are: body, when, figure."),
    "a word": (HEADER + "a,2025-01,1\nb,2025-01,many\n", "“many” in row 2 is not a number."),
    "a comma for thousands": (HEADER + 'a,2025-01,"1,234"\n', "“1,234” in row 1 is not a number."),
    "no body": (HEADER + "a,2025-01,1\n ,2025-02,1\n", "column body is empty in row 2."),
    "no period": (HEADER + "a,2025-01,1\na,,1\n", "column month is empty in row 2."),
    "a strange period": (HEADER + "a,January,1\n", "“January” is no period. Write it as 2026-09, 2026-09-30 or 12."),
    "two kinds of period": (HEADER + "a,2025-01,1\na,7,1\n", "is no period. Write it as"),
    "given twice": (TWICE, "the figure of a for 2025-01-01 is given twice."),
    "too many cells": (HEADER + "a,2025-01,1,2,3\n", "this cannot be read as CSV"),
    "not UTF-8": (HEADER.encode() + b"\xe9,2025-01,1\n", "this cannot be read as CSV"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_cannot_be_used_is_refused_in_words_and_nothing_is_kept(tmp_path, capsys, kind):
    content, says = REFUSED[kind]
    assert asked(tmp_path, written(tmp_path, content)) == 2
    assert says in capsys.readouterr().err
    assert not (tmp_path / "list.csv").exists() and not kept_in(tmp_path / "kept").periods


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (["nowhere.csv"], "Give the path of a file of CSV or Parquet."),
        (["--most", "0"], "Give --most a number above nought."),
        ([], "there is no figure yet. Name files to take in."),
    ],
)
def test_what_cannot_be_begun_is_refused_with_its_mend(tmp_path, capsys, more, says):
    assert asked(tmp_path, *more) == 2 and says in capsys.readouterr().err


def test_columns_are_named_once_and_for_all(tmp_path, capsys):
    path = written(tmp_path, HEADER + QUIET)
    assert asked(tmp_path, path) == 0
    out = ["--out", str(tmp_path / "list.csv")]
    assert main(["nation", str(tmp_path / "kept"), str(path), *out]) == 0
    assert main(["nation", str(tmp_path / "kept"), str(path), "--key", "figure", *out]) == 2
    assert "it was begun: --key body --period month --value figure." in capsys.readouterr().err
    assert main(["nation", str(tmp_path / "kept"), str(path), "--out", str(tmp_path / "no" / "list.csv")]) == 2
    assert "Give --out a file that can be written." in capsys.readouterr().err


@pytest.mark.parametrize("values", [[7.0] * 20, [None] * 20, [7.0], [float("inf")] * 9, [1e308, -1e308] * 9])
def test_figures_that_say_nothing_are_marked_by_nothing(tmp_path, capsys, values):
    months = [date(2024 + m // 12, m % 12 + 1, 1) for m in range(len(values))]
    rows = pl.DataFrame(
        {"body": ["a"] * len(values), "month": months, "figure": values}, schema_overrides={"figure": pl.Float64}
    )
    rows.write_parquet(tmp_path / "x.parquet")
    assert asked(tmp_path, tmp_path / "x.parquet") == 0
    assert "Marked: 0 newly" in capsys.readouterr().out
