"""GP practices and prescribing cost centres, as the organisation service publishes them (epraccur)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sightline.directory.records import OrganisationRecord, Record, RelationRecord
from sightline.directory.sources import _ods
from sightline.directory.sources._lists import finish, not_found, something
from sightline.directory.words import Kind, Link, Sector
from sightline.intake.contract import Fault, Parsed, ReceivedFile, Table
from sightline.intake.rows import Report

NAME = "ods_practices"
TITLE = "GP practices and prescribing cost centres (epraccur)"
PUBLISHER = _ods.PUBLISHER
ADDRESS = "https://digital.nhs.uk/services/organisation-data-service/data-search-and-export/csv-downloads"
GP = "4"
# The prescribing settings that lie plainly in one sector; all others say nothing of it.
_SECTORS = {
    GP: Sector.GENERAL_PRACTICE, "8": Sector.PUBLIC_HEALTH, "9": Sector.COMMUNITY, "10": Sector.SECONDARY_AND_TERTIARY,
    "11": Sector.OPTOMETRY, "13": Sector.HOSPICE, "14": Sector.CARE_HOMES, "25": Sector.HEALTH_AND_JUSTICE,
}  # fmt: skip


def recognises(file: ReceivedFile) -> bool:
    """This function will know the file by twenty-seven columns without header and a status in most rows."""
    return _table(file) is not None


def _table(file: ReceivedFile) -> Table | None:
    table = _ods.looks_like_ods(file)
    return table if table is not None and _ods.most_have(table, _ods.STATUS) else None


def parse(file: ReceivedFile, today: date) -> Parsed:
    """This function will read every practice with its commissioner over time (ORG-02)."""
    table = _table(file)
    if table is None:
        return not_found(NAME, TITLE)
    report = Report()
    records: list[Record] = []
    days: list[date | None] = []
    for row in _ods.ods_rows(table, today, report):
        opened, closed = row.span(_ods.OPENED, _ods.CLOSED)
        joined, left = row.span(_ods.JOINED, _ods.LEFT)
        days += [opened, closed, joined, left]
        records += _records(row, opened, closed, joined, left)
    return finish(NAME, TITLE, records, report, file, as_of=_ods.as_of(days, today), is_complete="yes")


def _records(
    row: _ods.OdsRow, opened: date | None, closed: date | None, joined: date | None, left: date | None
) -> list[Record]:
    cells = row.cells
    body, system, commissioner = cells[_ods.CODE].upper(), row.code(_ods.SYSTEM), row.code(_ods.COMMISSIONER)
    kind = Kind.GP_PRACTICE if cells[_ods.SETTING] == GP else Kind.PRESCRIBER
    sector = _SECTORS.get(cells[_ods.SETTING])
    records: list[Record] = [
        OrganisationRecord(
            body, cells[_ods.NAME], kind, sector, opened, closed, cells[_ods.POSTCODE].upper(), line=row.line
        )
    ]
    if commissioner and commissioner != body:
        records.append(
            RelationRecord(
                body,
                Link.COMMISSIONED_BY,
                to_code=commissioner,
                to_kind=Kind.COMMISSIONER,
                valid_from=joined,
                valid_to=left,
                line=row.line,
            )
        )
    # The system of a closed practice is that of its last day, under codes long since given up.
    if system and closed is None and cells[_ods.REGION] not in _ods.OUTSIDE_ENGLAND:
        records.append(RelationRecord(body, Link.LOCATED_IN, to_code=system, line=row.line))
    return records


def verify(parsed: Parsed) -> Sequence[Fault]:
    """This function will refuse a list without practices."""
    return something(parsed)
