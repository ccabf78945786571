"""Integrated care boards after the mergers of 1 April 2026, with predecessors, some of which were divided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from sightline.directory.records import OrganisationRecord, Record, RelationRecord
from sightline.directory.reference import part_successions
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
from sightline.directory.words import Kind, Link
from sightline.intake.cells import code
from sightline.intake.contract import Fault, Parsed, ReceivedFile
from sightline.intake.rows import Report, rows_of

NAME = "icbs_2026"
TITLE = "Integrated care boards with their mergers"
PUBLISHER = "nhs-trust-icb-data (community, CC0)"
ADDRESS = "https://github.com/Davewest84/nhs-trust-icb-data"
_COLUMNS = {
    name: (name,)
    for name in ("ods_code", "name", "alt_names", "predecessor_codes", "merger_date", "region", "cluster_id")
}


def recognises(file: ReceivedFile) -> bool:
    """This function will know the file by its headings."""
    return table_with(file, _COLUMNS) is not None


def parse(file: ReceivedFile, today: date) -> Parsed:
    """This function will read every board; a predecessor that two boards name was divided between them (ORG-02)."""
    found = table_with(file, _COLUMNS)
    if found is None:
        return not_found(NAME, TITLE)
    report = Report()
    records: list[Record] = []
    steps: list[tuple[str, str, date | None, int]] = []
    seen: dict[str, int] = {}
    for row in rows_of(*found, _COLUMNS, report):
        body, name = row.read("ods_code", code), row.read("name", named)
        before, merged = row.read("predecessor_codes", codes) or (), row.read("merger_date", day)
        if not (body and name and only_once(row, body, seen, "ods_code")):
            continue
        opened = merged if before else None
        aliases = several(row.text("alt_names"))
        records.append(OrganisationRecord(body, name, Kind.ICB, opened_on=opened, aliases=aliases, line=row.line))
        records += in_region(body, Link.PART_OF, row.text("region"), row.line)
        steps += [(old, body, merged, row.line) for old in before]
    past = [on for _, _, on, _ in steps if on and on <= today]
    records += _successions(steps, seen)
    return finish(NAME, TITLE, records, report, file, as_of=max(past).isoformat() if past else "")


def _successions(steps: list[tuple[str, str, date | None, int]], listed: dict[str, int]) -> list[Record]:
    old = {code for code, *_ in steps}
    steps += [
        (move.code, move.to_code, move.day, listed[move.to_code])
        for move in part_successions()
        if move.code in old and move.to_code in listed
    ]
    times = Counter(code for code, *_ in steps)
    return [
        RelationRecord(
            code, Link.SUCCEEDED_BY, to_code=new, to_kind=Kind.ICB, valid_from=on, is_part=times[code] > 1, line=line
        )
        for code, new, on, line in steps
    ]


def verify(parsed: Parsed) -> Sequence[Fault]:
    """This function will refuse a list in which a predecessor is still open."""
    return [*something(parsed), *gone_and_here(parsed)]
