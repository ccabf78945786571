"""Finding organisations and their subjects by code or by name, and how they were called when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from sightline.core.access import Actor
from sightline.directory.models import Identifier, Listing, Organisation, Subject
from sightline.directory.models.organisations import OrganisationQuerySet
from sightline.directory.models.subjects import SubjectQuerySet
from sightline.directory.naming import folded, in_words
from sightline.directory.sources import trust_in
from sightline.directory.words import SubjectKind

T = TypeVar("T", str, UUID)
_PART = 800  # parameters in one query, below the limit of every database we run on


def find_organisation(code: str) -> Organisation | None:
    """This function will find an organisation by its own code or by one of another scheme."""
    return resolve_many([code]).get(code)


def resolve_many(codes: Collection[str]) -> dict[str, Organisation]:
    """This function will find organisations by their own codes or by those of other schemes, eight hundred a query.

    A code that a list gives an organisation under another scheme beats an organisation of that code.
    """
    asked = _asked(codes)
    by_own: dict[str, Organisation] = {}
    by_other: dict[str, Organisation] = {}
    for part in _parts(asked):
        by_own |= {asked[body.code]: body for body in Organisation.objects.filter(code__in=part)}
        others = _identifiers(part).select_related("organisation")
        by_other |= {asked[other.value]: other.organisation for other in others}
    return by_own | by_other


def organisation_ids(codes: Collection[str]) -> dict[str, UUID]:
    """This function will give the keys of the organisations that ``resolve_many`` finds, without reading their records."""
    asked = _asked(codes)
    by_own: dict[str, UUID] = {}
    by_other: dict[str, UUID] = {}
    for part in _parts(asked):
        own = Organisation.objects.filter(code__in=part).values_list("code", "pk")
        by_own |= {asked[code]: pk for code, pk in own}
        by_other |= {asked[value]: pk for value, pk in _identifiers(part).values_list("value", "organisation_id")}
    return by_own | by_other


def _asked(codes: Collection[str]) -> dict[str, str]:
    """Codes as they were asked for, by how they are kept."""
    return {code.strip().upper(): code for code in codes if code}


def _identifiers(values: Collection[str]) -> QuerySet[Identifier]:
    return Identifier.objects.filter(value__in=values).order_by("organisation__name", "organisation__code")


def _parts(items: Iterable[T]) -> Iterable[list[T]]:
    everything = list(items)
    return (everything[at : at + _PART] for at in range(0, len(everything), _PART))


def subjects_by_code(codes: Collection[str]) -> dict[str, Subject]:
    """This function will find the subjects of organisations by any of their codes, and others by their key."""
    bodies = organisation_ids(codes)
    by_body: dict[UUID, Subject] = {}
    for part in _parts(set(bodies.values())):
        rows = (
            Subject.objects.filter(organisation__in=part).exclude(kind=SubjectKind.ICB).select_related("organisation")
        )
        by_body |= {subject.organisation_id: subject for subject in rows if subject.organisation_id}
    found = {code: by_body[pk] for code, pk in bodies.items() if pk in by_body}
    for keys in _parts([code for code in codes if code not in found]):
        found |= {subject.key: subject for subject in Subject.objects.filter(key__in=keys, organisation=None)}
    return found


def names_of(organisation: Organisation) -> tuple[tuple[str, date | None], ...]:
    """This function will give the names a body has borne, each with the first day a list gave it, oldest first."""
    names: dict[str, tuple[str, date | None]] = {}
    # Those that bear no day come last.
    for listing in sorted(
        organisation.listings.exclude(name=""), key=lambda one: (one.first_stated is None, _order(one))
    ):
        key = folded(listing.name)
        called, since = names.get(key, (in_words(listing.name), listing.first_stated))
        names[key] = (called if listing.name.isupper() else listing.name, since)
    return tuple(names.values())


def names_on(day: date, codes: Collection[str]) -> dict[str, str]:
    """This function will say how bodies were called on a day: by the latest list before it, or the first after."""
    bodies = resolve_many(codes)
    listings: dict[UUID, list[Listing]] = defaultdict(list)
    for part in _parts({body.pk for body in bodies.values()}):
        for listing in Listing.objects.filter(organisation__in=part).exclude(name=""):
            listings[listing.organisation_id].append(listing)
    return {code: _name_on(day, listings[body.pk]) or body.name for code, body in bodies.items()}


def _name_on(day: date, listings: list[Listing]) -> str:
    ordered = sorted((one for one in listings if one.first_stated), key=_order)
    before = [one for one in ordered if one.first_stated and one.first_stated <= day]
    chosen = before[-1] if before else next(iter(ordered), None)
    if chosen is None:
        return ""
    spelt = [one.name for one in listings if folded(one.name) == folded(chosen.name) and not one.name.isupper()]
    return spelt[0] if spelt else in_words(chosen.name)


def _order(listing: Listing) -> tuple[date, date, int]:
    return (listing.first_stated or date.min, listing.last_stated or date.min, trust_in(listing.source))


def search(text: str, limit: int = 50) -> OrganisationQuerySet:
    """This function will find organisations by code, by a part of their name or by another name of theirs, open first."""
    words = " ".join(text.split())
    if not words:
        return Organisation.objects.none()
    alias = Q(aliases__folded__contains=folded(words)) if folded(words) else Q(pk=None)
    found = Organisation.objects.filter(
        Q(code__iexact=words) | Q(name__icontains=words) | Q(identifiers__value__iexact=words) | alias
    )
    nearness = Case(
        When(code__iexact=words, then=Value(0)),
        When(name__istartswith=words, closed_on=None, then=Value(1)),
        When(closed_on=None, then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    return found.annotate(nearness=nearness).order_by("nearness", "name", "code").distinct()[:limit]


def search_subjects(text: str, actor: Actor, on: date, limit: int = 50) -> SubjectQuerySet:
    """This function will find the subjects that an actor may see by key, by name or by a name of their organisation."""
    words = " ".join(text.split())
    if not words:
        return Subject.objects.none()
    alias = Q(organisation__aliases__folded__contains=folded(words)) if folded(words) else Q(pk=None)
    found = Subject.objects.visible_to(actor, on).filter(Q(key__iexact=words) | Q(name__icontains=words) | alias)
    return found.select_related("organisation").distinct().order_by("name", "key")[:limit]
