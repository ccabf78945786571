"""The cast has one person for each part, and each works somewhere that exists in the demonstration."""

from sightline.core.access import Role
from sightline.demonstration import PEOPLE, Part
from sightline.demonstration.geography import AUTHORITIES, REGION, SYSTEMS
from sightline.demonstration.organisations import PROVIDERS

KNOWN = {
    REGION.nhs_gss,
    *(system.code for system in SYSTEMS),
    *(authority.gss for authority in AUTHORITIES),
    *(provider.code for provider in PROVIDERS),
}


def test_every_part_has_exactly_one_person() -> None:
    assert sorted(person.part for person in PEOPLE) == sorted(Part)


def test_addresses_differ_and_can_reach_nobody() -> None:
    """The ending .example is reserved and never delivered."""
    assert len({person.email for person in PEOPLE}) == len(PEOPLE)
    assert all(person.email.endswith("@demonstration.example") for person in PEOPLE)


def test_everybody_works_and_is_bound_somewhere_that_exists() -> None:
    for person in PEOPLE:
        assert person.organisation in KNOWN
        assert {person.system, person.only_for} - {""} <= KNOWN


def test_only_region_and_administrator_hold_a_role_for_every_system() -> None:
    assert {person.part for person in PEOPLE if not person.system} == {Part.REGION, Part.ADMINISTRATOR}


def test_people_of_providers_are_bound_to_their_own_provider() -> None:
    for person in PEOPLE:
        assert (person.role is Role.PROVIDER) == bool(person.only_for)
        assert person.only_for in ("", person.organisation)


def test_only_the_leaver_has_left() -> None:
    assert [person.part for person in PEOPLE if person.is_leaver] == [Part.LEAVER]
