"""A region, its two systems and everybody at their ends, for tests of exchanges; every code and name is invented."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from sightline.accounts.models import Person
from sightline.core.access import Grant, Role
from sightline.core.escalation.answering import ExchangeKind
from sightline.core.reports.laying import Said
from sightline.core.rulebook.duties import Purpose
from sightline.core.rulebook.levels import Slot
from sightline.directory.models import Organisation, Subject
from sightline.directory.words import Kind, Link
from sightline.escalation.exchanges_given import ExchangeGiven, LetterGiven, UpdateGiven
from sightline.escalation.models import Exchange
from sightline.escalation.operations.exchanges import send_exchange
from sightline.groups.models import Office
from tests.factories.accounts import LONG_AGO, a_person
from tests.factories.directory import a_relation, an_organisation
from tests.factories.groups import an_interest
from tests.factories.indicators import TODAY

SYSTEM, OTHER, REGION, NATION = "QZ1", "QZ2", "QY1", "QX1"
TITLE, SAYS, ASKS = "Falls on two wards", "Falls go on rising on two wards.", "Lend us a team for falls."
IN_A_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Tiers:
    """A region with two systems, a council and a trust of the first, and who works where."""

    region: Organisation
    icb: Organisation
    other: Organisation
    council: Organisation
    subject: Subject
    people: dict[str, Person] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Person:
        try:
            return self.people[name]
        except KeyError:
            raise AttributeError(name) from None


def in_office(person: Person, slot: Slot, body: Organisation) -> Office:
    """This function will put somebody in an office long ago."""
    return Office.objects.create(
        slot=slot.value, organisation=body, person=person, valid_from=date(2020, 1, 1), because="Scheme of delegation",
        recorded_at=LONG_AGO, recorded_by="person:keeper",
    )  # fmt: skip


def tiers() -> Tiers:
    """This function will make a region, two systems in it, and everybody who sends, receives or may not know."""
    region = an_organisation(REGION, "Region North", Kind.REGION)
    icb, other = (an_organisation(code, f"Board {code}", Kind.ICB) for code in (SYSTEM, OTHER))
    council = an_organisation("E06Z00001", "Lantern Council", Kind.LOCAL_AUTHORITY)
    an_organisation(NATION, "NHS England nationally", Kind.NHS_ENGLAND)
    trust = an_organisation("ZR1", "Lantern Trust")
    for origin, target in ((icb, region), (other, region), (council, icb), (trust, icb)):
        a_relation(origin, Link.PART_OF, target)
    subject = trust.subjects.get()
    grants = {
        "executive": Grant(Role.QUALITY_LEAD, system=SYSTEM),
        "secretary": Grant(Role.SECRETARY, system=SYSTEM),
        "member": Grant(Role.MEMBER, system=SYSTEM),
        "of_the_trust": Grant(Role.MEMBER, system=SYSTEM, organisation="ZR1"),
        "councillor": Grant(Role.MEMBER, system=SYSTEM, organisation="E06Z00001"),
        "deputy": Grant(Role.DEPUTY, system=SYSTEM),
        "conflicted": Grant(Role.CHAIR, system=SYSTEM),
        "provider": Grant(Role.PROVIDER, system=SYSTEM, organisation="ZR1"),
        "neighbour": Grant(Role.CHAIR, system=OTHER),
        "stranger": Grant(Role.CHAIR, system="QZ9"),
        "director": Grant(Role.REGION, organisation=REGION),
        "regional": Grant(Role.REGION, organisation=REGION),
        "elsewhere": Grant(Role.REGION, organisation="QY9"),
        "auditor": Grant(Role.AUDITOR, system=SYSTEM),
        "administrator": Grant(Role.ADMINISTRATOR),
    }
    people = {name: a_person(grant, display_name=name.replace("_", " ").title()) for name, grant in grants.items()}
    in_office(people["executive"], Slot.ICB_EXECUTIVE_QUALITY_LEAD, icb)
    in_office(people["director"], Slot.NHS_ENGLAND_REGION, region)
    an_interest(people["conflicted"], subject)
    return Tiers(region, icb, other, council, subject, people)


def to_the_region(made: Tiers, **more: Any) -> ExchangeGiven:
    """This function will make what the ICB's executive lead escalates to the region for action."""
    given = ExchangeGiven(
        kind=ExchangeKind.ESCALATION,
        sender=Slot.ICB_EXECUTIVE_QUALITY_LEAD,
        from_body=made.icb,
        recipient=Slot.NHS_ENGLAND_REGION,
        to_body=made.region,
        title=TITLE,
        says=SAYS,
        form_key=uuid4(),
        route="icb-to-region",
        purpose=Purpose.ACTION,
        asks=ASKS,
        due_on=TODAY + IN_A_WEEK,
        subject=made.subject,
        triggers=("significant-failings",),
    )
    return replace(given, **more)


def shared(made: Tiers, **more: Any) -> ExchangeGiven:
    """This function will make what the group's secretary shares with the group of the other system."""
    given = ExchangeGiven(
        kind=ExchangeKind.SHARING,
        sender=Slot.SYSTEM_QUALITY_GROUP,
        from_body=made.icb,
        recipient=Slot.SYSTEM_QUALITY_GROUP,
        to_body=made.other,
        title="A daily huddle",
        says="A huddle each morning halved the falls.",
        form_key=uuid4(),
    )
    return replace(given, **more)


def a_challenge(made: Tiers, **more: Any) -> ExchangeGiven:
    """This function will make a question of the region about a subject that reached it."""
    given = ExchangeGiven(
        kind=ExchangeKind.CHALLENGE,
        sender=Slot.NHS_ENGLAND_REGION,
        from_body=made.region,
        recipient=Slot.ICB_EXECUTIVE_QUALITY_LEAD,
        to_body=made.icb,
        title="The plan for falls",
        says="The plan of last year was not kept to.",
        form_key=uuid4(),
        purpose=Purpose.ACTION,
        asks="Why should this plan go better?",
        due_on=TODAY + IN_A_WEEK,
        subject=made.subject,
    )
    return replace(given, **more)


def a_letter(made: Tiers, **more: Any) -> LetterGiven:
    """This function will make a letter of a council's safeguarding board."""
    given = LetterGiven(
        from_body=made.council,
        to_body=made.icb,
        title="From the safeguarding adults board",
        says="The board is worried about discharge at night.",
        received_on=TODAY,
        form_key=uuid4(),
        asks="What does the group know of it?",
    )
    return replace(given, **more)


def an_update(made: Tiers, **more: Any) -> UpdateGiven:
    """This function will make the update of a quarter, with bad news, good news and nothing that is needed."""
    given = UpdateGiven(
        sender=Slot.SYSTEM_QUALITY_GROUP,
        from_body=made.icb,
        to_body=made.region,
        title="Update of the quarter",
        told=(Said("concerns", "Falls at one trust."), Said("good-practice", "A daily huddle.")),
        form_key=uuid4(),
    )
    return replace(given, **more)


def escalated(made: Tiers, **more: Any) -> Exchange:
    """This function will escalate to the region as the ICB's executive lead."""
    return send_exchange(by=made.executive, at=timezone.now(), given=to_the_region(made, **more))
