"""Many soft items in one file: good rows wait, bad rows are listed, and none is lost."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.core.access import Handling
from sightline.core.signals import Bearing, Dimension
from sightline.intake.reading import read
from sightline.intelligence.sources import many_items as source
from sightline.intelligence.sources import recognise
from sightline.intelligence.sources.contract import NamedSubject, TextParsed
from sightline.intelligence.words import Certainty, Channel, Kind

TODAY = date(2026, 6, 15)
HEADER = tuple(heading for heading, _ in source.COLUMNS_EXPLAINED)
ROW = {
    "About": "Fenwick House",
    "What": "The bell was not answered.",
    "Date heard": "01/06/2026",
    "Source": "Healthwatch",
    "How sure": "Fairly sure",
    "Positive or concern": "Concern",
    "Dimension": "safe; well-led",
    "Who may see": "",
    "Verbal": "",
    "Passage for fewer": "",
    "Why for fewer": "",
    "Told by": "",
}


def a_row(**more: str) -> list[str]:
    """This function will make a row of the template."""
    return [(ROW | more)[heading] for heading in HEADER]


def brought(rows: Sequence[Sequence[str]], encoding: str = "utf-8", mark: bytes = b"") -> TextParsed:
    """This function will bring rows in as a file, headings included, and read them."""
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    file = read("items.csv", mark + out.getvalue().encode(encoding))
    assert recognise(file) is source
    return source.parse(file, TODAY)


def parsed(*rows: Sequence[str]) -> TextParsed:
    """This function will read rows under the template's headings."""
    return brought([HEADER, *rows])


@pytest.mark.requirement("INT-01")
def test_a_row_is_an_item() -> None:
    (telling,) = parsed(a_row()).tellings
    assert (telling.kind, telling.bearing, telling.certainty) == (Kind.SOFT, Bearing.CONCERN, Certainty.FAIRLY_SURE)
    assert telling.about == (NamedSubject("Fenwick House"),)
    assert telling.heard_on == date(2026, 6, 1)
    assert telling.dimensions == (Dimension.SAFE, Dimension.WELL_LED)
    assert (telling.handling, telling.channel, telling.fewer) == (Handling.MEMBERS, Channel.WRITTEN, None)


def test_a_row_may_keep_words_for_fewer_readers() -> None:
    (telling,) = parsed(
        a_row(**{"Passage for fewer": "Who said it.", "Verbal": "yes", "Who may see": "named people"})
    ).tellings
    assert telling.fewer is not None
    assert (telling.fewer.text, telling.fewer.handling) == ("Who said it.", Handling.RESTRICTED)
    assert (telling.channel, telling.handling) == (Channel.VERBAL, Handling.RESTRICTED)


def test_codes_and_several_bodies_are_told_apart() -> None:
    (telling,) = parsed(a_row(About="ZX1; 1-123456789; Fenwick House;")).tellings
    assert [one.code for one in telling.about] == ["ZX1", "1-123456789", ""]
    assert [one.name for one in telling.about] == ["ZX1", "1-123456789", "Fenwick House"]


def test_the_template_comes_back_as_it_is_read_and_brings_no_item() -> None:
    assert tuple(next(csv.reader([source.template_csv()]))) == HEADER
    found = brought(list(csv.reader(io.StringIO(source.template_csv()))))
    assert source.verify(found)


def test_headings_may_be_in_any_order_and_case() -> None:
    order = ["positive or concern", "WHAT YOU HEARD", "code or name", "When heard"]
    found = brought([order, ["Positive", "All was well.", "ZX1", "2026-06-01"]])
    assert found.tellings[0].bearing is Bearing.IMPROVEMENT


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("About", ""),
        ("About", " ; "),
        ("About", ";".join(f"Body {n}" for n in range(30))),
        ("About", "x" * 300),
        ("What", ""),
        ("What", "\u202e\u200b"),
        ("What", "x" * 20_001),
        ("What", '=HYPERLINK("http://example.org","x")'),
        ("What", "@SUM(1)"),
        ("What", "+cmd|' /C calc'!A0"),
        ("What", "-2+3+cmd|' /C calc'!A0"),
        ("What", "= sign"),
        ("Source", "=1+1"),
        ("Date heard", ""),
        ("Date heard", "06/13/2026"),
        ("Date heard", "yesterday"),
        ("Date heard", "16/06/2026"),
        ("How sure", "perhaps not"),
        ("Positive or concern", ""),
        ("Positive or concern", "x"),
        ("Dimension", "safe; tasty"),
        ("Who may see", "annex"),
        ("Who may see", "my sister"),
        ("Verbal", "perhaps"),
    ],
)
def test_a_row_that_cannot_be_read_is_listed_with_its_line_column_and_mend(column: str, text: str) -> None:
    found = parsed(a_row(What="Good."), a_row(**{column: text}), a_row(What="Good too."))
    assert [telling.text for telling in found.tellings] == ["Good.", "Good too."]
    assert {(fault.line, fault.column) for fault in found.faults} == {(3, column)}
    assert all(fault.mend for fault in found.faults)
    assert found.bad == {3}


@pytest.mark.parametrize(
    "text",
    [
        "- nobody answered (twice)",
        "-nobody",
        "+ve result",
        "@northmoor said so",
        "<script>alert(1)</script>",
        "**bold**",
    ],
)
def test_words_that_only_look_unusual_are_kept_as_they_are(text: str) -> None:
    assert parsed(a_row(What=text)).tellings[0].text == text


def test_a_note_under_the_last_row_is_not_taken_for_a_footer() -> None:
    found = parsed(a_row(), ["Note: the bell again", *[""] * 10])
    assert found.bad == {3}


def test_a_row_of_another_width_is_a_fault_and_the_others_wait() -> None:
    found = parsed(a_row(), ["Fenwick House", "Short."], [*a_row(What="Long."), "one", "too many"])
    assert (len(found.tellings), found.bad) == (1, {3, 4})


def test_one_heading_over_two_columns_refuses_the_file() -> None:
    found = brought([(*HEADER, "What"), [*a_row(), "Other words"]])
    assert found.is_refused
    assert "stands over 2 columns" in found.faults[0].says
    assert found.bad == {2}


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [("utf-8", b"\xef\xbb\xbf"), ("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff"), ("cp1252", b"")],
)
def test_a_file_may_be_written_in_any_usual_encoding(encoding: str, mark: bytes) -> None:
    (telling,) = brought([HEADER, a_row(What="The “café” bell – £5.")], encoding, mark).tellings
    assert telling.text == "The “café” bell – £5."


def test_marks_that_turn_the_line_are_taken_out_and_said() -> None:
    found = parsed(a_row(What="Nobody \u202eylerus\u202c came"))
    assert found.tellings[0].text == "Nobody ylerus came"
    assert any("turn text" in remark for remark in found.remarks)


def test_the_same_row_twice_is_one_item_and_keeps_its_key() -> None:
    found = parsed(a_row(), a_row(Source="Other"))
    assert (len(found.tellings), found.joined, found.rows) == (1, 1, 2)
    assert parsed(a_row()).tellings[0].key == found.tellings[0].key
    assert parsed(a_row(What="Else.")).tellings[0].key != found.tellings[0].key


@given(
    st.lists(
        st.sampled_from(
            [
                a_row(),
                a_row(What="Another."),
                a_row(What=""),
                a_row(What="=1+1"),
                a_row(About=""),
                ["Note: nothing more"] + [""] * 10,
                ["too", "short"],
                [""] * 11,
                ["\u200b"] + [""] * 10,
            ]
        ),
        max_size=12,
    )
)
def test_no_row_is_lost(rows: list[list[str]]) -> None:
    found = parsed(*rows)
    filled = sum(1 for row in rows if any(row))
    assert len(found.tellings) + found.joined + len(found.bad) == filled == found.rows
    assert found.bad == {fault.line for fault in found.faults}
