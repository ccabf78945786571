"""Which bodies hold an item, as far as the record knows (IGV-03; QSG 2017 ¶137): each may be asked for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db.models import Count, Max, QuerySet
from django.utils import timezone

from sightline.accounts.models import Person, RoleGrant
from sightline.accounts.queries import PERSON
from sightline.audit.models import Event
from sightline.directory.models import Organisation
from sightline.intelligence.models import Giver, Item, Referral, ReleaseDecision, SharedWith
from sightline.intelligence.words import PUBLISHED, ReleaseStep, Wish

COPIED = "intelligence.take_copy"


class Road(StrEnum):
    """By which road a body came to hold it."""

    RECORD = "record"  # the board in whose group's record it stands
    GIVER = "giver"
    SHARED = "shared"
    REFERRED = "referred"
    RELEASED = "released"
    COPY = "copy"  # somebody who speaks for it took a list away, in which the item may have stood


@dataclass(frozen=True, slots=True)
class Holder:
    """One body, how it came to hold the item, and since when; an empty body is one that the record does not name."""

    body: str
    road: Road
    on: date
    times: int = 1
    not_to_be_named: bool = False  # who gave it asked that their organisation not be known
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Holding:
    """What is known of who holds an item."""

    item: Item
    holders: tuple[Holder, ...]
    is_published: bool


def holding_of(item: Item) -> Holding:
    """This function will say which bodies hold an item that its reader keeps, by road and day.

    What stands on a screen is held by nobody. Of lists taken away the event log knows who took one and when, not
    which items stood in it, so that a copy is a possibility and is called one. Reading, printing and the opening of a
    document leave no trace here at all.
    """
    found = [
        *_own(item),
        *(Holder(row.body, Road.SHARED, row.shared_on) for row in SharedWith.objects.filter(item=item)),
        *(Holder(row.body, Road.REFERRED, row.referred_on) for row in Referral.objects.filter(item=item)),
        *_released(item),
        *_copied(item),
    ]
    order = list(Road)
    holders = sorted(found, key=lambda one: (order.index(one.road), one.on, one.body))
    return Holding(item, tuple(holders), item.kind in PUBLISHED)


def _own(item: Item) -> list[Holder]:
    since = _day(item.recorded_at)
    found = [Holder(_name(item.system), Road.RECORD, since)]
    giver = Giver.objects.filter(item=item).first()
    if giver is not None:
        found.append(
            Holder(_name(giver.organisation), Road.GIVER, since, not_to_be_named=giver.wish == Wish.UNNAMED.value)
        )
    return found


def _released(item: Item) -> list[Holder]:
    """A copy that was released and withdrawn since was held, and may have been kept."""
    decided = ReleaseDecision.objects.filter(release__item=item).order_by("recorded_at", "pk")
    rows = list(decided.select_related("release__to"))
    withdrawn = {row.release_id for row in rows if row.step == ReleaseStep.WITHDRAWN.value}
    return [
        Holder(row.release.to.name, Road.RELEASED, _day(row.recorded_at), withdrawn=row.release_id in withdrawn)
        for row in rows
        if row.step == ReleaseStep.RELEASED.value
    ]


def _copied(item: Item) -> list[Holder]:
    """By body: whose people in the item's group took lists away since it was told. Words only said are in none."""
    if item.verbal_only:
        return []
    taken: QuerySet[Event] = Event.objects.filter(verb=COPIED, recorded_at__gte=item.recorded_at)
    rows = list(taken.order_by().values_list("actor").annotate(times=Count("pk"), last=Max("recorded_at")))
    bodies = _bodies_of({actor for actor, _, _ in rows}, item.system)
    found: dict[str, Holder] = {}
    for actor, times, last in rows:
        for body in bodies.get(actor, ()):
            one = found.get(body)
            on = max(_day(last), one.on) if one else _day(last)
            found[body] = Holder(body, Road.COPY, on, times + (one.times if one else 0))
    return list(found.values())


def _bodies_of(actors: set[str], system: str) -> dict[str, set[str]]:
    """For which bodies these people ever sat in the group; an empty name where they sat there for none."""
    ids = [actor.removeprefix(PERSON) for actor in actors if actor.startswith(PERSON)]
    people = {person.pk: person.actor_id for person in Person.objects.filter(pk__in=ids)}
    held = RoleGrant.objects.filter(person__in=people, system__in={"", system}).values_list("person", "organisation")
    rows = [(people[person], code) for person, code in held]
    names = dict(Organisation.objects.filter(code__in={code for _, code in rows}).values_list("code", "name"))
    found: dict[str, set[str]] = {}
    for actor, code in rows:
        found.setdefault(actor, set()).add(names.get(code, code))
    return {actor: {name for name in some if name} or {""} for actor, some in found.items()}


def _name(code: str) -> str:
    return (Organisation.objects.filter(code=code).values_list("name", flat=True).first() or code) if code else ""


def _day(moment: datetime) -> date:
    return timezone.localdate(moment)
