"""The cast has one person for each part, and each works somewhere that exists in the demonstration."""

from sightline.core.access import Role
from sightline.demonstration import PEOPLE, Part
from sightline.demonstration.geography import AUTHORITIES, REGION, SYSTEMS
from sightline.demonstration.guide import LOOK_AT
from sightline.demonstration.organisations import PROVIDERS
from sightline.demonstration.partners import PARTNERS

KNOWN = {
    REGION.nhs_gss,
    *(system.code for system in SYSTEMS),
    *(authority.gss for authority in AUTHORITIES),
    *(provider.code for provider in PROVIDERS),
    *(partner.code for partner in PARTNERS),
}


def test_every_part_has_exactly_one_person() -> None:
    assert sorted(person.part for person in PEOPLE) == sorted(Part)


def test_addresses_differ_and_can_reach_nobody() -> None:
    """The ending .example is reserved and never delivered."""
    assert len({person.email for person in PEOPLE}) == len(PEOPLE)
    assert all(person.email.endswith("@demonstration.example") for person in PEOPLE)


def test_everybody_works_and_is_bound_somewhere_that_exists() -> None:
    for person in PEOPLE:
        assert {person.organisation, person.system, person.only_for} - {""} <= KNOWN


def test_only_the_lay_member_speaks_for_no_body() -> None:
    """Two people of one body are one witness, so each giver's grant must say for whom they speak (INT-04)."""
    assert [person.part for person in PEOPLE if not person.organisation] == [Part.LAY_MEMBER]


def test_regulator_and_healthwatch_are_witnesses_of_their_own() -> None:
    by_part = {person.part: person.organisation for person in PEOPLE}
    givers = [by_part[part] for part in (Part.REGULATOR, Part.HEALTHWATCH, Part.REGION, Part.LOCAL_AUTHORITY)]
    assert len(set(givers)) == len(givers)


def test_guide_names_somebody_for_each_line_and_nobody_who_left() -> None:
    assert {part for part, _ in LOOK_AT} <= set(Part) - {Part.LEAVER}
    assert all(len(what) <= 100 for _, what in LOOK_AT)


def test_only_region_and_administrator_hold_a_role_for_every_system() -> None:
    assert {person.part for person in PEOPLE if not person.system} == {Part.REGION, Part.ADMINISTRATOR}


def test_people_of_providers_are_bound_to_their_own_provider() -> None:
    for person in PEOPLE:
        assert (person.role is Role.PROVIDER) == bool(person.only_for)
        assert person.only_for in ("", person.organisation)


def test_only_the_leaver_has_left() -> None:
    assert [person.part for person in PEOPLE if person.is_leaver] == [Part.LEAVER]
