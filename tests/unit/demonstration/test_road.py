"""The demonstration comes in by the same road as real files: each is recognised, parsed whole and verified."""

from collections.abc import Iterator

import pytest

from sightline.demonstration import TIDY_FILES
from sightline.demonstration.organisations import AMBULANCE, PREDECESSORS, PROVIDERS, SUCCESSOR
from sightline.directory.records import BoundaryRecord, OrganisationRecord, RelationRecord
from sightline.directory.sources import recognise as recognise_list
from sightline.directory.words import Link
from sightline.indicators.sources import recognise
from sightline.indicators.sources.tidy import Mapping, guess_mapping, parse_with, verify
from sightline.intake.cells import missing
from sightline.intake.contract import Parsed, PeriodKind
from sightline.intake.reading import read

from .conftest import TODAY, Made

EXPECTED = {
    "ae/": "ae_monthly",
    "cqc/": "cqc_api",
    "workforce/": "sickness_absence",
    "social_care/ASC": "asc_outcomes",
    "social_care/care": "care_home_ratings",
    "mortality/": "shmi",
}


def _came_in(made: Made, start: str) -> Iterator[tuple[str, Parsed]]:
    for name in sorted(name for name in made.names if name.startswith(start) and "System-Mapping" not in name):
        file = read(name.rsplit("/", 1)[-1], (made.folder / name).read_bytes())
        source = recognise(file)
        assert source is not None, name
        parsed = source.parse(file, TODAY)
        assert not [str(fault) for fault in (*parsed.faults, *source.verify(parsed))], name
        yield source.NAME, parsed


@pytest.mark.parametrize("start", [start for start in EXPECTED if start != "mortality/"])
def test_every_file_of_a_source_is_recognised_and_free_of_faults(made: Made, start: str) -> None:
    arrived = list(_came_in(made, start))
    assert {name for name, _ in arrived} == {EXPECTED[start]}
    assert all(parsed.observations or parsed.ratings or parsed.bodies for _, parsed in arrived)


def test_mortality_comes_in_with_its_year(made: Made) -> None:
    arrived = list(_came_in(made, "mortality/"))
    assert {one.kind for _, parsed in arrived for one in parsed.observations} == {PeriodKind.ROLLING_YEAR}
    assert len({one.start for _, parsed in arrived for one in parsed.observations}) == len(arrived)


@pytest.fixture(scope="module")
def records(made: Made) -> list[object]:
    """Everything that the lists of organisations say, held against their own promises."""
    found: list[object] = []
    names = [*sorted(name for name in made.names if name.startswith("organisations/")), "ae/System-Mapping.csv"]
    for name in names:
        file = read(name.rsplit("/", 1)[-1], (made.folder / name).read_bytes())
        source = recognise_list(file)
        assert source is not None, name
        parsed = source.parse(file, TODAY)
        assert not [str(fault) for fault in (*parsed.faults, *source.verify(parsed))], name
        found += parsed.records
    return found


def test_lists_name_every_provider_that_the_regulator_does_not(made: Made, records: list[object]) -> None:
    listed = {record.code for record in records if isinstance(record, OrganisationRecord)}
    registered = {made.json(name)["locationId"] for name in made.names if name.startswith("cqc/locations/")}
    assert {provider.code for provider in PROVIDERS} <= listed | registered
    assert sum(isinstance(record, BoundaryRecord) for record in records) == 2


def test_directory_learns_which_trusts_became_the_merged_one(records: list[object]) -> None:
    links = [record for record in records if isinstance(record, RelationRecord)]
    became = {link.code for link in links if link.link is Link.SUCCEEDED_BY and link.to_code == SUCCESSOR}
    assert became == set(PREDECESSORS)


def test_ambulance_service_belongs_to_both_systems(records: list[object]) -> None:
    links = [record for record in records if isinstance(record, RelationRecord)]
    boards = {link.to_code for link in links if link.code == AMBULANCE and link.link is Link.PART_OF and link.to_code}
    assert boards == {"ZZ1A1", "ZZ2B2"}


def test_no_file_is_claimed_twice_and_only_tidy_files_wait_for_a_mapping(made: Made) -> None:
    unclaimed = set()
    for name in made.names:
        file = read(name.rsplit("/", 1)[-1], (made.folder / name).read_bytes())
        claims = [claim.NAME for claim in (recognise(file), recognise_list(file)) if claim is not None]
        assert len(claims) <= 1, name
        if set(claims) <= {"tidy"}:
            unclaimed.add(name)
    assert unclaimed == {name for name in made.names if name.startswith("tidy/")}


def test_revised_file_says_that_it_replaces_an_earlier_one(made: Made) -> None:
    assert [parsed.revised for _, parsed in _came_in(made, "ae/Monthly")] == [True]


def test_ratings_before_the_merger_are_kept_as_the_predecessors(made: Made) -> None:
    ((_, parsed),) = _came_in(made, "cqc/locations/location_1-999000084")
    assert parsed.ratings
    assert {rating.inherited_from for rating in parsed.ratings} == {"1-999000083"}


@pytest.mark.parametrize("name", TIDY_FILES)
def test_tidy_file_comes_in_by_its_mapping_without_faults(made: Made, name: str) -> None:
    file = read(name, (made.folder / "tidy" / name).read_bytes())
    mapping = Mapping.from_plain(TIDY_FILES[name].plain())
    assert mapping.is_complete
    parsed = parse_with(file, mapping, TODAY)
    assert not [str(fault) for fault in (*parsed.faults, *verify(parsed))]
    assert len(parsed.observations) == len(made.tidy_records(name))
    assert {one.kind for one in parsed.observations} == {TIDY_FILES[name].kind}
    assert {one.note for one in parsed.observations} <= {"", "suppressed"}


@pytest.mark.parametrize("name", TIDY_FILES)
def test_columns_that_the_page_would_guess_are_those_of_the_mapping(made: Made, name: str) -> None:
    file = read(name, (made.folder / "tidy" / name).read_bytes())
    guessed, meant = guess_mapping(file.tables[0]), Mapping.from_plain(TIDY_FILES[name].plain())
    assert guessed.columns == meant.columns
    assert guessed.kind is meant.kind
    # A mean of minutes is a ratio by its figures; that it is no ratio is for a person to say.
    units = {one.id: one.unit for one in guessed.indicators if one.id != "demo-category-2"}
    assert units == {one.id: one.unit for one in meant.indicators if one.id != "demo-category-2"}


def test_withheld_cells_are_read_as_suppressed(made: Made) -> None:
    cells = {row["value"] for row in made.tidy_records("care-home-falls.csv")}
    assert {missing(cell) for cell in cells} == {None, "suppressed"}
