"""What follows for one organisation from all that sources have said of it, whatever the order in which they came."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from sightline.directory.models import Listing
from sightline.directory.naming import folded, in_words
from sightline.directory.sources import trust_in
from sightline.directory.words import SECTOR_OF, Kind

T = TypeVar("T")
# Kinds that say little, the least telling last: any other source's word is better. Whoever is listed as a provider
# is one, though the service also lists it as a prescribing cost centre.
_VAGUE = (Kind.PROVIDER, Kind.PRESCRIBER, Kind.COMMISSIONER, Kind.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Settled:
    """An organisation as the directory shows it."""

    name: str
    kind: str
    sector: str
    opened_on: date | None
    closed_on: date | None
    delisted_on: date | None
    postcode: str


def settled(
    code: str, listings: Sequence[Listing], editions: Mapping[str, Sequence[date]], succeeded_on: date | None
) -> Settled:
    """This function will settle one organisation from its listings, complete lists, and the day of its succession.

    The latest statement counts; of two of one day, that of the more trusted source.
    """
    latest = sorted(listings, key=_lateness, reverse=True)
    trusted = sorted(listings, key=lambda one: (trust_in(one.source), *_lateness(one)), reverse=True)
    kinds = {one.kind for one in listings}
    kind = _first(trusted, lambda one: one.kind if one.kind not in _VAGUE else "")
    kind = kind or next((vague for vague in _VAGUE if vague in kinds), Kind.UNKNOWN)
    opened = _first(trusted, lambda one: one.opened_on)
    closed = _closed(latest) or _closed_by_succession(latest, succeeded_on)
    if opened and closed and closed < opened:  # the code was used again, or two sources disagree: keep the end
        opened = None
    sector = _first(trusted, lambda one: one.sector) or SECTOR_OF.get(Kind(kind), "")
    return Settled(
        name=_name(latest) or code,
        kind=str(kind),
        sector=str(sector),
        opened_on=opened,
        closed_on=closed,
        delisted_on=None if closed else _delisted(listings, editions),
        postcode=_first(latest, lambda one: one.postcode) or "",
    )


def _lateness(one: Listing) -> tuple[date, int, date, str, str]:
    return (
        one.last_stated or date.min,
        trust_in(one.source),
        one.first_stated or date.min,
        one.name,
        f"{one.opened_on} {one.closed_on} {one.postcode}",
    )


def _first(listings: Sequence[Listing], of: Callable[[Listing], T]) -> T | None:
    return next((value for one in listings if (value := of(one))), None)


def _name(latest: Sequence[Listing]) -> str:
    """The latest name, in the spelling of whichever source does not write it all in capitals."""
    name = _first(latest, lambda one: one.name) or ""
    if not name.isupper():
        return name
    same = folded(name)
    return _first(
        latest, lambda one: one.name if not one.name.isupper() and folded(one.name) == same else ""
    ) or in_words(name)


def _closed(latest: Sequence[Listing]) -> date | None:
    """The end that the latest list to give dates has for it; a list that gives no dates cannot reopen it."""
    dated = [one for one in latest if one.closed_on or one.opened_on]
    return dated[0].closed_on if dated else None


def _closed_by_succession(latest: Sequence[Listing], succeeded_on: date | None) -> date | None:
    """The day before others succeeded it, unless a later list still has it open."""
    if succeeded_on is None or any(one.name and one.last_stated and one.last_stated >= succeeded_on for one in latest):
        return None
    return succeeded_on - timedelta(days=1)


def _delisted(listings: Sequence[Listing], editions: Mapping[str, Sequence[date]]) -> date | None:
    """The first edition of a complete list that leaves it out, when no list has named it since."""
    named = [one for one in listings if one.name and one.last_stated]
    last = max((one.last_stated for one in named if one.last_stated), default=None)
    if last is None:
        return None
    later = [day for source in {one.source for one in named} for day in editions.get(source, ()) if day > last]
    return min(later, default=None)
