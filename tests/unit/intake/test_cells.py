"""Cells: what counts as a figure, a missing figure, a code, and what is refused in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.intake import cells
from sightline.intake.cells import BadCell

NUMBERS = {
    "12": 12.0,
    " 12 ": 12.0,
    "12,286": 12286.0,
    "1,234,567.5": 1234567.5,
    "-3.5": -3.5,
    "+4": 4.0,
    "0.5": 0.5,
    "3.5E-05": 3.5e-05,
    "007": 7.0,
}
MISSING = ["", "  ", "*", "-", "–", "c", "C", "[c]", "[x]", "[z]", ".."]
NO_NUMBERS = {
    "１２３": "digits other than 0 to 9",
    "1e400": "too large",
    "NaN": "not a figure",
    "-inf": "not a figure",
    "1_000": "not a number",
    "12,28": "not a number",
    "1.234,5": "not a number",
    "1,2345": "not a number",
    "12a": "not a number",
    "0x10": "not a number",
    ".5.": "not a number",
    "#DIV/0!": "Excel shows",
    "#REF!": "Excel shows",
    "=A1+1": "not a number",
    "٣": "digits other than 0 to 9",
}


@pytest.mark.parametrize(("text", "value"), NUMBERS.items())
def test_a_number_is_read_as_written(text: str, value: float) -> None:
    assert cells.decimal(text) == value


@pytest.mark.parametrize("text", MISSING)
def test_a_mark_of_suppression_is_no_figure_and_says_why(text: str) -> None:
    assert cells.decimal(text) is None
    assert cells.missing(text)


@pytest.mark.parametrize(("text", "words"), NO_NUMBERS.items())
def test_what_is_no_number_is_refused_with_its_mend(text: str, words: str) -> None:
    with pytest.raises(BadCell) as refused:
        cells.decimal(text)
    assert words in refused.value.says
    assert refused.value.mend.endswith(".")


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_thousands_commas_make_no_difference(number: int) -> None:
    assert cells.decimal(f"{number:,}") == cells.decimal(str(number)) == number


@given(st.text(max_size=12))
def test_any_text_is_a_finite_number_or_missing_or_refused(text: str) -> None:
    try:
        value = cells.decimal(text)
    except BadCell:
        return
    assert value is None or abs(value) < float("inf")


@pytest.mark.parametrize(
    ("text", "value"), [("80.00%", 80.0), ("80", 80.0), ("0%", 0.0), ("100.0%", 100.0), ("-", None), ("*", None)]
)
def test_a_percentage_is_read_with_or_without_its_sign(text: str, value: float | None) -> None:
    assert cells.percent(text) == value


@pytest.mark.parametrize("text", ["100.1%", "101", "-1%", "%", "80%%", "８０%"])
def test_a_percentage_outside_its_range_or_shape_is_refused(text: str) -> None:
    with pytest.raises(BadCell):
        cells.percent(text)


@pytest.mark.parametrize(("rule", "text"), [(cells.whole, "1.5"), (cells.count, "-1"), (cells.amount, "-0.5")])
def test_a_count_is_whole_and_not_negative(rule: object, text: str) -> None:
    with pytest.raises(BadCell):
        rule(text)  # type: ignore[operator]


def test_a_whole_number_may_carry_a_nought_after_the_point() -> None:
    assert cells.whole("12.0") == 12


@pytest.mark.parametrize(
    ("text", "code"), [("x01", "X01"), (" E06000001 ", "E06000001"), ("1-123456789", "1-123456789")]
)
def test_a_code_keeps_the_publishers_spelling_in_capitals(text: str, code: str) -> None:
    assert cells.code(text) == code


@pytest.mark.parametrize(
    ("text", "words"),
    [("", "missing"), ("5.0E+10", "Excel"), ("3-Feb", "Excel"), ("A B", "not an organisation"), ("Ｘ０１", "not an")],
)
def test_a_code_that_excel_has_mangled_is_refused(text: str, words: str) -> None:
    with pytest.raises(BadCell, match=words):
        cells.code(text)
