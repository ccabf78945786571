"""Patients' comments in bulk: both layouts, what they bear on, and which wait for a person."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date

import pytest

from sightline.core.signals import Bearing
from sightline.intake.reading import read
from sightline.intelligence.sources import patient_comments as source
from sightline.intelligence.sources import recognise
from sightline.intelligence.sources.contract import TextParsed
from sightline.intelligence.words import Kind

TODAY = date(2026, 6, 15)
SURVEY = (
    "Comment ID", "Trust", "Date", "Service type 1", "FFT question", "FFT answer", "Person identifiable info?",
    "Comment sentiment", "Parking", "Safeguarding concerns?",
)  # fmt: skip
CRITICAL = ("code", "label", "subcategory", "feedback", "criticality", "organization", "question", "row_index")


def a_comment(**more: str) -> list[str]:
    """This function will make a row of the survey."""
    row = dict.fromkeys(SURVEY, "") | {
        "Comment ID": "NM 1 - Q1",
        "Trust": "NMFT",
        "Date": "12/07/2025",
        "FFT question": "What could we do better?",
        "FFT answer": "The bell was not answered.",
        "Comment sentiment": "4",
    }
    return [(row | more)[key] for key in SURVEY]


def a_label(**more: str) -> list[str]:
    """This function will make a row with a criticality."""
    row = {
        "code": "cc",
        "label": "Care received",
        "subcategory": "Care received",
        "feedback": "All was well.",
        "criticality": "3",
        "organization": "Trust Z",
        "question": "Trust Z - Q1",
        "row_index": "1",
    }
    return [(row | more)[key] for key in CRITICAL]


def parsed(header: Sequence[str], *rows: Sequence[str]) -> TextParsed:
    """This function will bring a table in as a file and read it."""
    out = io.StringIO()
    csv.writer(out).writerows([header, *rows])
    file = read("comments.csv", out.getvalue().encode())
    assert recognise(file) is source
    return source.parse(file, TODAY)


def test_a_comment_tells_its_words_its_day_and_whom_it_is_about() -> None:
    (telling,) = parsed(SURVEY, a_comment()).tellings
    assert (telling.kind, telling.key, telling.said_on) == (Kind.COMMENT, "NM 1 - Q1", date(2025, 7, 12))
    assert telling.about[0].name == "NMFT"
    assert dict(telling.facts) == {"question": "What could we do better?"}


@pytest.mark.parametrize(
    ("sentiment", "bearing"),
    [
        ("1", Bearing.IMPROVEMENT),
        ("2", Bearing.IMPROVEMENT),
        ("3", Bearing.NEITHER),
        ("4", Bearing.CONCERN),
        ("5", Bearing.CONCERN),
        ("5.0", Bearing.CONCERN),
        ("", Bearing.NEITHER),
    ],
)
def test_a_comment_bears_on_what_its_sentiment_says(sentiment: str, bearing: Bearing) -> None:
    (telling,) = parsed(SURVEY, a_comment(**{"Comment sentiment": sentiment})).tellings
    assert telling.bearing is bearing


@pytest.mark.parametrize(
    ("criticality", "bearing", "is_held"),
    [
        ("-5", Bearing.CONCERN, False),
        ("-1", Bearing.CONCERN, False),
        ("0", Bearing.NEITHER, False),
        ("+2", Bearing.IMPROVEMENT, False),
        ("5", Bearing.IMPROVEMENT, False),
        ("-9", Bearing.NEITHER, True),
        ("-o", Bearing.NEITHER, True),
        ("NA", Bearing.NEITHER, True),
        ("", Bearing.NEITHER, True),
        ("-3.5", Bearing.NEITHER, True),
    ],
)
def test_a_criticality_off_its_scale_holds_the_comment_and_loses_no_word(
    criticality: str, bearing: Bearing, is_held: bool
) -> None:
    (telling,) = parsed(CRITICAL, a_label(criticality=criticality)).tellings
    assert (telling.bearing, bool(telling.held), telling.text) == (bearing, is_held, "All was well.")


@pytest.mark.requirement("IGV-02")
@pytest.mark.parametrize(
    ("column", "word"), [("Person identifiable info?", "person"), ("Safeguarding concerns?", "danger")]
)
def test_a_marked_comment_waits_for_a_person(column: str, word: str) -> None:
    (telling,) = parsed(SURVEY, a_comment(**{column: "1"})).tellings
    assert word in telling.held
    (other,) = parsed(SURVEY, a_comment(**{column: "0"})).tellings
    assert not other.held


@pytest.mark.parametrize("answer", ["", "Did not answer", "did not answer.", "N/A", "-"])
def test_an_empty_comment_is_passed_over_and_counted(answer: str) -> None:
    found = parsed(SURVEY, a_comment(), a_comment(**{"Comment ID": "2", "FFT answer": answer}))
    assert len(found.tellings) == 1
    assert (found.rows, found.skipped) == (1, 1)
    assert any("1 row was passed over" in remark for remark in found.remarks)


@pytest.mark.parametrize("written", ["7/13/2025", "12/31/2025", "1/2/2025", "2025", "31/02/2025", "31/12/2026", ""])
def test_a_date_that_may_have_its_month_first_is_left_out_and_said(written: str) -> None:
    found = parsed(SURVEY, a_comment(Date=written))
    assert found.tellings[0].said_on is None
    assert any("1 date was left out" in remark for remark in found.remarks)


def test_one_comment_twice_is_one_and_two_of_one_id_are_a_fault() -> None:
    again, other = a_comment(), a_comment(**{"FFT answer": "Something else."})
    found = parsed(SURVEY, a_comment(), again, other)
    assert (len(found.tellings), found.joined, found.bad) == (1, 1, {4})
    assert "same id" in found.faults[0].says


@pytest.mark.parametrize(
    ("more", "column"),
    [
        ({"Comment ID": ""}, "Comment ID"),
        ({"Comment ID": "x" * 101}, "Comment ID"),
        ({"Trust": ""}, "Trust"),
        ({"Comment sentiment": "6"}, "Comment sentiment"),
        ({"FFT answer": "x" * 60_000}, "FFT answer"),
    ],
)
def test_a_bad_row_is_listed_and_the_others_wait(more: dict[str, str], column: str) -> None:
    found = parsed(SURVEY, a_comment(**{"Comment ID": "first"}), a_comment(**more))
    assert [(fault.line, fault.column) for fault in found.faults] == [(3, column)]
    assert (len(found.tellings), found.rows, found.bad) == (1, 2, {3})


def test_headings_without_comments_are_refused() -> None:
    assert source.verify(parsed(CRITICAL))
