"""Every published file beside the project that these sources can read: nothing lost, nothing made up."""

from __future__ import annotations

import json
import os
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from sightline.indicators.catalogue import CATALOGUE
from sightline.indicators.sources import recognise
from sightline.intake.contract import Parsed
from sightline.intake.reading import read

DATA = Path(os.environ.get("SIGHTLINE_SHARED", Path(__file__).resolve().parents[5] / "shared")) / "data"
TODAY = date(2026, 11, 1)
# Folder and pattern → the source that must claim every file of it, and how many there are at least.
EXPECTED = {
    "ae/layout_2024/*.csv": ("ae_monthly", 12),
    "ae/layout_2025/*-AE.csv": ("ae_monthly", 6),
    "ae/*revised.csv": ("ae_monthly", 4),
    "ae/*.xlsx": ("ae_monthly", 1),
    "ae/ae_attendances_2016_2019.csv": ("ae_tidy", 1),
    "mortality/*.csv": ("shmi", 7),
    "workforce/*.csv": ("sickness_absence", 9),
    "social_care/ASC_data.csv": ("asc_outcomes", 1),
    "social_care/care_homes_rating.csv": ("care_home_ratings", 1),
    "indicators/upload_format_valid.csv": ("fingertips_upload", 1),
    "cqc/locations/*.json": ("cqc_api", 320),
    "cqc/providers/*.json": ("cqc_api", 20),
}
pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not DATA.is_dir(), reason=f"the published files are not beside the project ({DATA})"),
]


@cache
def parsed(path: Path) -> Parsed:
    """One file, parsed and verified without a fault."""
    file = read(path.name, path.read_bytes())
    source = recognise(file)
    assert source is not None, path
    result = source.parse(file, TODAY)
    assert [str(fault) for fault in (*result.faults, *source.verify(result))] == [], path
    return result


@pytest.mark.parametrize("pattern", EXPECTED)
def test_every_published_file_is_known_and_parses_without_a_fault(pattern: str) -> None:
    name, least = EXPECTED[pattern]
    paths = sorted(DATA.glob(pattern))
    assert len(paths) >= least
    assert {parsed(path).source for path in paths} == {name}


@pytest.mark.parametrize("pattern", [pattern for pattern in EXPECTED if pattern.endswith(".csv")])
def test_every_row_is_either_read_or_passed_over_with_a_reason(pattern: str) -> None:
    for path in DATA.glob(pattern):
        lines = len(path.read_bytes().rstrip(b"\r\n").splitlines())
        result = parsed(path)
        assert result.rows + result.skipped == lines - 1, path
        assert not result.skipped or any("passed over" in warning for warning in result.warnings)


def test_every_figure_belongs_to_the_catalogue_or_is_named_by_its_file() -> None:
    for pattern in EXPECTED:
        for path in DATA.glob(pattern):
            result = parsed(path)
            known = set(CATALOGUE) | {one.id for one in result.indicators}
            assert {one.indicator for one in result.observations} <= known, path


def test_every_absent_figure_says_why() -> None:
    for pattern in EXPECTED:
        for path in DATA.glob(pattern):
            assert all(one.note for one in parsed(path).observations if one.value is None)


def test_revised_files_say_so_and_speak_of_the_month_they_replace() -> None:
    revised = [parsed(path) for path in DATA.glob("ae/*revised.csv")]
    first = [parsed(path) for path in DATA.glob("ae/layout_2024/*.csv")]
    assert all(one.revised for one in revised)
    assert not any(one.revised for one in first)
    months = {one.observations[0].start for one in first}
    assert {one.observations[0].start for one in revised} <= months


def test_the_workbook_and_the_csv_of_one_month_agree_but_for_two_bodies_revised_in_between() -> None:
    [path] = DATA.glob("ae/*.xlsx")
    book, text = (
        {(one.indicator, one.code): one.value for one in parsed(each).observations}
        for each in (path, DATA / "ae/layout_2025/June-2025-AE.csv")
    )
    assert book.keys() == text.keys()
    # The CSV carries later figures for two trusts without saying so, as the data card warns.
    assert len({code for (indicator, code), value in book.items() if text[indicator, code] != value}) == 2


def test_the_shmi_moves_by_a_quarter_with_each_publication() -> None:
    results = sorted((parsed(path) for path in DATA.glob("mortality/*.csv")), key=lambda one: one.published_on or TODAY)
    starts = [one.observations[0].start for one in results]
    assert starts == [date(2010 + (at + 1) // 4, (3 * at + 3) % 12 + 1, 1) for at in range(7)]


def test_bands_agree_with_the_publishers_own_columns() -> None:
    path = DATA / "mortality/shmi-2013-april.csv"
    column = Counter(line.split(b",")[-1] for line in path.read_bytes().splitlines() if line.startswith(b"I00699"))
    bands = Counter(one.band for one in parsed(path).observations)
    assert (bands["high"], bands["as expected"], bands["low"]) == (column[b"1"], column[b"2"], column[b"3"])


def test_no_telephone_number_of_the_regulators_files_is_kept() -> None:
    for path in list(DATA.glob("cqc/locations/*.json"))[:60]:
        telephone = json.loads(path.read_bytes()).get("mainPhoneNumber")
        assert not telephone or telephone not in repr(parsed(path))
