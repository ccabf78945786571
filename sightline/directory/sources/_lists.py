"""What the lists with a header share: finding their one table, codes in a cell, and the end of the reading."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import date

from sightline.directory.records import OrganisationRecord, Record, RelationRecord
from sightline.directory.reference import region_named
from sightline.directory.words import Kind, Link, Scheme
from sightline.intake.cells import BadCell, code, quoted
from sightline.intake.contract import Fault, Parsed, ReceivedFile, Table
from sightline.intake.rows import Report, Row, headed

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


def table_with(file: ReceivedFile, signs: Collection[str]) -> tuple[Table, int] | None:
    """This function will find the table whose header holds these headings, and the row where it stands."""
    for table in file.tables:
        at = headed(table, signs)
        if at is not None:
            return table, at
    return None


def day(text: str) -> date | None:
    """This function will read a day written 2026-04-01; None for a blank cell."""
    if not text:
        return None
    try:
        if _ISO.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise BadCell(f"{quoted(text)} is not a day.", "Write it as 2026-04-01.")


def named(text: str) -> str:
    """This function will read a name that must be there."""
    if not text:
        raise BadCell("The name is missing.", "Fill in the name, or take the row out.")
    if len(text) > 250:
        raise BadCell(f"{quoted(text)} is longer than 250 characters.", "Shorten the name.")
    return text


def several(text: str) -> tuple[str, ...]:
    """This function will split a cell at semicolons."""
    return tuple(dict.fromkeys(part.strip() for part in text.split(";") if part.strip()))


def codes(text: str) -> tuple[str, ...]:
    """This function will read codes parted by semicolons."""
    return tuple(code(part) for part in several(text))


def in_region(body: str, link: Link, name: str, line: int | None) -> list[Record]:
    """This function will place a body in the region of this name: one of the reference, or one named elsewhere."""
    if name in {"", "-", "National"}:
        return []
    region = region_named(name)
    if region is None:
        return [RelationRecord(body, link, to_name=name, to_kind=Kind.REGION, line=line)]
    found = OrganisationRecord(region.code, region.name, Kind.REGION, identifiers=((Scheme.GSS, region.gss),))
    return [found, RelationRecord(body, link, to_code=region.code, to_kind=Kind.REGION, line=line)]


def only_once(row: Row, body: str | None, seen: dict[str, int], column: str) -> bool:
    """This function will note a fault when a code was listed before; True when this row may count."""
    if body is None or not row.ok:
        return False
    first = seen.setdefault(body, row.line)
    if first != row.line:
        row.fault(f"{body} is listed already on line {first}.", "Remove the row that is wrong.", column)
    return row.ok


def finish(
    source: str, title: str, records: Iterable[Record], report: Report, file: ReceivedFile, **facts: str
) -> Parsed:
    """This function will make the outcome of one file: its records in order, each once, or its faults."""
    return Parsed(
        source=source,
        title=title,
        records=tuple(dict.fromkeys(records)) if not report.faults else (),
        faults=tuple(report.faults),
        warnings=(*file.warnings, *report.warnings),
        rows=report.rows,
        skipped=report.skipped,
        facts=facts,
    )


def not_found(source: str, title: str) -> Parsed:
    """This function will answer a file that is not of this source after all."""
    fault = Fault("It is not a file of this kind.", "Bring in the file as its publisher gives it.")
    return Parsed(source=source, title=title, faults=(fault,))


def something(parsed: Parsed) -> list[Fault]:
    """This function will refuse a file that parsed without fault but names nobody."""
    if parsed.records or parsed.faults:
        return []
    return [Fault("There are headings but no organisations.", "Take the file from the publisher again.")]


def gone_and_here(parsed: Parsed) -> Sequence[Fault]:
    """This function will refuse a list in which one body both has a successor and is listed as open."""
    listed = {r.code: r.line for r in parsed.records if isinstance(r, OrganisationRecord)}
    return [
        Fault(f"{r.code} is listed, and also given as a predecessor of {r.to_code}.", "Remove one of the two.", r.line)
        for r in parsed.records
        if isinstance(r, RelationRecord) and r.link is Link.SUCCEEDED_BY and not r.is_part and r.code in listed
    ]
