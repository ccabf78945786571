"""What follows from all lists together: names matched, outlines placed, members of divided boards found a home."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from sightline.directory.models import Alias, Boundary, Identifier, Listing, NamedLink, Organisation, Relation
from sightline.directory.naming import area_name
from sightline.directory.operations._links import ended_by_later, save_relations
from sightline.directory.queries.footprint import Footprint
from sightline.directory.sources import DERIVED
from sightline.directory.words import PROVIDERS, Kind, Link, Scheme

_Wanted = dict[tuple[UUID, str, UUID, str], Relation]


def derive(at: datetime, *, is_about_links: bool) -> int:
    """This function will work out again everything that depends on several lists, and count the links changed."""
    _place_outlines(at)
    if not is_about_links:
        return 0
    return _match_names(at) + _house_members_of_divided_areas(at)


def _place_outlines(at: datetime) -> None:
    """An outline finds its area by code, or by name where its code is new: a border that moves a little gets one.

    An area matched by name then bears the new code too.
    """
    waiting = list(Boundary.objects.filter(organisation=None))
    if not waiting:
        return
    codes = [boundary.code for boundary in waiting]
    bodies = dict(Organisation.objects.filter(code__in=codes).values_list("code", "pk"))
    bodies |= dict(Identifier.objects.filter(value__in=codes).values_list("value", "organisation_id"))
    bearers = _bearers({Kind.ICB})
    for boundary in waiting:
        bearing = bearers.get((Kind.ICB, area_name(boundary.name)), set())
        if boundary.code not in bodies and len(bearing) == 1:
            bodies[boundary.code] = next(iter(bearing))
            Identifier.objects.create(
                organisation_id=bodies[boundary.code], scheme=Scheme.GSS, value=boundary.code, recorded_at=at
            )
        if boundary.code in bodies:
            boundary.organisation_id = bodies[boundary.code]
            boundary.save(update_fields=["organisation"])


def _match_names(at: datetime) -> int:
    """Names that lists give instead of codes; one that two areas of a kind bear is matched to neither."""
    waiting = list(NamedLink.objects.all())
    if not waiting:
        return 0
    bearers = _bearers({link.kind for link in waiting})
    wanted: _Wanted = {}
    for link in waiting:
        targets = bearers.get((link.kind, area_name(link.name)), set())
        if len(targets) == 1 and (target := next(iter(targets))) != link.origin_id:
            wanted[(link.origin_id, link.link, target, link.source)] = Relation(
                origin_id=link.origin_id,
                link=link.link,
                target_id=target,
                is_by_name=True,
                source=link.source,
                first_stated=link.first_stated,
                last_stated=link.last_stated,
                recorded_at=at,
            )
    together: dict[tuple[UUID, str, str], list[Relation]] = defaultdict(list)
    for relation in wanted.values():
        together[(relation.origin_id, relation.link, relation.source)].append(relation)
    for several in together.values():
        ended_by_later(several)
    stands = Relation.objects.filter(source__in={link.source for link in waiting})
    given = set(
        stands.filter(is_by_name=False, valid_from=None).values_list("origin_id", "link", "target_id", "source")
    )
    return _replace(stands.filter(is_by_name=True), {key: made for key, made in wanted.items() if key not in given})


def _bearers(kinds: Collection[str]) -> dict[tuple[str, str], set[UUID]]:
    found: dict[tuple[str, str], set[UUID]] = defaultdict(set)
    for model in (Listing, Alias):
        rows = model.objects.filter(organisation__kind__in=kinds).values_list(
            "organisation__kind", "name", "organisation_id"
        )
        for kind, name, pk in rows:
            if name:
                found[(kind, area_name(name))].add(pk)
    return found


def _replace(stands: QuerySet[Relation], wanted: _Wanted) -> int:
    """Bring the links that stand into line with those that are wanted."""
    changed = 0
    altered: list[Relation] = []
    for one in stands:
        made = wanted.pop((one.origin_id, one.link, one.target_id, one.source), None)
        if made is None:
            one.delete()
            changed += 1
        elif (one.valid_to, one.first_stated, one.last_stated) != (made.valid_to, made.first_stated, made.last_stated):
            one.valid_to, one.first_stated, one.last_stated = made.valid_to, made.first_stated, made.last_stated
            altered.append(one)
    save_relations(list(wanted.values()), altered)
    return changed + len(wanted) + len(altered)


def _house_members_of_divided_areas(at: datetime) -> int:
    """The only evidence beyond the lists: every practice in the postcode district of a headquarters went one way.

    A member for which the practices disagree, or say nothing, stays without a home and is listed as such.
    """
    footprint = Footprint.load()
    wanted: _Wanted = {}
    for area, day in footprint.divided().items():
        members = Organisation.objects.filter(
            relations_from__target=area, kind__in=PROVIDERS - {Kind.GP_PRACTICE}
        ).exclude(postcode="")
        districts = {pk: postcode.rpartition(" ")[0] for pk, postcode in members.values_list("pk", "postcode")}
        homes = _homes_of_districts({d for d in districts.values() if d}, footprint, area, day)
        for pk, district in districts.items():
            if len(home := homes.get(district, set())) == 1 and area not in home:
                target = next(iter(home))
                wanted[(pk, Link.LOCATED_IN, target, DERIVED)] = Relation(
                    origin_id=pk, link=Link.LOCATED_IN, target_id=target, valid_from=day, source=DERIVED, recorded_at=at
                )
    return _replace(Relation.objects.filter(source=DERIVED), wanted)


def _homes_of_districts(districts: set[str], footprint: Footprint, divided: UUID, day: date) -> dict[str, set[UUID]]:
    """Which heirs of a divided area the practices of each postcode district went to; more than one where unknown."""
    if not districts:
        return {}
    rows = (  # of every practice: a database takes longer over a thousand prefixes than over all of these
        Relation.objects.filter(origin__kind=Kind.GP_PRACTICE, link=Link.COMMISSIONED_BY)
        .filter(Q(valid_to=None) | Q(valid_to__gte=day), Q(origin__closed_on=None) | Q(origin__closed_on__gte=day))
        .values_list("origin__postcode", "target_id")
    )
    homes: dict[str, set[UUID]] = defaultdict(set)
    above: dict[UUID, frozenset[UUID]] = {}
    for postcode, area in rows:
        district = postcode.rpartition(" ")[0]
        if district not in districts:
            continue
        if area not in above:
            all_above = footprint.above(area, day)
            above[area] = all_above & footprint.heirs(divided) or all_above & {divided}
        homes[district] |= above[area]
    return homes
