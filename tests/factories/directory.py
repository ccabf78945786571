"""An invented country for the directory's tests, and files about it in the publishers' layouts."""

from __future__ import annotations

import csv
import io
import itertools
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sightline.core.access import Grant, Role
from sightline.directory.models import Organisation, Relation, Subject
from sightline.directory.operations import take_in
from sightline.directory.operations.taking_in import TakenIn
from sightline.directory.sources import recognise
from sightline.directory.words import SUBJECT_OF, Kind, Link, Sector, SubjectKind
from sightline.intake.contract import Parsed, ReceivedFile
from sightline.intake.reading import read

AT = datetime(2026, 6, 15, 12, tzinfo=UTC)
TODAY = date(2026, 6, 15)
MERGED = date(2026, 4, 1)
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Somebody:
    """An actor with one grant."""

    grant: Grant
    actor_id: str = "person:somebody"

    @property
    def grants(self) -> tuple[Grant, ...]:
        return (self.grant,)


KEEPER = Somebody(Grant(Role.QUALITY_LEAD))
ONLOOKER = Somebody(Grant(Role.MEMBER))


def of_provider(code: str) -> Somebody:
    """This function will make somebody who works for a provider."""
    return Somebody(Grant(Role.PROVIDER, organisation=code))


def an_organisation(code: str = "", name: str = "", kind: Kind = Kind.NHS_TRUST, **more: Any) -> Organisation:
    """This function will make an organisation, with its subject where its kind has one."""
    own = code or f"ZX{next(_numbers)}"
    body = Organisation.objects.create(code=own, name=name or f"Body {own}", kind=kind, recorded_at=AT, **more)
    if subject_kind := SUBJECT_OF.get(kind):
        a_subject(body, subject_kind)
    return body


def a_subject(
    body: Organisation, kind: SubjectKind = SubjectKind.ORGANISATION, sector: Sector | None = None
) -> Subject:
    """This function will make an organisation's subject."""
    return Subject.objects.create(
        key=body.code, kind=kind, name=body.name, sector=sector or body.sector, organisation=body, recorded_at=AT
    )


def a_relation(origin: Organisation, link: Link, target: Organisation, **more: Any) -> Relation:
    """This function will make a relation that somebody wrote down."""
    return Relation.objects.create(
        origin=origin, link=link, target=target, recorded_at=AT, **{"source": "person", **more}
    )


def received(rows: Sequence[Sequence[object]], name: str = "file.csv") -> ReceivedFile:
    """This function will make a file of rows as it is received."""
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return read(name, out.getvalue().encode())


def received_json(document: Any, name: str = "file.geojson") -> ReceivedFile:
    """This function will make a JSON document as it is received."""
    return read(name, json.dumps(document).encode())


def parsed(file: ReceivedFile) -> Parsed:
    """This function will have the source that knows the file parse it."""
    source = recognise(file)
    assert source is not None, f"nobody knows {file.name}"
    return source.parse(file, TODAY)


def faults_of(file: ReceivedFile) -> list[str]:
    """This function will give what is wrong with a file, as its reader sees it."""
    source = recognise(file)
    assert source is not None, f"nobody knows {file.name}"
    outcome = source.parse(file, TODAY)
    return [str(fault) for fault in outcome.faults] or [str(fault) for fault in source.verify(outcome)]


def import_file(file: ReceivedFile) -> TakenIn:
    """This function will take a file into the directory."""
    return take_in(by=KEEPER, at=AT, parsed=parsed(file))


def ods_row(code: str, name: str, system: str = "Q0A", **cells: str) -> list[str]:
    """This function will make a row of the organisation service's layout."""
    places = {"postcode": 9, "opened": 10, "closed": 11, "status": 12, "commissioner": 14, "joined": 15, "left": 16}
    row = [""] * 27
    row[0], row[1], row[2], row[3], row[10] = code, name, "ZY1", system, "20010401"
    for cell, text in cells.items():
        row[{**places, "setting": 25, "region": 2}[cell]] = text
    return row


def practice_row(code: str, name: str, **cells: str) -> list[str]:
    """This function will make a row of the file of practices."""
    return ods_row(code, name, **{"status": "A", "setting": "4", **cells})


def practices() -> ReceivedFile:
    """Four practices: two under the place of a divided board that moved, one under the other, one closed long ago."""
    return received(
        [
            practice_row("Z0001", "LANTERN SURGERY", commissioner="9Z1", joined="20200401", postcode="ZA1 1AA"),
            practice_row("Z0002", "MILL PRACTICE", commissioner="9Z1", joined="20200401", postcode="ZA1 2AA"),
            practice_row(
                "Z0003", "HARBOUR SURGERY", system="Q0B", commissioner="9Z2", joined="20200401", postcode="ZB1 1AA"
            ),
            practice_row(
                "Z0004", "OLD SURGERY", closed="20171031", commissioner="9Z9", joined="20130401", left="20171031"
            ),
        ],
        "practices.csv",
    )


def trusts_before() -> ReceivedFile:
    """The trusts before the merger of two of them."""
    return received(
        [
            ods_row("ZR1", "UNIVERSITY HOSPITALS OF LANTERN NHS TRUST", postcode="ZA1 9AA"),
            ods_row("ZR2", "MILL COMMUNITY NHS TRUST", postcode="ZA1 9BB"),
            ods_row("ZR3", "HARBOUR HOSPITALS NHS TRUST", system="Q0B", postcode="ZB9 9AA"),
            ods_row("ZR4", "VANISHED NHS TRUST", opened="20210901"),
        ],
        "trusts_before.csv",
    )


def trusts_after() -> ReceivedFile:
    """A later edition: one closed, one renamed, one left out without a word."""
    return received(
        [
            ods_row("ZR1", "LANTERN AND MILL NHS FOUNDATION TRUST", postcode="ZA1 9AA"),
            ods_row("ZR2", "MILL COMMUNITY NHS TRUST", closed="20241031", postcode="ZA1 9BB"),
            ods_row("ZR3", "HARBOUR HOSPITALS NHS TRUST", system="Q0B", postcode="ZB9 9AA"),
        ],
        "trusts_after.csv",
    )


TRUST_HEADER = ["ods_code", "name", "alt_names", "type", "region", "ics", "predecessor_codes", "merger_date"]
BOARD_HEADER = ["ods_code", "name", "alt_names", "predecessor_codes", "merger_date", "region", "cluster_id"]
AREA_HEADER = ["Children", "AreaCode", "AreaName", "Level", "HierarchyType", "AreaType", "AreaTypeCode"]
MAPPING_HEADER = ["Code", "Name", "ICB Code", "ICB Name", "Region Name"]
_WATERS, _ACUTE, _AMBULANCE = "Northern Waters", "Acute and Acute & Community Trusts", "Ambulance Trusts"


def trust_list() -> ReceivedFile:
    """The community list of trusts, which names systems in words."""
    return received(
        [
            TRUST_HEADER,
            ["ZR1", "Lantern and Mill NHS Foundation Trust", "LMFT;Lanternmill", _ACUTE, _WATERS, "Lantern", "ZR2", "2024-11-01"],
            ["ZR3", "Harbour Hospitals NHS Trust", "", _ACUTE, "Northern Waters", "Harbour; Mill Dale", "", ""],
            ["ZR9", "Waters Ambulance Service NHS Trust", "", _AMBULANCE, "Northern Waters", "-", "", ""],
        ],
        "trust_list.csv",
    )  # fmt: skip


def boards() -> ReceivedFile:
    """Three boards of today. Q0C went whole into S0N; Q0A was divided between S0N and Q0M; Q0B stands."""
    return received(
        [
            BOARD_HEADER,
            ["S0N", "New Waters ICB", "NW ICB", "Q0C;Q0A", "2026-04-01", "Northern Waters", ""],
            ["Q0M", "Mill Dale ICB", "", "Q0A", "2026-04-01", "Northern Waters", ""],
            ["Q0B", "Harbour ICB", "", "", "", "Northern Waters", ""],
        ],
        "boards.csv",
    )


def areas() -> ReceivedFile:
    """The hierarchy as it was before the boards merged."""
    nhs, admin = "NHS", "Administrative"
    icb, sub = "nhs-integrated-care-boards", "nhs-sub-integrated-care-boards"
    return received(
        [
            AREA_HEADER,
            ["", "Z0001", "Lantern Surgery", 5, nhs, "GPs", "gps"],
            ["Z0001", "U99001", "Lantern PCN", 4, nhs, "NHS Primary Care Networks", "nhs-primary-care-networks"],
            ["U99001", "E38900001", "Lantern ICB - 9Z1", 3, nhs, "NHS Sub Integrated Care Boards", sub],
            ["", "E38900002", "Harbour ICB - 9Z2", 3, nhs, "NHS Sub Integrated Care Boards", sub],
            ["E38900001", "E54900001", "NHS Lantern Integrated Care Board - Q0A", 2, nhs, "NHS Integrated Care Boards", icb],
            ["E38900002", "E54900002", "NHS Harbour Integrated Care Board - Q0B", 2, nhs, "NHS Integrated Care Boards", icb],
            ["", "E54900003", "NHS Creek Integrated Care Board - Q0C", 2, nhs, "NHS Integrated Care Boards", icb],
            ["E54900001|E54900002|E54900003", "E40900001", "Northern Waters NHS Region", 1, nhs, "NHS Regions", "nhs-regions"],
            ["", "E06900001", "Lantern", 2, admin, "Counties and Unitary Authorities", "counties-and-unitary-authorities"],
            ["E40900001", "E92900001", "Waterland", 0, "Both", "England", "england"],
        ],
        "areas.csv",
    )  # fmt: skip


def mapping() -> ReceivedFile:
    """Urgent care providers and their boards, one of them under a board that went whole into another."""
    board = "NHS {} Integrated Care Board"
    region = "Northern Waters Commissioning Region"
    return received(
        [
            MAPPING_HEADER,
            ["ZU001", "Creek Walk-in Centre", "Q0C", board.format("Creek"), region],
            ["ZR3", "Harbour Hospitals NHS Trust", "Q0B", board.format("Harbour"), region],
        ],
        "mapping.csv",
    )


def square(west: float, south: float, size: float = 0.5) -> list[list[float]]:
    """This function will make a square ring."""
    east, north = west + size, south + size
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def outline(code: str, name: str, *rings: list[list[float]]) -> dict[str, Any]:
    """This function will make a feature as the statistics office publishes it."""
    return {
        "type": "Feature",
        "geometry": {"type": "MultiPolygon", "coordinates": [[ring] for ring in rings]},
        "properties": {"ICB23CD": code, "ICB23NM": name},
    }


def boundaries() -> ReceivedFile:
    """The outlines of the three boards of before; one under a code that is newer than the hierarchy's."""
    features = [
        outline("E54900001", "NHS Lantern Integrated Care Board", square(-3, 54)),
        outline("E54900002", "NHS Harbour Integrated Care Board", square(-2, 54)),
        outline("E54900093", "NHS Creek Integrated Care Board", square(-1, 54)),
    ]
    return received_json({"type": "FeatureCollection", "features": features})


def successions() -> ReceivedFile:
    """Successions of long ago: a merger in two steps and a split."""
    header = ["old_code", "new_code_0", "new_code_1", "date_change_1", "change_type_1",
              "new_code_2", "date_change_2", "change_type_2", "final_code", "experiences_split"]  # fmt: skip
    return received(
        [
            header,
            ["ZO1", "ZO1", "ZO2", "2002-04-01", "merger", "ZR1", "2010-04-01", "name_change", "ZR1", "0"],
            ["ZO3", "ZO3", "ZR3", "2002-04-01", "split", "NA", "NA", "NA", "ZR3", "1"],
            ["ZO3", "ZO3", "ZR2", "2002-04-01", "split", "NA", "NA", "NA", "ZR2", "1"],
        ],
        "successions.csv",
    )


def everything() -> list[ReceivedFile]:
    """This function will make every file of the invented country."""
    return [
        practices(), trusts_before(), trusts_after(), trust_list(), boards(), areas(), mapping(), boundaries(), successions(),
    ]  # fmt: skip
