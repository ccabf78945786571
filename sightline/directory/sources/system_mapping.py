"""Which board each provider of urgent and emergency care belongs to, as published beside the A&E figures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sightline.directory.records import OrganisationRecord, Record, RelationRecord
from sightline.directory.sources._lists import finish, in_region, named, not_found, something, table_with
from sightline.directory.words import Kind, Link
from sightline.intake.cells import code
from sightline.intake.contract import Fault, Parsed, ReceivedFile
from sightline.intake.rows import Report, rows_of

NAME = "system_mapping"
TITLE = "Providers of urgent and emergency care with their systems"
PUBLISHER = "NHS England"
ADDRESS = "https://www.england.nhs.uk/statistics/statistical-work-areas/ae-waiting-times-and-activity/"
_COLUMNS = {
    "code": ("Code",),
    "name": ("Name",),
    "board": ("ICB Code",),
    "board_name": ("ICB Name",),
    "region": ("Region Name",),
}


def recognises(file: ReceivedFile) -> bool:
    """This function will know the file by its five headings, and by having no others."""
    found = table_with(file, [names[0] for names in _COLUMNS.values()])
    return found is not None and sum(1 for cell in found[0].rows[found[1]] if cell) == len(_COLUMNS)


def parse(file: ReceivedFile, today: date) -> Parsed:
    """This function will read which system each provider is part of; one provider may be part of several (ORG-10)."""
    found = table_with(file, [names[0] for names in _COLUMNS.values()])
    if found is None:
        return not_found(NAME, TITLE)
    report = Report()
    records: list[Record] = []
    names: dict[str, tuple[str, int]] = {}
    for row in rows_of(*found, _COLUMNS, report):
        body, name = row.read("code", code), row.read("name", named)
        board, board_name = row.read("board", code), row.read("board_name", named)
        if not (body and name and board and board_name and row.ok):
            continue
        for one, called in ((body, name), (board, board_name)):
            first = names.setdefault(one, (called, row.line))
            if first[0] != called:
                row.fault(f"{one} has another name on line {first[1]}.", "Correct the row that is wrong.")
        if names[body][1] == row.line:
            records.append(OrganisationRecord(body, name, Kind.PROVIDER))
        if names[board][1] == row.line:
            records.append(OrganisationRecord(board, board_name, Kind.ICB))
            records += in_region(board, Link.PART_OF, row.text("region"), None)
        records.append(RelationRecord(body, Link.PART_OF, to_code=board, to_kind=Kind.ICB))
    return finish(NAME, TITLE, records, report, file)


def verify(parsed: Parsed) -> Sequence[Fault]:
    """This function will refuse a mapping without rows."""
    return something(parsed)
