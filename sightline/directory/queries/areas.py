"""Who lies in which place, system and region on a day; what cannot be told is listed, never guessed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from sightline.audit.keeping import until_anything_changes
from sightline.directory.models import Organisation, Relation, Subject
from sightline.directory.models.organisations import OrganisationQuerySet
from sightline.directory.models.subjects import SubjectQuerySet
from sightline.directory.queries.finding import find_organisation
from sightline.directory.queries.footprint import footprint_now
from sightline.directory.words import PROVIDERS, Kind, Link

_AS_LIST = 5_000  # parameters, with room for others beside them in every database we run on
_MEMBERSHIP = (Link.PART_OF, Link.COMMISSIONED_BY, Link.LOCATED_IN)


@dataclass(frozen=True, slots=True)
class AreaChoice:
    """An area that a page may offer as a filter; ``within`` is the code of the area that it is offered under."""

    code: str
    name: str
    kind: Kind
    within: str = ""


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A member of an area that was divided, for whom nothing published says which part it went to."""

    organisation: Organisation
    area: Organisation
    candidates: tuple[Organisation, ...]


def within(area: Organisation, on: date) -> OrganisationQuerySet:
    """This function will choose the organisations that lie in an area on the day, the area itself included.

    A system that a list states beats the one where a headquarters happens to lie (ORG-03, ORG-08, ORG-10).
    """
    footprint = footprint_now()
    here = footprint.below(area.pk, on)
    stands = Relation.objects.valid_on(on)
    stated = stands.filter(link__in=[Link.PART_OF, Link.COMMISSIONED_BY], target__in=here)
    stated_anywhere = stands.filter(link=Link.PART_OF, target__in=footprint.settled(on), origin=OuterRef("origin"))
    lies = stands.filter(~Exists(stated_anywhere), link=Link.LOCATED_IN, target__in=here)
    return Organisation.objects.filter(
        Q(pk__in=here) | Q(pk__in=stated.values("origin")) | Q(pk__in=lies.values("origin"))
    )


def subjects_within(area_code: str, on: date) -> SubjectQuerySet:
    """This function will choose the subjects that lie in an area on the day; none where the code is unknown."""
    lying = _lying_within(area_code, on)
    # A list that was worked out before is far quicker than the question, up to what a query can carry.
    if len(lying) <= _AS_LIST:
        return Subject.objects.filter(pk__in=lying)
    area = find_organisation(area_code)
    return Subject.objects.filter(organisation__in=within(area, on)) if area else Subject.objects.none()


@until_anything_changes
def _lying_within(area_code: str, on: date) -> frozenset[UUID]:
    area = find_organisation(area_code)
    if area is None:
        return frozenset()
    return frozenset(Subject.objects.filter(organisation__in=within(area, on)).values_list("pk", flat=True))


def systems_of(organisations: Iterable[Organisation], on: date) -> dict[UUID, tuple[Organisation, ...]]:
    """This function will give, by organisation, the systems that each belongs to on the day.

    One provider may be a member of several systems (ORG-10).
    """
    return _areas_of(organisations, on, Kind.ICB)


def regions_of(organisations: Iterable[Organisation], on: date) -> dict[UUID, tuple[Organisation, ...]]:
    """This function will give, by organisation, the NHS regions that each belongs to on the day."""
    return _areas_of(organisations, on, Kind.REGION)


@until_anything_changes
def codes_of_systems(on: date) -> Mapping[UUID, frozenset[str]]:
    """This function will give, for every organisation at once, the codes of the systems that it belongs to on the day."""
    codes = dict(Organisation.objects.filter(kind=Kind.ICB).order_by().values_list("pk", "code"))
    everybody = list(Organisation.objects.order_by().values_list("pk", flat=True))
    rows = Relation.objects.valid_on(on).filter(link__in=_MEMBERSHIP)
    found = _belonging(everybody, rows, on, Kind.ICB)
    return {pk: frozenset(codes[one] for one in some) for pk, some in found.items() if some}


def _areas_of(organisations: Iterable[Organisation], on: date, kind: Kind) -> dict[UUID, tuple[Organisation, ...]]:
    pks = [organisation.pk for organisation in organisations]
    if len(pks) == 1:
        return {pks[0]: _areas_of_one(pks[0], on, kind)}  # a subject's page asks for the same several times
    return _areas_of_many(pks, on, kind)


@until_anything_changes
def _areas_of_one(pk: UUID, on: date, kind: Kind) -> tuple[Organisation, ...]:
    return _areas_of_many([pk], on, kind)[pk]


def _areas_of_many(pks: list[UUID], on: date, kind: Kind) -> dict[UUID, tuple[Organisation, ...]]:
    rows = Relation.objects.valid_on(on).filter(origin__in=pks, link__in=_MEMBERSHIP)
    found = _belonging(pks, rows, on, kind)
    names = Organisation.objects.in_bulk({one for some in found.values() for one in some})
    return {pk: tuple(sorted((names[one] for one in some), key=lambda o: o.name)) for pk, some in found.items()}


def _belonging(pks: Iterable[UUID], rows: QuerySet[Relation], on: date, kind: Kind) -> dict[UUID, frozenset[UUID]]:
    """The areas of a kind, by organisation: those above it itself and those above whatever it is a member of."""
    footprint = footprint_now()
    stated: dict[UUID, set[UUID]] = defaultdict(set)
    lies: dict[UUID, set[UUID]] = defaultdict(set)
    has_system: set[UUID] = set()
    for origin, link, target in rows.values_list("origin_id", "link", "target_id"):
        (lies if link == Link.LOCATED_IN else stated)[origin] |= footprint.open_above(target, on, kind)
        if link == Link.PART_OF and footprint.open_above(target, on, Kind.ICB):
            has_system.add(origin)
    # Where a list states no system, it is told from where the headquarters lies.
    return {
        pk: footprint.open_above(pk, on, kind)
        | stated.get(pk, set())
        | (lies.get(pk, set()) if pk not in has_system else set())
        for pk in pks
    }


def unresolved(on: date) -> tuple[Unresolved, ...]:
    """This function will list the open providers of divided areas of whom nothing says where they went."""
    footprint = footprint_now()
    settled = footprint.settled(on)
    divided = [area for area in footprint.divided() if footprint.is_divided(area, on)]
    areas = Organisation.objects.in_bulk({*divided, *(heir for area in divided for heir in footprint.heirs(area))})
    stands = Relation.objects.valid_on(on).filter(link__in=_MEMBERSHIP)
    found: list[Unresolved] = []
    for area in divided:
        lost = footprint.below(area, on) - settled
        members = set(stands.filter(target__in=lost, origin__kind__in=PROVIDERS).values_list("origin_id", flat=True))
        housed = set(stands.filter(origin__in=members, target__in=settled).values_list("origin_id", flat=True))
        heirs = tuple(sorted((areas[heir] for heir in footprint.heirs(area)), key=lambda one: one.name))
        homeless = Organisation.objects.open_on(on).filter(pk__in=members - housed)
        found += [Unresolved(member, areas[area], heirs) for member in homeless]
    return tuple(found)


@until_anything_changes
def areas_for_choice(on: date) -> tuple[AreaChoice, ...]:
    """This function will give the regions, the systems under each, and the places under those, as a filter offers them."""
    footprint = footprint_now()
    kinds = [Kind.REGION, Kind.ICB, Kind.SUB_ICB]
    bodies = {body.pk: body for body in Organisation.objects.open_on(on).filter(kind__in=kinds)}
    parent = {Kind.ICB: Kind.REGION, Kind.SUB_ICB: Kind.ICB}
    below: dict[str, list[AreaChoice]] = defaultdict(list)
    for body in bodies.values():
        kind = Kind(body.kind)
        above = [
            bodies[one]
            for one in footprint.above(body.pk, on)
            if one in bodies and bodies[one].kind == parent.get(kind)
        ]
        under = min((one.code for one in above), default="")
        below[under].append(AreaChoice(body.code, body.name, kind, under))
    return tuple(_in_order("", below))


def _in_order(code: str, below: dict[str, list[AreaChoice]]) -> list[AreaChoice]:
    ordered: list[AreaChoice] = []
    for choice in sorted(below.get(code, ()), key=lambda one: (one.kind != Kind.REGION, one.name)):
        ordered += [choice, *_in_order(choice.code, below)]
    return ordered
