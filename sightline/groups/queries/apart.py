"""Reads of whether a review meets without providers, and of who sits in it for one."""

from __future__ import annotations

from datetime import date

from sightline.core.rulebook.groups import GroupType
from sightline.directory.words import PROVIDERS
from sightline.groups.models import Group, ProvidersApart, Seat, Seating


def may_be_apart(kind: GroupType | None) -> bool:
    """This function will say whether the guidance foresees that groups of a type meet without providers."""
    return kind is not None and kind.providers is not None and kind.providers.may_be_apart


def apart_on(group: Group, kind: GroupType | None, on: date) -> ProvidersApart | None:
    """This function will give what was recorded last of a review meeting without providers; nothing while they take part."""
    if not may_be_apart(kind):
        return None
    newest = ProvidersApart.objects.filter(group=group, from_on__lte=on).order_by("from_on", "recorded_at", "pk").last()
    return newest if newest is not None and newest.is_apart else None


def is_of_provider(seat: Seat, kind: GroupType | None) -> bool:
    """This function will say whether a seat is for those who give care: by the guidance, or by whose it is."""
    expected = kind.seat(seat.category) if kind and seat.category else None
    by_body = seat.organisation is not None and seat.organisation.kind in PROVIDERS
    return by_body or bool(expected and expected.is_provider)


def sitting_for_providers(group: Group, kind: GroupType | None, on: date) -> list[str]:
    """This function will name whoever sits in a group for a provider on a day or will, deputies among them."""
    seats = Seat.objects.standing_on(on).filter(group=group).select_related("organisation")
    theirs = [one.pk for one in seats if is_of_provider(one, kind)]
    sits = Seating.objects.filter(seat__in=theirs, person__is_active=True).select_related(
        "person", "ending", "seat__ending"
    )
    return sorted({one.person.display_name for one in sits if not _is_over(one, on)})


def _is_over(one: Seating, on: date) -> bool:
    ending = getattr(one, "ending", None)
    return any(last is not None and last <= on for last in (one.valid_to, ending and ending.ends_on))
