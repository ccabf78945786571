"""Reads of what the public sees: groups, when they meet, and key points. Nothing but released copies is read here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, datetime
from itertools import islice
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from sightline.audit.keeping import until_changed_by
from sightline.groups.models import Group
from sightline.meetings.models import Meeting, MeetingTime
from sightline.publication.models import Edition, GroupEntry, Listing, PublicGroup, PublicPage, Withdrawal

A_PAGE = 25
DAYS = 6  # how many days to come are told of a group


@dataclass(frozen=True, slots=True)
class Shown:
    """A public page as it now stands: the newest copy, or the day on which it was withdrawn."""

    page: PublicPage
    edition: Edition
    withdrawn_at: datetime | None

    @property
    def changed_at(self) -> datetime:
        """When the page last became another."""
        return self.withdrawn_at or self.edition.recorded_at


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """A group as the public sees it: what it is for, the days on which it is to meet, and its key points, newest first."""

    group: PublicGroup
    purpose: str
    tells_days: bool
    days: tuple[date, ...]
    pages: tuple[Shown, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownYear:
    """What a group decided in one year, the latest meeting first."""

    group: PublicGroup
    year: int
    pages: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Sought:
    """What somebody looks for among key points; each part narrows the rest."""

    words: str = ""
    group: str = ""
    year: int | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing narrows the list."""
        return not (self.words.strip() or self.group or self.year)


@dataclass(frozen=True, slots=True)
class Found:
    """One page of key points that answer what was sought, with how many there are in all and which choices there are."""

    shown: tuple[Shown, ...]
    total: int
    number: int
    pages: int
    groups: tuple[str, ...]
    years: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """A public page as a search reads it: all that the public reads on it, whatever its case."""

    page: UUID
    group: str
    year: int
    text: str


def public_pages(group: PublicGroup | None = None, year: int | None = None, first: int | None = None) -> list[Shown]:
    """This function will give every page that the public can read, the latest meeting first; withdrawn ones are left out.

    Of one group, where one is given, and of one year of it; with ``first`` no more than so many.
    """
    rows = _readable()
    if group is not None:
        rows = rows.filter(page__system=group.system, page__group_name=group.name)
    if year is not None:
        rows = rows.filter(page__held_on__gte=date(year, 1, 1), page__held_on__lte=date(year, 12, 31))
    return [Shown(one.page, one, None) for one in (rows if first is None else rows[:first])]


def public_page(page: UUID) -> Shown | None:
    """This function will give a page that is or was public, as it now stands; else nothing."""
    newest = Edition.objects.filter(page=page).select_related("page").order_by("-number").first()
    if newest is None:
        return None
    gone = Withdrawal.objects.filter(edition=newest).first()
    return Shown(newest.page, newest, gone.recorded_at if gone else None)


def was_public(page: UUID) -> bool:
    """This function will say whether key points once stood at an address, of which no copy is kept any more."""
    return PublicPage.objects.filter(pk=page, editions=None).exists()


def last_change() -> datetime | None:
    """This function will say when anything public last changed, withdrawals among it."""
    dates = [
        Edition.objects.order_by("-recorded_at").values_list("recorded_at", flat=True).first(),
        Withdrawal.objects.order_by("-recorded_at").values_list("recorded_at", flat=True).first(),
    ]
    return max((one for one in dates if one), default=None)


def sought_pages(sought: Sought, number: int = 1) -> Found:
    """This function will give one page of the key points in which every word stands, and whose group and year fit.

    A page's own words are read, whatever their case; ``number`` counts from 1, and beyond the last is the last.
    """
    every, words = _lines(), sought.words.casefold().split()
    fits = [
        one.page
        for one in every
        if (not sought.group or one.group == sought.group)
        and (not sought.year or one.year == sought.year)
        and all(word in one.text for word in words)
    ]
    pages = max(1, -(-len(fits) // A_PAGE))
    number = min(max(number, 1), pages)
    shown = _readable().filter(page__in=fits[(number - 1) * A_PAGE : number * A_PAGE])
    return Found(
        shown=tuple(Shown(one.page, one, None) for one in shown),
        total=len(fits),
        number=number,
        pages=pages,
        groups=tuple(sorted({one.group for one in every})),
        years=tuple(sorted({one.year for one in every}, reverse=True)),
    )


def public_groups(on: date) -> list[ShownGroup]:
    """This function will give every group that is listed and still stands, by system and name, without its key points."""
    rows = _listed(on).filter(unlisting=None).select_related("entry__group")
    listings = sorted(rows, key=lambda one: (one.entry.group.system_name, one.entry.group.name))
    days = _days_to_come({one.group_id for one in listings if one.entry.tells_days}, on)
    return [
        ShownGroup(one.entry.group, one.entry.purpose, one.entry.tells_days, days.get(one.group_id, ()))
        for one in listings
    ]


def public_group(group: UUID, on: date) -> ShownGroup | None:
    """This function will give one listed group; nothing for one that is not listed, or is no longer."""
    listing = _listing_of(group, on)
    if listing is None:
        return None
    entry = listing.entry
    days = _days_to_come({listing.group_id}, on) if entry.tells_days else {}
    told, pages = days.get(listing.group_id, ()), public_pages(entry.group)
    return ShownGroup(entry.group, entry.purpose, entry.tells_days, told, tuple(pages))


def public_year(group: UUID, year: int, on: date) -> ShownYear | None:
    """This function will give what a listed group decided in a year, the latest meeting first; nothing where nothing is."""
    listing = _listing_of(group, on)
    if listing is None or not MINYEAR <= year <= MAXYEAR:
        return None
    pages = public_pages(listing.entry.group, year)
    return ShownYear(listing.entry.group, year, tuple(pages)) if pages else None


def groups_shown(on: date, since: datetime | None = None) -> list[PublicGroup]:
    """This function will give the groups that the public is shown; with ``since`` also those taken off only after it."""
    is_listed = Q(unlisting=None) | (Q(unlisting__recorded_at__gt=since) if since else Q())
    return [one.entry.group for one in _listed(on).filter(is_listed).select_related("entry__group")]


def _listed(on: date) -> QuerySet[Listing]:
    """The newest listing of every group that stands on a day, whether or not it was taken off again."""
    later = GroupEntry.objects.filter(group=OuterRef("entry__group"), number__gt=OuterRef("entry__number"))
    standing = Group.objects.standing_on(on).order_by().values("pk")
    return Listing.objects.filter(~Exists(later), group__in=standing)


def _listing_of(group: UUID, on: date) -> Listing | None:
    return _listed(on).filter(unlisting=None, entry__group=group).select_related("entry__group").first()


def _readable() -> QuerySet[Edition]:
    """The newest copy of every page, the latest meeting first; withdrawn ones are left out."""
    later = Edition.objects.filter(page=OuterRef("page"), number__gt=OuterRef("number"))
    newest = Edition.objects.filter(~Exists(later), withdrawal=None).select_related("page")
    return newest.order_by("-page__held_on", "page__group_name", "page")


@until_changed_by("publication", "records.answer_disposal")
def _lines() -> tuple[_Line, ...]:
    """Every page that the public can read as one line of words, so that a search does not read all of them again."""
    return tuple(_line(one) for one in _readable())


def _line(one: Edition) -> _Line:
    said = (one.page.group_name, one.page.system_name, one.opening, *one.points, one.changed)
    return _Line(one.page_id, one.page.group_name, one.page.held_on.year, "\n".join(said).casefold())


def _days_to_come(groups: set[UUID], on: date) -> Mapping[UUID, tuple[date, ...]]:
    """The days from today on which groups are to meet as usual: one called for a reason of its own tells of the reason."""
    planned = Meeting.objects.filter(group__in=groups, steps=None, is_extraordinary=False)
    held = dict(planned.order_by().values_list("pk", "group"))
    newer = MeetingTime.objects.filter(meeting=OuterRef("meeting"), number__gt=OuterRef("number"))
    times = MeetingTime.objects.filter(~Exists(newer), meeting__in=held).order_by("starts_at")
    days: dict[UUID, dict[date, None]] = {}
    for meeting, starts_at in times.values_list("meeting", "starts_at"):
        day = timezone.localdate(starts_at)
        if day >= on:
            days.setdefault(held[meeting], {})[day] = None
    return {group: tuple(islice(found, DAYS)) for group, found in days.items()}
