"""What a person typed is kept as they meant it: nothing hidden in it, nothing cut off, nothing made of it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.core.intelligence.wording import LONGEST, clean, first_line, without_hidden

DOCTOR = "\U0001f469\u200d\u2695\ufe0f"  # one picture of two, joined as a telephone joins them


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("plain", "plain"),
        ("", ""),
        (" \n\t ", ""),
        ("  a  \r\nb\rc  ", "a\nb\nc"),
        ("a\u2028b\x0cc\x85d", "a\nb\nc\nd"),
        ("a\n\n\n\n\n\nb", "a\n\n\nb"),
        ("a\n \n\t\n  \n\u00a0\nb", "a\n\n\nb"),
        ("a\n\nb", "a\n\nb"),
        ("a\tb", "a\tb"),
        ("Jose\u0301", "José"),
        ("<script>alert(1)</script> & [x](javascript:y) **b** {{7*7}}", None),
        ("# heading\n> quoted\n- a\n- b", None),
        ("عربي ושלום", None),
        (f"thank you {DOCTOR}", None),
        ("👍🏽 🇬🇧", None),
        ("= 1 + 1", None),
    ],
)
def test_words_are_kept_as_they_were_meant(typed: str, kept: str | None) -> None:
    cleaned = clean(typed)
    assert cleaned.text == (typed if kept is None else kept)
    assert cleaned.remarks == ()
    assert cleaned.verdict


TURNING = [chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C)]
INVISIBLE = ["\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u3164", "\u115f", "\U000e0041", "\U000e0100"]
CONTROLS = ["\x00", "\x07", "\x08", "\x1b", "\x7f", "\x9f", "\ud800", "\uffff"]


@pytest.mark.parametrize(
    ("marks", "words"), [(TURNING, "direction"), (INVISIBLE, "Invisible"), (CONTROLS, "cannot be shown")]
)
def test_what_cannot_be_seen_is_removed_and_the_writer_is_told(marks: list[str], words: str) -> None:
    for mark in marks:
        cleaned = clean(f"safe{mark}ty")
        assert cleaned.text == "safety", f"{ord(mark):x}"
        assert cleaned.verdict
        assert len(cleaned.remarks) == 1
        assert words in cleaned.remarks[0]
        assert without_hidden(f"safe{mark}ty") == "safety"


def test_several_sorts_of_hidden_characters_have_a_remark_each() -> None:
    assert len(clean("a\x00b\u202ec\u200bd").remarks) == 3


def test_an_editors_mark_at_the_beginning_is_nobodys_fault() -> None:
    assert clean("\ufeffwords") == clean("words")


def test_a_joiner_outside_a_picture_hides_nothing() -> None:
    assert clean("943\u200d476").text == "943476"
    assert clean(f"{DOCTOR[:2]}a").text == f"{DOCTOR[0]}a"


def test_marks_piled_on_one_letter_are_taken_down() -> None:
    cleaned = clean("zal" + "\u0335\u0317\u0300" * 500 + "go")
    assert len(cleaned.text) < 20
    assert "piled" in cleaned.remarks[0]
    assert clean("Việt Nam, Ṩ, שָׁלוֹם").remarks == ()


@pytest.mark.parametrize("typed", ["x" * (LONGEST + 1), "x" * 1_000_000, "\n".join("x" * LONGEST), "é" * 20_001])
def test_a_text_that_is_too_long_is_refused_whole_and_never_cut(typed: str) -> None:
    cleaned = clean(typed)
    assert not cleaned.verdict
    assert cleaned.text == typed
    assert "20,000 are allowed" in cleaned.verdict.words
    assert "attach" in cleaned.verdict.words


def test_the_longest_text_is_kept_whole_whatever_its_line_ends() -> None:
    longest = "\n".join(["x"] * (LONGEST // 2)) + "y"
    assert len(longest) == LONGEST
    assert clean(longest.replace("\n", "\r\n") + "\r\n  ").text == longest


@given(
    st.text(alphabet=st.characters() | st.sampled_from([*TURNING, *INVISIBLE, *CONTROLS, "\n", "\r", " ", "\u0301"]))
)
def test_cleaning_twice_changes_nothing_more(typed: str) -> None:
    once = clean(typed)
    again = clean(once.text)
    assert again.text == once.text
    assert again.remarks == ()
    assert not set(once.text) & {*TURNING, *CONTROLS, "\u200b", "\ufeff", "\r"}
    assert unicodedata.is_normalized("NFC", once.text)
    assert "\n\n\n\n" not in once.text
    once.text.encode()


@given(st.text(alphabet=st.characters(codec="ascii", categories=["L", "N", "P", "S"]) | st.sampled_from([" ", "\n"])))
def test_visible_words_are_never_changed(typed: str) -> None:
    assert clean(typed).text.split() == typed.split()


@pytest.mark.parametrize(
    ("text", "at_most", "begins"),
    [
        ("short", 90, "short"),
        ("", 90, ""),
        ("\n\n  first   line \nsecond", 90, "first line"),
        ("one two three four", 13, "one two…"),
        ("one two three four", 14, "one two three…"),
        ("one two, three", 9, "one two…"),
        ("x" * 100, 10, "x" * 9 + "…"),
        ("exactly ten", 11, "exactly ten"),
        ("a\tb", 90, "a b"),
    ],
)
def test_the_first_line_ends_with_a_whole_word(text: str, at_most: int, begins: str) -> None:
    assert first_line(text, at_most) == begins


@given(st.text(), st.integers(2, 120))
def test_the_first_line_is_never_longer_than_allowed_nor_broken(text: str, at_most: int) -> None:
    line = first_line(text, at_most)
    assert len(line) <= at_most
    assert "\n" not in line
    assert bool(line) == bool(text.strip())
