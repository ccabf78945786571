"""The order of an agenda: as the rules propose it, until somebody puts it into another."""

from __future__ import annotations

from collections.abc import Iterable

from sightline.core.meetings.agenda import placed
from sightline.core.rulebook.meeting import Moment
from sightline.meetings.models import AgendaItem, AgendaOrder, Meeting

_MOMENTS = [one.value for one in Moment]


def in_order(meeting: Meeting, items: Iterable[AgendaItem]) -> tuple[AgendaItem, ...]:
    """This function will put items of a meeting into the order that was chosen; what came since follows as proposed."""
    proposed = sorted(items, key=lambda one: (_MOMENTS.index(one.moment), one.place))
    newest = newest_order(meeting)
    return placed(proposed, [str(one.pk) for one in proposed], newest.items if newest else [])


def newest_order(meeting: Meeting) -> AgendaOrder | None:
    """This function will give the order that somebody chose last, if anybody did."""
    return AgendaOrder.objects.filter(meeting=meeting).order_by("-number").first()


def order_number(meeting: Meeting) -> int:
    """This function will give the number of the order that holds, 0 for the one that was proposed."""
    newest = newest_order(meeting)
    return newest.number if newest else 0
