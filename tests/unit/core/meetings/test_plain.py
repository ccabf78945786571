"""How plain a paper's English is: counted, told to its writer, and silent where there is too little to say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.core.meetings.plain import LONG, plainness, remarks

EASY = "The ward was calm. The staff were kind. We saw no falls at all. " * 10
HARD = "Organisational interdependencies necessitate comprehensive multidisciplinary recalibration. " * 20


def test_easy_words_need_no_remark() -> None:
    found = plainness(EASY)
    assert found.ease is not None and found.ease > 80
    assert remarks(found, 2) == ()


def test_hard_words_are_told_with_their_ease() -> None:
    found = plainness(HARD)
    assert found.ease == 0
    assert remarks(found, 1) == ("Its reading ease is 0 of 100. From 60 on most people read a text without effort.",)


def test_one_word_more_than_the_measure_makes_a_sentence_long() -> None:
    for words, said in ((LONG, 0), (LONG + 1, 1)):
        text = "word " * (words - 1) + "word. " + EASY
        found = plainness(text)
        assert found.long_sentences == said
        assert any("is longer than 25 words; the longest has 26" in one for one in remarks(found, None)) == bool(said)


def test_letters_are_told_unless_they_are_spelled_out() -> None:
    found = plainness(
        EASY + "We read SHMI figures. The Quality Risk Response Tool (QRRT) was used. QRRT helps the NHS."
    )
    assert found.unexplained == ("SHMI",)


@pytest.mark.requirement("MTG-14")
def test_many_pages_are_told_even_of_what_cannot_be_read() -> None:
    assert remarks(plainness(""), 10) == ()
    assert remarks(plainness(""), 11)[0].startswith("It has 11 pages.")


@given(st.text(max_size=3_000))
def test_any_text_is_counted(text: str) -> None:
    found = plainness(text)
    assert found.long_sentences <= found.sentences <= max(found.words, 1)
    assert found.ease is None or 0 <= found.ease <= 100
