"""Reads of the directory: who lies where on a day, where a body comes from, who answers for it, who may see it."""

from __future__ import annotations

from datetime import date

import pytest

from sightline.directory.models import Commissioning, Organisation, OrganisationFact, Subject
from sightline.directory.operations import record_relation
from sightline.directory.presenters import history_in_words, levers_in_words, shape_in_words
from sightline.directory.queries import (
    accountability_of,
    areas_for_choice,
    commissioned_services,
    find_organisation,
    governance_gaps,
    history_of,
    levers_for,
    map_shapes,
    names_on,
    needs_process_lead,
    organisation_ids,
    predecessors,
    resolve_many,
    routes_in_scope,
    search,
    subjects_by_code,
    subjects_within,
    successors,
    systems_of,
    unresolved,
    within,
)
from sightline.directory.words import FactKind, Kind, Link, Route, SubjectKind
from tests.factories import directory as make

pytestmark = pytest.mark.django_db
BEFORE = date(2026, 3, 31)


@pytest.fixture
def country() -> None:
    """All files of the invented country, taken in."""
    for file in make.everything():
        make.import_file(file)


def _codes(area: str, on: date = make.TODAY) -> set[str]:
    found = find_organisation(area)
    assert found is not None
    return set(within(found, on).values_list("code", flat=True))


def _systems(code: str, on: date = make.TODAY) -> list[str]:
    body = Organisation.objects.get(code=code)
    return [system.code for system in systems_of([body], on)[body.pk]]


@pytest.mark.usefixtures("country")
@pytest.mark.requirement("ORG-03")
def test_members_of_a_board_that_went_whole_into_another_lie_in_that_one() -> None:
    assert "ZU001" in _codes("S0N")
    assert "ZU001" not in _codes("S0N", BEFORE)
    assert "ZU001" in _codes("Q0C", BEFORE)


@pytest.mark.usefixtures("country")
def test_members_of_a_divided_board_lie_in_none_of_its_heirs_until_somebody_says() -> None:
    assert not {"ZR1", "Z0001"} & (_codes("S0N") | _codes("Q0M"))
    lost = {one.organisation.code: [heir.code for heir in one.candidates] for one in unresolved(make.TODAY)}
    assert lost.keys() == {"ZR1", "Z0001", "Z0002"}
    assert lost["ZR1"] == ["Q0M", "S0N"]
    assert unresolved(BEFORE) == ()


@pytest.mark.usefixtures("country")
def test_a_place_that_moved_takes_its_practices_and_the_headquarters_among_them_along() -> None:
    place, heir = Organisation.objects.get(code="9Z1"), Organisation.objects.get(code="S0N")
    record_relation(by=make.KEEPER, at=make.AT, origin=place, link=Link.PART_OF, target=heir, valid_from=make.MERGED)
    assert {"ZR1", "Z0001", "Z0002", "9Z1"} <= _codes("S0N")
    assert "ZR1" not in _codes("S0N", BEFORE)
    assert _systems("ZR1") == ["S0N"]
    assert unresolved(make.TODAY) == ()


@pytest.mark.usefixtures("country")
def test_a_headquarters_among_practices_that_went_two_ways_stays_unresolved() -> None:
    make.import_file(
        make.received(
            [make.practice_row("Z0005", "FIFTH SURGERY", commissioner="9Z3", joined="20200401", postcode="ZA1 3AA")]
        )
    )
    for place, heir in (("9Z1", "S0N"), ("9Z3", "Q0M")):
        origin, target = Organisation.objects.get(code=place), Organisation.objects.get(code=heir)
        record_relation(
            by=make.KEEPER, at=make.AT, origin=origin, link=Link.PART_OF, target=target, valid_from=make.MERGED
        )
    assert "ZR1" in {one.organisation.code for one in unresolved(make.TODAY)}


@pytest.mark.usefixtures("country")
@pytest.mark.requirement("ORG-10")
def test_a_provider_may_belong_to_several_systems() -> None:
    assert _systems("ZR3") == ["Q0B", "Q0M"]
    assert "ZR3" in _codes("Q0B") & _codes("Q0M")


def test_a_system_that_a_list_states_beats_the_one_where_the_headquarters_lies() -> None:
    trust, here, there = make.an_organisation("ZR1"), *(make.an_organisation(c, kind=Kind.ICB) for c in ("Q0A", "Q0B"))
    make.a_relation(trust, Link.LOCATED_IN, here)
    assert _systems("ZR1") == ["Q0A"]
    make.a_relation(trust, Link.PART_OF, there)
    assert _systems("ZR1") == ["Q0B"]
    assert "ZR1" not in _codes("Q0A")


@pytest.mark.usefixtures("country")
@pytest.mark.requirement("ORG-03")
def test_a_region_holds_its_boards_their_members_and_whoever_lies_in_it_directly() -> None:
    assert {"S0N", "Q0M", "Q0B", "9Z2", "ZR3", "ZR9", "ZU001", "Z0003"} <= _codes("E40900001")


@pytest.mark.usefixtures("country")
def test_subjects_within_are_those_of_the_organisations_within() -> None:
    assert set(subjects_within("Q0B", make.TODAY).values_list("key", flat=True)) == {"Q0B", "9Z2", "ZR3", "Z0003"}
    assert not subjects_within("nowhere", make.TODAY).exists()


@pytest.mark.usefixtures("country")
def test_areas_for_choice_are_todays_with_places_under_systems_under_regions() -> None:
    choices = {choice.code: choice.within for choice in areas_for_choice(make.TODAY)}
    assert choices == {
        "E40900001": "",
        "S0N": "E40900001",
        "Q0M": "E40900001",
        "Q0B": "E40900001",
        "9Z2": "Q0B",
        "9Z1": "",
    }


@pytest.mark.usefixtures("country")
@pytest.mark.requirement("ORG-02")
def test_history_goes_all_the_way_back_and_on() -> None:
    assert [(step.old.code, step.new.code) for step in predecessors("ZR1")] == [
        ("ZO1", "ZO2"), ("ZO3", "ZR2"), ("ZO2", "ZR1"), ("ZR2", "ZR1"),
    ]  # fmt: skip
    assert [(step.old.code, step.new.code) for step in successors("ZO1")] == [("ZO1", "ZO2"), ("ZO2", "ZR1")]
    assert [step.is_part for step in successors("Q0A")] == [True, True]
    assert predecessors("nobody") == ()


@pytest.mark.usefixtures("country")
def test_history_is_told_in_words() -> None:
    words = history_in_words(history_of(Organisation.objects.get(code="ZR1")))
    assert "On 1 November 2024 took over Mill Community NHS Trust (ZR2)." in words
    assert any(line.startswith("Called University Hospitals of Lantern NHS Trust from at least") for line in words)
    assert history_in_words(history_of(Organisation.objects.get(code="ZR4"))) == (
        "No longer on its list of 31 October 2024; no list says why.",
    )


@pytest.mark.usefixtures("country")
@pytest.mark.requirement("ORG-02")
def test_names_on_a_day_are_those_of_the_latest_list_before_it() -> None:
    early, late = date(2022, 1, 1), make.TODAY
    assert names_on(early, ["ZR1"]) == {"ZR1": "University Hospitals of Lantern NHS Trust"}
    assert names_on(late, ["ZR1", "unknown"]) == {"ZR1": "Lantern and Mill NHS Foundation Trust"}


@pytest.mark.usefixtures("country")
def test_any_code_finds_its_organisation() -> None:
    found = resolve_many(["zr1", "E54900001", "nobody", "Q0A"])
    assert {code: body.code for code, body in found.items()} == {"zr1": "ZR1", "E54900001": "Q0A", "Q0A": "Q0A"}
    assert organisation_ids(["zr1", "E54900001", "nobody", "Q0A"]) == {code: body.pk for code, body in found.items()}
    assert subjects_by_code(["E54900001"])["E54900001"].key == "Q0A"


@pytest.mark.parametrize(
    ("text", "first"), [("zr1", "ZR1"), ("lanternmill", "ZR1"), ("Harbour Hosp", "ZR3"), ("E54900002", "Q0B")]
)
@pytest.mark.usefixtures("country")
def test_search_finds_by_code_name_and_other_name(text: str, first: str) -> None:
    assert search(text)[0].code == first


@pytest.mark.usefixtures("country")
def test_search_for_nothing_finds_nothing() -> None:
    assert not search("  ").exists()
    assert not search("%").exists()


@pytest.mark.usefixtures("country")
def test_the_map_shows_merged_boards_by_the_outlines_of_whoever_went_whole_into_them() -> None:
    shapes = {shape.code: shape for shape in map_shapes(make.TODAY)}
    assert shapes.keys() == {"S0N", "Q0B", "Q0A"}
    assert (shapes["S0N"].made_of, shapes["S0N"].is_incomplete) == (("NHS Creek Integrated Care Board",), True)
    assert shapes["Q0A"].divided_among == ("Mill Dale ICB", "New Waters ICB")
    assert "divided among" in shape_in_words(shapes["Q0A"])
    assert {shape.code for shape in map_shapes(BEFORE)} == {"Q0A", "Q0B", "Q0C"}


@pytest.mark.usefixtures("country")
@pytest.mark.requirement("PER-10")
def test_a_provider_sees_itself_with_its_past_and_future_and_nobody_else() -> None:
    def seen(code: str) -> set[str]:
        return set(Subject.objects.visible_to(make.of_provider(code), make.TODAY).values_list("key", flat=True))

    assert seen("ZR1") == {"ZR1", "ZR2"}
    assert seen("ZR2") == {"ZR1", "ZR2"}
    assert seen("ZR3") == {"ZR3"}
    assert seen("") == set()
    assert Subject.objects.visible_to(make.KEEPER, make.TODAY).count() == Subject.objects.count()


def _fact(body: Organisation, kind: FactKind, value: str = "Yes", **more: object) -> None:
    OrganisationFact.objects.create(
        organisation=body, kind=kind, value=value, source="A paper", recorded_at=make.AT, recorded_by="x", **more
    )


@pytest.mark.requirement("ORG-13", "ORG-14")
def test_a_board_lacks_what_it_has_not_on_record_or_records_as_missing() -> None:
    board = make.an_organisation("Q0A", kind=Kind.ICB)
    _fact(board, FactKind.QUALITY_LEAD, "Chief nurse")
    _fact(board, FactKind.MOU, valid_to=date(2026, 1, 1))
    _fact(board, FactKind.QUALITY_STRATEGY, valid_from=date(2025, 1, 1))
    _fact(board, FactKind.QUALITY_STRATEGY, "", valid_from=date(2026, 1, 1))
    assert [(gap.board.code, set(gap.missing)) for gap in governance_gaps(make.TODAY)] == [
        ("Q0A", {FactKind.QUALITY_STRATEGY, FactKind.GOVERNANCE_PROCESS, FactKind.SQG_DEFINED, FactKind.MOU})
    ]


@pytest.mark.requirement("ORG-15")
def test_accountability_sits_with_the_system_unless_another_body_is_named() -> None:
    trust, board = make.an_organisation("ZR1"), make.an_organisation("Q0A", kind=Kind.ICB)
    region = make.an_organisation("ZY1", kind=Kind.REGION)
    make.a_relation(trust, Link.PART_OF, board)
    make.a_relation(board, Link.PART_OF, region)
    subject = trust.subjects.get()
    told = accountability_of(subject, make.TODAY)
    assert (told.accountable, told.regions, told.missing) == ((board,), (region,), (FactKind.ASSURING_COMMITTEE,))
    _fact(board, FactKind.ASSURING_COMMITTEE, "Quality committee")
    _fact(trust, FactKind.ACCOUNTABLE_BODY, "", other=region)
    told = accountability_of(subject, make.TODAY)
    assert told.accountable == (region,)
    theme = Subject.objects.create(key="t", kind=SubjectKind.THEME, name="Sepsis", recorded_at=make.AT)
    assert accountability_of(theme, make.TODAY).missing == (FactKind.ACCOUNTABLE_BODY, FactKind.ASSURING_COMMITTEE)


@pytest.mark.requirement("ORG-11")
def test_a_provider_across_systems_needs_a_process_lead_until_one_is_recorded() -> None:
    trust, *boards = make.an_organisation("ZR1"), *(make.an_organisation(c, kind=Kind.ICB) for c in ("Q0A", "Q0B"))
    make.a_relation(trust, Link.PART_OF, boards[0])
    assert not needs_process_lead(trust, make.TODAY)
    make.a_relation(trust, Link.PART_OF, boards[1])
    assert needs_process_lead(trust, make.TODAY)
    assert FactKind.PROCESS_LEAD in accountability_of(trust.subjects.get(), make.TODAY).missing
    _fact(trust, FactKind.PROCESS_LEAD, "", other=boards[0])
    told = accountability_of(trust.subjects.get(), make.TODAY)
    assert (told.process_lead, FactKind.PROCESS_LEAD in told.missing) == (boards[0].name, False)


@pytest.mark.requirement("ORG-11")
def test_several_commissioners_need_a_process_lead_too_while_their_services_last() -> None:
    trust, *boards = make.an_organisation("ZR1"), *(make.an_organisation(c, kind=Kind.ICB) for c in ("Q0A", "Q0B"))
    for board, ends in zip(boards, (None, date(2026, 5, 31)), strict=True):
        Commissioning.objects.create(
            provider=trust, service="Stroke", route=Route.NHS_ICB, commissioner=board, valid_to=ends,
            recorded_at=make.AT, recorded_by="x",
        )  # fmt: skip
    assert needs_process_lead(trust, date(2026, 5, 31))
    assert not needs_process_lead(trust, date(2026, 6, 1))
    assert [row.commissioner for row in commissioned_services(trust, date(2026, 6, 1))] == [boards[0]]


@pytest.mark.requirement("ORG-07", "ORG-09")
def test_what_an_authority_buys_from_others_is_in_scope_only_by_decision() -> None:
    board = make.an_organisation("Q0A", kind=Kind.ICB)
    assert routes_in_scope(board, make.TODAY) == set(Route) - {Route.AUTHORITY_FROM_OTHERS}
    _fact(board, FactKind.AUTHORITY_SERVICES_IN_SCOPE, "yes", valid_from=date(2026, 1, 1))
    assert routes_in_scope(board, make.TODAY) == set(Route)
    assert Route.AUTHORITY_FROM_OTHERS not in routes_in_scope(board, date(2025, 12, 31))


@pytest.mark.parametrize(
    ("kind", "oversight"), [(Kind.NHS_TRUST, True), (Kind.INDEPENDENT_PROVIDER, False), (Kind.CARE_HOME, False)]
)
@pytest.mark.requirement("ORG-12")
def test_nhs_oversight_is_no_lever_over_an_independent_provider(kind: Kind, oversight: bool) -> None:
    body = make.an_organisation(kind=kind)
    assert ("nhs_oversight" in levers_for(body)) is oversight
    assert ("no regulatory remit" in levers_in_words(body, levers_for(body))) is not oversight
