"""The stories are there to be found: what changed stands out, and what did not change stays quiet."""

import csv
from collections.abc import Sequence
from datetime import date

import pytest

from sightline.demonstration import TIDY_FILES
from sightline.demonstration.ae import REVISED_TRUST, SILENT_SINCE
from sightline.demonstration.months import MONTHS, Calendar
from sightline.demonstration.organisations import (
    AMBULANCE,
    GROUP_BRAND,
    GROUP_HOMES,
    IMPROVED_STAFFING,
    IMPROVED_TRUST,
    MATERNITY_TRUST,
    OTHER_HOMES,
    PREDECESSORS,
    PROVIDERS,
    SILENT_TRUST,
    SUCCESSOR,
    Sector,
)
from sightline.demonstration.sickness import NEVER_PUBLISHED, PUBLISHED_LATER_BY
from sightline.demonstration.stories import Course, Shift, expected
from sightline.demonstration.tidy import SKIPPED

from .conftest import TODAY, Made

CALENDAR = Calendar(TODAY)


def runs_on_one_side(values: Sequence[float]) -> int:
    """Length of the run, above or below the mean, in which the series ends. Positive above, negative below."""
    mean = sum(values) / len(values)
    length = 0
    for value in reversed(values):
        if (value > mean) != (values[-1] > mean):
            break
        length += 1
    return length if values[-1] > mean else -length


def values(rows: Sequence[dict[str, str]]) -> list[float]:
    return [float(row["value"]) for row in rows if row["value"] != "*"]


def four_hours(made: Made, code: str) -> list[float]:
    """Share of type 1 attendances within four hours, oldest month first, by hand from both layouts."""
    found: list[float] = []
    for month in CALENDAR.months():
        older, newer = f"ae/ae_activity_{month:%Y-%m}.csv", f"ae/{month:%B-%Y}-AE.csv"
        if older in made.names:
            for row in made.records(older):
                if row["Org Code"] == code:
                    seen = int(row["A&E attendances Type 1"]) + int(row["A&E attendances Booked Appointments Type 1"])
                    over = int(row["Attendances over 4hrs Type 1"])
                    over += int(row["Attendances over 4hrs Booked Appointments Type 1"])
                    found.append(100 * (seen - over) / seen)
        else:
            found += [float(row[16].rstrip("%")) for row in made.rows(newer) if row[0] == code]
    return found


def sickness(made: Made, code: str) -> list[float]:
    names = sorted(name for name in made.names if name.startswith("workforce/"))
    rows = [row for name in names for row in made.records(name) if row["ORG_CODE"] == code]
    return [float(row["SICKNESS_ABSENCE_RATE_PERCENT"]) for row in rows]


def test_about_sixty_providers_of_every_sector() -> None:
    assert 55 <= len(PROVIDERS) <= 70
    assert {provider.sector for provider in PROVIDERS} == set(Sector)


@pytest.mark.parametrize(
    ("indicator", "is_above"),
    [("demo-term-admissions", True), ("demo-major-haemorrhage", True), ("demo-one-to-one", False)],
)
def test_maternity_service_ends_in_a_long_run_on_the_worse_side(made: Made, indicator: str, is_above: bool) -> None:
    run = runs_on_one_side(values(made.tidy("maternity-monthly.csv", indicator, MATERNITY_TRUST)))
    assert (run >= 7) if is_above else (run <= -7)


def test_maternity_services_elsewhere_have_no_such_run(made: Made) -> None:
    for code in ("ZA1", "ZB1"):
        run = runs_on_one_side(values(made.tidy("maternity-monthly.csv", "demo-term-admissions", code)))
        assert abs(run) < 7, code


def test_maternity_is_rated_worse_report_after_report(made: Made) -> None:
    hospital = next(made.location(f"1-9990000{n}") for n in range(81, 92) if _provider(made, n) == MATERNITY_TRUST)
    reports = [*reversed(hospital["historicRatings"]), hospital["currentRatings"]]
    ratings = [next(one["rating"] for one in each["serviceRatings"] if one["name"] == "maternity") for each in reports]
    assert ratings == ["Good", "Requires improvement", "Inadequate"]


def _provider(made: Made, number: int) -> str:
    return str(made.location(f"1-9990000{number}")["providerId"])


def test_homes_of_the_group_fall_in_rating_and_other_homes_do_not(made: Made) -> None:
    worse = {"Requires improvement", "Inadequate"}
    group = [made.location(home.code) for home in GROUP_HOMES]
    assert {home["brandName"] for home in group} == {GROUP_BRAND}
    assert len({home["localAuthority"] for home in group}) >= 3
    assert sum(home["currentRatings"]["overall"]["rating"] in worse for home in group) >= 5
    others = [made.location(home.code) for home in OTHER_HOMES]
    assert all(home["currentRatings"]["overall"]["rating"] == "Good" for home in others)


@pytest.mark.parametrize("indicator", ["demo-care-home-falls", "demo-safeguarding"])
def test_most_homes_of_the_group_end_in_a_long_run_above(made: Made, indicator: str) -> None:
    runs = [runs_on_one_side(_falls(made, indicator, home.code)) for home in GROUP_HOMES[:-1]]
    assert sum(run >= 7 for run in runs) >= 3, runs


def _falls(made: Made, indicator: str, code: str) -> list[float]:
    # A withheld count is from 1 to 4; its middle serves for a look at the shape.
    rows = made.tidy("care-home-falls.csv", indicator, code)
    return [2500 / float(row["denominator"]) if row["value"] == "*" else float(row["value"]) for row in rows]


def test_ambulance_slides_in_one_system_and_not_in_the_other(made: Made) -> None:
    def lately(code: str) -> float:
        found = values(made.tidy("ambulance-response.csv", "demo-category-2", code))
        return sum(found[-4:]) / 4 - sum(found[-28:-24]) / 4

    assert lately("ZZ1A1") > 8
    assert lately("ZZ2B2") < 2
    assert lately("ZZ2B2") < lately(AMBULANCE) < lately("ZZ1A1")


def test_silent_trust_is_absent_from_the_same_month_while_its_peers_report(made: Made) -> None:
    last = CALENDAR.month(SILENT_SINCE + 1)
    after = CALENDAR.month(SILENT_SINCE)
    assert SILENT_TRUST in {row[0] for row in made.rows(f"ae/{last:%B-%Y}-AE.csv")}
    assert SILENT_TRUST not in {row[0] for row in made.rows(f"ae/{after:%B-%Y}-AE.csv")}
    assert "ZB1" in {row[0] for row in made.rows(f"ae/{after:%B-%Y}-AE.csv")}
    months = [row["period"] for row in made.tidy("friends-and-family.csv", "demo-friends-family", SILENT_TRUST)]
    assert months[-1] == f"{last:%Y-%m}"


def test_improvements_hold_to_the_end(made: Made) -> None:
    assert runs_on_one_side(four_hours(made, IMPROVED_TRUST)) >= 7
    assert runs_on_one_side(sickness(made, IMPROVED_STAFFING)) <= -7


def test_successor_reports_from_the_day_its_predecessors_stop(made: Made) -> None:
    before, after = CALENDAR.back(CALENDAR.merger) + 1, CALENDAR.back(CALENDAR.merger)
    then = {row["Org Code"] for row in made.records(f"ae/ae_activity_{CALENDAR.month(before):%Y-%m}.csv")}
    now = {row[0] for row in made.rows(f"ae/{CALENDAR.month(after):%B-%Y}-AE.csv")}
    assert PREDECESSORS[0] in then and SUCCESSOR not in then
    assert SUCCESSOR in now and PREDECESSORS[0] not in now
    newest = {row[0]: row for row in made.rows(f"organisations/etr_{CALENDAR.last.year}.csv")}
    oldest = {row[0]: row for row in made.rows(f"organisations/etr_{CALENDAR.merger.year - 1}.csv")}
    for code in PREDECESSORS:
        assert newest[code][11] == "20250331"
        assert oldest[code][11] == ""
    assert SUCCESSOR not in oldest and newest[SUCCESSOR][10] == "20250401"
    listed = {row["ods_code"]: row for row in made.records(f"organisations/trusts_{CALENDAR.last.year}.csv")}
    assert listed[SUCCESSOR]["predecessor_codes"].split(";") == list(PREDECESSORS)


def test_one_month_of_sickness_absence_was_never_published(made: Made) -> None:
    missing = [
        back
        for back in range(MONTHS)
        if f"workforce/nhs_sickness_absence_{CALENDAR.month(back):%Y-%m}.csv" not in made.names
    ]
    assert missing == [*range(PUBLISHED_LATER_BY), NEVER_PUBLISHED]


def test_one_practice_lacks_one_month_that_its_peers_reported(made: Made) -> None:
    code, back = SKIPPED
    reported = {row["period"] for row in made.tidy("gp-access.csv", "demo-gp-two-weeks", code)}
    peers = {row["period"] for row in made.tidy("gp-access.csv", "demo-gp-two-weeks", "Z99001")}
    assert peers - reported == {f"{CALENDAR.month(back):%Y-%m}"}


def test_one_publication_lacks_the_last_month_that_the_others_have(made: Made) -> None:
    newest = {
        name: max(row["period"] for row in made.tidy_records(name))
        for name in ("friends-and-family.csv", "maternity-monthly.csv", "gp-access.csv", "care-home-falls.csv")
    }
    assert newest.pop("friends-and-family.csv") == f"{CALENDAR.month(1):%Y-%m}"
    assert set(newest.values()) == {f"{CALENDAR.last:%Y-%m}"}


def test_revised_file_changes_one_trust_only(made: Made) -> None:
    (name,) = (name for name in made.names if name.endswith("-revised.csv"))
    month = date.fromisoformat("2024-11-01")
    assert name == "ae/Monthly-AE-November-2024-revised.csv"
    first = {row["Org Code"]: row for row in made.records(f"ae/ae_activity_{month:%Y-%m}.csv")}
    second = {row["Org Code"]: row for row in made.records(name)}
    changed = {code for code in first if first[code] != second[code] and not code.upper().startswith("TOTAL")}
    assert changed == {REVISED_TRUST}


def test_counts_from_one_to_four_are_withheld_and_no_others(made: Made) -> None:
    rows = [row for name in TIDY_FILES for row in made.tidy_records(name)]
    assert sum(row["value"] == "*" for row in rows) > 20
    assert all((row["value"] == "*") == (row["numerator"] == "*") for row in rows)
    assert not {row["numerator"] for row in rows} & {"1", "2", "3", "4"}


def test_totals_of_the_older_layout_add_up(made: Made) -> None:
    names = [name for name in made.names if "ae_activity" in name or "revised" in name]
    for name in names:
        _, *body, total = made.rows(name)
        for column in range(4, len(total)):
            assert int(total[column]) == sum(int(row[column]) for row in body), (name, column)


def test_counts_and_percentages_of_the_newer_layout_agree(made: Made) -> None:
    for name in (name for name in made.names if name.endswith("-AE.csv")):
        for row in made.rows(name)[1:]:
            counts = [float(cell.replace(",", "")) for cell in row[3:15]]
            seen, within, over = counts[0:4], counts[4:8], counts[8:12]
            assert [a + b for a, b in zip(within, over, strict=True)] == seen
            assert sum(seen[:3]) == seen[3]
            assert abs(float(row[15].rstrip("%")) - 100 * within[3] / seen[3]) <= 0.0501


@pytest.mark.parametrize(
    ("back", "level"), [(47, 10.0), (6, 10.0), (5, 12.0), (4, 14.0), (3, 16.0), (2, 16.0), (0, 16.0)]
)
def test_a_shift_begins_grows_and_holds(back: int, level: float) -> None:
    course = Course(10.0, 0.0, (Shift(6.0, 5, 3),))
    assert expected(course, 10)[MONTHS - 1 - back] == pytest.approx(level)


def test_winter_is_worst_in_january_and_best_in_july() -> None:
    series = expected(Course(10.0, 0.0, winter=2.0), 12)  # ends in December, so January is eleven months back
    assert series[-12] == pytest.approx(12.0)
    assert series[-6] == pytest.approx(8.0)


def test_smallest_file_still_reads_as_csv(made: Made) -> None:
    for name in (name for name in made.names if name.endswith(".csv")):
        text = (made.folder / name).read_bytes().decode("cp1252" if name.startswith("mortality") else "utf-8-sig")
        widths = {len(row) for row in csv.reader(text.splitlines())}
        assert len(widths) == 1, name
