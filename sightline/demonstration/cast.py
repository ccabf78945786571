"""The people who sign in to the demonstration: one for each part that somebody plays in quality surveillance."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sightline.core.access import Role
from sightline.demonstration.geography import MAIN, NEIGHBOUR, REGION, authority_named
from sightline.demonstration.organisations import IMPROVED_TRUST, MATERNITY_TRUST
from sightline.demonstration.partners import HEALTHWATCH, INSPECTORS

DOMAIN = "demonstration.example"


class Part(StrEnum):
    """What a person of the demonstration is there to show."""

    QUALITY_LEAD = "quality_lead"
    SECRETARY = "secretary"
    CHAIR = "chair"
    LOCAL_AUTHORITY = "local_authority_member"
    REGULATOR = "cqc_member"
    REGION = "nhse_region_member"
    HEALTHWATCH = "healthwatch_officer"
    SUBJECT_PROVIDER = "provider_chief_nurse"
    OTHER_PROVIDER = "other_provider_chief_nurse"
    LAY_MEMBER = "lay_member"
    DISCLOSURE = "foi_officer"
    AUDITOR = "auditor"
    ADMINISTRATOR = "system_administrator"
    OTHER_SYSTEM = "other_system_chair"
    LEAVER = "leaver"


@dataclass(frozen=True, slots=True)
class Person:
    """A sign-in: address, name, part, the words that describe it, the role held, and for which bodies.

    ``organisation`` is where the person works, or the body for which they speak; a lay member speaks for none. It
    stands in the grant: nobody hears what is said of their own body, and two people of one body are one witness.
    ``system`` bounds the role as a grant does, empty for all; ``only_for`` is set where the role itself is for one
    body alone. A leaver's role has ended.
    """

    part: Part
    email: str
    name: str
    words: str
    role: Role
    organisation: str
    system: str = ""
    only_for: str = ""

    @property
    def is_leaver(self) -> bool:
        """Whether the person has left, so that the role is over and the sign-in must open nothing."""
        return self.part is Part.LEAVER


def _person(
    part: Part, name: str, words: str, role: Role, organisation: str, system: str = MAIN.code, only_for: str = ""
) -> Person:
    address = f"{name.lower().replace(' ', '.')}@{DOMAIN}"
    return Person(part, address, name, words, role, organisation, system, only_for)


_HARROWMERE = authority_named("Harrowmere").gss

PEOPLE: tuple[Person, ...] = (
    _person(
        Part.QUALITY_LEAD,
        "Imogen Larkspur",
        "Head of quality, integrated care board",
        Role.QUALITY_LEAD,
        MAIN.code,
    ),
    _person(Part.SECRETARY, "Desmond Ashgrove", "Secretary to the quality group", Role.SECRETARY, MAIN.code),
    _person(Part.CHAIR, "Perpetua Whinfell", "Chief nurse and chair of the quality group", Role.CHAIR, MAIN.code),
    _person(
        Part.LOCAL_AUTHORITY,
        "Callum Thistlewood",
        "Director of adult social services, local authority",
        Role.MEMBER,
        _HARROWMERE,
    ),
    _person(
        Part.REGULATOR, "Odette Marchbank", "Inspection lead, Care Quality Commission", Role.MEMBER, INSPECTORS.code
    ),
    _person(
        Part.REGION, "Tobias Fernleigh", "Regional quality lead, NHS England", Role.REGION, REGION.nhs_gss, system=""
    ),
    _person(Part.HEALTHWATCH, "Rosalind Peverstone", "Healthwatch officer", Role.MEMBER, HEALTHWATCH.code),
    _person(
        Part.SUBJECT_PROVIDER,
        "Marguerite Oakhanger",
        "Chief nurse of a provider under surveillance",
        Role.PROVIDER,
        MATERNITY_TRUST,
        only_for=MATERNITY_TRUST,
    ),
    _person(
        Part.OTHER_PROVIDER,
        "Lionel Brambleby",
        "Chief nurse of another provider",
        Role.PROVIDER,
        IMPROVED_TRUST,
        only_for=IMPROVED_TRUST,
    ),
    _person(Part.LAY_MEMBER, "Winifred Sallowfield", "Lay member", Role.LAY_MEMBER, ""),
    _person(Part.DISCLOSURE, "Hector Greystoke", "Freedom of information officer", Role.FOI_OFFICER, MAIN.code),
    _person(Part.AUDITOR, "Ottoline Quarrendon", "Internal auditor, who reads the record", Role.AUDITOR, MAIN.code),
    _person(Part.ADMINISTRATOR, "Anselm Pikewater", "System administrator", Role.ADMINISTRATOR, MAIN.code, system=""),
    _person(
        Part.OTHER_SYSTEM,
        "Beatrix Cloudesley",
        "Chair of the neighbouring system's quality group",
        Role.CHAIR,
        NEIGHBOUR.code,
        system=NEIGHBOUR.code,
    ),
    _person(Part.LEAVER, "Jasper Millrace", "Former quality manager, who has left", Role.QUALITY_LEAD, MAIN.code),
)
