"""Tables that leave as a workbook: how they look in a program that opens them, and on paper."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from sightline.web.workbook import workbook

HEADS = ("Section", "What it says")


def sheet_of(rows: list[tuple[str, ...]]) -> str:
    with zipfile.ZipFile(io.BytesIO(workbook("Report", [HEADS, *rows], ("A report", "For the group")))) as parts:
        return parts.read("xl/worksheets/sheet1.xml").decode()


@pytest.mark.parametrize(
    ("words", "points"),
    [
        ("Short.", 15),
        ("x" * 60, 15),
        ("word " * 30, 42),  # 150 letters, twelve words to a line
        ("one\ntwo\n\nfour", 55.5),
        ("", 15),
        ("word " * 5_000, 405),
    ],
)
def test_a_row_is_as_tall_as_its_longest_cell(words: str, points: int) -> None:
    rows = sheet_of([("Good practice", words), ("x", "y" * 70)])  # so that the column is as wide as any
    assert re.findall(r'<row r="5"[^>]* ht="([\d.]+)"', rows) == ([str(points)] if points != 15 else [])


def test_it_prints_across_the_sheet_with_its_headings_and_numbers_on_each_page() -> None:
    sheet = sheet_of([("Good practice", "Two wards share one rota.")])
    assert 'orientation="landscape"' in sheet and 'fitToHeight="0"' in sheet and "Page &amp;P of &amp;N" in sheet


def widths_of(data: bytes) -> list[int]:
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    return [
        int(float(width))
        for first, last, width in re.findall(r'<col min="(\d+)" max="(\d+)" width="([\d.]+)"', sheet)
        for _ in range(int(first), int(last) + 1)
    ]


def test_many_columns_are_narrower_so_that_they_can_be_read_on_paper_and_no_word_is_broken() -> None:
    heads = tuple(f"Heading {number}" for number in range(13))
    few, many = "Telecommunications", "A sentence of some length, as people write them of what they agreed."
    narrow = widths_of(workbook("Log", [heads, (*[few] * 3, *[many] * 9, "O")]))
    assert len(narrow) == 13 and sum(narrow) <= 180
    assert all(width >= len(few) for width in narrow[:3])
    assert narrow[3] == narrow[11] > narrow[12] >= len("Heading")
    assert widths_of(workbook("Log", [heads[:2], (many, few)])) == [60, 20]  # where there is room nothing gives way
    said = widths_of(workbook("Log", [heads, (many * 2, *[many] * 12)]))
    assert said[0] > said[1]
    assert widths_of(workbook("Log", [("Telecommunications",) * 13])) == [20] * 13


def test_its_headings_wrap_and_every_cell_has_an_edge() -> None:
    with zipfile.ZipFile(io.BytesIO(workbook("Report", [HEADS, ("Good practice", "One rota.")]))) as parts:
        styles = parts.read("xl/styles.xml").decode()
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    formats = re.findall(r"<xf [^>]*?(?:/>|>.*?</xf>)", styles.partition("<cellXfs")[2])
    for row in (1, 2):
        (style,) = re.findall(rf'<c r="A{row}" s="(\d+)"', sheet)
        assert 'wrapText="1"' in formats[int(style)] and 'applyBorder="1"' in formats[int(style)]
