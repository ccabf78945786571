"""Tidy tables: what is guessed and why, that nobody's guess is used unconfirmed, and what a mapping then reads."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from sightline.indicators.sources import recognise, tidy
from sightline.indicators.sources.tidy import MappedIndicator, Mapping, as_id, guess_mapping, parse_with, read_period
from sightline.intake.cells import BadCell
from sightline.intake.contract import Parsed, PeriodKind, ReceivedFile
from sightline.intake.reading import read
from tests.apps.indicators.sources.layouts import TODAY

TEXT = (
    "Indicator,Organisation code,Period,Value,Numerator,Denominator\n"
    "Falls with harm,X0A,2025-04,12.5,5,40\n"
    "Falls with harm,X0A,2025-05,*,*,40\n"
    "Staff,X0A,2025-05,310,,\n"
)


def given(text: str = TEXT, name: str = "figures.csv") -> ReceivedFile:
    return read(name, text.encode())


def guessed(text: str = TEXT) -> Mapping:
    return guess_mapping(given(text).tables[0])


def result(text: str = TEXT, mapping: Mapping | None = None) -> Parsed:
    return parse_with(given(text), mapping or guessed(), TODAY)


def column(*periods: str) -> str:
    return "org_code,period,value\n" + "".join(f"X0A,{period},{at}.5\n" for at, period in enumerate(periods))


def test_columns_are_guessed_from_their_headings_and_every_guess_says_why() -> None:
    mapping = guessed()
    assert (mapping.organisation, mapping.period, mapping.value) == ("Organisation code", "Period", "Value")
    assert (mapping.indicator, mapping.numerator, mapping.denominator) == ("Indicator", "Numerator", "Denominator")
    assert {guess.field for guess in mapping.guesses} >= {
        "organisation",
        "period",
        "value",
        "kind",
        "unit",
        "direction",
    }
    assert all(guess.why.endswith(".") for guess in mapping.guesses)


def test_a_second_column_that_could_be_meant_is_told() -> None:
    [guess] = [
        one for one in guessed("code,provider,month,value\nX,Y,2025-04,1\n").guesses if one.field == "organisation"
    ]
    assert (guess.answer, "“code”" in guess.why) == ("provider", True)


@pytest.mark.parametrize(
    ("row", "unit", "per"),
    [
        ("12.5,5,40", "percent", 100),
        ("125,5,40", "rate", 1000),
        ("12500,5,40", "rate", 100_000),
        ("0.125,5,40", "ratio", 1),
        ("12.5%,,", "percent", 100),
        ("7,5,40", "score", 0),
    ],
)
def test_the_unit_is_guessed_from_the_figures(row: str, unit: str, per: float) -> None:
    [indicator] = guessed(f"code,month,value,numerator,denominator\nX0A,2025-04,{row}\n").indicators
    assert (indicator.unit, indicator.per) == (unit, per)


def test_whole_numbers_alone_are_a_count() -> None:
    assert guessed("code,month,value\nX0A,2025-04,7\n").indicators[0].unit == "count"


@pytest.mark.parametrize(
    ("periods", "kind"),
    [
        (("2025-04", "2025-05"), PeriodKind.MONTH),
        (("01/04/2025", "01/05/2025"), PeriodKind.MONTH),
        (("30/04/2025", "31/05/2025"), PeriodKind.MONTH),
        (("2011-11", "2011-12"), PeriodKind.MONTH),
        (("2010-11", "2011-12"), PeriodKind.FINANCIAL_YEAR),
        (("2025-04-01", "2025-07-01"), PeriodKind.QUARTER),
        (("2024-25 Q1", "2024-25 Q2"), PeriodKind.QUARTER),
        (("2024-04-01", "2025-04-01"), PeriodKind.FINANCIAL_YEAR),
        (("2024-01-01", "2025-01-01"), PeriodKind.YEAR),
        (("2024-25", "2023-24"), PeriodKind.FINANCIAL_YEAR),
        (("2024", "2025"), PeriodKind.YEAR),
        (("2025-04-07", "2025-04-14"), PeriodKind.DAY),
        (("2025-04", "2024-25 Q1"), None),
    ],
)
def test_the_kind_of_period_is_guessed_from_the_whole_column(periods: tuple[str, ...], kind: PeriodKind | None) -> None:
    assert guessed(column(*periods)).kind == kind


def test_a_tidy_table_is_recognised_only_when_nobody_else_knows_it() -> None:
    source = recognise(given())
    assert source is not None
    assert source.NAME == "tidy"
    assert recognise(given("period,org_code,type,attendances,breaches,admissions\n")).NAME == "ae_tidy"  # type: ignore[union-attr]


@pytest.mark.parametrize("text", ["code,value\nX,1\n", "month,value\n2025-04,1\n", "code,month\nX,2025-04\n"])
def test_a_table_without_organisation_period_or_figure_is_not_tidy(text: str) -> None:
    assert not guessed(text).is_complete
    assert recognise(given(text)) is None


def test_a_guess_is_never_used_before_somebody_has_confirmed_it() -> None:
    parsed = tidy.parse(given(), TODAY)
    assert not parsed.observations
    assert "confirmed" in parsed.faults[0].says


def test_a_confirmed_mapping_reads_every_row() -> None:
    parsed = result()
    assert not parsed.faults
    assert [(one.indicator, one.start, one.value, one.note) for one in parsed.observations] == [
        ("falls-with-harm", date(2025, 4, 1), 12.5, ""),
        ("falls-with-harm", date(2025, 5, 1), None, "suppressed"),
        ("staff", date(2025, 5, 1), 310.0, ""),
    ]
    assert [(one.id, one.unit) for one in parsed.indicators] == [("falls-with-harm", "percent"), ("staff", "count")]
    assert not tidy.verify(parsed)


def test_a_value_is_worked_out_where_only_its_parts_are_given() -> None:
    text = "code,month,numerator,denominator\nX0A,2025-04,5,40\nX0A,2025-05,0,0\n"
    mapping = replace(guessed(text), indicators=(MappedIndicator("", "a", "A", "percent", "increase", 100),))
    first, second = result(text, mapping).observations
    assert (first.value, second.value, second.note) == (12.5, None, "nothing to divide by")


def test_a_value_that_its_parts_do_not_make_is_found() -> None:
    assert "the file says 13" in tidy.verify(result(TEXT.replace("12.5", "13"), guessed()))[0].says


@pytest.mark.parametrize(
    ("old", "new", "words", "line"),
    [
        ("Staff", "Stuff", "was not there when", 4),
        ("2025-04,", "2095-04,", "has not begun", 2),
        ("2025-04,", "soon,", "not a month", 2),
        ("12.5,5,40", "112.5,45,40", "between 0% and 100%", 2),
        ("12.5,5,40", "12.5,50,40", "more than all", 2),
        ("X0A", "", "code is missing", 2),
        ("5,40\nF", "5\nF", "5 cells where the header has 6", 2),
        ("Organisation code", "Somebody", "are not in it", None),
    ],
)
def test_a_file_that_breaks_its_mapping_is_refused_by_line(old: str, new: str, words: str, line: int | None) -> None:
    faults = result(TEXT.replace(old, new, 1), guessed()).faults
    assert [fault.line for fault in faults if words in fault.says][:1] == [line]


def test_a_mapping_survives_being_stored_as_json() -> None:
    mapping = guessed()
    assert Mapping.from_plain(json.loads(json.dumps(mapping.to_plain(), allow_nan=False))) == mapping


def test_a_mapping_refuses_a_unit_it_does_not_know() -> None:
    with pytest.raises(ValueError, match="The unit is one of"):
        MappedIndicator("", "a", "A", "furlongs")


@pytest.mark.parametrize(
    ("text", "kind", "start"),
    [
        ("2011-12", PeriodKind.MONTH, date(2011, 12, 1)),
        ("2011-12", PeriodKind.FINANCIAL_YEAR, date(2011, 4, 1)),
        ("31/03/2025", PeriodKind.FINANCIAL_YEAR, date(2024, 4, 1)),
        ("01/04/2024", PeriodKind.FINANCIAL_YEAR, date(2024, 4, 1)),
        ("31/05/2025", PeriodKind.MONTH, date(2025, 5, 1)),
        ("2024-25 Q2", PeriodKind.QUARTER, date(2024, 7, 1)),
        ("07/05/2025", PeriodKind.DAY, date(2025, 5, 7)),
        ("2024", PeriodKind.YEAR, date(2024, 1, 1)),
        ("2025-05", None, date(2025, 5, 1)),
    ],
)
def test_a_period_is_read_as_the_kind_that_was_confirmed(text: str, kind: PeriodKind | None, start: date) -> None:
    assert read_period(text, kind).start == start


def test_a_day_in_june_is_no_financial_year() -> None:
    with pytest.raises(BadCell, match="financial year"):
        read_period("01/06/2025", PeriodKind.FINANCIAL_YEAR)


@pytest.mark.parametrize(
    ("words", "name"), [("Falls, with harm!", "falls-with-harm"), ("—", "unnamed"), ("a" * 99, "a" * 80)]
)
def test_an_id_has_small_letters_digits_and_hyphens(words: str, name: str) -> None:
    assert as_id(words) == name
