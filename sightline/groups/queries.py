"""Reads of declared interests: whose they are, what they close, and to whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Q

from sightline.accounts.models import Person
from sightline.audit.keeping import until_anything_changes
from sightline.core.access import Actor
from sightline.directory.models import Subject
from sightline.directory.queries import family_of
from sightline.groups.models import DeclaredInterest, DeclaredInterestQuerySet


def conflicts_of(actor: Actor, on: date) -> frozenset[UUID]:
    """This function will give the subjects in which the actor has an interest in force (COI-01, COI-03).

    An interest in a body covers its whole family: who has shares in a trust has them in its sites. Whoever is no
    person, as the operator at the server, declares none.
    """
    return _conflicts_of(actor.pk, on) if isinstance(actor, Person) else frozenset()


@until_anything_changes
def _conflicts_of(person: UUID, on: date) -> frozenset[UUID]:
    rows = DeclaredInterest.objects.filter(person=person).in_force(on).order_by()
    held = dict(rows.values_list("subject", "subject__organisation__code"))
    if not held:
        return frozenset()
    codes = frozenset[str]().union(*(family_of(code, on) for code in set(held.values()) if code))
    return frozenset(held) | frozenset(
        Subject.objects.filter(organisation__code__in=codes).values_list("pk", flat=True)
    )


def closed_by(interests: Sequence[DeclaredInterest], on: date) -> Mapping[UUID, tuple[Subject, ...]]:
    """This function will give, by interest, the further subjects that it closes beside its own, by name."""
    bodies = {one.pk: one.subject.organisation for one in interests}
    families = {pk: family_of(body.code, on) for pk, body in bodies.items() if body}
    codes = frozenset[str]().union(*families.values())
    found = list(Subject.objects.filter(organisation__code__in=codes).select_related("organisation"))
    return {
        one.pk: tuple(
            subject
            for subject in found
            if subject != one.subject
            and subject.organisation
            and subject.organisation.code in families.get(one.pk, frozenset())
        )
        for one in interests
    }


def own_interests(actor: Actor, on: date) -> list[DeclaredInterest]:
    """This function will list all that the actor ever declared, what holds today first."""
    found = _with_all(DeclaredInterest.objects.visible_to(actor, on))
    own = list(found.filter(person=actor.pk)) if isinstance(actor, Person) else []
    return sorted(own, key=lambda one: not one.holds_on(on))


def register(
    actor: Actor, on: date, *, person: UUID | None = None, word: str = "", kind: str = "", past: bool = False
) -> DeclaredInterestQuerySet:
    """This function will give the interests that the actor may see, by the person's name; past ones if asked for.

    What is yet to begin is listed with what holds: a keeper must know of it. A person is asked for by their id and
    ``word`` looks at subjects alone, so that nobody's name comes to stand in an address.
    """
    found = _with_all(DeclaredInterest.objects.visible_to(actor, on))
    if not past:
        found = found.filter(Q(until=None) | Q(until__gte=on), Q(ending=None) | Q(ending__ends_on__gt=on))
    if person:
        found = found.filter(person=person)
    if kind:
        found = found.filter(kind=kind)
    if word:
        found = found.filter(Q(subject__name__icontains=word) | Q(subject__key__iexact=word))
    return found.order_by("person__display_name", "person", "subject__name", "since", "pk")


def one_interest(actor: Actor, on: date, interest: UUID) -> DeclaredInterest | None:
    """This function will give one interest, or None where there is none that the actor may see."""
    return _with_all(DeclaredInterest.objects.visible_to(actor, on)).filter(pk=interest).first()


def _with_all(found: DeclaredInterestQuerySet) -> DeclaredInterestQuerySet:
    return found.select_related("person", "subject__organisation", "ending")
