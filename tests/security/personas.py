"""The cast of the security tests: every kind of person the house must tell apart, each with a signed-in client."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.test import Client

from sightline.accounts.models import Person, RoleGrant
from sightline.core.access import Grant, Role
from tests.factories.accounts import a_grant, a_key, a_person, sign_in

# Directory codes of the world in which the cast lives; invented.
HOME, ELSEWHERE = "QZ1", "QZ2"
SUBJECT, OTHER = "ZZ1", "ZZ2"
REGION = "QY1"

# Who there is. The world gives the two who are conflicted their conflict; later work gives the deputy a meeting.
PERSONAS: Mapping[str, tuple[Grant, ...]] = {
    "anonymous": (),
    "non_member": (),
    "member": (Grant(Role.MEMBER, system=HOME),),
    "subject_provider": (Grant(Role.PROVIDER, system=HOME, organisation=SUBJECT),),
    "other_provider": (Grant(Role.PROVIDER, system=HOME, organisation=OTHER),),
    "lay_member": (Grant(Role.LAY_MEMBER, system=HOME),),
    "conflicted_member": (Grant(Role.MEMBER, system=HOME),),
    "conflicted_chair": (Grant(Role.CHAIR, system=HOME),),
    "deputy": (Grant(Role.DEPUTY, system=HOME),),
    "leaver": (Grant(Role.CHAIR, system=HOME),),
    "secretariat": (Grant(Role.SECRETARY, system=HOME),),
    "foi_officer": (Grant(Role.FOI_OFFICER, system=HOME),),
    "administrator": (Grant(Role.ADMINISTRATOR),),
    "other_systems_chair": (Grant(Role.CHAIR, system=ELSEWHERE),),
    "quality_lead": (Grant(Role.QUALITY_LEAD, system=HOME),),
    "auditor": (Grant(Role.AUDITOR, system=HOME),),
    "region": (Grant(Role.REGION, system=HOME, organisation=REGION),),
}
# Who walks through the whole house on PostgreSQL too: one of each kind of sight. All others do so on SQLite alone.
ON_BOTH = ("quality_lead", "conflicted_member", "subject_provider", "region")
SIGNED_OUT = ("anonymous", "leaver")  # the leaver's session was open when she was deactivated


@dataclass(frozen=True)
class Cast:
    """Everybody at once: who they are, the clients in which they are signed in, and the records of their world by name."""

    people: dict[str, Person] = field(default_factory=dict)
    clients: dict[str, Client] = field(default_factory=dict)
    records: dict[str, Any] = field(default_factory=dict)

    def grant_of(self, name: str) -> RoleGrant:
        """This function will give a persona's first role."""
        return self.people[name].role_grants.get()

    def sign_in(self, *names: str) -> None:
        """This function will sign personas in, or all of them, and then shut the leaver out in every case."""
        for name in names or PERSONAS:
            client = self.clients[name] = Client(raise_request_exception=False)
            if name in self.people:
                sign_in(client, self.people[name])
        Person.objects.filter(pk=self.people["leaver"].pk).update(is_active=False)


def make_cast() -> Cast:
    """This function will make everybody, each with an app, a security key and recovery codes; nobody is signed in yet."""
    cast = Cast()
    for name, grants in PERSONAS.items():
        if name == "anonymous":
            continue
        person = cast.people[name] = a_person(email=f"{name}@example.org", display_name=name.replace("_", " ").title())
        for grant in grants:
            a_grant(person, grant)
        a_key(person)
        RecoveryCodes.activate(person)
    return cast
