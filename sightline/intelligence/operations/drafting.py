"""Keeping what somebody has typed and not yet sent, and giving it up."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.verdict import Invalid
from sightline.intelligence.giving import Kept
from sightline.intelligence.keeping import forget_draft_file, keep_draft_file
from sightline.intelligence.models import Draft, Item
from sightline.intelligence.operations._drafts import forget, form_of

LONGEST = 2_000_000  # characters: a hundred times what an item may hold, so that nothing typed in earnest is lost
MOST_DRAFTS, MOST_FILES = 50, 20


@operation(Permission.SHARE_INTELLIGENCE, on="result")
def save_draft(
    *,
    by: Actor,
    at: datetime,
    key: UUID,
    content: Mapping[str, Sequence[str]],
    files: Sequence[Kept] = (),
    dropped: Collection[UUID] = (),
) -> Draft:
    """This function will keep what was typed in one filling-in of a form; files are added to those kept before.

    Raises Invalid when the form was sent already, when there is too much to keep, or when there are too many drafts.
    """
    if Item.objects.filter(form_key=key).exists():
        raise Invalid("This was sent already. Begin another.")
    if sum(len(one) for some in content.values() for one in some) > LONGEST:
        raise Invalid("There is too much here to be kept as a draft. Shorten it, or attach it as a document.")
    mine = Draft.objects.filter(actor_id=by.actor_id)
    known = mine.filter(form=form_of(key)).first()
    if known is None and mine.count() >= MOST_DRAFTS:
        raise Invalid(f"You have {MOST_DRAFTS} drafts. Send or discard one before you begin another.")
    typed = {name: list(some) for name, some in content.items()}
    draft, _ = Draft.objects.update_or_create(
        actor_id=by.actor_id, form=form_of(key), defaults={"content": typed, "saved_at": at}
    )
    for file in draft.files.filter(pk__in=dropped):
        forget_draft_file(file)
    if draft.files.count() + len(files) > MOST_FILES:
        raise Invalid(f"An item takes {MOST_FILES} files. Leave some out, or put them together.")
    for one in files:
        keep_draft_file(draft, one)
    return draft


@operation(Permission.SHARE_INTELLIGENCE)
def discard_draft(*, by: Actor, at: datetime, key: UUID) -> None:
    """This function will clear one's own draft for good, with its files."""
    forget(by.actor_id, key)
