"""Systems, regions, authorities and who belongs to which, in the layouts of the lists that publish them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sightline.demonstration.geography import AUTHORITIES, REGION, SYSTEMS, Authority, System
from sightline.demonstration.layout import Cell, csv_text, write_json, write_text
from sightline.demonstration.months import Calendar
from sightline.demonstration.organisations import (
    PHARMACIES,
    PRACTICES,
    PREDECESSORS,
    SUCCESSOR,
    TRUSTS,
    URGENT_TREATMENT,
    Provider,
    Sector,
    is_open,
    systems_of,
)

ENGLAND = "E92000001"  # the country is real; everything in it is invented
_ACUTE = "Acute and Acute & Community Trusts"
TRUST_TYPES = {
    Sector.ACUTE: _ACUTE,
    Sector.SPECIALIST: "Acute Specialist Trusts",
    Sector.MENTAL_HEALTH: (
        "Mental Health & Learning Disability and Mental Health, Learning Disability & Community Trusts"
    ),
    Sector.COMMUNITY: "Community Trusts",
    Sector.AMBULANCE: "Ambulance Trusts",
}


def write_areas(into: Path, calendar: Calendar) -> list[Path]:
    """This function will write the lists of trusts and boards, the hierarchy of areas, and the boundaries."""
    folder = into / "organisations"
    year = calendar.last.year
    return [
        write_text(folder / f"trusts_{year}.csv", csv_text(_trust_rows(calendar), ending="\r\n")),
        write_text(folder / f"icbs_{year}.csv", csv_text(_board_rows(), ending="\r\n")),
        write_text(folder / "areas.csv", csv_text(_area_rows()), encoding="utf-8-sig"),
        write_json(folder / "icb_boundaries.geo.json", _boundaries(), indent=2),
    ]


def write_mapping(into: Path, calendar: Calendar) -> Path:
    """This function will write which board each open provider of urgent care belongs to."""
    rows: list[list[Cell]] = [["Code", "Name", "ICB Code", "ICB Name", "Region Name"]]
    merger = calendar.back(calendar.merger)
    # The ambulance service stands under both of its boards; pharmacies are listed as places to walk in.
    rows += [
        [body.code, body.name, board.code, board.board, f"{REGION.name} Commissioning Region"]
        for body in (*TRUSTS, URGENT_TREATMENT, *PHARMACIES)
        if is_open(body, 0, merger)
        for board in systems_of(body)
    ]
    return write_text(into / "ae" / "System-Mapping.csv", csv_text(rows))


def _trust_rows(calendar: Calendar) -> list[list[Cell]]:
    header = ["ods_code", "name", "alt_names", "type", "region", "ics", "predecessor_codes", "merger_date"]
    rows: list[list[Cell]] = [list(header)]
    for trust in TRUSTS:
        if not is_open(trust, 0, calendar.back(calendar.merger)):
            continue
        merged = trust.code == SUCCESSOR
        rows.append(
            [
                trust.code,
                trust.name,
                _short_name(trust),
                TRUST_TYPES[trust.sector],
                REGION.name,
                ";".join(system.name for system in systems_of(trust)),
                ";".join(PREDECESSORS) if merged else "",
                calendar.merger.isoformat() if merged else "",
            ]
        )
    return rows


def _short_name(trust: Provider) -> str:
    return trust.name.removesuffix(" NHS Trust").removesuffix(" NHS Foundation Trust")


def _board_rows() -> list[list[Cell]]:
    rows: list[list[Cell]] = [
        ["ods_code", "name", "alt_names", "predecessor_codes", "merger_date", "region", "cluster_id"]
    ]
    rows += [[system.code, f"{system.name} ICB", f"{system.short} ICB", "", "", REGION.name, ""] for system in SYSTEMS]
    return rows


def _area_rows() -> list[list[Cell]]:
    rows: list[list[Cell]] = [
        ["Children", "AreaCode", "AreaName", "Level", "HierarchyType", "AreaType", "AreaTypeCode"]
    ]
    rows += [["", p.code, p.name, 5, "NHS", "GPs", "gps"] for p in PRACTICES]
    upper = ("Administrative", "Counties and Unitary Authorities", "counties-and-unitary-authorities")
    rows += [["", place.gss, place.name, 2, *upper] for place in AUTHORITIES]
    regional = "|".join(place.gss for place in AUTHORITIES)
    rows.append([regional, REGION.gss, f"{REGION.name} Region", 1, "Administrative", "Regions", "regions"])
    rows += [_sub_icb_row(place) for place in AUTHORITIES]
    rows += [_network_row(number, place) for number, place in enumerate(AUTHORITIES, start=1)]
    rows += [_system_row(system) for system in SYSTEMS]
    boards = "|".join(system.gss for system in SYSTEMS)
    rows.append([boards, REGION.nhs_gss, f"{REGION.name} NHS Region", 1, "NHS", "NHS Regions", "nhs-regions"])
    rows.append([f"{REGION.gss}|{REGION.nhs_gss}", ENGLAND, "England", 0, "Both", "England", "england"])
    return rows


def _network_code(number: int) -> str:
    return f"UZ990{number}"


def _network_row(number: int, place: Authority) -> list[Cell]:
    members = "|".join(practice.code for practice in PRACTICES if practice.place == place.name)
    kind = "NHS Primary Care Networks"
    return [members, _network_code(number), f"{place.name} PCN", 4, "NHS", kind, "nhs-primary-care-networks"]


def _sub_icb_row(place: Authority) -> list[Cell]:
    network = _network_code(AUTHORITIES.index(place) + 1)
    board = next(system for system in SYSTEMS if system.code == place.system)
    name = f"{board.name} ICB - {place.sub_icb}"
    kind = "NHS Sub Integrated Care Boards"
    return [network, place.sub_icb_gss, name, 3, "NHS", kind, "nhs-sub-integrated-care-boards"]


def _system_row(system: System) -> list[Cell]:
    children = "|".join(place.sub_icb_gss for place in AUTHORITIES if place.system == system.code)
    kind = "NHS Integrated Care Boards"
    return [children, system.gss, f"{system.board} - {system.code}", 2, "NHS", kind, "nhs-integrated-care-boards"]


def _boundaries() -> dict[str, Any]:
    features = [_feature(number, system) for number, system in enumerate(SYSTEMS, start=1)]
    crs = {"type": "name", "properties": {"name": "EPSG:4326"}}
    return {"type": "FeatureCollection", "crs": crs, "features": features}


def _feature(number: int, system: System) -> dict[str, Any]:
    west, east, south, north = system.west, system.east, system.south, system.north
    middle = (south + north) / 2
    # Both systems share the points of their common border, so that the map shows no gap between them.
    ring = [
        [west, south],
        [(west + east) / 2, south + 0.05],
        [east, south],
        [east + 0.06, middle],
        [east, north],
        [(west + east) / 2, north - 0.04],
        [west, north],
        [west + 0.06, middle],
        [west, south],
    ]
    return {
        "type": "Feature",
        "id": number,
        "geometry": {"type": "Polygon", "coordinates": [[[round(x, 4), round(y, 4)] for x, y in ring]]},
        "properties": {
            "FID": number,
            "ICB23CD": system.gss,
            "ICB23NM": system.board,
            "BNG_E": 300000 + 40000 * number,
            "BNG_N": 480000,
            "LONG": round((west + east) / 2, 4),
            "LAT": round(middle, 4),
            "GlobalID": f"00000000-0000-4000-8000-00000000000{number}",
        },
    }
