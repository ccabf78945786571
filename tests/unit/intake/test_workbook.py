"""Workbooks: read whole in a child process, and refused or killed when they are hostile."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date

import pytest
import xlsxwriter

from sightline.intake import archive, workbook, workbook_child
from sightline.intake.reading import Unreadable, read

Cells = list[list[object]]


def book(sheets: dict[str, Cells], edit: Callable[[str, bytes], bytes] | None = None) -> bytes:
    """A workbook as Excel would write it; ``edit`` may rewrite its parts afterwards."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as made:
        for name, rows in sheets.items():
            sheet = made.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    return rezipped(out.getvalue(), edit) if edit else out.getvalue()


def rezipped(data: bytes, edit: Callable[[str, bytes], bytes], extra: dict[str, bytes] | None = None) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, edit(name, old.read(name)))
        for name, content in (extra or {}).items():
            new.writestr(name, content)
    return out.getvalue()


def kept(name: str, content: bytes) -> bytes:
    return content


def in_sheet(pattern: bytes, by: bytes) -> Callable[[str, bytes], bytes]:
    return lambda name, xml: re.sub(pattern, by, xml) if name.startswith("xl/worksheets/") else xml


PLAIN: dict[str, Cells] = {"Data": [["code", "value"], ["X01", 12]]}


def test_cells_come_out_as_a_person_would_write_them() -> None:
    rows: Cells = [["code", "whole", "part", "day", "yes"], ["X01", 12, 0.25, date(2025, 5, 1), True], [" X02 ", -3]]
    [table] = read("a.xlsx", book({"Data": rows})).tables
    assert table.sheet == "Data"
    assert table.rows[1] == ("X01", "12", "0.25", "2025-05-01", "TRUE")
    assert table.rows[2] == ("X02", "-3")
    assert table.lines == (1, 2, 3)


def test_every_sheet_is_a_table_and_lines_are_those_that_excel_shows() -> None:
    tables = read("a.xlsx", book({"One": [[], ["", "", "b"], [], ["", "", 1]], "Two": [], "Three": [["x"]]})).tables
    assert [table.sheet for table in tables] == ["One", "Two", "Three"]
    assert tables[0].rows == (("", "", "b"), ("", "", "1"))
    assert tables[0].lines == (2, 4)
    assert tables[1].rows == ()


def test_a_sheet_that_understates_its_size_is_still_read_whole() -> None:
    data = book(
        {"Data": [["code"], *[[f"X{n:03}"] for n in range(500)]]},
        in_sheet(rb'<dimension ref="[^"]+"/>', b'<dimension ref="A1:A2"/>'),
    )
    assert len(read("a.xlsx", data).tables[0].rows) == 501


def test_rows_that_the_reader_dropped_are_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    short = [
        {"sheet": "Data"},
        {"line": 1, "left": 0, "cells": ["a"]},
        {"formulas": [], "errors": [], "last": [9], "seen": [1]},
    ]
    monkeypatch.setattr(workbook, "_run_child", lambda data: short)
    with pytest.raises(Unreadable, match="could not be read"):
        read("a.xlsx", book(PLAIN))


def test_a_formula_counts_by_its_stored_figure() -> None:
    data = book(PLAIN, in_sheet(rb"<v>12</v>", b"<f>6*2</f><v>12</v>"))
    assert read("a.xlsx", data).tables[0].rows[1] == ("X01", "12")


@pytest.mark.parametrize("formula", [b"<f>6*2</f>", b'<f t="shared" si="0"/>', b'<f t="array" ref="B2">A1</f>'])
def test_a_formula_that_was_never_calculated_is_refused_by_its_cell(formula: bytes) -> None:
    with pytest.raises(Unreadable, match="B2") as refused:
        read("a.xlsx", book(PLAIN, in_sheet(rb"<v>12</v>", formula)))
    assert "let it calculate" in refused.value.faults[0].mend


def test_formulas_are_found_wherever_a_large_sheet_is_cut_for_scanning(monkeypatch: pytest.MonkeyPatch) -> None:
    filler: Cells = [[f"name {n}" * 3, n] for n in range(3_000)]
    data = book({"Data": [*filler, ["end", 987654]]}, in_sheet(rb"<v>987654</v>", b"<f>70+7</f>"))
    monkeypatch.setattr(workbook_child, "_CHUNK", 500)
    monkeypatch.setattr(workbook_child, "_OVERLAP", 400)
    assert workbook_child.account_of(data) == {"formulas": ["sheet1 B3001"], "errors": [], "last": [3001]}


def test_a_cell_that_shows_an_error_is_refused_and_not_read_as_blank() -> None:
    data = book(PLAIN, in_sheet(rb'<c r="B2"><v>12</v>', b'<c r="B2" t="e"><v>#DIV/0!</v>'))
    with pytest.raises(Unreadable, match="sheet1 B2") as refused:
        read("a.xlsx", data)
    assert "clear those cells" in refused.value.faults[0].mend


@pytest.mark.parametrize(
    ("extra", "words"),
    [
        ({"xl/vbaProject.bin": b"x"}, "macros"),
        ({f"xl/part{n}.xml": b"" for n in range(archive.MAX_PARTS)}, "parts"),
        ({"xl/media/large.bin": b"\x00" * (archive.MAX_RATIO * 60_000)}, "100 times its size"),
    ],
)
def test_a_part_that_does_not_belong_refuses_the_workbook(extra: dict[str, bytes], words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        read("a.xlsx", rezipped(book(PLAIN), kept, extra))


def test_a_bomb_that_understates_its_size_is_stopped_while_unpacking() -> None:
    big = rezipped(book(PLAIN), kept, {"xl/big.xml": b"\x00" * 3_000_000})
    told = (3_000_000).to_bytes(4, "little")
    with pytest.raises(Unreadable):
        read("a.xlsx", big.replace(told, (10).to_bytes(4, "little")))


def test_a_workbook_that_unpacks_beyond_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_UNPACKED", 1_000)
    with pytest.raises(Unreadable, match="unpacks to"):
        read("a.xlsx", book(PLAIN))


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"readme.txt": b"hello"}, "zip archive"),
        ({"[Content_Types].xml": b"<x/>", "word/document.xml": b""}, "office document"),
    ],
)
def test_another_kind_of_archive_is_named(parts: dict[str, bytes], words: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, content in parts.items():
            made.writestr(name, content)
    with pytest.raises(Unreadable, match=words):
        read("a.xlsx", out.getvalue())


@pytest.mark.parametrize("cut", [100, 2_000])
def test_a_workbook_cut_short_is_refused(cut: int) -> None:
    with pytest.raises(Unreadable, match="damaged"):
        read("a.xlsx", book(PLAIN)[:-cut])


def test_a_sheet_that_is_not_xml_is_refused() -> None:
    with pytest.raises(Unreadable, match="damaged"):
        read("a.xlsx", book(PLAIN, in_sheet(rb"(?s)^.*$", b"<worksheet><sheetData><row r='1'><c r='A1'><v>1</row>")))


def test_a_cell_far_away_cannot_fill_the_memory() -> None:
    far = in_sheet(rb'r="B2"', b'r="XFD1048576"')
    with pytest.raises(Unreadable) as refused:
        read("a.xlsx", book(PLAIN, far))
    assert refused.value.faults[0].mend


def test_one_long_text_in_many_cells_cannot_fill_the_memory() -> None:
    long: Cells = [["x" * 30_000]] * 2_100
    with pytest.raises(Unreadable, match="more cells or text"):
        read("a.xlsx", book({"Data": long}))


def test_a_child_that_takes_too_long_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "SECONDS", 0.001)
    with pytest.raises(Unreadable, match="seconds to open"):
        read("a.xlsx", book(PLAIN))


def test_the_child_may_not_have_more_memory_than_it_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        workbook,
        "CHILD",
        ("-c", "from sightline.intake.workbook_child import limit_self; limit_self(); x = bytearray(400 * 2**20)"),
    )
    with pytest.raises(Unreadable, match="more memory"):
        read("a.xlsx", book(PLAIN))


def test_an_open_document_sheet_is_read_like_a_workbook() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        made.writestr(
            "META-INF/manifest.xml",
            "<manifest:manifest xmlns:manifest='urn:oasis:names:tc:opendocument:xmlns:manifest:1.0'/>",
        )
        made.writestr("content.xml", ODS)
    assert read("a.ods", out.getvalue()).tables[0].rows == (("code", "value"), ("X01", "12"))


_URN = "urn:oasis:names:tc:opendocument:xmlns"
_WORD = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
_NUMBER = '<table:table-cell office:value-type="float" office:value="12"><text:p>12</text:p></table:table-cell>'
ODS = (
    f'<?xml version="1.0"?><office:document-content xmlns:office="{_URN}:office:1.0" '
    f'xmlns:table="{_URN}:table:1.0" xmlns:text="{_URN}:text:1.0"><office:body><office:spreadsheet>'
    f'<table:table table:name="Data"><table:table-row>{_WORD.format("code")}{_WORD.format("value")}</table:table-row>'
    f"<table:table-row>{_WORD.format('X01')}{_NUMBER}</table:table-row></table:table>"
    "</office:spreadsheet></office:body></office:document-content>"
)
