"""Tables that leave as files: rows of text, of which no spreadsheet takes a cell for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

CSV = "text/csv; charset=utf-8"
_FORMULA = frozenset("=+-@\t\r")


def csv_text(rows: Iterable[Sequence[str]]) -> str:
    """This function will write rows as CSV; a cell that a spreadsheet would run is led by an apostrophe."""
    out = io.StringIO()
    csv.writer(out).writerows([f"'{cell}" if cell[:1] in _FORMULA else cell for cell in row] for row in rows)
    return out.getvalue()


def csv_file(name: str, rows: Iterable[Sequence[str]]) -> HttpResponse:
    """This function will answer with rows as a CSV file of this name."""
    return file_to_keep(name, csv_text(rows), CSV)


def file_to_keep(name: str, content: str | bytes, kind: str) -> HttpResponse:
    """This function will answer with a file to keep; its name is of our own making, and its kind a media type."""
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
