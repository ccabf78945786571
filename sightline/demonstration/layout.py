"""Writes the demonstration's files byte for byte the same on every machine."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

Cell = str | int | float


def csv_text(rows: Iterable[Sequence[Cell]], *, quote_all: bool = False, ending: str = "\n") -> str:
    """This function will give rows as CSV text, quoting as the publisher does: everything, or only what needs it."""
    out = io.StringIO()
    if quote_all:
        csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator=ending).writerows(rows)
    else:
        csv.writer(out, lineterminator=ending).writerows(rows)
    return out.getvalue()


def write_text(path: Path, text: str, encoding: str = "utf-8") -> Path:
    """This function will write text without touching its line endings, making the folder it needs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode(encoding))
    return path


def write_json(path: Path, document: Any, indent: int = 1) -> Path:
    """This function will write a JSON document, and refuse NaN, which is not JSON."""
    return write_text(path, json.dumps(document, indent=indent, allow_nan=False, ensure_ascii=False))
