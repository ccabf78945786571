"""Holds a zipped workbook against its limits before anything opens it: parts, stated and real sizes, ratio."""

from __future__ import annotations

import io
import zipfile
import zlib

from sightline.intake.refusal import unreadable

MAX_PARTS = 1_000
MAX_UNPACKED = 200 * 1024 * 1024
MAX_RATIO = 100
_SMALL = 1024 * 1024  # a small part may be very regular without being a bomb
_ENTRY = b"PK\x01\x02"  # begins every part in the list of parts
_CHUNK = 256 * 1024
_SAVE_AGAIN = "Open it in Excel, copy the figures into a new workbook, and save that."
_BOMB = "This is no ordinary workbook; do not open it, and ask the sender about it."


def check(data: bytes) -> frozenset[str]:
    """This function will refuse a zip that could fill the memory, and give the names of its parts."""
    _check_parts(data.count(_ENTRY))  # before the list of parts is read, which could be long itself
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            _check_stated(parts)
            for part in parts:
                _check_real(archive, part)
            return frozenset(part.filename for part in parts)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError, RuntimeError, zlib.error):
        raise unreadable("The workbook is damaged or cut short.", "Take it from the publisher again.") from None


def _check_parts(number: int) -> None:
    if number > MAX_PARTS:
        raise unreadable(f"The workbook has {number:,} parts; {MAX_PARTS:,} are allowed.", _SAVE_AGAIN)


def _check_stated(parts: list[zipfile.ZipInfo]) -> None:
    names = {part.filename for part in parts}
    if len(names) != len(parts):
        raise unreadable("The workbook holds two parts of the same name.", _BOMB)
    if any(part.flag_bits & 1 for part in parts):
        raise unreadable("The workbook is protected by a password.", "Save it without a password.")
    unpacked, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    if unpacked > MAX_UNPACKED:
        raise unreadable(
            f"The workbook unpacks to {unpacked // 2**20:,} MB; {MAX_UNPACKED // 2**20} are allowed.", _BOMB
        )
    if (unpacked > _SMALL and unpacked > MAX_RATIO * packed) or any(
        part.file_size > _SMALL and part.file_size > MAX_RATIO * part.compress_size for part in parts
    ):
        raise unreadable(f"The workbook unpacks to more than {MAX_RATIO} times its size.", _BOMB)


def _check_real(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Stream one part, because its stated size is only what its maker says."""
    streamed = 0
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            streamed += len(chunk)
            if streamed > part.file_size:
                raise unreadable("A part of the workbook is larger than it says.", _BOMB)
    if streamed != part.file_size:
        raise unreadable("A part of the workbook is smaller than it says.", "Take it from the publisher again.")
