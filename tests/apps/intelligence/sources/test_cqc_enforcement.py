"""What the regulator did, in a table of our own."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date

import pytest

from sightline.core.signals import Bearing
from sightline.intake.reading import read
from sightline.intelligence.sources import cqc_enforcement as source
from sightline.intelligence.sources import recognise
from sightline.intelligence.sources.contract import TextParsed
from sightline.intelligence.words import Kind

TODAY = date(2026, 6, 15)
HEADER = ("Location ID", "Location name", "ACTION", "Date served", "Regulation", "Summary")
ROW = (
    "1-123456789",
    "Fenwick House",
    "Warning notice",
    "01/05/2026",
    "Regulation 12",
    "Medicines were not locked away.",
)


def parsed(header: Sequence[str], *rows: Sequence[str]) -> TextParsed:
    """This function will bring a table in as a file and read it."""
    out = io.StringIO()
    csv.writer(out).writerows([header, *rows])
    file = read("actions.csv", out.getvalue().encode())
    assert recognise(file) is source
    return source.parse(file, TODAY)


@pytest.mark.requirement("CQC-01", "CQC-07")
def test_an_action_tells_whom_it_concerns_when_and_why() -> None:
    (telling,) = parsed(HEADER, ROW).tellings
    assert (telling.kind, telling.bearing, telling.said_on) == (Kind.ENFORCEMENT, Bearing.CONCERN, date(2026, 5, 1))
    assert (telling.about[0].code, telling.about[0].name) == ("1-123456789", "Fenwick House")
    assert telling.text == "Warning notice. Regulation 12. Medicines were not locked away."
    assert dict(telling.facts) == {"action": "warning notice", "regulation": "Regulation 12"}


@pytest.mark.parametrize(
    ("action", "kind"),
    [
        ("Warning Notice", "warning notice"),
        ("Section 29A letter", "warning notice"),
        ("Requirement notice", "requirement notice"),
        ("Notice of proposal to cancel", "notice of proposal"),
        ("Conditions imposed", "conditions on registration"),
        ("Urgent suspension (section 31)", "urgent action"),
        ("Cancelled registration", "cancellation of registration"),
        ("Placed in special measures", "special measures"),
        ("A talk", "other"),
    ],
)
def test_actions_are_told_apart(action: str, kind: str) -> None:
    assert source.kind_of(action) == kind


@pytest.mark.parametrize("action", ["Conditions removed", "Warning notice withdrawn", "Taken out of special measures"])
def test_what_has_ended_is_no_new_concern(action: str) -> None:
    (telling,) = parsed(HEADER, (*ROW[:2], action, *ROW[3:])).tellings
    assert telling.bearing is Bearing.NEITHER


@pytest.mark.parametrize(
    "header",
    [
        ("provider_code", "provider name", "action kind", "date", "regulations", "details"),
        ("CQC ID", "Organisation", "Enforcement action", "Published on", "Regulation breached", "Reason"),
        ("Code", "Name", "Type of action", "ACTION DATE", "regulation", "SUMMARY"),
    ],
)
def test_headings_may_be_written_in_several_ways(header: Sequence[str]) -> None:
    assert parsed(header, ROW).tellings[0].about[0].name == "Fenwick House"


def test_an_action_brought_twice_keeps_its_key() -> None:
    found = parsed(HEADER, ROW, ROW)
    assert (len(found.tellings), found.joined) == (1, 1)
    assert parsed(HEADER, ROW).tellings[0].key == found.tellings[0].key
    other = parsed(HEADER, (*ROW[:3], "02/05/2026", *ROW[4:]))
    assert other.tellings[0].key != found.tellings[0].key


@pytest.mark.parametrize(
    ("place", "text", "column"),
    [
        (2, "", "ACTION"),
        (2, "=HYPERLINK(1)", "ACTION"),
        (3, "", "Date served"),
        (3, "05/30/2026", "Date served"),
        (3, "01/01/2027", "Date served"),
        (0, "1.23E+08", "Location ID"),
        (5, "x" * 60_000, "Summary"),
    ],
)
def test_a_bad_row_is_listed_with_its_line(place: int, text: str, column: str) -> None:
    bad = [*ROW]
    bad[place] = text
    found = parsed(HEADER, ROW, bad)
    assert [(fault.line, fault.column) for fault in found.faults] == [(3, column)]
    assert len(found.tellings) == 1


def test_an_action_about_nobody_is_a_fault() -> None:
    found = parsed(HEADER, ("", "", *ROW[2:]))
    assert "Neither" in found.faults[0].says


def test_two_actions_of_one_reference_are_a_fault() -> None:
    header = (*HEADER, "Reference")
    found = parsed(header, (*ROW, "E1"), (*ROW[:5], "Another matter.", "E1"))
    assert (len(found.tellings), found.bad) == (1, {3})


def test_a_table_without_actions_is_refused() -> None:
    assert source.verify(parsed(HEADER))
