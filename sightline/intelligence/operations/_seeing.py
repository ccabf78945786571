"""Keeps operations from acting on what the actor may not see: an interest binds those who keep the record too."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from sightline.core.access import Actor
from sightline.core.verdict import Refused, refused
from sightline.groups.viewers import viewer_of
from sightline.intelligence.models import Item

NOT_THE_KEEPER = refused("Another system's group keeps the record of this item. Ask its secretary.", "PER-01")
ABSENT = refused("There is no such item of intelligence, or it is not for you.", "IGV-10; COI-03")


def must_see(by: Actor, at: datetime, *items: Item) -> None:
    """This function will raise Refused unless the actor may see every one of these items."""
    keys = {item.pk for item in items}
    if Item.objects.visible_to(by, timezone.localdate(at)).filter(pk__in=keys).count() != len(keys):
        raise Refused(ABSENT)


def must_keep(by: Actor, at: datetime, *items: Item) -> None:
    """This function will raise Refused unless the actor hears these items and keeps the record of their systems."""
    must_hear(by, at, *items)
    viewer = viewer_of(by, timezone.localdate(at))
    if not all(viewer.keeps_record_of(item.system) for item in items):
        raise Refused(NOT_THE_KEEPER)


def must_hear(by: Actor, at: datetime, *items: Item) -> None:
    """This function will raise Refused unless the actor sees these items as others' and not merely as their own gift."""
    keys = {item.pk for item in items}
    viewer = viewer_of(by, timezone.localdate(at))
    if Item.objects.heard_by(viewer).filter(pk__in=keys).count() != len(keys):
        raise Refused(ABSENT)
