"""The register of sources of words, and files that no source may be brought down by."""

from __future__ import annotations

import random
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sightline.intake.contract import ReceivedFile, Table
from sightline.intake.reading import Unreadable, read
from sightline.intelligence.sources import TEXT_SOURCES, recognise, source_named
from sightline.intelligence.sources._comments_critical import SIGNS as CRITICAL
from sightline.intelligence.sources._comments_survey import SIGNS as SURVEY
from sightline.intelligence.sources._coroners_answers import SIGNS as ANSWERS
from sightline.intelligence.sources._coroners_concerns import SIGNS as CONCERNS
from sightline.intelligence.sources._text import clean, is_formula
from sightline.intelligence.sources.contract import LONGEST_TEXT
from sightline.intelligence.sources.many_items import COLUMNS_EXPLAINED

TODAY = date(2026, 6, 15)
HEADERS = {
    "answers": ANSWERS,
    "concerns": CONCERNS,
    "critical": CRITICAL,
    "survey": SURVEY,
    "enforcement": ("Code", "Action", "Date", "Summary"),
    "items": tuple(heading for heading, _ in COLUMNS_EXPLAINED),
}
NASTY = (
    "",
    " ",
    "x" * (LONGEST_TEXT + 1),
    "\u202eabc\u202c",
    "\x00\x07\x1b[31m",
    "=cmd|' /C calc'!A0",
    "<script>alert(1)</script>",
    "[a](javascript:alert(1))",
    "' OR 1=1 --",
    "2025-13-45",
    "٣١/٠٥/٢٠٢٥",
    "1e999",
    ";" * 500,
    "," * 500,
    " " * 5_000 + ",",
    "(" * 500,
    "&#xa0;" * 50 + "<a>" * 50,
    "Z" + "\u0301" * 300,
    "2024-0001",
    "received",
    "https://[",
)


def a_file(*rows: tuple[str, ...]) -> ReceivedFile:
    """This function will make a file of rows as they are read."""
    return ReceivedFile("x.csv", "0" * 64, 1, (Table((), rows, tuple(range(1, len(rows) + 1))),))


def test_every_source_is_known_by_its_name() -> None:
    assert {source.NAME for source in TEXT_SOURCES} == {
        "coroners_reports",
        "cqc_enforcement",
        "many_items",
        "patient_comments",
    }
    assert all(source_named(source.NAME) is source for source in TEXT_SOURCES)
    with pytest.raises(KeyError):
        source_named("tea_leaves")


@pytest.mark.parametrize(("name", "header"), HEADERS.items(), ids=lambda one: one if isinstance(one, str) else "")
def test_each_layout_is_recognised_by_one_source_and_no_other(name: str, header: tuple[str, ...]) -> None:
    assert sum(source.recognises(a_file(header)) for source in TEXT_SOURCES) == 1
    assert recognise(a_file(tuple(reversed(header)))) is recognise(a_file(header))


@pytest.mark.parametrize("header", [("a", "b"), ("Code", "Value", "Date"), ("",), ("ref", "sent_to")])
def test_a_table_of_figures_is_nobodys(header: tuple[str, ...]) -> None:
    assert recognise(a_file(header)) is None
    assert recognise(ReceivedFile("x.json", "0" * 64, 1, json={"a": 1})) is None


@pytest.mark.parametrize("header", HEADERS.values(), ids=HEADERS.keys())
def test_no_cell_brings_a_source_down_or_loses_a_row(header: tuple[str, ...]) -> None:
    drawn = random.Random(1)
    rows = [tuple(drawn.choice(NASTY) for _ in header) for _ in range(120)]
    rows += [(cell,) * len(header) for cell in NASTY]
    rows += [("only one",), tuple(["x"] * (len(header) + 3))]
    source = recognise(a_file(header))
    assert source is not None
    found = source.parse(a_file(header, *rows), TODAY)
    filled = sum(1 for row in rows if any(row))
    assert len(found.tellings) + found.joined + len(found.bad) == found.rows
    assert found.rows + found.skipped >= filled
    for telling in found.tellings:
        assert len(telling.key) <= 200
        assert len(telling.text) <= LONGEST_TEXT + 100
        assert all(telling.about) and not any("\u202e" in one.name for one in telling.about)


@pytest.mark.parametrize("header", HEADERS.values(), ids=HEADERS.keys())
def test_one_heading_over_two_columns_takes_nothing_in(header: tuple[str, ...]) -> None:
    source = recognise(a_file(header))
    assert source is not None
    found = source.parse(a_file((*header, header[0]), ("x",) * (len(header) + 1)), TODAY)
    assert found.is_refused
    assert found.bad == {2}


@settings(max_examples=30)
@given(st.sampled_from(sorted(HEADERS)), st.lists(st.lists(st.text(max_size=20), max_size=12), max_size=5))
def test_any_rows_end_as_tellings_or_faults_or_remarks(name: str, rows: list[list[str]]) -> None:
    header = HEADERS[name]
    source = recognise(a_file(header))
    assert source is not None
    found = source.parse(a_file(header, *(tuple(cell.strip() for cell in row) for row in rows)), TODAY)
    assert len(found.tellings) + found.joined + len(found.bad) == found.rows
    assert found.rows + found.skipped >= sum(1 for row in rows if any(cell.strip() for cell in row))


@pytest.mark.requirement("INT-13")
def test_a_cell_of_a_megabyte_is_refused_with_its_line_before_any_source_sees_it() -> None:
    data = ("id,date,coroner,area,receiver,concerns\n2024-0001,2024-01-01,A,B,C," + "x" * 2**20 + "\n").encode()
    with pytest.raises(Unreadable) as refused:
        read("reports.csv", data)
    assert refused.value.faults[0].line == 2


@pytest.mark.parametrize("text", ["a\r\nb\rc\u2028d", "a\nb\nc\nd"])
def test_line_ends_of_every_kind_are_one(text: str) -> None:
    assert clean(text) == "a\nb\nc\nd"


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("=1+1", True),
        (" =A1", True),
        ("=HYPERLINK(1)", True),
        ("@SUM(1)", True),
        ("+SUM(1)", True),
        ("-2+3+cmd|' /C calc'!A0", True),
        ("- a list (of one)", False),
        ("-5", False),
        ("@somebody wrote", False),
        ("a = b", False),
        ("", False),
    ],
)
def test_what_a_spreadsheet_would_run_is_a_formula(text: str, is_one: bool) -> None:
    assert is_formula(text) is is_one
