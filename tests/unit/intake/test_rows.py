"""Rows under named columns: every fault is collected, and no row vanishes in silence."""

from __future__ import annotations

from datetime import date

import pytest

from sightline.intake import cells
from sightline.intake.contract import Check, Observation, Parsed, PeriodKind
from sightline.intake.outcome import broken_promises, nothing_found, settle
from sightline.intake.reading import read
from sightline.intake.rows import Columns, Report, headed, rows_of

COLUMNS: Columns = {"code": ("Org code", "Provider"), "value": ("Value",), "region": ("Region",)}


def rows(text: str, report: Report, at: int = 0) -> list[tuple[str, float | None]]:
    table = read("a.csv", text.encode()).tables[0]
    return [
        (row.text("code"), row.read("value", cells.decimal)) for row in rows_of(table, at, COLUMNS, report, {"region"})
    ]


@pytest.mark.parametrize("header", ["Org code,Value", "ORG_CODE,value", " org-code , VALUE ", "PROVIDER,Value,Region"])
def test_headings_are_known_by_their_words(header: str) -> None:
    report = Report()
    tail = ",North" if header.count(",") == 2 else ""
    assert rows(f"{header}\nX01,1{tail}\n", report) == [("X01", 1.0)]
    assert not report.faults


def test_every_missing_column_is_named_at_once() -> None:
    report = Report()
    assert rows("a,b\n1,2\n", report) == []
    assert ["“Org code”" in f.says or "“Value”" in f.says for f in report.faults] == [True, True]


def test_a_heading_that_stands_twice_is_refused() -> None:
    report = Report()
    assert rows("Org code,Value,value\nX01,1,2\n", report) == []
    assert "2 columns" in report.faults[0].says


def test_headings_without_a_name_may_repeat_and_unknown_columns_are_mentioned() -> None:
    report = Report()
    assert rows("Org code,Value,,,a\nX01,1,,,\n", report) == [("X01", 1.0)]
    assert "a" in report.warnings[0]


@pytest.mark.parametrize("row", ["X01", "X01,1,North,extra", "X01,1"])
def test_a_ragged_row_is_refused_by_its_line(row: str) -> None:
    report = Report()
    rows(f"Org code,Value,Region\nX00,1,North\n{row}\n", report)
    assert report.faults[0].line == 3
    assert "cells where the header has 3" in report.faults[0].says


def test_blank_cells_beyond_the_header_do_no_harm() -> None:
    report = Report()
    assert rows("Org code,Value\nX01,1,,\n", report) == [("X01", 1.0)]
    assert not report.faults


def test_blank_rows_and_footers_are_counted_and_explained() -> None:
    report = Report()
    text = "Org code,Value\nX01,1\n,\nX02,2\n,\n© Somebody 2013,\nSource: a return,\n,\n"
    assert rows(text, report) == [("X01", 1.0), ("X02", 2.0)]
    assert (report.rows, report.skipped) == (2, 5)
    assert any("footer" in warning for warning in report.warnings)


def test_a_file_cut_off_within_a_row_is_not_taken_for_a_footer() -> None:
    report = Report()
    rows("Org code,Value\nX01,1\nX02\n", report)
    assert report.faults[0].line == 3


def test_all_faults_of_all_rows_are_collected_with_line_and_column() -> None:
    report = Report()
    rows("Org code,Value\nX01,one\nX02,2\nX03,NaN\n", report)
    assert [(fault.line, fault.column) for fault in report.faults] == [(2, "Value"), (4, "Value")]


def test_a_header_may_lie_under_a_title() -> None:
    table = read("a.csv", b"Title: things,\n,\nOrg code,Value\nX01,1\n").tables[0]
    assert headed(table, ("value", "org code")) == 2
    assert headed(table, ("value", "absent")) is None


def one(value: float | None, line: int, code: str = "X01") -> Observation:
    return Observation("i", code, date(2025, 1, 1), PeriodKind.MONTH, value, line=line)


def test_twins_with_another_figure_are_a_fault_and_equal_twins_a_remark() -> None:
    report = Report()
    kept = settle([one(1.0, 2), one(1.0, 3), one(2.0, 4), one(2.0, 5, "X02")], report)
    assert [(found.code, found.value) for found in kept] == [("X01", 1.0), ("X02", 2.0)]
    assert [fault.line for fault in report.faults] == [4]
    assert "line 2" in report.faults[0].says


@pytest.mark.parametrize(("found", "broken"), [(10.0, 0), (10.05, 0), (10.2, 1), (float("nan"), 1)])
def test_a_promise_is_kept_within_its_rounding(found: float, broken: int) -> None:
    assert len(broken_promises([Check("Total", 10.0, found, 0.1, 9)])) == broken


def test_a_file_of_headings_alone_is_refused() -> None:
    assert nothing_found(Parsed("s", "t"))
    assert not nothing_found(Parsed("s", "t", [one(1.0, 2)]))
