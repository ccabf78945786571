"""People, roles and second factors in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from allauth.mfa.models import Authenticator

from sightline.accounts.models import Person, RoleGrant
from sightline.accounts.words import role_words
from sightline.core.access import Role


@dataclass(frozen=True, slots=True)
class RoleLine:
    """One role as a reader sees it."""

    id: UUID
    name: str
    where: str
    since: date
    until: date | None
    holds: bool
    can_end: bool


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person as an administrator sees them."""

    id: UUID
    name: str
    email: str
    state: str
    roles: tuple[RoleLine, ...]

    @property
    def roles_now(self) -> str:
        """This function will name the roles that hold today."""
        return ", ".join(role.name for role in self.roles if role.holds) or "No role"


@dataclass(frozen=True, slots=True)
class SecondFactors:
    """What a person signs in with besides the password."""

    app: bool
    keys: int
    codes_left: int | None

    @property
    def any(self) -> bool:
        """This function will say whether there is one at all; recovery codes alone do not count."""
        return self.app or bool(self.keys)


def role_line(grant: RoleGrant, today: date) -> RoleLine:
    """This function will put one role into words."""
    where = " · ".join(filter(None, [grant.system, grant.organisation])) or "Everywhere"
    ends = grant.ends_on
    return RoleLine(
        id=grant.pk,
        name=role_words(Role(grant.role)),
        where=where,
        since=grant.valid_from,
        until=ends,
        holds=grant.as_grant().holds_on(today),
        can_end=not hasattr(grant, "ending") and (ends is None or today < ends),
    )


def person_line(person: Person, today: date) -> PersonLine:
    """This function will put one person into words."""
    roles = tuple(role_line(grant, today) for grant in person.role_grants.all())
    return PersonLine(person.pk, person.display_name, person.email, state_of(person), roles)


def state_of(person: Person) -> str:
    """This function will say whether somebody is in, out, or has not come yet."""
    if not person.is_active:
        return "Deactivated"
    return "Invited" if person.must_change_password else "Active"


def person_lines(people: Iterable[Person], today: date) -> list[PersonLine]:
    """This function will put people into words."""
    return [person_line(person, today) for person in people]


def second_factors_of(kept: Sequence[Authenticator]) -> SecondFactors:
    """This function will sum up a person's second factors."""
    kinds = [authenticator.type for authenticator in kept]
    codes = next((one for one in kept if one.type == Authenticator.Type.RECOVERY_CODES), None)
    return SecondFactors(
        app=Authenticator.Type.TOTP in kinds,
        keys=kinds.count(Authenticator.Type.WEBAUTHN),
        codes_left=len(codes.wrap().get_unused_codes()) if codes else None,
    )
