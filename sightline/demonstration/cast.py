"""The people who sign in to the demonstration: one for each part that somebody plays in quality surveillance."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sightline.demonstration.geography import MAIN, NEIGHBOUR, REGION, authority_named

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
    ADMINISTRATOR = "system_administrator"
    OTHER_SYSTEM = "other_system_chair"
    LEAVER = "leaver"


@dataclass(frozen=True, slots=True)
class Person:
    """A sign-in: address, name, part, the words that describe the role, and the code of the organisation."""

    part: Part
    email: str
    name: str
    role: str
    organisation: str
    is_leaver: bool = False


def _person(part: Part, name: str, role: str, organisation: str) -> Person:
    address = f"{name.lower().replace(' ', '.')}@{DOMAIN}"
    return Person(part, address, name, role, organisation, is_leaver=part is Part.LEAVER)


# The regulator and Healthwatch have no code of their own in the published files: they stand with the region
# and with the authority whose residents they speak for.
PEOPLE: tuple[Person, ...] = (
    _person(Part.QUALITY_LEAD, "Imogen Larkspur", "Head of quality, integrated care board", MAIN.code),
    _person(Part.SECRETARY, "Desmond Ashgrove", "Secretary to the quality group", MAIN.code),
    _person(Part.CHAIR, "Perpetua Whinfell", "Chief nurse and chair of the quality group", MAIN.code),
    _person(
        Part.LOCAL_AUTHORITY,
        "Callum Thistlewood",
        "Director of adult social services, local authority",
        authority_named("Harrowmere").gss,
    ),
    _person(Part.REGULATOR, "Odette Marchbank", "Inspection lead, Care Quality Commission", REGION.code),
    _person(Part.REGION, "Tobias Fernleigh", "Regional quality lead, NHS England", REGION.code),
    _person(Part.HEALTHWATCH, "Rosalind Peverstone", "Healthwatch officer", authority_named("Quillhaven").gss),
    _person(Part.SUBJECT_PROVIDER, "Marguerite Oakhanger", "Chief nurse of a provider under surveillance", "ZA2"),
    _person(Part.OTHER_PROVIDER, "Lionel Brambleby", "Chief nurse of another provider", "ZA1"),
    _person(Part.LAY_MEMBER, "Winifred Sallowfield", "Lay member", MAIN.code),
    _person(Part.DISCLOSURE, "Hector Greystoke-Vale", "Freedom of information officer", MAIN.code),
    _person(Part.ADMINISTRATOR, "Anselm Pikewater", "System administrator", MAIN.code),
    _person(Part.OTHER_SYSTEM, "Beatrix Cloudesley", "Chair of the neighbouring system's quality group", NEIGHBOUR.code),
    _person(Part.LEAVER, "Jasper Millrace", "Former quality manager, who has left", MAIN.code),
)
