"""What papers share, whether they are files or made from the record: how one begins, and how a version is written."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Max

from sightline.accounts.looking import why_it_stays
from sightline.core.access import Actor
from sightline.core.verdict import Already, Invalid
from sightline.meetings.giving import PaperFile, PaperSays
from sightline.meetings.models import AgendaItem, Paper, PaperVersion
from sightline.meetings.operations._items import kept_item

_TITLE = 250
_KEPT_OF_A_FILE = ("name", "media_type", "size", "sha256", "pages", "words", "remarks")


def begun(by: Actor, at: datetime, item: AgendaItem, form_key: UUID) -> Paper:
    """This function will begin a paper of an item, after those that it has."""
    kept = kept_item(by, at, item)
    if PaperVersion.objects.filter(form_key=form_key).exists():
        raise Already("This paper is on record already.")
    last = Paper.objects.filter(item=kept).aggregate(last=Max("place"))["last"] or 0
    return Paper.objects.create(item=kept, place=last + 1, recorded_at=at, recorded_by=by.actor_id)


def write(
    paper: Paper, number: int, says: PaperSays, by: Actor, at: datetime, form_key: UUID, knowingly: str, **more: Any
) -> PaperVersion:
    """This function will write down one version of a paper."""
    title = says.title.strip()
    if not title:
        raise Invalid("Say what the paper is called.")
    if len(title) > _TITLE:
        raise Invalid(f"Keep the title to {_TITLE} letters.")
    return PaperVersion.objects.create(
        paper=paper,
        number=number,
        title=title,
        purpose=says.purpose.value,
        responsible_id=says.responsible,
        confidential_because=says.confidential_because.strip(),
        knowingly=why_it_stays(says.typed, knowingly),
        form_key=form_key,
        recorded_at=at,
        recorded_by=by.actor_id,
        **more,
    )


def of_file(file: PaperFile) -> dict[str, Any]:
    """This function will give a file as a version keeps it."""
    return {name: getattr(file, name) for name in _KEPT_OF_A_FILE}


def of_version(version: PaperVersion) -> dict[str, Any]:
    """This function will give the file of another version, which stays."""
    return {name: getattr(version, name) for name in _KEPT_OF_A_FILE}
