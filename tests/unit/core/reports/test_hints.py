"""What may be hard to read in a report, and what its short forms mean."""

from __future__ import annotations

import pytest

from sightline.core.reports.hints import WORDS_ON_A_SIDE, hints_on, short_forms


@pytest.mark.requirement("RPT-24")
@pytest.mark.parametrize(("words", "sides", "is_hint"), [
    (2 * WORDS_ON_A_SIDE, 2, False),
    (2 * WORDS_ON_A_SIDE + 1, 2, True),
    (9 * WORDS_ON_A_SIDE, None, False),
])  # fmt: skip
def test_a_report_that_is_longer_than_the_template_asks_for_is_remarked_upon(
    words: int, sides: int | None, is_hint: bool
) -> None:
    text = "Short. " * words
    assert bool(hints_on({"Key points": text}, sides)) is is_hint


@pytest.mark.parametrize(("text", "found"), [
    ("The Integrated Care Board (ICB) met. The ICB agreed.", (("ICB", "Integrated Care Board"),)),
    ("the Freedom to Speak Up (FTSU) guardian", (("FTSU", "Freedom to Speak Up"),)),
    ("a Chief Officer for Quality (CQ)", ()),
    ("the Commission for Quality (CQ)", (("CQ", "Commission for Quality"),)),
    ("words that do not fit (ABC)", ()),
    ("nothing", ()),
])  # fmt: skip
def test_short_forms_are_those_whose_words_stand_before_them(text: str, found: tuple[tuple[str, str], ...]) -> None:
    assert short_forms({"One": text}) == found


def test_a_short_form_that_nobody_spelt_out_is_remarked_upon_once_and_one_that_all_know_never() -> None:
    texts = {"One": "The SHMI rose, says the NHS.", "Two": "SHMI again. The Quality Group (QG) and GPs; QGs."}
    (hint,) = hints_on(texts)
    assert "“SHMI”" in hint and hint.startswith("One:")


def test_a_long_sentence_is_remarked_upon_with_its_beginning() -> None:
    (hint,) = hints_on({"One": f"Here it begins and goes on {'and on ' * 20}. Short."})
    assert "Here it begins and goes" in hint and "words" in hint
