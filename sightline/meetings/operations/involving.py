"""Who else is heard of an item: who brought lived experience in, and a safeguarding board that is told of it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sightline.accounts.looking import why_it_stays
from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.verdict import Already, Invalid
from sightline.directory.models import Organisation
from sightline.meetings.giving import Overtaken
from sightline.meetings.models import AgendaItem, BoardMatter, ItemInvolvement
from sightline.meetings.operations._live import under_way_for


@operation(Permission.KEEP_MEETINGS, on="item")
def record_involvement(
    *, by: Actor, at: datetime, item: AgendaItem, seen: int, who: str, knowingly: str = ""
) -> ItemInvolvement:
    """This function will write down who brought lived experience into an item; nothing where nobody did (REC-15).

    ``seen`` is the version that the writer had before them. Raises Overtaken where it is not the newest.
    """
    _, found = under_way_for(by, at, item)
    newest = ItemInvolvement.objects.filter(item=found).order_by("-number").first()
    number = newest.number if newest else 0
    if seen != number:
        raise Overtaken("Somebody else wrote this down meanwhile. Look at that first.")
    if newest is not None and who.strip() == newest.who:
        raise Already("This is on record already.")
    return ItemInvolvement.objects.create(
        item=found,
        number=number + 1,
        who=who.strip(),
        knowingly=why_it_stays([who], knowingly),
        recorded_at=at,
        recorded_by=by.actor_id,
    )


@operation(Permission.KEEP_MEETINGS, on="item")
def raise_with_board(
    *,
    by: Actor,
    at: datetime,
    item: AgendaItem,
    board: str,
    matter: str,
    raised_by: Organisation | None,
    form_key: UUID,
    knowingly: str = "",
) -> BoardMatter:
    """This function will record that a matter is raised with a safeguarding board, by a member or in writing (REC-14).

    Without ``raised_by`` the chair of the group writes to the chair of the board.
    """
    room, found = under_way_for(by, at, item)
    if BoardMatter.objects.filter(form_key=form_key).exists():
        raise Already("This is on record already.")
    if not board.strip() or not matter.strip():
        raise Invalid("Say which board it is, and what is raised with it.")
    if raised_by is not None and raised_by.pk not in room.bodies:
        raise Invalid(f"{raised_by.name} has no seat in this group. Choose a member organisation.")
    return BoardMatter.objects.create(
        item=found,
        board=board.strip(),
        matter=matter.strip(),
        raised_by=raised_by,
        knowingly=why_it_stays([board, matter], knowingly),
        form_key=form_key,
        recorded_at=at,
        recorded_by=by.actor_id,
    )
