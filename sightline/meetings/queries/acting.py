"""Reads of actions that were agreed under items: for the item, and for the action log, which knows no meeting."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from sightline.actions import origins
from sightline.actions.models import Action
from sightline.actions.origins import Origin
from sightline.actions.queries import LogLine, lines_of
from sightline.core.access import Actor
from sightline.meetings.models import AgendaItem, ItemAction, ItemWording, MeetingTime


def actions_of_item(item: AgendaItem, actor: Actor, on: date) -> list[LogLine]:
    """This function will give the actions that were agreed under an item, as far as the actor may read them."""
    agreed = ItemAction.objects.filter(item=item).values("action")
    found = Action.objects.visible_to(actor, on).filter(pk__in=agreed).select_related("group", "subject")
    return lines_of(list(found.order_by("recorded_at", "pk")), actor, on)


def items_of_actions(actions: Collection[UUID]) -> dict[UUID, UUID]:
    """This function will say under which item actions were agreed; for who draws on the record, not for a reader."""
    return dict(ItemAction.objects.filter(action__in=actions).values_list("action", "item"))


def agreed_apart(actions: Collection[UUID]) -> set[UUID]:
    """This function will give those actions that were agreed under an item which is closed to somebody by its own interest.

    Under another item, about the same subject even, they would be read by those to whom that one is closed.
    """
    apart = AgendaItem.objects.filter(Q(ties__isnull=False) | Q(rulings__isnull=False)).order_by().values("pk")
    return set(ItemAction.objects.filter(action__in=actions, item__in=apart).values_list("action", flat=True))


def agreed_where(actions: Collection[UUID], actor: Actor, on: date) -> Mapping[UUID, Origin]:
    """This function will say at which meeting and under what actions were agreed, where the actor reads the item (COI-04)."""
    seen = AgendaItem.objects.visible_to(actor, on).order_by().values("pk")
    rows = list(ItemAction.objects.filter(action__in=actions, item__in=seen).select_related("item"))
    items, meetings = {one.item_id for one in rows}, {one.item.meeting_id for one in rows}
    titles = dict(ItemWording.objects.newest().filter(item__in=items).values_list("item", "title"))
    begins = dict(
        MeetingTime.objects.filter(meeting__in=meetings).order_by("number").values_list("meeting", "starts_at")
    )
    found = {}
    for one in rows:
        meeting, item = one.item.meeting_id, one.item_id
        path = reverse("meeting_live_item", args=[meeting, item])
        found[one.action_id] = Origin(timezone.localdate(begins[meeting]), titles[item], path)
    return found


def agreed_out_of_sight(actor: Actor, on: date) -> Q:
    """This function will give the condition under which an action was agreed under an item that is closed to the actor."""
    seen = AgendaItem.objects.visible_to(actor, on).order_by().values("pk")
    return Q(pk__in=ItemAction.objects.exclude(item__in=seen).order_by().values("action"))


def make_known() -> None:
    """This function will have the action log ask here where an action was agreed."""
    origins.tells(agreed_where, agreed_out_of_sight)
