"""What the guidance asks the directory to hold, item by item in its own words, each written by the road of users."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from sightline.directory.models import Commissioning, Organisation, OrganisationFact, Subject
from sightline.directory.operations import (
    add_provider,
    add_subject,
    ensure_bodies,
    record_commissioning,
    record_fact,
    record_relation,
)
from sightline.directory.queries import (
    accountability_of,
    commissioned_services,
    facts_of,
    find_organisation,
    governance_gaps,
    names_on,
    predecessors,
    successors,
    systems_of,
    within,
)
from sightline.directory.words import AREAS, FactKind, Kind, Link, Route, Sector, SubjectKind
from sightline.intake.contract import NamedBody
from tests.factories import directory as make

pytestmark = pytest.mark.django_db

TYPES = [
    ("NHS England, national", Kind.NHS_ENGLAND),
    ("NHS England, region", Kind.REGION),
    ("direct commissioning team, area team of 2013, local office of 2017", Kind.AREA_TEAM),
    ("ICB", Kind.ICB),
    ("CCG", Kind.CCG),
    ("local authority", Kind.LOCAL_AUTHORITY),
    ("NHS trust or foundation trust", Kind.NHS_TRUST),
    ("independent provider", Kind.INDEPENDENT_PROVIDER),
    ("not-for-profit or third sector provider", Kind.NOT_FOR_PROFIT_PROVIDER),
    ("GP", Kind.GP_PRACTICE),
    ("dental", Kind.DENTAL_PRACTICE),
    ("optometry", Kind.OPTICIAN),
    ("pharmacy", Kind.PHARMACY),
    ("community", Kind.COMMUNITY_PROVIDER),
    ("ambulance", Kind.AMBULANCE_SERVICE),
    ("care home", Kind.CARE_HOME),
    ("mental health", Kind.MENTAL_HEALTH_PROVIDER),
    ("provider collaborative", Kind.COLLABORATIVE),
    ("CQC", Kind.CQC),
    ("NHS Improvement, Monitor, TDA", Kind.LEGACY_REGULATOR),
    ("HEE", Kind.HEALTH_EDUCATION),
    ("PHE, UKHSA, public health", Kind.PUBLIC_HEALTH),
    ("Healthwatch", Kind.HEALTHWATCH),
    ("professional regulator", Kind.PROFESSIONAL_REGULATOR),
    ("Ombudsman", Kind.OMBUDSMAN),
    ("NICE", Kind.NICE),
    ("AHSN", Kind.INNOVATION_NETWORK),
    ("clinical senate or network", Kind.CLINICAL_NETWORK),
    ("safeguarding board or partnership", Kind.SAFEGUARDING_PARTNERSHIP),
    ("HWB", Kind.HEALTH_AND_WELLBEING_BOARD),
    ("overview and scrutiny committee", Kind.SCRUTINY_COMMITTEE),
    ("OFSTED", Kind.OFSTED),
    ("police", Kind.POLICE),
    ("deanery", Kind.DEANERY),
    ("VCSE body", Kind.VOLUNTARY_BODY),
    ("commissioning support unit", Kind.COMMISSIONING_SUPPORT),
]


def _met(code: str, kind: str) -> Organisation:
    ensure_bodies(by=make.KEEPER, at=make.AT, bodies=[NamedBody(code, f"Body {code}", kind)])
    return Organisation.objects.get(code=code)


def _joined(origin: Organisation, link: Link, target: Organisation, **days: date) -> None:
    record_relation(by=make.KEEPER, at=make.AT, origin=origin, link=link, target=target, **days)


def _found(code: str) -> Organisation:
    found = find_organisation(code)
    assert found is not None, code
    return found


@pytest.mark.requirement("ORG-01")
def test_every_type_of_organisation_that_the_guidance_names_is_kept_apart() -> None:
    assert len({kind for _, kind in TYPES}) == len(TYPES)
    named = {f"ZT{number}": (words, kind) for number, (words, kind) in enumerate(TYPES)}
    bodies = [NamedBody(code, words, kind.value) for code, (words, kind) in named.items()]
    ensure_bodies(by=make.KEEPER, at=make.AT, bodies=bodies)
    kept = dict(Organisation.objects.values_list("code", "kind"))
    assert kept == {code: kind.value for code, (_, kind) in named.items()}


@pytest.mark.requirement("ORG-01")
def test_type_that_nobody_knows_is_refused_by_the_database_itself() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.create(code="ZT1", name="A guild", kind="guild", recorded_at=make.AT)


@pytest.mark.requirement("ORG-02")
def test_log_of_2017_that_names_a_ccg_still_resolves_to_what_became_of_it() -> None:
    group, merged, board = _met("ZC1", "ccg"), _met("ZC2", "ccg"), _met("Q0A", "icb")
    _joined(group, Link.SUCCEEDED_BY, merged, valid_from=date(2020, 4, 1))
    _joined(merged, Link.SUCCEEDED_BY, board, valid_from=date(2022, 7, 1))
    found = _found("ZC1")
    assert (found.kind, found.closed_on) == (Kind.CCG, date(2020, 3, 31))
    assert found.is_open(date(2017, 7, 1)) and not found.is_open(make.TODAY)
    assert names_on(date(2017, 7, 1), ["ZC1"]) == {"ZC1": "Body ZC1"}
    assert [(step.new.code, step.on) for step in successors("ZC1")] == [
        ("ZC2", date(2020, 4, 1)), ("Q0A", date(2022, 7, 1)),
    ]  # fmt: skip
    assert [step.old.code for step in predecessors("Q0A")] == ["ZC1", "ZC2"]


@pytest.mark.requirement("ORG-02")
def test_body_that_changes_its_type_keeps_the_earlier_one_with_its_days() -> None:
    for setting, as_of in (("0", "20200101"), ("4", "20240101")):
        rows = [
            make.practice_row("Z0001", "LANTERN SURGERY", setting=setting),
            make.practice_row("Z0002", "NEIGHBOUR", opened=as_of),
        ]
        make.import_file(make.received(rows, "practices.csv"))
    body = _found("Z0001")
    history = body.listings.order_by("first_stated").values_list("kind", "first_stated")
    assert list(history) == [(Kind.PRESCRIBER, date(2020, 1, 1)), (Kind.GP_PRACTICE, date(2024, 1, 1))]
    assert body.kind == Kind.GP_PRACTICE


@pytest.mark.requirement("ORG-03")
def test_trust_lies_in_each_geography_of_each_guidance_on_its_days() -> None:
    kinds = {
        "9Z1": "sub_icb",
        "Q0A": "icb",
        "E40900001": "region",
        "E92900001": "nation",
        "ZL13": "area_team",
        "ZL17": "area_team",
    }
    place, system, region, nation, area_2013, local_2017 = (_met(code, kind) for code, kind in kinds.items())
    trust = _met("ZR1", "nhs_trust")
    _joined(trust, Link.PART_OF, area_2013, valid_from=date(2013, 4, 1), valid_to=date(2017, 3, 31))
    _joined(trust, Link.PART_OF, local_2017, valid_from=date(2017, 4, 1), valid_to=date(2022, 6, 30))
    _joined(trust, Link.PART_OF, place, valid_from=date(2022, 7, 1))
    for inner, outer in (
        (place, system),
        (system, region),
        (local_2017, region),
        (area_2013, region),
        (region, nation),
    ):
        _joined(inner, Link.PART_OF, outer)

    def around(on: date) -> set[str]:
        areas = Organisation.objects.filter(kind__in=AREAS)
        return {area.code for area in areas if within(area, on).filter(code="ZR1").exists()}

    assert around(date(2014, 1, 1)) == {"ZL13", "E40900001", "E92900001"}
    assert around(date(2018, 1, 1)) == {"ZL17", "E40900001", "E92900001"}
    assert around(make.TODAY) == {"9Z1", "Q0A", "E40900001", "E92900001"}


SUBJECTS: list[tuple[str, SubjectKind, Callable[[], Subject]]] = [
    ("provider", SubjectKind.ORGANISATION, lambda: _met("ZR1", "nhs_trust").subjects.get()),
    ("provider collaborative", SubjectKind.GROUP, lambda: _met("ZG1", "collaborative").subjects.get()),
    ("independent chain", SubjectKind.GROUP, lambda: _met("ZG1", "chain").subjects.get()),
    ("group of providers", SubjectKind.GROUP, lambda: _free(SubjectKind.GROUP, "Homes of the coast")),
    ("place", SubjectKind.PLACE, lambda: _met("9Z1", "sub_icb").subjects.get()),
    ("system", SubjectKind.SYSTEM, lambda: _met("Q0A", "icb").subjects.get()),
    ("ICB itself", SubjectKind.ICB, lambda: _free(SubjectKind.ICB, "The board", _met("Q0A", "icb"))),
    ("pathway or journey of care", SubjectKind.PATHWAY, lambda: _free(SubjectKind.PATHWAY, "Stroke")),
    ("sector", SubjectKind.SECTOR, lambda: _free(SubjectKind.SECTOR, "Dentistry")),
    ("theme", SubjectKind.THEME, lambda: _free(SubjectKind.THEME, "Sepsis")),
]


def _free(kind: SubjectKind, name: str, organisation: Organisation | None = None) -> Subject:
    return add_subject(by=make.KEEPER, at=make.AT, kind=kind, name=name, organisation=organisation)


@pytest.mark.requirement("ORG-04")
@pytest.mark.parametrize(("words", "kind", "made"), SUBJECTS, ids=[words for words, _, _ in SUBJECTS])
def test_whatever_the_guidance_watches_can_be_a_subject(
    words: str, kind: SubjectKind, made: Callable[[], Subject]
) -> None:
    subject = made()
    assert subject.kind == kind
    assert Subject.objects.visible_to(make.ONLOOKER, make.TODAY).open_on(make.TODAY).filter(pk=subject.pk).exists()


SECTORS = [
    ("general practice", Sector.GENERAL_PRACTICE),
    ("dental", Sector.DENTAL),
    ("optometry", Sector.OPTOMETRY),
    ("pharmacy", Sector.PHARMACY),
    ("community", Sector.COMMUNITY),
    ("secondary and tertiary", Sector.SECONDARY_AND_TERTIARY),
    ("mental health, CAMHS included", Sector.MENTAL_HEALTH),
    ("ambulance", Sector.AMBULANCE),
    ("health and justice", Sector.HEALTH_AND_JUSTICE),
    ("military health and veterans", Sector.MILITARY_AND_VETERANS),
    ("specialised or directly commissioned", Sector.SPECIALISED),
    ("relevant public health services", Sector.PUBLIC_HEALTH),
    ("care homes and nursing homes", Sector.CARE_HOMES),
]


@pytest.mark.requirement("ORG-06")
@pytest.mark.parametrize(("words", "sector"), SECTORS, ids=[words for words, _ in SECTORS])
def test_provider_of_every_sector_in_scope_is_a_subject_of_that_sector(words: str, sector: Sector) -> None:
    add_provider(by=make.KEEPER, at=make.AT, code="ZN9", name=words, kind=Kind.PROVIDER, sector=sector)
    assert Subject.objects.get(sector=sector).name == words


def test_sectors_in_scope_are_each_a_word_of_their_own() -> None:
    assert len({sector for _, sector in SECTORS}) == len(SECTORS)


ROUTES = [
    ("NHS, by the ICB", Route.NHS_ICB, "icb"),
    ("NHS, by NHS England", Route.NHS_NHSE, "nhs_england"),
    ("jointly by NHS and authority", Route.JOINT, "icb"),
    ("authority, from NHS providers", Route.AUTHORITY_FROM_NHS, "local_authority"),
    ("authority, from others", Route.AUTHORITY_FROM_OTHERS, "local_authority"),
]


@pytest.mark.requirement("ORG-07")
@pytest.mark.parametrize(("service", "route", "commissioner"), ROUTES, ids=[route for _, route, _ in ROUTES])
def test_service_is_recorded_with_its_route_of_commissioning(service: str, route: Route, commissioner: str) -> None:
    provider, buyer = _met("ZR1", "provider"), _met("ZB1", commissioner)
    record_commissioning(
        by=make.KEEPER, at=make.AT, provider=provider, service=service, route=route, commissioner=buyer
    )
    (kept,) = commissioned_services(provider, make.TODAY)
    assert (kept.service, kept.route, kept.commissioner) == (service, route, buyer)


@pytest.mark.requirement("ORG-07")
def test_route_of_commissioning_is_one_of_the_five() -> None:
    assert {route for _, route, _ in ROUTES} == set(Route)


@pytest.mark.requirement("ORG-08")
def test_provider_of_an_out_of_area_placement_is_in_scope_of_both_systems_without_a_contract() -> None:
    home, away = _met("Q0A", "icb"), _met("Q0B", "icb")
    subject = add_provider(by=make.KEEPER, at=make.AT, code="ZN9", name="Larch House", kind=Kind.CARE_HOME)
    provider = subject.organisation
    assert provider is not None
    for system in (away, home):
        _joined(provider, Link.PART_OF, system)
    for system in (away, home):
        assert within(system, make.TODAY).filter(pk=provider.pk).exists()
    assert [system.code for system in systems_of([provider], make.TODAY)[provider.pk]] == ["Q0A", "Q0B"]
    assert not Commissioning.objects.exists()


@pytest.mark.requirement("ORG-10")
def test_provider_across_systems_is_one_record_with_a_membership_of_each() -> None:
    trust = _met("ZR9", "ambulance_service")
    for code in ("Q0A", "Q0B", "Q0C"):
        _joined(trust, Link.PART_OF, _met(code, "icb"))
    assert [system.code for system in systems_of([trust], make.TODAY)[trust.pk]] == ["Q0A", "Q0B", "Q0C"]
    assert Organisation.objects.filter(code="ZR9").count() == trust.subjects.count() == 1


def _fact(body: Organisation, kind: FactKind, value: str, **more: object) -> OrganisationFact:
    given = {"organisation": body, "kind": kind, "value": value, "source": "Board paper 7", **more}
    return record_fact(by=make.KEEPER, at=make.AT, **given)


@pytest.mark.requirement("ORG-11", "ORG-15")
def test_agreed_lead_and_committee_are_named_where_accountability_is_asked_for() -> None:
    trust, *boards = _met("ZR1", "nhs_trust"), _met("Q0A", "icb"), _met("Q0B", "icb")
    region = _met("E40900001", "region")
    for board in boards:
        _joined(trust, Link.PART_OF, board)
        _joined(board, Link.PART_OF, region)
    subject = trust.subjects.get()
    assert set(accountability_of(subject, make.TODAY).missing) == {FactKind.PROCESS_LEAD, FactKind.ASSURING_COMMITTEE}
    _fact(trust, FactKind.PROCESS_LEAD, "", other=boards[0])
    _fact(trust, FactKind.ACCOUNTABLE_BODY, "", other=boards[1])
    _fact(trust, FactKind.ASSURING_COMMITTEE, "Quality committee")
    told = accountability_of(subject, make.TODAY)
    assert (told.accountable, told.process_lead, told.committee, told.regions, told.missing) == (
        (boards[1],), boards[0].name, "Quality committee", (region,), (),
    )  # fmt: skip


@pytest.mark.requirement("ORG-13", "ORG-14")
def test_governance_gap_closes_item_by_item_as_each_is_recorded() -> None:
    board = _met("Q0A", "icb")
    needed = [
        FactKind.QUALITY_LEAD, FactKind.QUALITY_STRATEGY, FactKind.GOVERNANCE_PROCESS, FactKind.SQG_DEFINED, FactKind.MOU,
    ]  # fmt: skip
    for number, kind in enumerate(needed):
        assert {one for gap in governance_gaps(make.TODAY) for one in gap.missing} == set(needed[number:])
        _fact(board, kind, "On record")
    assert governance_gaps(make.TODAY) == ()
    assert facts_of([board], make.TODAY)[board.pk][FactKind.MOU].source == "Board paper 7"


@pytest.mark.requirement("ORG-16")
@pytest.mark.parametrize("kind", ["nhs_trust", "icb"])
def test_oversight_segment_is_kept_with_its_days_and_its_source(kind: str) -> None:
    body = _met("ZR1", kind)
    _fact(body, FactKind.OVERSIGHT_SEGMENT, "3", detail="2022", valid_from=date(2023, 1, 1), valid_to=date(2024, 3, 31))
    _fact(body, FactKind.OVERSIGHT_SEGMENT, "4", detail="2022", valid_from=date(2024, 4, 1), source="Published list")

    def on(day: date) -> tuple[str, str] | None:
        fact = facts_of([body], day).get(body.pk, {}).get(FactKind.OVERSIGHT_SEGMENT)
        return (fact.value, fact.source) if fact else None

    assert on(date(2022, 12, 31)) is None
    assert on(date(2024, 3, 31)) == ("3", "Board paper 7")
    assert on(date(2024, 4, 1)) == ("4", "Published list")


@pytest.mark.requirement("ORG-17")
def test_recovery_support_and_its_improvement_director_are_on_record_while_they_last() -> None:
    trust = _met("ZR1", "nhs_trust")
    days = {"valid_from": date(2024, 9, 1), "valid_to": date(2026, 3, 31)}
    _fact(trust, FactKind.RECOVERY_SUPPORT, "Yes", **days)
    _fact(trust, FactKind.IMPROVEMENT_DIRECTOR, "R. Alder", **days)
    during = facts_of([trust], date(2026, 3, 31))[trust.pk]
    assert during[FactKind.RECOVERY_SUPPORT].value == "Yes"
    assert during[FactKind.IMPROVEMENT_DIRECTOR].value == "R. Alder"
    assert not facts_of([trust], date(2026, 4, 1)).get(trust.pk)
