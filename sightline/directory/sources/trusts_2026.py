"""NHS trusts with type, region, system, other names and predecessors: a community list kept by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sightline.directory.records import OrganisationRecord, Record, RelationRecord
from sightline.directory.sources._lists import (
    codes,
    day,
    finish,
    gone_and_here,
    in_region,
    named,
    not_found,
    only_once,
    several,
    something,
    table_with,
)
from sightline.directory.words import Kind, Link, Sector
from sightline.intake.cells import code
from sightline.intake.contract import Fault, Parsed, ReceivedFile
from sightline.intake.rows import Report, Row, rows_of

NAME = "trusts_2026"
TITLE = "NHS trusts with their systems and mergers"
PUBLISHER = "nhs-trust-icb-data (community, CC0)"
ADDRESS = "https://github.com/Davewest84/nhs-trust-icb-data"
_COLUMNS = {
    name: (name,)
    for name in ("ods_code", "name", "alt_names", "type", "region", "ics", "predecessor_codes", "merger_date")
}
_SECTORS = (
    ("ambulance", Sector.AMBULANCE),
    ("mental health", Sector.MENTAL_HEALTH),
    ("acute", Sector.SECONDARY_AND_TERTIARY),
    ("community", Sector.COMMUNITY),
)


def recognises(file: ReceivedFile) -> bool:
    """This function will know the file by its headings."""
    return table_with(file, _COLUMNS) is not None


def parse(file: ReceivedFile, today: date) -> Parsed:
    """This function will read every trust, the systems it belongs to (ORG-10) and those it succeeded (ORG-02)."""
    found = table_with(file, _COLUMNS)
    if found is None:
        return not_found(NAME, TITLE)
    report = Report()
    records: list[Record] = []
    seen: dict[str, int] = {}
    latest: date | None = None
    for row in rows_of(*found, _COLUMNS, report):
        body = row.read("ods_code", code)
        merged = row.read("merger_date", day)
        before = row.read("predecessor_codes", codes) or ()
        name = row.read("name", named)
        if body and name and only_once(row, body, seen, "ods_code"):
            latest = max(filter(None, (latest, merged if merged and merged <= today else None)), default=None)
            records += _records(row, body, name, before, merged)
    return finish(NAME, TITLE, records, report, file, as_of=latest.isoformat() if latest else "")


def _records(row: Row, body: str, name: str, before: Sequence[str], merged: date | None) -> list[Record]:
    line = row.line
    trust = OrganisationRecord(
        body, name, Kind.NHS_TRUST, _sector(row.text("type")), aliases=several(row.text("alt_names")), line=line
    )
    records: list[Record] = [trust]
    records += [
        RelationRecord(body, Link.PART_OF, to_name=system, to_kind=Kind.ICB, line=line)
        for system in several(row.text("ics"))
        if system != "-"
    ]
    records += in_region(body, Link.LOCATED_IN, row.text("region"), line)
    records += [
        RelationRecord(old, Link.SUCCEEDED_BY, to_code=body, to_kind=Kind.NHS_TRUST, valid_from=merged, line=line)
        for old in before
    ]
    return records


def _sector(words: str) -> Sector | None:
    return next((sector for word, sector in _SECTORS if word in words.casefold()), None)


def verify(parsed: Parsed) -> Sequence[Fault]:
    """This function will refuse a list in which a predecessor is still open."""
    return [*something(parsed), *gone_and_here(parsed)]
