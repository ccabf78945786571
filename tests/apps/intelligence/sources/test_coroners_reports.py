"""Coroners' reports: both layouts, the name of who died kept out, and every row accounted for."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date

import pytest

from sightline.core.signals import Bearing
from sightline.intake.reading import read
from sightline.intelligence.sources import coroners_reports as source
from sightline.intelligence.sources import recognise
from sightline.intelligence.sources._deceased import MASK, deceased, safe_address
from sightline.intelligence.sources.contract import TextParsed
from sightline.intelligence.words import AnswerStatus, Kind

TODAY = date(2026, 6, 15)
PAGE = "https://www.judiciary.uk/prevention-of-future-death-reports/{}/"
CONCERNS = ("url", "id", "date", "coroner", "area", "receiver", "concerns", "judiciary_category")
ANSWERS = (
    "response status", "date_added", "date_of_report", "ref", "deceased_name", "coroner_name", "coroner_area",
    "category", "no. recipients", "report_url", "reply_urls", "circumstances", "concerns", "response", "status",
    "sent_to",
)  # fmt: skip


def a_report(**more: str) -> list[str]:
    """This function will make a row of the first layout."""
    row = {
        "url": PAGE.format("wilfred-quillfeather"),
        "id": "2024-0001",
        "date": "2024-03-01",
        "coroner": "A. Person",
        "area": "Northmoor",
        "receiver": "The Chief Executive, Northmoor Hospitals NHS Foundation Trust; Department of Health",
        "concerns": "Nobody looked at the chart of Mr Quillfeather.",
        "judiciary_category": "Hospital deaths |&#xa0;<a>Child Death</a>",
    }
    return [(row | more)[key] for key in CONCERNS]


def an_answer(**more: str) -> list[str]:
    """This function will make a row of the second layout."""
    row = dict.fromkeys(ANSWERS, "") | {
        "response status": "pending",
        "date_added": "01/02/2026",
        "date_of_report": "28/01/2026",
        "ref": "2026-0045",
        "deceased_name": "Wilfred Quillfeather",
        "coroner_name": "Mr A Person",
        "coroner_area": "Northmoor",
        "no. recipients": "1",
        "report_url": PAGE.format("wilfred-quillfeather-prevention-of-future-deaths-report"),
        "status": "pending",
        "sent_to": "Northmoor Hospitals NHS Foundation Trust",
        "concerns": "The alarm was not heard.",
    }
    return [(row | more)[key] for key in ANSWERS]


def parsed(header: Sequence[str], *rows: Sequence[str]) -> TextParsed:
    """This function will bring a table in as a file and read it."""
    out = io.StringIO()
    csv.writer(out).writerows([header, *rows])
    file = read("reports.csv", out.getvalue().encode())
    assert recognise(file) is source
    return source.parse(file, TODAY)


@pytest.mark.requirement("INT-13")
def test_a_report_tells_its_concerns_and_whom_it_was_sent_to() -> None:
    (telling,) = parsed(CONCERNS, a_report()).tellings
    assert (telling.key, telling.kind, telling.bearing) == ("2024-0001", Kind.DEATH_REPORT, Bearing.CONCERN)
    assert telling.said_on == date(2024, 3, 1)
    assert telling.report is not None
    assert telling.report.due_on == date(2024, 4, 26)
    assert telling.report.category == "Hospital deaths; Child Death"
    assert [one.name for one in telling.about] == [
        "The Chief Executive, Northmoor Hospitals NHS Foundation Trust",
        "Department of Health",
    ]


@pytest.mark.requirement("INT-13")
def test_each_recipient_of_a_report_has_an_answer_of_its_own() -> None:
    found = parsed(
        ANSWERS,
        an_answer(status="received", **{"response status": "partial", "no. recipients": "2"}),
        an_answer(status="overdue", sent_to="Fenwick Surgery", **{"response status": "partial", "no. recipients": "2"}),
    )
    (telling,) = found.tellings
    assert telling.report is not None
    assert [(one.addressee, one.status) for one in telling.report.responses] == [
        ("Northmoor Hospitals NHS Foundation Trust", AnswerStatus.ANSWERED),
        ("Fenwick Surgery", AnswerStatus.OVERDUE),
    ]
    assert telling.report.as_of == date(2026, 2, 1)
    assert (found.rows, found.joined) == (2, 1)
    assert not source.verify(found)


def test_an_answer_that_nobody_can_find_in_a_completed_report_is_unknown_not_overdue() -> None:
    (telling,) = parsed(ANSWERS, an_answer(status="overdue", **{"response status": "completed"})).tellings
    assert telling.report is not None
    assert telling.report.responses[0].status is AnswerStatus.UNKNOWN


def test_the_keys_of_both_layouts_are_one_so_that_either_may_come_first() -> None:
    (first,) = parsed(CONCERNS, a_report(id="2026-0045")).tellings
    (second,) = parsed(ANSWERS, an_answer()).tellings
    assert first.key == second.key


def test_a_coroners_own_later_day_is_an_extension_and_an_earlier_one_is_none() -> None:
    says = "You are under a duty to respond within 56 days of the date of this report, namely by {}. I may extend it."
    later, earlier = (
        parsed(ANSWERS, an_answer(response=says.format(day))).tellings[0].report
        for day in ("18 April 2026", "1 March 2026")
    )
    assert later is not None and earlier is not None
    assert (later.due_on, later.extended_to) == (date(2026, 3, 25), date(2026, 4, 18))
    assert earlier.extended_to is None


@pytest.mark.requirement("IGV-02")
@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Mr Quillfeather fell.", f"Mr {MASK} fell."),
        ("WILFRED QUILLFEATHER fell.", f"{MASK} fell."),
        ("wilfred quillfeather fell", f"{MASK} fell"),
        ("Wilfred J. Quillfeather’s notes", f"{MASK}’s notes"),
        ("Quillfeather was moved; Wilfred's wife asked.", f"{MASK} was moved; {MASK}'s wife asked."),
        ("The quillfeather is a plant.", "The quillfeather is a plant."),  # no capital: an ordinary word
        ("Quillfeathers are birds", "Quillfeathers are birds"),  # part of a longer word
        ("Nobody was named.", "Nobody was named."),
        ("", ""),
    ],
)
def test_the_name_of_who_died_is_masked(text: str, shown: str) -> None:
    assert deceased("Wilfred Quillfeather").masked(text) == shown


@pytest.mark.parametrize(
    ("name", "text", "shown"),
    [
        ("Ann O'Teal", "Mrs O’Teal and O'Teal", f"Mrs {MASK} and {MASK}"),
        ("Ann Oteal", "Mrs O’Teal", f"Mrs {MASK}"),
        ("Ann Reed-Marsh", "Ms Reed-Marsh, then Ms Marsh", f"Ms {MASK}, then Ms {MASK}"),
        ("Ann May", "In May 2024 Mrs May rang; Ann May waited.", f"In May 2024 Mrs {MASK} rang; {MASK} waited."),
        ("Ann Ward", "Ward 7 and Mrs Ward", f"Ward 7 and Mrs {MASK}"),
        ("Jo Bloggs and Al Bloggs", "Al Bloggs and Jo Bloggs", f"{MASK} and {MASK}"),
        ("Bo Li", "Li rang; Mr Li waited; li", f"{MASK} rang; Mr {MASK} waited; li"),
        ("Å İnal", "Mr İnal", f"Mr {MASK}"),
    ],
)
def test_names_of_all_kinds_are_masked(name: str, text: str, shown: str) -> None:
    assert deceased(name).masked(text) == shown


@pytest.mark.requirement("IGV-02")
def test_nothing_that_is_read_holds_the_name_of_who_died() -> None:
    rows = [
        an_answer(
            concerns="Mr Quillfeather was not seen.",
            circumstances="Wilfred Quillfeather, aged 40, fell.",
            sent_to="Mr Wilfred Quillfeather (estate), Northmoor Hospitals NHS Foundation Trust",
            reply_urls="https://www.judiciary.uk/wp-content/2026-0045-Quillfeather-answer.pdf",
        )
    ]
    found = parsed(ANSWERS, *rows)
    first = parsed(CONCERNS, a_report(receiver="Family of Wilfred Quillfeather; Fenwick Surgery"))
    for text in (repr(found), repr(first)):
        assert "quillfeather" not in text.casefold()
        assert "wilfred" not in text.casefold()


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://www.judiciary.uk/wp-content/2026-0045-Response-from-Northmoor.pdf", True),
        ("http://www.judiciary.uk/wp-content/2026-0045-Response-from-Northmoor.pdf", False),
        ("https://example.org/2026-0045-Response-from-Northmoor.pdf", False),
        ("https://www.judiciary.uk.example.org/Response-from-Northmoor.pdf", False),
        ("https://www.judiciary.uk/wp-content/Quillfeather-Response.pdf", False),
        ("https://www.judiciary.uk/wp-content/Response-%51uillfeather.pdf", False),
        ("https://www.judiciary.uk/a.pdf?preview_nonce=1", False),
        (PAGE.format("anybody"), False),
        ("javascript:alert(1)", False),
        ("https://[", False),
        ("", False),
    ],
)
def test_a_web_address_is_kept_only_where_it_is_the_judiciarys_and_names_nobody(address: str, kept: bool) -> None:
    assert bool(safe_address(address, deceased("Wilfred Quillfeather"))) is kept


def test_an_answers_address_belongs_to_the_recipient_it_names_and_to_no_other() -> None:
    address = "https://www.judiciary.uk/wp-content/uploads/2026-0045-Response-from-Fenwick-Surgery.pdf"
    (telling,) = parsed(
        ANSWERS, an_answer(reply_urls=address), an_answer(sent_to="Fenwick Surgery", reply_urls=address)
    ).tellings
    assert telling.report is not None
    assert [one.address for one in telling.report.responses] == ["", address]


@pytest.mark.requirement("IGV-02")
def test_recipients_that_were_blacked_out_are_counted_and_not_kept() -> None:
    found = parsed(
        ANSWERS, an_answer(sent_to="REDACTED"), an_answer(sent_to="[REDACTED] Governor"), an_answer(sent_to="HMP Fen")
    )
    (telling,) = found.tellings
    assert telling.report is not None
    assert telling.report.addressees == ("HMP Fen",)
    assert telling.report.withheld == 2
    assert "redacted" not in repr(telling).casefold()


def test_two_reports_of_one_reference_are_told_apart_and_held_for_a_person() -> None:
    rows = [a_report(), a_report(date="2024-05-01", receiver="Fenwick Surgery", concerns="Another matter.")]
    found = parsed(CONCERNS, *rows)
    assert len({telling.key for telling in found.tellings}) == 2
    assert all(telling.held for telling in found.tellings)
    assert [telling.key for telling in parsed(CONCERNS, *reversed(rows)).tellings] == [
        telling.key for telling in reversed(found.tellings)
    ]


def test_a_row_that_stands_twice_is_one_report() -> None:
    found = parsed(CONCERNS, a_report(), a_report())
    assert len(found.tellings) == 1
    assert (found.rows, found.joined) == (2, 1)


def test_a_report_without_a_reference_keeps_its_key_from_file_to_file() -> None:
    (first,) = parsed(CONCERNS, a_report(id="")).tellings
    (again,) = parsed(CONCERNS, a_report(id="", concerns="The words were corrected.")).tellings
    assert first.key == again.key
    assert first.key.startswith("undated-")


def test_a_report_without_its_words_is_held_and_not_lost() -> None:
    (telling,) = parsed(ANSWERS, an_answer(concerns="")).tellings
    assert telling.text == ""
    assert telling.held


@pytest.mark.parametrize(
    ("more", "column"),
    [
        ({"date": "2027-01-01"}, "date"),
        ({"date": ""}, "date"),
        ({"date": "Wilfred Quillfeather"}, "date"),
        ({"id": "Wilfred Quillfeather"}, "id"),
        ({"receiver": ""}, "receiver"),
        ({"receiver": "x" * 6_000}, "receiver"),
        ({"concerns": "x" * 60_000}, "concerns"),
        ({"coroner": "x" * 300}, "coroner"),
    ],
)
def test_a_bad_row_is_listed_with_its_line_and_shows_nothing_of_itself(more: dict[str, str], column: str) -> None:
    found = parsed(CONCERNS, a_report(), a_report(**{"id": "2024-0002", **more}))
    assert len(found.tellings) == 1
    assert [(fault.line, fault.column) for fault in found.faults] == [(3, column)]
    assert found.bad == {3}
    assert "quillfeather" not in str(found.faults).casefold()


def test_statuses_that_are_not_known_are_faults() -> None:
    found = parsed(ANSWERS, an_answer(status="lost"), an_answer(**{"response status": "perhaps"}), an_answer(ref=""))
    assert [fault.column for fault in found.faults] == ["status", "response status", "ref"]
    assert not found.tellings


def test_a_report_of_which_recipients_are_missing_is_named() -> None:
    found = parsed(ANSWERS, an_answer(**{"no. recipients": "3"}))
    (fault,) = source.verify(found)
    assert "2026-0045" in fault.says


def test_headings_without_reports_are_refused() -> None:
    assert source.verify(parsed(CONCERNS))
