"""Reads of what somebody has typed and not yet sent: theirs alone."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sightline.core.access import Actor, Handling
from sightline.intelligence.giving import Kept
from sightline.intelligence.keeping import read_draft_file
from sightline.intelligence.models import Draft

_SHARE = "share:"


def own_drafts(actor: Actor) -> list[Draft]:
    """This function will list what the actor began to share and has not sent, the newest first."""
    return list(Draft.objects.filter(actor_id=actor.actor_id, form__startswith=_SHARE).order_by("-saved_at", "pk"))


def own_draft(actor: Actor, key: UUID) -> Draft | None:
    """This function will give one of the actor's drafts with its files at hand, or None where there is none."""
    mine = Draft.objects.filter(actor_id=actor.actor_id, form=f"{_SHARE}{key.hex}")
    return mine.prefetch_related("files").first()


def key_of(draft: Draft) -> UUID:
    """This function will give the key of the filling-in that a draft belongs to."""
    return UUID(draft.form.removeprefix(_SHARE))


def files_of(draft: Draft, handling: Handling, dropped: Collection[str] = ()) -> tuple[Kept, ...]:
    """This function will give a draft's files as they may be shared; one that is dropped, or whose bytes are gone, is not.

    ``dropped`` are ids as a form sends them.
    """
    found = (read_draft_file(file, handling) for file in draft.files.all() if str(file.pk) not in dropped)
    return tuple(one for one in found if one is not None)
