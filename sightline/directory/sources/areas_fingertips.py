"""The hierarchy of areas, from England to practices and authorities, as public health profiles publish it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from sightline.directory.records import OrganisationRecord, Record, RelationRecord
from sightline.directory.reference import place_moves, region_named
from sightline.directory.sources._lists import finish, named, not_found, only_once, something, table_with
from sightline.directory.words import Kind, Link, Scheme, Sector
from sightline.intake.cells import code
from sightline.intake.contract import Fault, Parsed, ReceivedFile
from sightline.intake.rows import Report, Row, rows_of

NAME = "areas_fingertips"
TITLE = "Areas of England and what lies within them"
PUBLISHER = "Department of Health and Social Care (Fingertips)"
ADDRESS = "https://fingertips.phe.org.uk/"
_HEADINGS = ("Children", "AreaCode", "AreaName", "Level", "HierarchyType", "AreaType", "AreaTypeCode")
_COLUMNS = {name: (name,) for name in _HEADINGS}
_KINDS = {
    "england": Kind.NATION,
    "regions": Kind.STATISTICAL_REGION,
    "nhs-regions": Kind.REGION,
    "nhs-integrated-care-boards": Kind.ICB,
    "nhs-sub-integrated-care-boards": Kind.SUB_ICB,
    "nhs-primary-care-networks": Kind.PRIMARY_CARE_NETWORK,
    "gps": Kind.GP_PRACTICE,
    "combined-authorities": Kind.COMBINED_AUTHORITY,
    "counties-and-unitary-authorities": Kind.LOCAL_AUTHORITY,
    "districts-and-unitary-authorities": Kind.DISTRICT,
}
_OWN_CODE = re.compile(r"(.*\S)\s+-\s+([A-Z0-9]{3,5})", re.ASCII)


def recognises(file: ReceivedFile) -> bool:
    """This function will know the file by its headings."""
    return table_with(file, _HEADINGS) is not None


def parse(file: ReceivedFile, today: date) -> Parsed:
    """This function will read every area under its lasting code, and what it is part of (ORG-03)."""
    found = table_with(file, _HEADINGS)
    if found is None:
        return not_found(NAME, TITLE)
    report = Report()
    areas: dict[str, OrganisationRecord] = {}
    children: list[tuple[Row, str, list[str]]] = []
    seen: dict[str, int] = {}
    unknown = 0
    for row in rows_of(*found, _COLUMNS, report):
        gss, name = row.read("AreaCode", code), row.read("AreaName", named)
        kind = _KINDS.get(row.text("AreaTypeCode"))
        if not (gss and name and only_once(row, gss, seen, "AreaCode")):
            continue
        if kind is None:
            unknown += 1
            continue
        areas[gss] = _area(gss, name, kind, row.line)
        children.append((row, gss, [child for child in row.text("Children").split("|") if child]))
    report.set_aside(unknown, "they are of a kind of area that is not used")
    records: list[Record] = [*areas.values(), *_relations(areas, children, seen)]
    return finish(NAME, TITLE, records, report, file)


def _area(gss: str, name: str, kind: Kind, line: int) -> OrganisationRecord:
    """An area under the code that the health service uses, where the file or the reference knows it."""
    own, called = gss, name
    if kind is Kind.REGION:
        region = region_named(gss)
        own, called = (region.code, region.name) if region else (gss, name.removesuffix(" NHS Region"))
    elif kind in {Kind.ICB, Kind.SUB_ICB} and (parts := _OWN_CODE.fullmatch(name)):
        own, called = parts[2], parts[1] if kind is Kind.ICB else name
    return OrganisationRecord(
        own,
        called,
        kind,
        Sector.GENERAL_PRACTICE if kind is Kind.GP_PRACTICE else None,
        identifiers=((Scheme.GSS, gss),) if own != gss else (),
        line=line,
    )


def _relations(
    areas: dict[str, OrganisationRecord], children: list[tuple[Row, str, list[str]]], seen: dict[str, int]
) -> list[Record]:
    records: list[Record] = []
    for row, gss, below in children:
        for child in below:
            if child not in seen:
                row.fault(f"“{child}” is a child but is not listed itself.", "Bring in the whole file.", "Children")
            elif child in areas:
                records += _relation(areas[child], areas[gss], row.line)
    return records


def _relation(child: OrganisationRecord, parent: OrganisationRecord, line: int) -> list[Record]:
    link = Link.MEMBER_OF if child.kind is Kind.GP_PRACTICE else Link.PART_OF
    move = place_moves().get(child.code)
    if move is None or parent.kind is not Kind.ICB or parent.code == move.to_code:
        return [RelationRecord(child.code, link, to_code=parent.code, line=line)]
    last = date.fromordinal(move.day.toordinal() - 1)
    return [
        RelationRecord(child.code, link, to_code=parent.code, valid_to=last, line=line),
        OrganisationRecord(move.to_code, move.to_name, Kind.ICB),
        RelationRecord(child.code, link, to_code=move.to_code, valid_from=move.day, line=line),
    ]


def verify(parsed: Parsed) -> Sequence[Fault]:
    """This function will refuse a hierarchy in which a place lies in two boards at once."""
    faults = something(parsed)
    boards = {r.code for r in parsed.records if isinstance(r, OrganisationRecord) and r.kind is Kind.ICB}
    within: dict[str, str] = {}
    for r in parsed.records:
        if not isinstance(r, RelationRecord) or r.to_code not in boards or r.valid_from is not None:
            continue
        if within.setdefault(r.code, r.to_code) != r.to_code:
            says = f"{r.code} lies in {within[r.code]} and in {r.to_code}."
            faults.append(Fault(says, "Correct one of them.", r.line))
    return faults
