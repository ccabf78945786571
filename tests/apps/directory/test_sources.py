"""The directory's sources: which file is whose, and what is wrong with a bad one, line by line."""

from __future__ import annotations

from datetime import date

import pytest

from sightline.directory.records import OrganisationRecord, RelationRecord
from sightline.directory.sources import SOURCES, recognise
from sightline.directory.sources.boundaries import coarsened
from sightline.directory.words import Kind, Link, Scheme, Sector
from sightline.intake.contract import ReceivedFile, Source
from tests.factories import directory as make


@pytest.mark.parametrize(
    ("file", "source"),
    [
        (make.practices(), "ods_practices"),
        (make.trusts_before(), "ods_trusts"),
        (make.trust_list(), "trusts_2026"),
        (make.boards(), "icbs_2026"),
        (make.areas(), "areas_fingertips"),
        (make.mapping(), "system_mapping"),
        (make.boundaries(), "boundaries"),
        (make.successions(), "succession_paths"),
    ],
)
def test_each_file_is_known_by_one_source_and_free_of_faults(file: ReceivedFile, source: str) -> None:
    known = recognise(file)
    assert known is not None
    assert source == known.NAME
    assert make.faults_of(file) == []


@pytest.mark.parametrize(
    "file",
    [
        make.received([["Period", "Org Code", "Attendances"], ["May 2026", "ZR1", "12"]]),
        make.received_json({"type": "FeatureCollection", "features": [{"properties": {"name": "x"}}]}),
        make.received_json([1, 2, 3]),
        make.received([["Code", "Name", "ICB Code", "ICB Name", "Region Name", "Attendances"], ["1"] * 6]),
    ],
)
def test_a_file_of_another_kind_is_nobodys(file: ReceivedFile) -> None:
    assert recognise(file) is None


def test_every_source_keeps_the_contract() -> None:
    assert len({source.NAME for source in SOURCES}) == len(SOURCES)
    for source in SOURCES:
        assert isinstance(source, Source)
        assert source.TITLE and source.PUBLISHER and source.ADDRESS.startswith("https://")


def _with(row: list[str], **cells: str) -> ReceivedFile:
    places = {"code": 0, "name": 1, "opened": 10, "closed": 11, "left": 16, "joined": 15, "commissioner": 14}
    bad = list(row)
    for cell, text in cells.items():
        bad[places[cell]] = text
    good = [make.practice_row(f"Z100{n}", "GOOD SURGERY", commissioner="9Z1", joined="20200401") for n in range(4)]
    return make.received([*good, bad], "practices.csv")


PRACTICE = make.practice_row("Z0009", "SURGERY", commissioner="9Z1", joined="20200401")


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ({"opened": "20010431"}, "Line 5, column “open date”: “20010431” is not a day."),
        ({"opened": "2001-04-01"}, "“2001-04-01” is not a day."),
        ({"closed": "19990101"}, "“19990101” lies before the day on which it began."),
        ({"left": "19990101"}, "“19990101” lies before"),
        ({"closed": "29990101"}, "lies more than two years ahead"),
        ({"code": "9.10E+02"}, "Excel turned into a number"),
        ({"code": ""}, "The organisation's code is missing."),
        ({"name": ""}, "The name is missing."),
        ({"code": "Z1000"}, "Z1000 is listed already on line 1."),
        ({"commissioner": "9 Z"}, "is not an organisation's code"),
    ],
)
def test_a_bad_cell_of_the_services_file_is_named_with_its_line(cells: dict[str, str], says: str) -> None:
    faults = make.faults_of(_with(PRACTICE, **cells))
    assert len(faults) == 1
    assert says in faults[0]
    assert faults[0].startswith("Line 5")


def test_all_faults_are_told_at_once_and_nothing_is_kept() -> None:
    rows = [make.practice_row(f"Z100{n}", "GOOD SURGERY") for n in range(6)]
    rows[1][10], rows[3][1] = "yesterday", ""
    rows.append(["Z2000", "SHORT ROW"])
    outcome = make.parsed(make.received(rows))
    assert [fault.line for fault in outcome.faults] == [4, 7, 2]
    assert "27" in str(outcome.faults[1])
    assert outcome.records == ()


def test_blank_rows_are_passed_over_with_a_word() -> None:
    rows = [make.practice_row("Z1000", "SURGERY"), [""] * 27, make.practice_row("Z1001", "SURGERY")]
    outcome = make.parsed(make.received(rows))
    assert outcome.skipped == 1
    assert "passed over" in outcome.warnings[0]


def test_a_list_speaks_as_of_the_latest_change_it_knows_of_and_not_of_one_announced() -> None:
    rows = [
        make.practice_row("Z1000", "SURGERY", opened="20240301"),
        make.practice_row("Z1001", "SURGERY", closed="20270101"),
    ]
    assert make.parsed(make.received(rows)).facts["as_of"] == "2024-03-01"


def test_a_closed_practice_keeps_its_commissioner_with_dates_but_no_system() -> None:
    records = [r for r in make.parsed(make.practices()).records if isinstance(r, RelationRecord) and r.code == "Z0004"]
    assert records == [
        RelationRecord(
            "Z0004", Link.COMMISSIONED_BY, to_code="9Z9", to_kind=Kind.COMMISSIONER,
            valid_from=date(2013, 4, 1), valid_to=date(2017, 10, 31), line=4,
        )
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("setting", "kind", "sector"),
    [
        ("4", Kind.GP_PRACTICE, Sector.GENERAL_PRACTICE),
        ("0", Kind.PRESCRIBER, None),
        ("25", Kind.PRESCRIBER, Sector.HEALTH_AND_JUSTICE),
    ],
)
def test_only_prescribing_setting_four_is_a_general_practice(setting: str, kind: Kind, sector: Sector | None) -> None:
    record = make.parsed(make.received([make.practice_row("Z1", "X", setting=setting)])).records[0]
    assert (record.kind, record.sector) == (kind, sector)


def test_bodies_outside_england_get_no_system() -> None:
    rows = [make.ods_row("ZR1", "A TRUST"), make.ods_row("ZW1", "WELSH TRUST", region="W00")]
    records = make.parsed(make.received(rows)).records
    assert {r.code for r in records if isinstance(r, RelationRecord)} == {"ZR1"}


def test_a_board_takes_its_own_code_and_keeps_the_statistics_offices() -> None:
    records = make.parsed(make.areas()).records
    board = next(r for r in records if isinstance(r, OrganisationRecord) and r.code == "Q0A")
    assert board.name == "NHS Lantern Integrated Care Board"
    assert board.identifiers == ((Scheme.GSS, "E54900001"),)
    assert RelationRecord("9Z1", Link.PART_OF, to_code="Q0A", line=6) in [
        r for r in records if isinstance(r, RelationRecord)
    ]


def test_a_child_that_is_not_listed_refuses_the_hierarchy() -> None:
    rows = [make.AREA_HEADER, ["E06900009|E06900008", "E12900001", "West", 1, "A", "Regions", "regions"]]
    assert len(make.faults_of(make.received(rows))) == 2


def test_a_kind_of_area_that_is_not_used_is_passed_over_with_a_word() -> None:
    rows = [
        make.AREA_HEADER,
        ["", "E05900001", "A Ward", 5, "A", "Wards", "wards"],
        ["E05900001", "E12900001", "West", 1, "A", "Regions", "regions"],
    ]
    outcome = make.parsed(make.received(rows))
    assert not outcome.faults
    assert outcome.skipped == 1
    assert len(outcome.records) == 1


def test_a_place_in_two_boards_refuses_the_hierarchy() -> None:
    icb, sub = "nhs-integrated-care-boards", "nhs-sub-integrated-care-boards"
    rows = [
        make.AREA_HEADER,
        ["", "E38900001", "A ICB - 9Z1", 3, "NHS", "x", sub],
        ["E38900001", "E54900001", "NHS A Integrated Care Board - Q0A", 2, "NHS", "x", icb],
        ["E38900001", "E54900002", "NHS B Integrated Care Board - Q0B", 2, "NHS", "x", icb],
    ]
    assert "lies in Q0A and in Q0B" in make.faults_of(make.received(rows))[0]


def test_a_predecessor_that_two_boards_name_was_divided() -> None:
    steps = [
        r for r in make.parsed(make.boards()).records if isinstance(r, RelationRecord) and r.link is Link.SUCCEEDED_BY
    ]
    assert {(r.code, r.to_code, r.is_part) for r in steps} == {
        ("Q0C", "S0N", False), ("Q0A", "S0N", True), ("Q0A", "Q0M", True),
    }  # fmt: skip


def test_a_predecessor_that_is_still_listed_refuses_the_list() -> None:
    rows = [
        make.BOARD_HEADER,
        ["S0N", "New ICB", "", "Q0C", "2026-04-01", "West", ""],
        ["Q0C", "Old ICB", "", "", "", "West", ""],
    ]
    assert "also given as a predecessor of S0N" in make.faults_of(make.received(rows))[0]


@pytest.mark.parametrize(
    ("ring", "says"),
    [
        ([[500000, 200000], [500001, 200000], [500001, 200001], [500000, 200000]], "longitude and latitude"),
        ([["a", "b"]], "cannot be read"),
        ([], "no points"),
    ],
)
def test_an_outline_that_cannot_be_drawn_refuses_the_boundaries(ring: list[list[float]], says: str) -> None:
    document = {"type": "FeatureCollection", "features": [make.outline("E54900001", "A", ring)]}
    assert says in make.faults_of(make.received_json(document))[0]


def test_an_area_outlined_twice_refuses_the_boundaries() -> None:
    features = [make.outline("E54900001", "A", make.square(west, 54)) for west in (-3, -2)]
    faults = make.faults_of(make.received_json({"type": "FeatureCollection", "features": features}))
    assert faults == ["The file: E54900001 is outlined twice. Remove one of the two."]


def test_neighbours_still_share_their_border_when_made_coarse() -> None:
    border = [(0.0, y / 1000) for y in range(0, 1000, 7)]
    west = coarsened([(-1.0, 0.0), *border, (-1.0, 1.0), (-1.0, 0.0)])
    east = coarsened([(1.0, 0.0), *border, (1.0, 1.0), (1.0, 0.0)])
    assert {point for point in west if point[0] == 0} == {point for point in east if point[0] == 0}
    assert len(west) < 10


def test_a_succession_in_steps_is_read_step_by_step() -> None:
    records = make.parsed(make.successions()).records
    assert {(r.code, r.to_code, r.valid_from, r.is_part) for r in records} == {
        ("ZO1", "ZO2", date(2002, 4, 1), False),
        ("ZO2", "ZR1", date(2010, 4, 1), False),
        ("ZO3", "ZR3", date(2002, 4, 1), True),
        ("ZO3", "ZR2", date(2002, 4, 1), True),
    }


def test_a_code_with_two_names_refuses_the_mapping() -> None:
    rows = [
        make.MAPPING_HEADER,
        ["ZU1", "One", "Q0A", "NHS A Integrated Care Board", "West"],
        ["ZU1", "Two", "Q0A", "NHS A Integrated Care Board", "West"],
    ]
    assert "Line 3: ZU1 has another name on line 2." in make.faults_of(make.received(rows))[0]


def test_a_list_with_headings_only_is_refused() -> None:
    assert "no organisations" in make.faults_of(make.received([make.BOARD_HEADER]))[0]
