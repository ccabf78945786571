"""Changes to people and their roles: invite, grant, end, deactivate, set a first password."""

from __future__ import annotations

from datetime import date, datetime

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from sightline.accounts.models import GRANTABLE, Person, RoleEnding, RoleGrant
from sightline.accounts.passwords import FirstPassword
from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission, Role
from sightline.core.verdict import Invalid, Refused, refused


@operation(Permission.KEEP_PEOPLE, on="result")
def invite_person(
    *,
    by: Actor,
    at: datetime,
    email: str,
    display_name: str,
    password: FirstPassword,
    role: Role,
    system: str = "",
    organisation: str = "",
) -> Person:
    """This function will add a person with a first role and a first password; nobody signs up by themselves."""
    address = _address(email)
    if not display_name.strip():
        raise Invalid("Give the person’s name.")
    if Person.objects.filter(email=address).exists():
        raise Invalid("Somebody with this e-mail address was invited before. Grant them a role instead.")
    person = Person(
        email=address,
        display_name=" ".join(display_name.split()),
        must_change_password=password.must_change,
        created_at=at,
    )
    person.set_password(password.words)
    person.save(force_insert=True)
    _add_grant(person, role, system, organisation, timezone.localdate(at), None, at)
    return person


@operation(Permission.KEEP_PEOPLE, on="person")
def grant_role(
    *,
    by: Actor,
    at: datetime,
    person: Person,
    role: Role,
    system: str = "",
    organisation: str = "",
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> RoleGrant:
    """This function will give a person a role from a day on, for good or until the day before ``valid_to``."""
    return _add_grant(person, role, system, organisation, valid_from or timezone.localdate(at), valid_to, at)


@operation(Permission.KEEP_PEOPLE, on="grant")
def end_role(*, by: Actor, at: datetime, grant: RoleGrant, because: str, ends_on: date | None = None) -> RoleEnding:
    """This function will end a role: from that day on the person no longer holds it, open sessions included."""
    if RoleEnding.objects.filter(grant=grant).exists():
        raise Invalid("This role was ended before.")
    ending = RoleEnding(grant=grant, ends_on=ends_on or timezone.localdate(at), recorded_at=at)
    ending.save(force_insert=True)
    grant.person.forget_cached()
    return ending


@operation(Permission.KEEP_PEOPLE, on="person")
def deactivate_person(*, by: Actor, at: datetime, person: Person, because: str) -> None:
    """This function will shut a leaver out at their next request, and end their open sessions."""
    if by.actor_id == person.actor_id:
        raise Refused(refused("You cannot deactivate yourself. Ask another administrator."))
    person.is_active = False
    person.save(update_fields=["is_active"])
    _end_sessions(person)
    person.forget_cached()


@operation(Permission.KEEP_PEOPLE, on="person")
def reactivate_person(*, by: Actor, at: datetime, person: Person, because: str) -> None:
    """This function will let somebody back in who was deactivated; roles not ended since hold again."""
    person.is_active = True
    person.save(update_fields=["is_active"])
    person.forget_cached()


@operation(Permission.KEEP_PEOPLE, on="person")
def set_password(*, by: Actor, at: datetime, person: Person, password: FirstPassword) -> None:
    """This function will give a person a new first password in place of a forgotten one, and end their sessions."""
    person.set_password(password.words)
    person.must_change_password = password.must_change
    person.save(update_fields=["password", "must_change_password"])
    _end_sessions(person)


@operation(Permission.KEEP_PEOPLE, on="person")
def reset_second_factor(*, by: Actor, at: datetime, person: Person, because: str) -> None:
    """This function will remove a lost second factor, so that the person sets up another at the next sign-in."""
    if by.actor_id == person.actor_id:
        raise Refused(refused("You cannot remove your own second factor here. Use your account page."))
    Authenticator.objects.filter(user_id=person.pk).delete()
    _end_sessions(person)
    person.forget_cached()


def _address(email: str) -> str:
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError as problem:
        raise Invalid("Give an e-mail address, like name@example.org.") from problem
    return address


def _add_grant(
    person: Person, role: Role, system: str, organisation: str, valid_from: date, valid_to: date | None, at: datetime
) -> RoleGrant:
    if role not in GRANTABLE:
        raise Invalid(
            "The operator’s role belongs to whoever keeps the server, the public’s to nobody by name. Grant another."
        )
    if role is Role.PROVIDER and not organisation.strip():
        raise Invalid("Give the code of the organisation that this person speaks for.")
    if valid_to is not None and valid_to <= valid_from:
        raise Invalid("The role must end after the day on which it begins.")
    grant = RoleGrant(
        person=person,
        role=role.value,
        system=system.strip().upper(),
        organisation=organisation.strip().upper(),
        valid_from=valid_from,
        valid_to=valid_to,
        recorded_at=at,
    )
    grant.save(force_insert=True)
    person.forget_cached()
    return grant


def _end_sessions(person: Person) -> None:
    for kept in UserSession.objects.filter(user_id=person.pk):
        kept.end()
