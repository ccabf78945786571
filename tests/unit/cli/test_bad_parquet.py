"""What cannot be used, given to ``sightline scan``: refused in words, or read without a mark."""

from __future__ import annotations

import warnings

import polars as pl
import pytest

from sightline.cli.main import main

SCANNED = {
    "no Parquet": (lambda path: path.write_text("a,b\n1,2\n"), "this cannot be read as Parquet"),
    "nothing": (lambda path: path.write_bytes(b""), "this cannot be read as Parquet"),
    "no rows": (lambda path: _frame([], []).write_parquet(path), "there are no rows."),
    "out of order": (lambda path: _frame([1, 0], [1.0, 2.0]).write_parquet(path), "The rows are not sorted"),
    "doubled": (lambda path: _frame([1, 1], [1.0, 2.0]).write_parquet(path), "each period once"),
    "words": (lambda path: _frame([0, 1], ["1", "2"]).write_parquet(path), "Column value holds no numbers."),
    "no period": (
        lambda path: _frame([None, 1], [1.0, 2.0]).write_parquet(path),
        "Column start is empty in some rows.",
    ),
}


def _frame(starts, values):
    kind = {} if values and isinstance(values[0], str) else {"value": pl.Float64}
    return pl.DataFrame(
        {"code": ["a"] * len(starts), "start": starts, "value": values}, schema_overrides={"start": pl.Int64, **kind}
    )


@pytest.mark.parametrize("kind", SCANNED)
def test_a_scan_refuses_in_words_what_it_cannot_read(tmp_path, capsys, kind):
    make, says = SCANNED[kind]
    make(tmp_path / "x.parquet")
    asked = ["scan", str(tmp_path / "x.parquet"), "--key", "code", "--out", str(tmp_path / "list.csv")]
    assert main(asked) == 2 and says in capsys.readouterr().err and not (tmp_path / "list.csv").exists()
    assert main(["scan", str(tmp_path / "none.parquet"), "--key", "code", "--out", str(tmp_path / "list.csv")]) == 2


@pytest.mark.parametrize(
    "values",
    [[7.0] * 20, [None] * 20, [7.0], [float("nan")] * 9, [float("inf"), float("-inf")] * 9, [1e308, -1e308] * 9],
)
def test_a_scan_marks_nothing_where_the_figures_say_nothing(tmp_path, capsys, values):
    _frame(list(range(len(values))), values).write_parquet(tmp_path / "x.parquet")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert main(["scan", str(tmp_path / "x.parquet"), "--key", "code", "--out", str(tmp_path / "list.csv")]) == 0
    assert "the newest value of 0 is marked" in capsys.readouterr().out
