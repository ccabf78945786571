"""Tables that leave as files: rows of text, of which no spreadsheet takes a cell for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

_FORMULA = frozenset("=+-@\t\r")


def csv_text(rows: Iterable[Sequence[str]]) -> str:
    """This function will write rows as CSV; a cell that a spreadsheet would run is led by an apostrophe."""
    out = io.StringIO()
    csv.writer(out).writerows([f"'{cell}" if cell[:1] in _FORMULA else cell for cell in row] for row in rows)
    return out.getvalue()
