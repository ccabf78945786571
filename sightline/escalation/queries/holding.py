"""Who answers for a role of a body on a day, for many roles and bodies at once; and the posts that one reader holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from sightline.accounts.models import Person
from sightline.core.access import Actor
from sightline.core.escalation.holding import answers_for
from sightline.core.rulebook.levels import Slot
from sightline.groups.models import Group, Office, Seating
from sightline.groups.queries import GROUP_KINDS, offices_of
from sightline.groups.words import SeatPart

_SLOT_OF_KIND = {kind: slot for slot, kind in GROUP_KINDS.items()}
_RECEIVING = [SeatPart.CHAIR.value, SeatPart.SECRETARY.value]


@dataclass(frozen=True, slots=True)
class Post:
    """A role that somebody holds for a body."""

    slot: Slot
    body: UUID


@dataclass(frozen=True, slots=True)
class Holders:
    """Who holds what for some bodies on one day."""

    held: Mapping[Post, tuple[Person, ...]]

    def of(self, slot: Slot, bodies: Collection[UUID]) -> tuple[Person, ...]:
        """This function will give who answers for a role of any of the bodies, by name; maybe nobody.

        The nation is one: whoever holds its role holds it, for whatever body it is written down.
        """
        if slot is Slot.NHS_ENGLAND_NATION:
            bodies = {post.body for post in self.held if post.slot is slot}
        found = {
            person.pk: person
            for one in answers_for(slot)
            for body in bodies
            for person in self.held.get(Post(one, body), ())
        }
        return tuple(sorted(found.values(), key=lambda one: (one.display_name, str(one.pk))))


def holders_at(bodies: Collection[UUID], on: date) -> Holders:
    """This function will gather who holds any role for these bodies on a day, and whoever holds the nation's."""
    found: dict[Post, dict[UUID, Person]] = defaultdict(dict)
    offices = Office.objects.in_force(on).filter(
        Q(organisation__in=bodies) | Q(slot=Slot.NHS_ENGLAND_NATION.value),
    )
    for office in offices.select_related("person"):
        found[Post(Slot(office.slot), office.organisation_id)][office.person_id] = office.person
    sits = Seating.objects.in_force(on).filter(
        seat__group__in=Group.objects.standing_on(on).filter(area__in=bodies, kind__in=_SLOT_OF_KIND),
        seat__part__in=_RECEIVING,
    )
    for one in sits.select_related("person", "seat__group"):
        group = one.seat.group
        found[Post(_SLOT_OF_KIND[group.kind], group.area_id)][one.person_id] = one.person
    return Holders({post: tuple(people.values()) for post, people in found.items()})


def posts_of(actor: Actor, on: date) -> frozenset[Post]:
    """This function will give the roles that a reader holds on a day, with the seats in which they receive for a group."""
    if not isinstance(actor, Person):
        return frozenset()
    posts = {Post(Slot(one.slot), one.organisation_id) for one in offices_of(actor, on)}
    sits = Seating.objects.in_force(on).filter(
        person=actor,
        seat__part__in=_RECEIVING,
        seat__group__in=Group.objects.standing_on(on).filter(kind__in=_SLOT_OF_KIND),
    )
    for kind, area in sits.values_list("seat__group__kind", "seat__group__area"):
        posts.add(Post(_SLOT_OF_KIND[kind], area))
    return frozenset(posts)


def roles_answered(post: Post) -> list[str]:
    """This function will name the roles for which the holder of a post answers."""
    return [slot.value for slot in Slot if post.slot in answers_for(slot)]
