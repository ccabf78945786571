"""Which trusts and commissioners of 2000 to 2018 became which, step by step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from sightline.directory.records import Record, RelationRecord
from sightline.directory.sources._lists import day, finish, not_found, something, table_with
from sightline.directory.words import Link
from sightline.intake.cells import BadCell, code, quoted
from sightline.intake.contract import Fault, Parsed, ReceivedFile
from sightline.intake.rows import Report, Row, rows_of

NAME = "succession_paths"
TITLE = "Successions of trusts and commissioners, 2000 to 2018"
PUBLISHER = "NHS England (KH03), gathered by researchers"
ADDRESS = "https://www.england.nhs.uk/statistics/statistical-work-areas/bed-availability-and-occupancy/"
_STEPS = (1, 2, 3)
_SIGNS = ("old_code", "new_code_1", "date_change_1", "change_type_1", "final_code", "experiences_split")
_COLUMNS = {"old_code": ("old_code",)} | {
    f"{name}_{step}": (f"{name}_{step}",) for step in _STEPS for name in ("new_code", "date_change", "change_type")
}
_KINDS = {"merger", "split", "name_change"}


def recognises(file: ReceivedFile) -> bool:
    """This function will know the file by its headings."""
    return table_with(file, _SIGNS) is not None


def parse(file: ReceivedFile, today: date) -> Parsed:
    """This function will read each step from code to code with its day; a split goes to several (ORG-02)."""
    found = table_with(file, _SIGNS)
    if found is None:
        return not_found(NAME, TITLE)
    report = Report()
    records: list[Record] = []
    for row in rows_of(*found, _COLUMNS, report, optional=_COLUMNS.keys() - {"old_code", "new_code_1"}):
        records += _steps(row)
    return finish(NAME, TITLE, records, report, file)


def _steps(row: Row) -> Iterator[RelationRecord]:
    old = row.read("old_code", code)
    for step in _STEPS:
        if row.text(f"new_code_{step}") in {"", "NA"}:
            return
        new = row.read(f"new_code_{step}", code)
        on = row.read(f"date_change_{step}", day)
        kind = row.read(f"change_type_{step}", _kind)
        if old and new and on and kind and old != new:
            yield RelationRecord(old, Link.SUCCEEDED_BY, to_code=new, valid_from=on, is_part=kind == "split")
        old = new


def _kind(text: str) -> str:
    if text not in _KINDS:
        raise BadCell(f"{quoted(text)} is not a kind of change.", f"Write one of: {', '.join(sorted(_KINDS))}.")
    return text


def verify(parsed: Parsed) -> Sequence[Fault]:
    """This function will refuse a list without successions."""
    return something(parsed)
