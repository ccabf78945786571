"""People for tests: one with any roles, signed in or not, with a second factor or without."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import Argon2PasswordHasher, make_password
from django.test import Client

from sightline.accounts.models import Person, RoleGrant
from sightline.core.access import Grant, Role
from tests.factories.passkeys import SoftKey

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
PASSWORD = "walnut tide lantern"
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
_numbers = itertools.count(1)


class QuickArgon2(Argon2PasswordHasher):
    """Argon2 that asks little of the machine."""

    time_cost, memory_cost, parallelism = 1, 8, 1


def a_person(
    *grants: Role | Grant,
    email: str = "",
    display_name: str = "",
    second_factor: bool = True,
    is_active: bool = True,
    must_change_password: bool = False,
) -> Person:
    """This function will make somebody whose password is ``PASSWORD``; a bare role holds everywhere for ever."""
    number = next(_numbers)
    person = Person.objects.create(
        email=email or f"person{number}@example.org",
        display_name=display_name or f"Person {number}",
        password=make_password(PASSWORD),
        is_active=is_active,
        must_change_password=must_change_password,
        created_at=LONG_AGO,
    )
    for grant in grants:
        a_grant(person, grant)
    if second_factor:
        TOTP.activate(person, TOTP_SECRET)
    return person


def a_grant(person: Person, grant: Role | Grant) -> RoleGrant:
    """This function will give somebody a role without an operation, as though it had always been theirs."""
    held = grant if isinstance(grant, Grant) else Grant(grant)
    person.forget_cached()
    return RoleGrant.objects.create(
        person=person,
        role=held.role.value,
        system=held.system,
        organisation=held.organisation,
        valid_from=max(held.valid_from, date(2020, 1, 1)),
        valid_to=held.valid_to,
        recorded_at=LONG_AGO,
    )


def a_key(person: Person, name: str = "work laptop") -> Authenticator:
    """This function will add a security key."""
    key = SoftKey(f"{person.pk}".encode())
    return Authenticator.objects.create(
        user=person, type=Authenticator.Type.WEBAUTHN, data={"name": name, "credential": key.register()}
    )


def signed_in(person: Person) -> Client:
    """This function will give a client in which the person is signed in."""
    client = Client()
    sign_in(client, person)
    return client


def sign_in(client: Client, person: Person) -> None:
    """This function will sign somebody in, and list the session as sign-in by the page does."""
    client.force_login(person)
    UserSession.objects.create(user=person, session_key=client.session.session_key, ip="127.0.0.1", user_agent="Test")
