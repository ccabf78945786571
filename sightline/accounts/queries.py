"""Reads of people, their roles and their open sessions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import Prefetch, Q

from sightline.accounts.models import GRANTABLE, Person, PersonQuerySet, RoleGrant
from sightline.core.access import Actor, Permission, systems_where
from sightline.core.access.rules import ROLES

PERSON, OPERATOR = "person:", "operator:"
_SEEING = [role.value for role in GRANTABLE if Permission.SEE_PICTURE in ROLES[role]]


def people(*, by: Actor, on: date) -> PersonQuerySet:
    """This function will give the people that the actor may see, by name, with their roles at hand."""
    roles = Prefetch("role_grants", RoleGrant.objects.select_related("ending").order_by("valid_from", "role", "pk"))
    visible = Person.objects.get_queryset().visible_to(by, on)
    return visible.prefetch_related(roles).order_by("-is_active", "display_name", "email")


def person(person_id: UUID, *, by: Actor, on: date) -> Person | None:
    """This function will give one person, or nothing where the actor may not see them or nobody is there."""
    return people(by=by, on=on).filter(pk=person_id).first()


def person_by_email(email: str, *, by: Actor, on: date) -> Person | None:
    """This function will give the person with an e-mail address, in whatever case it is written."""
    return people(by=by, on=on).filter(email=email.strip().lower()).first()


def role_grant(grant_id: UUID, *, by: Actor, on: date) -> RoleGrant | None:
    """This function will give one grant of a person that the actor may see."""
    seen = people(by=by, on=on)
    return RoleGrant.objects.select_related("person", "ending").filter(pk=grant_id, person__in=seen).first()


def names_of(actor_ids: Iterable[str]) -> dict[str, str]:
    """This function will name those who decided something, by their actor ids: a decision is a named person's.

    Whoever worked at the server's command line is named as that. An id nobody bears any more is left out.
    """
    found = {
        one: f"the server's operator ({one.removeprefix(OPERATOR)})" for one in actor_ids if one.startswith(OPERATOR)
    }
    people_ids = [one.removeprefix(PERSON) for one in actor_ids if one.startswith(PERSON)]
    known = [one for one in people_ids if _is_uuid(one)]
    rows = Person.objects.filter(pk__in=known).values_list("pk", "display_name")
    return {**found, **{f"{PERSON}{pk}": name for pk, name in rows}}


def colleagues(permission: Permission, *, by: Actor, on: date) -> PersonQuerySet:
    """This function will give the people who hold a role in a system for which the actor holds the permission.

    A role that sees nothing of any system makes nobody a colleague: an administrator is in none of them.
    """
    systems = systems_where(by, permission, on)
    if systems is not None and not systems:
        return Person.objects.get_queryset().none()
    held = RoleGrant.objects.filter(Q(valid_to=None) | Q(valid_to__gt=on), valid_from__lte=on, role__in=_SEEING)
    held = held.filter(Q(ending=None) | Q(ending__ends_on__gt=on))
    if systems is not None:
        held = held.filter(system__in=["", *systems])
    roles = Prefetch("role_grants", RoleGrant.objects.select_related("ending").order_by("valid_from", "role", "pk"))
    found = Person.objects.get_queryset().filter(is_active=True, pk__in=held.values("person"))
    return found.prefetch_related(roles).order_by("display_name", "email")


def everybodys_names() -> tuple[str, ...]:
    """This function will give the name of everybody who was ever invited: names to look for, never to show."""
    return tuple(Person.objects.get_queryset().order_by("pk").values_list("display_name", flat=True))


def _is_uuid(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False


def second_factors(person: Person) -> Sequence[Authenticator]:
    """This function will give a person's own second factors, oldest first."""
    return list(Authenticator.objects.filter(user_id=person.pk).order_by("created_at", "pk"))


def open_sessions(person: Person) -> Sequence[UserSession]:
    """This function will give a person's own open sessions, newest first, and forget those that are over."""
    return sorted(UserSession.objects.purge_and_list(person), key=lambda kept: kept.created_at, reverse=True)
