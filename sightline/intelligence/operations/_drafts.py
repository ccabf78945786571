"""Drafts and their files, as the operations write and clear them."""

from __future__ import annotations

from uuid import UUID

from sightline.intelligence.keeping import forget_draft_file
from sightline.intelligence.models import Draft

SHARE = "share:"


def form_of(key: UUID) -> str:
    """This function will name one filling-in of the form by which intelligence is shared."""
    return f"{SHARE}{key.hex}"


def forget(actor_id: str, key: UUID) -> None:
    """This function will clear a draft with its files: what was sent, or given up, is kept no longer."""
    draft = Draft.objects.filter(actor_id=actor_id, form=form_of(key)).first()
    if draft is None:
        return
    for file in draft.files.all():
        forget_draft_file(file)
    draft.delete()
