"""Keeps attached files in the data folder, under names that say nothing, and gives them back whole or not at all."""

from __future__ import annotations

import hashlib
from datetime import datetime
from functools import partial
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction

from sightline.core.access import Handling
from sightline.intelligence.giving import Kept
from sightline.intelligence.models import Attachment, Draft, DraftFile, Item

ATTACHMENTS, DRAFTS = "attachments", "drafts"


def keep_file(item: Item, file: Kept, actor_id: str, at: datetime) -> Attachment:
    """This function will write a file and its record; a file without its record is never read by anybody."""
    made = Attachment(
        id=uuid4(),
        item=item,
        handling=Handling(item.handling).or_stricter(file.handling).value,
        name=file.name,
        media_type=file.media_type,
        size=len(file.data),
        sha256=hashlib.sha256(file.data).hexdigest(),
        recorded_at=at,
        recorded_by=actor_id,
    )
    _write(_place(ATTACHMENTS, made.pk), file.data)
    made.save(force_insert=True)
    return made


def read_file(attachment: Attachment) -> bytes | None:
    """This function will give a file's bytes, or nothing where they are gone or are no longer what was kept."""
    return _read(_place(ATTACHMENTS, attachment.pk), attachment.sha256)


def keep_draft_file(draft: Draft, file: Kept) -> DraftFile:
    """This function will keep a file for what is not yet sent."""
    made = DraftFile(
        id=uuid4(),
        draft=draft,
        name=file.name,
        remarks=file.remarks,
        media_type=file.media_type,
        size=len(file.data),
        sha256=hashlib.sha256(file.data).hexdigest(),
    )
    _write(_place(DRAFTS, made.pk), file.data)
    made.save(force_insert=True)
    return made


def read_draft_file(file: DraftFile, handling: Handling) -> Kept | None:
    """This function will give a draft's file as it may be shared, or nothing where its bytes are gone."""
    data = _read(_place(DRAFTS, file.pk), file.sha256)
    return None if data is None else Kept(file.name, file.media_type, data, handling, file.remarks)


def forget_draft_file(file: DraftFile) -> None:
    """This function will clear a draft's file: its record now, its bytes once that is certain."""
    transaction.on_commit(partial(_place(DRAFTS, file.pk).unlink, missing_ok=True))
    file.delete()


def _write(place: Path, data: bytes) -> None:
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    place.write_bytes(data)
    place.chmod(0o600)


def _read(place: Path, sha256: str) -> bytes | None:
    try:
        data = place.read_bytes()
    except OSError:
        return None
    return data if hashlib.sha256(data).hexdigest() == sha256 else None


def _place(room: str, key: UUID) -> Path:
    return Path(settings.DATA_DIR) / room / str(key)
