"""read(): turns a stranger's bytes into tables or JSON, or refuses them with words that say what to do."""

from __future__ import annotations

import hashlib
from pathlib import PurePath

from sightline.intake import delimited, documents, workbook
from sightline.intake.contract import ReceivedFile
from sightline.intake.refusal import MAX_BYTES, Unreadable, unreadable

__all__ = ["Unreadable", "read"]

_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What a file may really be, whatever its name says: (first bytes, what it is).
_PICTURES = (
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"RIFF", "a picture or a recording"),
    (b"%PDF", "a PDF document"),
    (b"{\\rtf", "a rich text document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"PAR1", "a Parquet file"),
    (b"SQLite format 3\x00", "a database"),
    (b"\x7fELF", "a program"),
)
_PAGES = (b"<!doctype", b"<html", b"<?xml")
_TEXTS, _BOOKS, _DOCUMENTS = {".csv", ".tsv", ".txt"}, {".xlsx", ".ods"}, {".json", ".geojson"}
_OLD_BOOK = "It is a workbook in the old Excel format, or one with a password."
_ASK_FOR_TABLE = "Ask the publisher for the table itself, as CSV or XLSX."


def read(name: str, data: bytes) -> ReceivedFile:
    """This function will read one file whole, or raise Unreadable with every reason."""
    suffix = PurePath(name).suffix.lower()
    _check_size(data)
    _check_nature(suffix, data)
    digest = hashlib.sha256(data).hexdigest()
    if suffix in _BOOKS:
        return ReceivedFile(name, digest, len(data), tables=workbook.read(data))
    text, warnings = delimited.decode(data)
    if suffix in _DOCUMENTS:
        return ReceivedFile(name, digest, len(data), json=documents.parse(text), warnings=warnings)
    table, more = delimited.parse(text)
    if not any(any(row) for row in table.rows):
        raise unreadable("It is empty.", "Take it from the publisher again.")
    return ReceivedFile(name, digest, len(data), tables=(table,), warnings=warnings + more)


def _check_size(data: bytes) -> None:
    if not data.strip():
        raise unreadable("It is empty.", "Take it from the publisher again.")
    if len(data) > MAX_BYTES:
        raise unreadable(
            f"It has {len(data) / 2**20:,.0f} MB; {MAX_BYTES // 2**20} MB are allowed.",
            "Split it and bring in the parts one by one.",
        )


def _check_nature(suffix: str, data: bytes) -> None:
    """Refuse a file that is not what its name says, or is of no kind that can be read."""
    if suffix in {".xls", ".xlsm", ".xlsb"} or data.startswith(_OLE):
        words = _OLD_BOOK if data.startswith(_OLE) or suffix == ".xls" else "It is a workbook that may hold macros."
        raise unreadable(words, "Save it as an ordinary workbook (.xlsx), without macros or password.")
    if suffix not in _TEXTS | _BOOKS | _DOCUMENTS:
        raise unreadable(
            f"Files named “{suffix or 'without an ending'}” cannot be read.", "Bring in CSV, XLSX, ODS or JSON."
        )
    for mark, what in _PICTURES:
        if data.startswith(mark):
            raise unreadable(f"It is named {suffix} but is {what}.", _ASK_FOR_TABLE)
    if data[:256].lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith(_PAGES):
        raise unreadable(
            f"It is named {suffix} but is a web page, perhaps a sign-in or error page.",
            "Open the publisher's page in a browser and save the file itself.",
        )
    zipped = data.startswith(_ZIP)
    if zipped and suffix not in _BOOKS:
        raise unreadable(
            f"It is named {suffix} but is a workbook or a zip archive.",
            "Name a workbook .xlsx; unpack an archive first.",
        )
    if suffix in _BOOKS and not zipped:
        raise unreadable(f"It is named {suffix} but is no workbook.", "If it holds text, give it the ending .csv.")
