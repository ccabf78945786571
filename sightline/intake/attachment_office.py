"""Looks into an office document, which is a zip archive of parts, for bombs, macros, files within it and links that fetch."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from xml.etree import ElementTree

from sightline.intake.archive import MAX_PARTS, MAX_RATIO, MAX_UNPACKED
from sightline.intake.attachment_words import AGAIN, DO_NOT_OPEN, FIGURES_ALONE, SAVE_PLAIN, Unfit, shown

_SMALL = 1024 * 1024  # a small part may be very regular without being a bomb
_CHUNK, _OVERLAP = 1024 * 1024, 16 * 1024
_LONGEST_DESCRIPTOR = 24
_LONGEST_LIST = 4 * 1024 * 1024
_MAIN = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
}
_MIMETYPE = {
    ".odt": b"application/vnd.oasis.opendocument.text",
    ".ods": b"application/vnd.oasis.opendocument.spreadsheet",
}
_MACROS = "It holds macros, which are programs."
_INSIDE = "It holds another file or a chart's workbook inside it."
_LINKS = "It fetches something from elsewhere whenever it is opened."
_CONTROLS = "It holds controls or add-ins that act by themselves."
# Where in a document such things stand: (a piece of the part's name, why it is refused).
_PLACES = (
    *((place, _MACROS) for place in ("vbaproject", "vbadata", "/macrosheets/", "/dialogsheets/", "basic/", "scripts/")),
    *((place, _CONTROLS) for place in ("/activex/", "webextensions/", "customui")),
    *((place, _LINKS) for place in ("/externallinks/", "xl/connections.xml", "/querytables/")),
    *((place, _INSIDE) for place in ("/embeddings/", "/afchunk")),
)
_PICTURES = {".png", ".jpg", ".jpeg", ".jpe", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf", ".wdp", ".svm", ".svg"}
_PARTS = {".xml", ".rels", ".vml", ".rdf", ".odttf", ".ttf", ".otf", ".txt", ""} | _PICTURES
_SETTINGS = re.compile(r"(?:printersettings|customproperty)[0-9]*\.bin")
_NO_PART = (
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"MZ",
    b"\x7fELF",
    b"%PDF",
    b"{\\rtf",
    b"\xd0\xcf\x11\xe0",
)
_FETCHING = re.compile(
    rb"<(?:\w+:)?(?:ddeLink|dde-link|dde-source|dde-connection|event-listener|object-ole|plugin|applet|floating-frame|"
    rb"table-source|cell-range-source)\b"
)
# Only in a formula or a name: in a text “call (” is an invitation.
_FORMULA_FETCHES = re.compile(
    rb"(?:<(?:\w+:)?(?:f|definedName)\b[^<>]*>|\bformula=[\"'])[^<>]*?\b(?:WEBSERVICE|RTD|DDE|CALL|REGISTER(?:\.ID)?)\s*\(",
    re.I,
)
# What a click on a slide may do beside going to another slide or to an address.
_SLIDE_ACTS = re.compile(rb"ppaction://(?:program|macro|ole|hlinkfile|hlinkpres|media)", re.I)
_FIELD = re.compile(rb'<(?:\w+:)?instrText\b[^>]*>([^<]*)|<(?:\w+:)?fldSimple\b[^>]*?\binstr="([^"]*)"')
_FIELD_FETCHES = re.compile(
    rb"\b(?:DDE|DDEAUTO|INCLUDEPICTURE|INCLUDETEXT|IMPORT|LINK|DATABASE)\b|\bQUOTE\s+[0-9]", re.I
)
_ODF_LINK = re.compile(rb"<(?!(?:\w+:)?a\b)[\w:-]+\b[^>]*?\s\w+:href=[\"']\s*(?:[a-z][a-z0-9+]+:|//|\\\\)", re.I)
_SAFE_RELATION = "hyperlink"
_RELATIONS = {
    **dict.fromkeys(("vbaproject",), _MACROS),
    **dict.fromkeys(("oleobject", "package", "afchunk", "subdocument"), _INSIDE),
    **dict.fromkeys(("externallink", "externallinkpath", "mailmergesource", "mailmergeheadersource"), _LINKS),
    **dict.fromkeys(("control", "activexcontrolbinary"), _CONTROLS),
}


def look_at(ending: str, data: bytes) -> tuple[str, ...]:
    """This function will refuse an office document that is not plain paper, and give remarks on any other."""
    if data.count(b"PK\x01\x02") > MAX_PARTS:  # before the list of parts is read, which could be long itself
        raise Unfit(f"It has more than {MAX_PARTS:,} parts. {FIGURES_ALONE}")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        _check_sizes(parts)
        _check_layout(archive, parts, data)
        _check_names(parts)
        remarks: dict[str, None] = {}
        for part in parts:
            for window in _windows(part, data):
                remarks.update(dict.fromkeys(_look_through(ending, part.filename.lower(), window)))
        _check_kind(ending, archive)
        return tuple(remarks)


def _check_layout(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo], data: bytes) -> None:
    """The parts lie one behind the other from the first byte to the last: nothing shared, nothing hidden between."""
    reached = 0
    for part in sorted(parts, key=lambda part: part.header_offset):
        gap = part.header_offset - reached
        if not 0 <= gap <= (_LONGEST_DESCRIPTOR if reached else 0):
            raise Unfit(f"Something is hidden between its parts. {DO_NOT_OPEN}")
        archive.open(part).close()  # refuses a part whose own head names it otherwise than the list
        reached = _content_of(part, data) + part.compress_size
    end = data.rfind(b"PK\x05\x06") + 22
    if archive.comment or end != len(data) or not 0 <= archive.start_dir - reached <= _LONGEST_DESCRIPTOR:
        raise Unfit(f"Something else hangs on its end. {DO_NOT_OPEN}")


def _check_sizes(parts: list[zipfile.ZipInfo]) -> None:
    if any(part.flag_bits & 1 for part in parts):
        raise Unfit("It is protected by a password, so it cannot be looked at. Save it without a password.")
    if any(part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} for part in parts):
        raise Unfit(f"It is packed in an unusual way. {AGAIN}")
    unpacked, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    if unpacked > MAX_UNPACKED:
        raise Unfit(f"It unpacks to {unpacked // 2**20:,} MB; {MAX_UNPACKED // 2**20} are allowed. {FIGURES_ALONE}")
    if (unpacked > _SMALL and unpacked > MAX_RATIO * packed) or any(
        part.file_size > _SMALL and part.file_size > MAX_RATIO * part.compress_size for part in parts
    ):
        raise Unfit(f"It unpacks to more than {MAX_RATIO} times its size. {DO_NOT_OPEN}")


def _check_names(parts: list[zipfile.ZipInfo]) -> None:
    names = [part.filename.lower() for part in parts]
    if len(set(names)) != len(names):
        raise Unfit(f"It holds two parts of the same name. {DO_NOT_OPEN}")
    for name in names:
        if name.startswith("/") or "\\" in name or ".." in name.split("/") or not name.isprintable():
            raise Unfit(f"A part of it would be unpacked to another place. {DO_NOT_OPEN}")
        for place, says in _PLACES:
            if place in "/" + name if place.startswith("/") else name.startswith(place) or f"/{place}" in name:
                raise Unfit(f"{says} {SAVE_PLAIN}")
        path = PurePosixPath(name)
        if path.suffix not in _PARTS and not _SETTINGS.fullmatch(path.name):
            raise Unfit(f"{_INSIDE} It is called “{shown(path.name)}”. {SAVE_PLAIN}")


def _windows(part: zipfile.ZipInfo, data: bytes) -> Iterator[bytes]:
    """One part in overlapping pieces, so that it is never in memory whole, and held to what the list says of it."""
    length, check, tail = 0, 0, b""
    for piece in _unpacked(part, data):
        if not length and piece.startswith(_NO_PART):
            raise Unfit(f"{_INSIDE} It is called “{shown(PurePosixPath(part.filename).name)}”. {SAVE_PLAIN}")
        length, check = length + len(piece), zlib.crc32(piece, check)
        if length > part.file_size:
            raise Unfit(f"A part of it is larger than it says. {DO_NOT_OPEN}")
        yield tail + piece
        tail = piece[-_OVERLAP:]
    if length != part.file_size or check != part.CRC:
        raise Unfit(f"A part of it is damaged or cut short. {AGAIN}")


def _unpacked(part: zipfile.ZipInfo, data: bytes) -> Iterator[bytes]:
    """Unpack to the end of what is packed: zipfile would stop at the stated size, and other readers would not."""
    start = _content_of(part, data)
    end = start + part.compress_size
    pieces = (data[at : min(at + _CHUNK, end)] for at in range(start, end, _CHUNK))
    if part.compress_type == zipfile.ZIP_STORED:
        yield from pieces
        return
    unpacking = zlib.decompressobj(-zlib.MAX_WBITS)
    for piece in pieces:
        waiting = piece
        while waiting:
            yield unpacking.decompress(waiting, _CHUNK)
            waiting = unpacking.unconsumed_tail
    yield unpacking.flush()
    if not unpacking.eof or unpacking.unused_data:
        raise Unfit(f"A part of it is damaged or cut short. {AGAIN}")


def _content_of(part: zipfile.ZipInfo, data: bytes) -> int:
    name, extra = struct.unpack_from("<HH", data, part.header_offset + 26)
    return part.header_offset + 30 + int(name) + int(extra)


def _look_through(ending: str, name: str, window: bytes) -> Iterator[str]:
    """One piece of one part: what must not be there refuses, what a reader should know is a remark."""
    if PurePosixPath(name).suffix not in {".xml", ".rels", ".vml", ".rdf"}:
        return
    if b"\x00" in window or b"<!DOCTYPE" in window or b"<!ENTITY" in window:
        raise Unfit(f"A part of it is written in an unusual way. {AGAIN}")
    if b"&#" in window:
        window = re.sub(rb"&#(?:x([0-9A-Fa-f]{2})|0*([0-9]{2,3}));", _character, window)
    fields = b"".join(first or second for first, second in _FIELD.findall(window)) if ending == ".docx" else b""
    is_odf_text = ending in _MIMETYPE and name.rsplit("/", 1)[-1] in {"content.xml", "styles.xml"}
    fetches = _FETCHING.search(window) or _FORMULA_FETCHES.search(window) or _FIELD_FETCHES.search(fields)
    if fetches or (is_odf_text and _ODF_LINK.search(window)):
        raise Unfit(f"{_LINKS} {SAVE_PLAIN}")
    if _SLIDE_ACTS.search(window):
        raise Unfit(f"{_CONTROLS} {SAVE_PLAIN}")
    if name == "meta-inf/manifest.xml" and b"encryption-data" in window:
        raise Unfit("It is protected by a password, so it cannot be looked at. Save it without a password.")
    yield from _remarks(name, window)


def _character(match: re.Match[bytes]) -> bytes:
    number = int(match[1], 16) if match[1] else int(match[2])
    return bytes([number]) if 32 < number < 127 and number not in b"<>&\"'" else b" "


def _remarks(name: str, window: bytes) -> Iterator[str]:
    if name.startswith("ppt/notesslides/"):
        yield "It holds speaker notes, which everybody who opens it will see."
    if name.startswith("ppt/slides/") and re.search(rb'<p:sld\b[^>]*\bshow="(?:0|false)"', window):
        yield "It holds hidden slides, which everybody who opens it can show."
    if name.startswith(("word/comments", "ppt/comments")) or re.search(
        rb"<w:(?:ins|del) |<text:tracked-changes|<office:annotation\b", window
    ):
        yield "It holds comments or tracked changes, which everybody who opens it will see."
    if name == "xl/workbook.xml" and re.search(rb'\bstate="(?:h|veryH)idden"', window):
        yield "It holds hidden sheets, which everybody who opens it can show."
    if re.search(rb"<(?:dc:creator|cp:lastModifiedBy|meta:initial-creator)>\s*[^<\s]", window):
        yield "It names its author in its properties."


def _check_kind(ending: str, archive: zipfile.ZipFile) -> None:
    """Hold what the document says of itself against its name, and look at what its parts point to."""
    names = archive.namelist()
    if ending in _MIMETYPE:
        is_right = (
            "mimetype" in names and archive.read("mimetype").strip() == _MIMETYPE[ending] and "content.xml" in names
        )
    else:
        is_right = "[Content_Types].xml" in names and _MAIN[ending] in _content_types(archive)
    if not is_right:
        raise Unfit(f"It is named {ending} but is a zip archive or another kind of document. Give it its right ending.")
    for name in names:
        if name.lower().endswith(".rels"):
            _check_relations(archive, name)


def _content_types(archive: zipfile.ZipFile) -> set[str]:
    types = {element.get("ContentType", "") for element in _parsed(archive, "[Content_Types].xml").iter()}
    for word, says in (
        ("macroenabled", _MACROS),
        ("vba", _MACROS),
        ("activex", _CONTROLS),
        ("html", _INSIDE),
        ("rtf", _INSIDE),
    ):
        if any(word in kind.lower() for kind in types):
            raise Unfit(f"{says} {SAVE_PLAIN}")
    return types


def _check_relations(archive: zipfile.ZipFile, name: str) -> None:
    for element in _parsed(archive, name).iter():
        kind = element.get("Type", "").rsplit("/", 1)[-1].lower()
        is_outside = element.get("TargetMode", "").lower() == "external"
        if says := _RELATIONS.get(kind) or (_LINKS if is_outside and kind != _SAFE_RELATION else ""):
            raise Unfit(f"{says} {SAVE_PLAIN}")


def _parsed(archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    if archive.getinfo(name).file_size > _LONGEST_LIST:
        raise Unfit(f"It lists more than a document can hold. {FIGURES_ALONE}")
    return ElementTree.fromstring(archive.read(name))  # noqa: S314 - no document type, no entities: refused above
