"""A&E: three layouts say the same thing, totals are held against rows, and the month is never guessed."""

from __future__ import annotations

import io
from datetime import date

import pytest
import xlsxwriter

from sightline.indicators.sources import recognise
from sightline.intake.reading import read
from tests.apps.indicators.sources.layouts import (
    AE_TIDY,
    HEAD_2024,
    HEAD_2025,
    MINOR_2024,
    ROW_2024,
    ROW_2025,
    TODAY,
    TOTAL_2024,
    all_faults,
    parsed,
    values,
)

FILE_2024 = f"{HEAD_2024}\n{ROW_2024}\n{MINOR_2024}\n{TOTAL_2024}\n"
FILE_2025 = f"{HEAD_2025}\n{ROW_2025}\n"
TRUST = {
    ("ae-attendances", "X0A"): 1600.0,
    ("ae-4h-all-types", "X0A"): 100 * 1178 / 1600,
    ("ae-4h-type-1", "X0A"): 60.0,
    ("ae-emergency-admissions", "X0A"): 305.0,
    ("ae-12h-dta-waits", "X0A"): 8.0,
    ("ae-12h-dta-rate", "X0A"): 5.0,
}


def sheet(**about: str) -> bytes:
    """The publisher's workbook in small: a head, a row for England, a blank one, and a provider."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for name, second in (("System Level Data", "System"), ("Provider Level Data", "Region")):
            page = book.add_worksheet(name)
            for at, (label, value) in enumerate(about.items()):
                page.write_row(at, 1, [f"{label}:", value])
            header = [cell.strip() for cell in HEAD_2025.split(",")]
            header[1] = second
            page.write_row(10, 1, header if second == "Region" else [header[0], second, *header[3:]])
            if second == "Region":
                figures = [1000, 0, 600, 1600, 600, 0, 578, 1178, 400, 0, 22, 422]
                rest = [0.73625, 0.6, "-", 0.96333, 300, 0, 5, 305, 70, 375, 50, 8]
                page.write_row(11, 1, ["-", "-", "England", *figures, *rest])
                page.write_row(13, 1, ["X0A", "REGION", "Invented Trust", *figures, *rest, "System of it"])
    return out.getvalue()


def test_all_three_layouts_give_the_same_figures() -> None:
    assert {key: value for key, value in values(parsed("a.csv", FILE_2024)).items() if key[1] == "X0A"} == TRUST
    assert values(parsed("May-2025-AE.csv", FILE_2025)) == TRUST
    tidy = {key: value for key, value in TRUST.items() if "12h" not in key[0]}
    assert {key: value for key, value in values(parsed("a.csv", AE_TIDY)).items() if key[1] == "X0A"} == tidy


def test_a_percentage_keeps_its_counts() -> None:
    [share] = [
        one
        for one in parsed("a.csv", FILE_2024).observations
        if (one.indicator, one.code) == ("ae-4h-all-types", "X0A")
    ]
    assert (share.numerator, share.denominator, share.line) == (1178, 1600, 2)


def test_a_centre_without_a_major_department_has_no_type_1_series() -> None:
    assert ("ae-4h-type-1", "X0B") not in values(parsed("a.csv", FILE_2024))


def test_a_month_without_attendances_is_a_gap_that_says_why() -> None:
    none = ROW_2024.split(",")
    none[1], none[4:] = "X0C", ["0"] * 18
    result = parsed("a.csv", f"{HEAD_2024}\n{ROW_2024}\n{','.join(none)}\n")
    gap = next(one for one in result.observations if (one.indicator, one.code) == ("ae-4h-all-types", "X0C"))
    assert (gap.value, gap.note) == (None, "no attendances")


def test_the_row_of_totals_is_passed_over_and_counted() -> None:
    result = parsed("a.csv", FILE_2024)
    assert (result.rows, result.skipped) == (2, 1)
    assert "TOTAL" not in {one.code for one in result.observations}


def test_a_total_that_does_not_add_up_is_found() -> None:
    wrong = FILE_2024.replace("TOTAL,1000,0,700", "TOTAL,1001,0,700")
    assert any("Total of ae-attendances" in fault.says for fault in all_faults("a.csv", wrong))


@pytest.mark.parametrize(
    ("name", "month"),
    [("April-2025-AE.csv", 4), ("Monthly-AE-may-2025.csv", 5), ("ae_activity_2025-06.csv", 6), ("AE Sept 2025.csv", 9)],
)
def test_the_month_of_the_new_layout_comes_from_the_name(name: str, month: int) -> None:
    assert {one.start for one in parsed(name, FILE_2025).observations} == {date(2025, month, 1)}


@pytest.mark.parametrize("name", ["AE.csv", "attendances-2025.csv", "provider-3euC4-1.csv"])
def test_a_month_that_is_written_nowhere_is_a_fault_with_its_mend(name: str) -> None:
    [fault] = all_faults(name, FILE_2025)
    assert "which month" in fault.says
    assert "April-2025-AE.csv" in fault.mend


def test_a_month_to_come_is_refused_in_both_layouts() -> None:
    assert "has not begun" in all_faults("May-2027-AE.csv", FILE_2025)[0].says
    assert "has not begun" in all_faults("a.csv", FILE_2024.replace("2024", "2027"))[0].says


def test_columns_are_known_by_their_place_under_headings_that_repeat() -> None:
    swapped = FILE_2025.replace("Total attendances,Type 1", "Type 1,Total attendances", 1)
    faults = all_faults("May-2025-AE.csv", swapped)
    assert all("belongs" in fault.says for fault in faults)
    assert faults[0].line == 1


@pytest.mark.parametrize("heading", ["0 Major", "- Major"])
def test_the_drift_of_one_months_headings_is_understood(heading: str) -> None:
    text = FILE_2025.replace("Departments - ", f"Departments {heading[0]} ")
    assert values(parsed("April-2025-AE.csv", text)) == TRUST


def test_the_workbook_gives_the_month_the_day_of_publication_and_the_total() -> None:
    file = read("figures.xlsx", sheet(Period="June 2025", Published="10th July 2025", Revised=""))
    source = recognise(file)
    assert source is not None
    result = source.parse(file, TODAY)
    assert not result.faults
    assert values(result) == TRUST
    assert {one.start for one in result.observations} == {date(2025, 6, 1)}
    assert (result.published_on, result.revised, result.rows, result.skipped) == (date(2025, 7, 10), False, 1, 1)
    assert not source.verify(result)


def test_a_workbook_says_when_it_was_revised() -> None:
    file = read("figures.xlsx", sheet(Period="June 2025", Published="10th July 2025", Revised="14th August 2025"))
    source = recognise(file)
    assert source is not None
    result = source.parse(file, TODAY)
    assert (result.published_on, result.revised) == (date(2025, 8, 14), True)


def test_a_head_and_a_name_that_differ_are_refused() -> None:
    file = read("May-2025-AE.xlsx", sheet(Period="June 2025"))
    source = recognise(file)
    assert source is not None
    assert "its name May 2025" in source.parse(file, TODAY).faults[0].says


def test_a_revised_file_says_so_in_its_name() -> None:
    assert parsed("Monthly-AE-July-2024-revised.csv", FILE_2024).revised
    assert not parsed("Monthly-AE-July-2024.csv", FILE_2024).revised


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("73.60%", "75.60%", "percentage within four hours"),
        ('"1,600"', '"1,601"', "att1 + att2 + att3"),
        ("73.60%", "173.60%", "between 0% and 100%"),
        ("305,70,375", "305,70,-375", "below nought"),
        ('"1,178"', '"1,17８"', "digits other than"),
    ],
)
def test_figures_of_the_new_layout_must_agree_with_each_other(old: str, new: str, words: str) -> None:
    faults = all_faults("May-2025-AE.csv", FILE_2025.replace(old, new))
    assert any(words in fault.says and fault.line == 2 for fault in faults)


def test_two_months_in_one_file_are_refused() -> None:
    other = MINOR_2024.replace("MAY", "JUNE")
    assert any("more than one month" in f.says for f in all_faults("a.csv", f"{HEAD_2024}\n{ROW_2024}\n{other}\n"))


def test_more_long_waits_than_attendances_of_one_type_are_refused() -> None:
    [fault] = all_faults("a.csv", FILE_2024.replace("1000,0,500", "300,0,500", 1).replace(f"\n{TOTAL_2024}", ""))
    assert (fault.line, fault.column) == (2, "Attendances over 4hrs Type 1")


def test_a_department_that_stands_twice_in_the_tidy_file_is_refused() -> None:
    [fault] = all_faults("a.csv", AE_TIDY + "2017-03-01,X0A,1,1,1,1\n")
    assert fault.line == 5
