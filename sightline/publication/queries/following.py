"""Reads of who follows a group by e-mail: whose link is whose, who is to be told of a release, and who is to be forgotten."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from sightline.publication.links import For, whose
from sightline.publication.models import Edition, Follower, PublicGroup, PublicPage
from sightline.publication.queries.public import groups_shown, public_page

WAITS = timedelta(days=7)  # how long a link that confirms holds, and an address that nobody confirmed is kept


def waiting_follower(link: str, at: datetime) -> Follower | None:
    """This function will give who may now confirm by a link; nothing once it was used, is old, or the group is not shown."""
    key = whose(link, For.CONFIRM)
    return waiting(key, at) if key else None


def waiting(follower: UUID, at: datetime) -> Follower | None:
    """This function will give a follower who has yet to confirm and still may; else nothing."""
    found = Follower.objects.filter(pk=follower, confirmed_at=None, asked_at__gt=at - WAITS)
    return _where_shown(found, at).select_related("group").first()


def follower_of(link: str) -> Follower | None:
    """This function will give who may end it by a link, whether or not they confirmed; nothing once they ended it."""
    key = whose(link, For.STOP)
    return Follower.objects.filter(pk=key).select_related("group").first() if key else None


def followers_of(page: PublicPage) -> QuerySet[Follower]:
    """This function will give those who confirmed that they want word of a group, by one of its pages."""
    return Follower.objects.filter(
        group__system=page.system, group__name=page.group_name, confirmed_at__isnull=False
    ).order_by("pk")


def to_be_told(follower: UUID, edition: int, at: datetime) -> tuple[Follower, Edition] | None:
    """This function will give a follower and what they are to be told of, as both stand now; nothing where either went.

    They ended it or the group is no longer shown; what was released was withdrawn since, or a newer copy took its place.
    """
    told = Edition.objects.filter(pk=edition).select_related("page").first()
    if told is None:
        return None
    shown = public_page(told.page_id)
    if shown is None or shown.withdrawn_at or shown.edition != told:
        return None
    found = _where_shown(followers_of(told.page).filter(pk=follower), at).select_related("group").first()
    return (found, told) if found else None


def to_be_forgotten(at: datetime) -> QuerySet[Follower]:
    """This function will give whoever did not confirm for a week, or follows a group that was not shown for as long."""
    long_ago = at - WAITS
    never = Q(confirmed_at=None, asked_at__lte=long_ago)
    shown = [*groups_shown(timezone.localdate(at)), *groups_shown(timezone.localdate(long_ago), long_ago)]
    return Follower.objects.filter(never | ~Q(group__in=_keys(shown)))


def _where_shown(followers: QuerySet[Follower], at: datetime) -> QuerySet[Follower]:
    return followers.filter(group__in=_keys(groups_shown(timezone.localdate(at))))


def _keys(groups: Iterable[PublicGroup]) -> list[UUID]:
    return [one.pk for one in groups]
