"""Risk profiles for tests: two sides with their people, and a profile brought by operations to where a test needs it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import uuid4

from django.utils import timezone

from sightline.accounts.models import Person
from sightline.core.access import Grant, Role
from sightline.core.rulebook.tools import RiskProfile
from sightline.core.triangulation.profiling import Side
from sightline.directory.models import Subject
from sightline.profiles.giving import Written
from sightline.profiles.models import CommissionerEntry, Profile, ProviderEntry, Signature
from sightline.profiles.operations import share_entries, sign_profile, start_profile, write_entry
from sightline.profiles.queries import Sheet, current_tool, one_sheet
from tests.factories.accounts import a_person
from tests.factories.directory import an_organisation

SYSTEM = "QZ1"
SCORED = Written(
    evidence_for="Two infections in one ward",
    evidence_against="Audits of hand hygiene are good",
    good_practice="A daily huddle",
    view="It can be put right within months",
    measures=("Infections a month",),
    likelihood=3,
    consequence=4,
    confidence="some",
)
ANOTHER_VIEW = Written(view="We see it milder", likelihood=2, consequence=2, confidence="high")


@dataclass(frozen=True)
class Two:
    """A subject and the people of both sides."""

    subject: Subject
    lead: Person
    secretary: Person
    provider: Person
    member: Person


def two_sides(code: str = "ZR1") -> Two:
    """This function will make a provider with its people, and those of the system around it."""
    return Two(
        subject=an_organisation(code).subjects.get(),
        lead=a_person(Grant(Role.QUALITY_LEAD, system=SYSTEM), display_name="Ada Lead"),
        secretary=a_person(Grant(Role.SECRETARY, system=SYSTEM), display_name="Sam Secretary"),
        provider=a_person(Grant(Role.PROVIDER, system=SYSTEM, organisation=code), display_name="Pia Provider"),
        member=a_person(Grant(Role.MEMBER, system=SYSTEM), display_name="Mel Member"),
    )


def started(two: Two, at: datetime | None = None, by: Person | None = None) -> Profile:
    """This function will start a profile for the commissioner's side."""
    return start_profile(
        by=by or two.lead,
        at=at or timezone.now(),
        subject=two.subject,
        form_key=uuid4(),
        because="Concerns last, and visits gave no assurance",
    )


def domains() -> tuple[str, ...]:
    """This function will name the domains of the template in force."""
    tool = current_tool("risk_profile", timezone.localdate())
    assert tool is not None
    return tuple(one.id for one in cast(RiskProfile, tool.part).domains)


def wrote(
    person: Person, profile: Profile, written: Written = SCORED, domain: str = "safety", seen: int = 0
) -> CommissionerEntry | ProviderEntry:
    """This function will write about a domain for the person's side."""
    return write_entry(by=person, at=timezone.now(), profile=profile, domain=domain, seen=seen, written=written)


def shared(two: Two, profile: Profile, chosen: Collection[str] = ("safety",)) -> None:
    """This function will share domains with the provider."""
    share_entries(by=two.lead, at=timezone.now(), profile=profile, domains=tuple(chosen))


def a_shared_profile(two: Two) -> Profile:
    """This function will make a profile of which every domain was written about and shared."""
    profile = started(two)
    for domain in domains():
        wrote(two.lead, profile, domain=domain)
    shared(two, profile, domains())
    return profile


def sheet_of(person: Person, profile: Profile) -> Sheet:
    """This function will give a profile as somebody who may read it has it."""
    found = one_sheet(person, timezone.localdate(), profile.pk)
    assert found is not None, "they may not read it"
    return found


def signed(person: Person, profile: Profile, at: datetime | None = None) -> Signature:
    """This function will sign for the person's side what they see."""
    now = sheet_of(person, profile).now
    return sign_profile(by=person, at=at or timezone.now(), profile=profile, seen=now)


def an_agreed_profile(two: Two) -> Profile:
    """This function will make a profile that both sides have signed."""
    profile = a_shared_profile(two)
    wrote(two.provider, profile, ANOTHER_VIEW)
    signed(two.lead, profile)
    signed(two.provider, profile)
    return profile


def sides_written(sheet: Sheet) -> set[tuple[str, Side]]:
    """This function will say who has written about what, as far as the sheet's reader can tell."""
    return set(sheet.entries)
