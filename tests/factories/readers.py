"""One body, and everybody who might read of what is told about it: each may see another part."""

from __future__ import annotations

from dataclasses import dataclass

from sightline.accounts.models import Person
from sightline.core.access import Grant, Role
from sightline.directory.models import Subject
from tests.factories.accounts import a_person
from tests.factories.groups import an_interest
from tests.factories.intelligence import ELSEWHERE, SYSTEM, a_body

EVERYBODY = ("member", "reader", "conflicted", "provider", "other_provider", "stranger", "keeper", "foi")
HEARING = frozenset({"member", "reader", "keeper"})  # of what is for the members of the body's own group


@dataclass(frozen=True)
class Cast:
    """A body and its readers; the giver is one more member, and the reader the one whom restricted items name."""

    subject: Subject
    giver: Person
    people: dict[str, Person]


def a_cast() -> Cast:
    """This function will make a body, another one, and everybody who might read about the first."""
    subject = a_body("ZR1", "First Trust")
    a_body("ZR2", "Second Trust")
    roles = {
        "member": Grant(Role.MEMBER, system=SYSTEM),
        "reader": Grant(Role.MEMBER, system=SYSTEM),
        "conflicted": Grant(Role.CHAIR, system=SYSTEM),
        "provider": Grant(Role.PROVIDER, system=SYSTEM, organisation="ZR1"),
        "other_provider": Grant(Role.PROVIDER, system=SYSTEM, organisation="ZR2"),
        "stranger": Grant(Role.CHAIR, system=ELSEWHERE),
        "keeper": Grant(Role.QUALITY_LEAD, system=SYSTEM),
        "foi": Grant(Role.FOI_OFFICER, system=SYSTEM),
    }
    people = {name: a_person(grant) for name, grant in roles.items()}
    an_interest(people["conflicted"], subject)
    return Cast(subject, a_person(Grant(Role.MEMBER, system=SYSTEM)), people)
