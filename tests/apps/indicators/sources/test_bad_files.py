"""A corpus of bad files in known layouts: each is refused whole, by line and column, with words that mend it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from tests.apps.indicators.sources.layouts import (
    AE_TIDY,
    ASC,
    FINGERTIPS,
    HEAD_2024,
    HOMES,
    MINOR_2024,
    ROW_2024,
    SHMI,
    SICKNESS,
    all_faults,
    parsed,
)

AE = f"{HEAD_2024}\n{ROW_2024}\n{MINOR_2024}\n"
SHMI_NAME = "shmi-2013-april.csv"


@dataclass(frozen=True)
class Spoilt:
    """A good file with one thing changed: what is to be said about it, and on which line and column."""

    what: str
    good: str
    old: str
    new: str
    words: str
    line: int | None = 2
    name: str = "figures.csv"

    @property
    def text(self) -> str:
        """The file after the change."""
        assert self.old in self.good
        return self.good.replace(self.old, self.new, 1)


SPOILT = [
    # A&E, layout until March 2025
    Spoilt("ragged", AE, ",70\n", "\n", "21 cells where the header has 22"),
    Spoilt("too wide", AE, ",70\n", ",70,1\n", "23 cells where the header has 22"),
    Spoilt("no column", AE, "Org name", "Somebody", "“Org name” is missing", 1),
    Spoilt("heading twice", AE, "Parent Org", "Org name", "stands over 2 columns", 1),
    Spoilt("not a number", AE, ",1000,", ",many,", "not a number"),
    Spoilt("NaN", AE, ",1000,", ",NaN,", "not a figure"),
    Spoilt("infinite", AE, ",1000,", ",1e400,", "too large"),
    Spoilt("full-width digits", AE, ",1000,", ",１０００,", "digits other than 0 to 9"),
    Spoilt("negative", AE, ",1000,", ",-1000,", "below nought"),
    Spoilt("half a person", AE, ",1000,", ",1000.5,", "not a whole number"),
    Spoilt("blank figure", AE, ",1000,", ",,", "no figure"),
    Spoilt("suppressed where it may not be", AE, ",1000,", ",*,", "no figure"),
    Spoilt("excel error", AE, ",1000,", ",#REF!,", "Excel shows"),
    Spoilt("blank code", AE, ",X0A,", ",,", "code is missing"),
    Spoilt("code made a number", AE, ",X0A,", ",5.00E+10,", "Excel turned into"),
    Spoilt("no month", AE, "MSitAE-MAY-2024", "MSitAE-MAI-2024", "not a month"),
    Spoilt("future month", AE, "MSitAE-MAY-2024", "MSitAE-MAY-2034", "has not begun"),
    Spoilt(
        "twin with another figure", AE, MINOR_2024, MINOR_2024 + "\n" + MINOR_2024.replace("200", "201"), "another", 4
    ),
    Spoilt("header alone", AE, f"{ROW_2024}\n{MINOR_2024}\n", "", "headings but no data", None),
    # A&E, tidy
    Spoilt("unknown type", AE_TIDY, ",other,", ",seven,", "no type", 3),
    Spoilt("more breaches than attendances", AE_TIDY, ",400.0,", ",4000.0,", "more than all"),
    Spoilt("month before day", AE_TIDY, "2017-03-01", "03/15/2017", "not a month"),
    # SHMI
    Spoilt("value and deaths", SHMI, "1.2994", "1.3994", "observed over expected", 2, SHMI_NAME),
    Spoilt("band and limits", SHMI, "1.13,1\n", "1.13,2\n", "band", 2, SHMI_NAME),
    Spoilt("no such band", SHMI, "1.13,1\n", "1.13,4\n", "no band 4", 2, SHMI_NAME),
    Spoilt("another indicator", SHMI, "I00699,X0A", "I00700,X0A", "not the SHMI", 2, SHMI_NAME),
    Spoilt("no publication", SHMI, "X0A", "X0C", "which publication", None, "shmi.csv"),
    Spoilt("a month between quarters", SHMI, "X0A", "X0C", "not known", None, "shmi-2013-may.csv"),
    Spoilt("a year to come", SHMI, "X0A", "X0C", "has not begun", None, "shmi-2033-april.csv"),
    Spoilt("no twelve months", SHMI, "X0A", "X0C", "not known", None, "shmi-2025-july-covers-2024-01-to-2024-06.csv"),
    Spoilt("months after it", SHMI, "X0A", "X0C", "end after", None, "shmi-2025-july-covers-2025-01-to-2025-12.csv"),
    # Sickness absence
    Spoilt("rate over 100", SICKNESS, ",3.53", ",103.53", "between 0% and 100%"),
    Spoilt("rate and days", SICKNESS, ",3.53", ",4.53", "rate: the file says"),
    Spoilt("more days lost than there were", SICKNESS, "1868.5", "99999", "more than all"),
    Spoilt("thirteenth month", SICKNESS, "30/04/2024", "04/30/2024", "not a month"),
    # Adult social care
    Spoilt("no financial year", ASC, "2016-17", "2016-18", "not a financial year"),
    Spoilt("unknown measure", ASC, ",ASC1,", ",ASC9,", "not in the catalogue"),
    # Care homes
    Spoilt("percentage over 100", HOMES, "78.8", "178.8", "between 0% and 100%"),
    Spoilt(
        "another indicator below", HOMES, "78.8\n", "78.8\nE99000002,B,Nov 2023,Beds,n,n,5\n", "another indicator", 3
    ),
    # Fingertips
    Spoilt("unknown kind of period", FINGERTIPS, "calendar_year", "fortnight", "kind of period"),
    Spoilt("ends before it begins", FINGERTIPS, "2024-12-31", "2023-12-31", "ends before it begins"),
    Spoilt("unknown sex", FINGERTIPS, "persons", "everyone", "unknown"),
    Spoilt("negative count", FINGERTIPS, ",30,", ",-30,", "below nought"),
]


@pytest.mark.parametrize("spoilt", SPOILT, ids=lambda spoilt: f"{spoilt.what}-{spoilt.name}")
def test_a_spoilt_file_is_refused_where_it_is_spoilt_and_says_how_to_mend_it(spoilt: Spoilt) -> None:
    faults = all_faults(spoilt.name, spoilt.text)
    found = [fault for fault in faults if spoilt.words in fault.says]
    assert found, [str(fault) for fault in faults]
    assert found[0].line == spoilt.line
    assert all(fault.mend.endswith(".") and len(fault.mend) > 10 for fault in faults)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", AE),
        ("a.csv", AE_TIDY),
        (SHMI_NAME, SHMI),
        ("a.csv", SICKNESS),
        ("a.csv", ASC),
        ("a.csv", HOMES),
        ("9.csv", FINGERTIPS),
    ],
)
def test_the_same_file_unspoilt_has_no_fault(name: str, text: str) -> None:
    assert not all_faults(name, text)


def test_every_fault_of_a_file_is_told_at_once() -> None:
    text = AE.replace(",1000,", ",many,").replace("X0B", "").replace("MSitAE-MAY-2024", "soon", 1)
    lines = [fault.line for fault in all_faults("a.csv", text)]
    assert sorted(lines, key=lambda line: line or 0) == [2, 2, 3]


def test_today_decides_what_is_still_to_come() -> None:
    assert not all_faults("a.csv", AE, today=date(2024, 5, 1))
    assert all_faults("a.csv", AE, today=date(2024, 4, 30))


def test_a_twin_with_the_same_figures_is_kept_once_and_remarked() -> None:
    result = parsed("a.csv", AE + MINOR_2024 + "\n")
    assert not result.faults
    assert any("stand twice" in warning for warning in result.warnings)
