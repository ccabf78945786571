"""Keeps the bytes of papers in the data folder under their hash, and gives them back whole or not at all."""

from __future__ import annotations

import hashlib
import os
import re
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core import signing

from sightline.core.meetings.plain import plainness, remarks
from sightline.intake.attachment_names import ending_of
from sightline.intake.attachments import Inspected
from sightline.intake.measuring import measure
from sightline.meetings.giving import PaperFile

PAPERS = "papers"
WAITS = timedelta(hours=25)  # a ticket counts for a day, and whoever holds one may be sending it just now
_SALT, _A_DAY = "sightline.meetings.paper", 24 * 60 * 60
_OURS = re.compile(r"[0-9a-f]{64}(\.[0-9a-f]{32})?")  # what ``filed`` writes, whole or half
_GOING = ".going"


def filed(found: Inspected) -> PaperFile:
    """This function will write down a file that may be kept, measured; without a record nobody ever reads it."""
    sha256 = hashlib.sha256(found.data).hexdigest()
    place = _place(sha256)
    if not _touch(place):
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        half = place.with_name(f"{sha256}.{uuid4().hex}")
        half.touch(mode=0o600)
        half.write_bytes(found.data)
        half.replace(place)
    measured = measure(ending_of(found.safe_name), found.data)
    plain = plainness(measured.text)
    says = (*found.remarks, *remarks(plain, measured.pages))
    return PaperFile(
        found.safe_name,
        found.media_type,
        len(found.data),
        sha256,
        measured.pages,
        plain.words or None,
        "\n".join(says),
    )


def read_filed(sha256: str) -> bytes | None:
    """This function will give the bytes of a hash, or nothing where they are gone or are others."""
    try:
        data = _place(sha256).read_bytes()
    except OSError:
        return None
    return data if hashlib.sha256(data).hexdigest() == sha256 else None


def ticket(file: PaperFile, who: str) -> str:
    """This function will give a ticket for a file that waits while its form is put right: for one person, for a day."""
    _touch(_place(file.sha256))
    parts = [who, file.name, file.media_type, file.size, file.sha256, file.pages, file.words, file.remarks]
    return signing.dumps(parts, salt=_SALT, compress=True)


def of_ticket(words: str, who: str) -> PaperFile | None:
    """This function will give the file of a ticket, to the person whose it is and as long as it counts."""
    try:
        whose, *parts = signing.loads(words, salt=_SALT, max_age=_A_DAY)
    except signing.BadSignature:
        return None
    return PaperFile(*parts) if whose == who else None


def lying_since(before: datetime) -> list[str]:
    """This function will name the files that nobody brought since a moment, having put back what a sweep left half done."""
    folder = Path(settings.DATA_DIR) / PAPERS
    for one in folder.glob(f"*{_GOING}"):
        one.replace(one.with_suffix(""))
    return sorted(one.name for one in folder.glob("*") if _OURS.fullmatch(one.name) and _is_older(one, before))


def discard(name: str, before: datetime) -> bool:
    """This function will take a file away, and say so; whoever brought the same again meanwhile keeps it."""
    place = _place(name)
    going = place.with_name(name + _GOING)
    try:
        place.replace(going)
        if not _is_older(going, before):
            going.replace(place)
            return False
        going.unlink()
    except FileNotFoundError:  # another sweep was here
        return False
    return True


def _is_older(place: Path, than: datetime) -> bool:
    try:
        return place.stat().st_mtime < than.timestamp()
    except FileNotFoundError:  # a half file that became a whole one just now
        return False


def _touch(place: Path) -> bool:
    """Have a file count as brought just now, where it is there."""
    try:
        os.utime(place)
    except FileNotFoundError:
        return False
    return True


def _place(sha256: str) -> Path:
    return Path(settings.DATA_DIR) / PAPERS / sha256
