"""NHS trusts, as the organisation service publishes them (etr); a later edition closes and drops."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sightline.directory.records import OrganisationRecord, Record, RelationRecord
from sightline.directory.sources import _ods
from sightline.directory.sources._lists import finish, not_found, something
from sightline.directory.words import Kind, Link
from sightline.intake.contract import Fault, Parsed, ReceivedFile, Table
from sightline.intake.rows import Report

NAME = "ods_trusts"
TITLE = "NHS trusts (etr)"
PUBLISHER = _ods.PUBLISHER
ADDRESS = "https://digital.nhs.uk/services/organisation-data-service/data-search-and-export/csv-downloads"


def recognises(file: ReceivedFile) -> bool:
    """This function will know the file by twenty-seven columns without header and no status or prescribing setting."""
    return _table(file) is not None


def _table(file: ReceivedFile) -> Table | None:
    table = _ods.looks_like_ods(file)
    if table is None or _ods.most_have(table, _ods.STATUS) or _ods.most_have(table, _ods.SETTING):
        return None
    return table


def parse(file: ReceivedFile, today: date) -> Parsed:
    """This function will read every trust with its dates and the system in which its headquarters lies."""
    table = _table(file)
    if table is None:
        return not_found(NAME, TITLE)
    report = Report()
    records: list[Record] = []
    days: list[date | None] = []
    for row in _ods.ods_rows(table, today, report):
        opened, closed = row.span(_ods.OPENED, _ods.CLOSED)
        days += [opened, closed]
        cells, system = row.cells, row.code(_ods.SYSTEM)
        body = cells[_ods.CODE].upper()
        records.append(
            OrganisationRecord(
                body,
                cells[_ods.NAME],
                Kind.NHS_TRUST,
                None,
                opened,
                closed,
                cells[_ods.POSTCODE].upper(),
                line=row.line,
            )
        )
        if system and cells[_ods.REGION] not in _ods.OUTSIDE_ENGLAND:
            records.append(RelationRecord(body, Link.LOCATED_IN, to_code=system, line=row.line))
    return finish(NAME, TITLE, records, report, file, as_of=_ods.as_of(days, today), is_complete="yes")


def verify(parsed: Parsed) -> Sequence[Fault]:
    """This function will refuse a list without trusts."""
    return something(parsed)
