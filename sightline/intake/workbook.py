"""Reads XLSX and ODS workbooks in a child process that can be killed, and reconciles what it was given."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from sightline.intake import archive, child
from sightline.intake.contract import Table
from sightline.intake.refusal import MAX_ROWS, too_many_rows, unreadable

SECONDS: float = 10
CHILD = ("-m", "sightline.intake.workbook_child")
_TOO_HEAVY = "Copy the figures alone into a new workbook, or save the sheet as CSV, and bring that in."
_XLSX_MARK, _ODS_MARK = "[Content_Types].xml", "META-INF/manifest.xml"


def read(data: bytes) -> tuple[Table, ...]:
    """This function will give one raw table per sheet, or refuse the workbook in words."""
    parts = archive.check(data)
    _check_kind(parts)
    messages = _run_child(data)
    return _tables(messages)


def _check_kind(parts: frozenset[str]) -> None:
    if _XLSX_MARK not in parts and _ODS_MARK not in parts:
        raise unreadable("It is a zip archive, not a workbook.", "Unpack it and bring in the files that are in it.")
    if not any(part.startswith("xl/") for part in parts) and "content.xml" not in parts:
        raise unreadable("It is an office document, but not a workbook.", "Save the table as XLSX or CSV.")
    if any(part.rsplit("/", 1)[-1].lower() == "vbaproject.bin" for part in parts):
        raise unreadable("The workbook holds macros.", "Save it as an ordinary workbook (.xlsx) without macros.")


def _run_child(data: bytes) -> list[Mapping[str, Any]]:
    try:
        said = child.ask(CHILD, data, SECONDS)
    except child.TooSlow:
        raise unreadable(f"The workbook took more than {SECONDS} seconds to open.", _TOO_HEAVY) from None
    except child.TooHeavy:
        raise unreadable("The workbook needs more memory or time than a file may have.", _TOO_HEAVY) from None
    return [json.loads(line) for line in said.splitlines()]


def _tables(messages: Iterable[Mapping[str, Any]]) -> tuple[Table, ...]:
    names: list[str] = []
    rows: list[list[tuple[str, ...]]] = []
    lines: list[list[int]] = []
    account: Mapping[str, Any] = {}
    for message in messages:
        if "sheet" in message:
            names.append(message["sheet"])
            rows.append([])
            lines.append([])
        elif "line" in message:
            rows[-1].append(("",) * message["left"] + tuple(message["cells"]))
            lines[-1].append(message["line"])
            if len(rows[-1]) > MAX_ROWS:
                raise too_many_rows(f"The sheet “{names[-1]}”")
        else:
            account = message
    _check_account(account)
    return tuple(
        Table((), tuple(sheet_rows), tuple(sheet_lines), name)
        for name, sheet_rows, sheet_lines in zip(names, rows, lines, strict=True)
    )


def _check_account(account: Mapping[str, Any]) -> None:
    """Hold what the reader gave against what the XML says is there, because readers trust a sheet's stated size."""
    if "broken" in account or ("last" not in account and "too_large" not in account):
        raise unreadable(
            "The workbook is damaged and cannot be opened.", "Open it in Excel, save it anew and try again."
        )
    if "too_large" in account:
        raise unreadable("The workbook holds more cells or text than a file may have.", _TOO_HEAVY)
    if account["formulas"]:
        named = ", ".join(account["formulas"])
        raise unreadable(
            f"It holds formulas without a calculated figure ({named}).",
            "Open the workbook in Excel, let it calculate, save it and bring it in again.",
        )
    if account["errors"]:
        named = ", ".join(account["errors"])
        raise unreadable(
            f"It holds cells that show an error in place of a figure ({named}).",
            "Mend or clear those cells in Excel, or save the sheet with the figures as CSV.",
        )
    # Largest with largest: an ODS states nothing, a chart sheet holds no rows.
    pairs = zip(account["seen"][::-1], account["last"][::-1], strict=False)
    if len(account["last"]) > len(account["seen"]) or any(seen < stated for seen, stated in pairs):
        raise unreadable("Some rows of the workbook could not be read.", "Save the sheet as CSV and bring that in.")
