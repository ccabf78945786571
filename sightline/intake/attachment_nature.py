"""Says what a file is by its own bytes, whatever its name says, and looks at plain text."""

from __future__ import annotations

import io
import re
import zipfile
from itertools import islice

import puremagic

from sightline.intake.attachment_words import DO_NOT_OPEN, PRINT_ANEW, Unfit, shown

_PROGRAMS = (
    *(
        (mark, "a program")
        for mark in (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xbe\xba\xfe\xca", b"\x00asm", b"dex\n")
    ),
    *(
        (mark, "a program")
        for mark in (b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe")
    ),
    (b"L\x00\x00\x00\x01\x14\x02\x00", "a shortcut that starts a program"),
)
_OTHERS = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document, an e-mail message, or one with a password"),
    (b"{\\rtf", "a rich text document"),
    (b"%!PS", "a PostScript program"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"MSCF", "a cabinet archive"),
    (b"ITSF", "a help file with scripts"),
    (b"SQLite format 3\x00", "a database"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
)
_BEGINS = {".pdf": b"%PDF-", ".png": b"\x89PNG\r\n\x1a\n", ".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff"}
_ZIPPED = {".docx", ".xlsx", ".pptx", ".odt", ".ods"}
_PUREMAGIC_CALLS = {".jpg": {".jpg", ".jpeg", ".jfif"}, ".jpeg": {".jpg", ".jpeg", ".jfif"}}
# A text beginning so is a script or a page, and somebody's computer may treat it as one.
_SCRIPT = re.compile(
    r"(?:#!|<\?php|<%|<script|@echo\s|@?rem\s*$|powershell(?:\.exe)?\s+-|on error resume next|wscript\.|windows registry editor)",
    re.I | re.M,
)
_PAGE = re.compile(
    r"(?:<!--.{0,500}?-->\s*)?<(?:!doctype|html|head|body|svg|iframe|img|\?xml|meta|table|div|a\s)", re.I | re.S
)
# What begins with a sign and is no formula: a figure, a telephone number, a dash.
_FIGURE = r"(?:[\d.,\xa0 ]{0,40}%?|\d[\d ()./-]{0,40}|[-–\s]{0,40})(?=[,;\t|\"\r\n]|\Z)"
_FORMULA = r"(?:^|\n|DELIMITER)[ \xa0]{0,40}+\"?+[ \xa0]{0,40}+(?:[=@]|[+-](?!" + _FIGURE + "))"
_BEGINNING, _MOST_COUNTED = 1_000, 1_000
_WRITE_ANEW = "Save it as plain text in UTF-8, or as a PDF, and attach that."


def check_nature(ending: str, data: bytes) -> None:
    """This function will refuse a program, and a file that is not what its name says."""
    for mark, what in _PROGRAMS:
        if data.startswith(mark) and not (mark == b"MZ" and _is_text(data)):
            raise Unfit(f"It is {what}. {DO_NOT_OPEN}")
    begins = _BEGINS.get(ending) or (b"PK\x03\x04" if ending in _ZIPPED else b"")
    if (
        not data.startswith(begins)
        or (begins and not _is_known_as(ending, data))
        or (not begins and not _is_text(data))
    ):
        raise Unfit(
            f"It is named {ending} but is {_what_is(data)}. "
            "Give it the ending of what it is, or save it anew in one of the kinds that can be attached."
        )
    if ending not in _ZIPPED and b"PK\x05\x06" in data[-66_000:] and zipfile.is_zipfile(io.BytesIO(data)):
        raise Unfit(f"A zip archive is hidden in it. {DO_NOT_OPEN}")
    if ending != ".pdf" and b"%PDF-" in data[:1024]:
        raise Unfit(f"A PDF is hidden in it. {DO_NOT_OPEN}")


def check_text(ending: str, data: bytes) -> tuple[str, ...]:
    """This function will look at plain text: that it is text, that it is no script or page, and for formulas."""
    text = _decoded(data)
    begins = text.lstrip()[:_BEGINNING]
    if _SCRIPT.match(begins):
        raise Unfit(f"It is a script: a computer could run it. {DO_NOT_OPEN}")
    if _PAGE.match(begins):
        raise Unfit(f"It is a web page or a drawing in code, which can hold scripts. {PRINT_ANEW}")
    if ending == ".csv" and (number := _formulas(text)):
        many = f"More than {_MOST_COUNTED:,}" if number > _MOST_COUNTED else str(number)
        cells = "One cell begins" if number == 1 else f"{many} cells begin"
        return (f"{cells} like a formula, which a spreadsheet may carry out when the file is opened.",)
    return ()


def _is_known_as(ending: str, data: bytes) -> bool:
    try:
        called = {match.extension for match in puremagic.magic_string(data)}
    except (puremagic.PureError, ValueError):
        return False
    return bool(called & _PUREMAGIC_CALLS.get(ending, {ending}))


def _what_is(data: bytes) -> str:
    for mark, what in _OTHERS:
        if data.startswith(mark):
            return what
    try:
        best = max(puremagic.magic_string(data), key=lambda match: match.confidence)
    except (puremagic.PureError, ValueError):
        return "plain text" if _is_text(data) else "something else"
    return f"a {shown(best.extension)} file" if best.extension else "something else"


def _is_text(data: bytes) -> bool:
    try:
        return not any(data.startswith(mark) for mark, _ in _OTHERS) and bool(_decoded(data))
    except Unfit:
        return False


def _decoded(data: bytes) -> str:
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    for attempt in (encoding, "cp1252"):
        try:
            text = data.decode(attempt)
        except UnicodeDecodeError:
            continue
        if not re.search(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]", text):
            return text.lstrip("\ufeff")
    raise Unfit(f"It holds bytes that are no text. {_WRITE_ANEW}")


def _formulas(text: str) -> int:
    """How many cells a spreadsheet would take for formulas, whichever way the cells are parted."""
    first = text.partition("\n")[0]
    delimiter = max(",;\t|", key=first.count)
    formulas = re.finditer(_FORMULA.replace("DELIMITER", re.escape(delimiter)), text)
    return sum(1 for _ in islice(formulas, _MOST_COUNTED + 1))
