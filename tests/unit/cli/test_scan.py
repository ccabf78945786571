"""``sightline scan``: Parquet in, a ranked list out, and what cannot be used refused with its mend."""

from __future__ import annotations

import csv
import json

import polars as pl
import pytest

from sightline.cli.main import main

QUIET, HIGH, LOW = [4.0, 6.0] * 12, [4.0, 6.0] * 12 + [5.0, 14.0], [4.0, 6.0] * 12 + [5.0, -9.0]


@pytest.fixture
def figures(tmp_path):
    rows = [(name, i, y) for name, ys in (("high", HIGH), ("low", LOW), ("quiet", QUIET)) for i, y in enumerate(ys)]
    path = tmp_path / "figures.parquet"
    pl.DataFrame(rows, schema=["body", "idx", "y"], orient="row").write_parquet(path)
    return path


def asked(figures, tmp_path, *more):
    columns = ["--key", "body", "--period", "idx", "--value", "y", "--out", str(tmp_path / "list.csv")]
    return main(["scan", str(figures), *columns, *more])


def test_the_list_names_the_strongest_first_with_the_rules_that_mark_it(figures, tmp_path, capsys):
    assert asked(figures, tmp_path) == 0
    said = capsys.readouterr().out
    assert "3 series, 76 rows: the newest value of 2 is marked under mdc-2023 (not screened)." in said
    with (tmp_path / "list.csv").open(newline="") as stream:
        first, second = csv.DictReader(stream)
    assert (first["rank"], first["body"], first["idx"], first["value"]) == ("1", "low", "25", "-9")
    assert first["rules"].split(";")[0] == "outside_low"
    assert second["body"] == "high" and float(second["distance"]) > 0 > float(first["distance"])
    assert first["provisional"] == "0"


def test_no_more_are_listed_than_asked_for_and_json_says_both(figures, tmp_path, capsys):
    assert asked(figures, tmp_path, "--most", "1", "--json", "--rule-set", "ptd-0.2.2") == 0
    summary = json.loads(capsys.readouterr().out)
    assert (summary["marked"], summary["listed"], summary["screened"]) == (2, 1, True)
    assert summary["rule_set"] == "ptd-0.2.2" and len(summary["parameter_hash"]) == 16


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (["--value", "z"], "There is no column z. The columns are: body, idx, y."),
        (["--most", "0"], "Give --most a number above nought."),
        (["--out", "/nowhere/at/all.csv"], "Give --out a file that can be written."),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_mend(figures, tmp_path, capsys, more, says):
    assert asked(figures, tmp_path, *more) == 2
    assert says in capsys.readouterr().err
