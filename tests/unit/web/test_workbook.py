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
        ("word " * 30, 45),  # 150 letters, twelve words to a line
        ("one\ntwo\n\nfour", 60),
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
