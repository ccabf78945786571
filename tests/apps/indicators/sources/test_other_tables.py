"""SHMI, sickness absence, social care, care homes, Fingertips: what each row becomes."""

from __future__ import annotations

from datetime import date

import pytest

from sightline.intake.contract import PeriodKind
from tests.apps.indicators.sources.layouts import ASC, FINGERTIPS, HOMES, SHMI, SICKNESS, parsed


@pytest.mark.parametrize(
    ("name", "published", "start"),
    [
        ("shmi-2011-october.csv", date(2011, 10, 1), date(2010, 4, 1)),
        ("shmi-2012-january.csv", date(2012, 1, 1), date(2010, 7, 1)),
        ("shmi-2025-july-covers-2024-02-to-2025-01.csv", date(2025, 7, 1), date(2024, 2, 1)),
        ("SHMI data, Apr 2013.csv", date(2013, 4, 1), date(2011, 10, 1)),
    ],
)
def test_the_twelve_months_of_the_shmi_follow_from_its_publication(name: str, published: date, start: date) -> None:
    result = parsed(name, SHMI)
    assert result.published_on == published
    assert {(one.start, one.kind) for one in result.observations} == {(start, PeriodKind.ROLLING_YEAR)}
    assert result.facts["period covered"].startswith(f"{start:%B %Y} to ")


def test_the_shmi_keeps_its_deaths_and_the_publishers_limits_and_band() -> None:
    first, second = parsed("shmi-2013-april.csv", SHMI).observations
    assert (first.value, first.numerator, first.denominator) == (1.2994, 1300, 1000.5)
    assert (first.low, first.high, first.band) == (0.88, 1.13, "high")
    assert second.band == "as expected"


@pytest.mark.parametrize("heading", ["PROVIDER NAME", "PROVIDER_NAME", "Provider name"])
def test_the_drift_of_the_shmis_headings_is_understood(heading: str) -> None:
    assert not parsed("shmi-2013-april.csv", SHMI.replace("PROVIDER_NAME", heading)).faults


def test_the_copyright_under_the_shmi_is_passed_over() -> None:
    result = parsed("shmi-2013-april.csv", SHMI + ',,,,,,,,,,,\n"Copyright 2013, Somebody",,,,,,,,,,,\n')
    assert (result.rows, result.skipped, len(result.faults)) == (2, 2, 0)


def test_a_sickness_rate_is_worked_out_from_its_days() -> None:
    [one] = parsed("a.csv", SICKNESS).observations
    assert one.value == pytest.approx(100 * 1868.5 / 52881.1)
    assert (one.start, one.kind, one.code) == (date(2024, 4, 1), PeriodKind.MONTH, "X0A")


def test_a_body_keeps_its_name_kind_and_system() -> None:
    [body] = parsed("a.csv", SICKNESS).bodies
    assert (body.code, body.name, body.kind, body.parent_code) == ("X0A", "Invented Trust", "nhs_trust", "Q0")


def test_an_absent_social_care_figure_is_a_gap_that_says_why() -> None:
    given, absent = parsed("a.csv", ASC).observations
    assert (given.indicator, given.value, given.start) == ("asc-carer-quality-of-life", 7.6, date(2016, 4, 1))
    assert (absent.value, absent.note) == (None, "not published")


@pytest.mark.parametrize(
    ("mark", "note"), [("*", "suppressed"), ("-", "not applicable"), ("c", "suppressed"), ("", "not published")]
)
def test_every_mark_of_suppression_becomes_a_note(mark: str, note: str) -> None:
    [one] = parsed("a.csv", HOMES.replace("78.8", mark)).observations
    assert (one.value, one.note) == (None, note)


def test_care_homes_are_read_by_month_and_area() -> None:
    [one] = parsed("a.csv", HOMES).observations
    assert (one.code, one.start, one.value) == ("E99000001", date(2023, 11, 1), 78.8)


def test_parts_of_the_population_are_indicators_of_their_own() -> None:
    result = parsed("93553.csv", FINGERTIPS)
    assert [one.indicator for one in result.observations] == [
        "fingertips-93553",
        "fingertips-93553-male-ages-65-and-over-deprivation-decile-1-some-districts",
    ]
    assert {one.id for one in result.indicators} == {one.indicator for one in result.observations}


def test_files_without_an_indicators_number_are_not_mixed() -> None:
    names = {parsed(name, FINGERTIPS).observations[0].indicator for name in ("asthma.csv", "stroke.csv")}
    assert names == {"fingertips-asthma", "fingertips-stroke"}
