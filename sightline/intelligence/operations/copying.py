"""Taking a copy of what one may read: it leaves the house, so each is recorded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.verdict import Refused
from sightline.intelligence.models import Item
from sightline.intelligence.operations._seeing import ABSENT

AT_ONCE = 5_000


@operation(Permission.SEE_INTELLIGENCE)
def take_copy(*, by: Actor, at: datetime, items: Sequence[UUID]) -> int:
    """This function will record that somebody takes a copy of items away, and of how many (IGV-08).

    Raises Refused where one of them is not for them.
    """
    visible = Item.objects.visible_to(by, timezone.localdate(at))
    keys = list(dict.fromkeys(items))
    seen = sum(visible.filter(pk__in=keys[first : first + AT_ONCE]).count() for first in range(0, len(keys), AT_ONCE))
    if seen != len(keys):
        raise Refused(ABSENT)
    return len(keys)
