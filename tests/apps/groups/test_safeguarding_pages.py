"""The page about safeguarding in a group and its forms: who reads what, gaps are named, and words are kept."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.template import engines

from sightline.accounts.models import Person
from sightline.core.access import Grant, Role
from sightline.directory.models import Organisation
from sightline.directory.words import Kind
from sightline.groups.models import CouncilBody, Group, SafeguardingConfirmation, SafeguardingLead, SafeguardingPeriod
from sightline.groups.operations.safeguarding import confirm_safeguarding, record_council_body
from sightline.groups.presenters.safeguarding import assurance_sections
from sightline.groups.queries.safeguarding import assurance_of
from sightline.groups.safeguarding_words import CouncilBodyKind, Represented
from sightline.groups.words import SeatPart
from tests.factories.accounts import a_person, signed_in
from tests.factories.directory import an_organisation
from tests.factories.groups import a_group, a_seat, a_seating
from tests.factories.house import clock, folder, house
from tests.factories.indicators import NOW

__all__ = ["clock", "folder", "house"]
pytestmark = pytest.mark.usefixtures("house")
HOME = "QZ1"
CANARY = "Quagmire"
ROWS = (SafeguardingLead, SafeguardingPeriod, SafeguardingConfirmation, CouncilBody)


@pytest.fixture
def council(house: None) -> Organisation:
    return an_organisation("ZL1", "River Council", Kind.LOCAL_AUTHORITY)


@pytest.fixture
def member(house: None) -> Person:
    return a_person(Grant(Role.MEMBER, HOME), display_name="Mona Reed")


@pytest.fixture
def keeper(house: None) -> Person:
    return a_person(Grant(Role.SECRETARY, HOME), display_name="Kim Keeper")


@pytest.fixture
def group(council: Organisation, member: Person) -> Group:
    made = a_group(an_organisation(HOME, "Lantern ICB", Kind.ICB), name="Lantern SQG")
    a_seating(a_seat(made, "Local authority", SeatPart.MEMBER, organisation=council), member)
    return made


def home(group: Group, *more: str) -> str:
    return "/".join([f"/groups/{group.pk}/safeguarding", *more, ""])


def forms_of(group: Group, council: Organisation) -> list[str]:
    return [
        home(group, "lead"),
        home(group, "period"),
        home(group, "confirm", str(council.pk)),
        home(group, "councils", str(council.pk), "adults-board"),
    ]


def page(person: Person, address: str) -> str:
    answer = signed_in(person).get(address)
    assert answer.status_code == 200, address
    return " ".join(answer.content.decode().split())


def send(person: Person, address: str, given: dict[str, Any]) -> Any:
    return signed_in(person).post(address, given)


@pytest.mark.parametrize(
    ("grant", "status"),
    [
        (Grant(Role.MEMBER, HOME), 200),
        (Grant(Role.AUDITOR, HOME), 200),
        (Grant(Role.CHAIR, "QZ2"), 404),
        (Grant(Role.REGION, HOME, "QY1"), 404),
        (Grant(Role.PROVIDER, HOME, "ZT1"), 404),
        (Grant(Role.FOI_OFFICER, HOME), 404),
        (Grant(Role.ADMINISTRATOR), 403),
    ],
)
def test_members_open_the_page_and_outsiders_cannot_tell_that_it_is_there(
    group: Group, grant: Grant, status: int
) -> None:
    assert signed_in(a_person(grant)).get(home(group)).status_code == status


@pytest.mark.requirement("SAF-03", "SAF-06", "SAF-07", "SAF-10")
def test_page_names_what_is_missing_with_its_paragraph(group: Group, member: Person) -> None:
    shown = page(member, home(group))
    for says in (
        "Nobody answers for safeguarding yet",
        "Not confirmed that they know their part in safeguarding: River Council.",
        "QSG 2017 ¶77",
        "Safeguarding adults board, or a link to it: River Council.",
        "asks safeguarding adults boards to make links",
        "QSG 2017 ¶74",
        "after 12 months. The guidance names no time",
    ):
        assert says in shown, says


def test_member_reads_and_is_offered_only_what_is_theirs(group: Group, council: Organisation, member: Person) -> None:
    shown = page(member, home(group))
    lead, period, confirm, body = forms_of(group, council)
    assert confirm in shown and not any(one in shown for one in (lead, period, body))
    assert confirm not in page(a_person(Grant(Role.MEMBER, HOME)), home(group))


def test_keeper_is_offered_every_act(group: Group, council: Organisation, keeper: Person) -> None:
    shown = page(keeper, home(group))
    assert all(one in shown for one in forms_of(group, council))


def test_forms_are_closed_to_whoever_may_not_act(group: Group, council: Organisation, member: Person) -> None:
    lead, period, confirm, body = forms_of(group, council)
    others = a_person(Grant(Role.MEMBER, HOME))
    assert [signed_in(member).get(one).status_code for one in (lead, period, body)] == [403] * 3
    assert [signed_in(others).get(one).status_code for one in (lead, period, confirm, body)] == [403, 403, 404, 403]
    assert not any(one._default_manager.exists() for one in ROWS)


def test_addresses_of_what_is_not_there_are_not_found(group: Group, council: Organisation, keeper: Person) -> None:
    elsewhere = an_organisation("ZL9", "Far Council", Kind.LOCAL_AUTHORITY)
    client = signed_in(keeper)
    for address in (
        f"/groups/{uuid4()}/safeguarding/",
        home(group, "confirm", str(elsewhere.pk)),
        home(group, "councils", str(elsewhere.pk), "adults-board"),
        home(group, "councils", str(council.pk), "parish"),
    ):
        assert client.get(address).status_code == 404, address


def test_empty_forms_are_asked_again(group: Group, council: Organisation, keeper: Person) -> None:
    for address in forms_of(group, council):
        assert send(keeper, address, {}).status_code == 400, address
    assert not any(one._default_manager.exists() for one in ROWS)


def test_keeper_says_who_answers_for_it(group: Group, keeper: Person, member: Person) -> None:
    seat = group.seats.get()
    given = {"seat": str(seat.pk), "because": f"Agreed, {CANARY}"}
    assert send(keeper, home(group, "lead"), given).status_code == 302
    shown = page(member, home(group))
    assert "<strong>Mona Reed</strong>, Local authority" in shown and CANARY not in shown
    assert CANARY in page(keeper, home(group))


def test_keeper_sets_the_time_after_which_one_is_asked_again(group: Group, keeper: Person, member: Person) -> None:
    assert send(keeper, home(group, "period"), {"months": "6", "because": "Twice a year"}).status_code == 302
    assert "asked again after 6 months, as the group set from" in page(member, home(group))


@pytest.mark.requirement("SAF-09", "SAF-10")
def test_member_confirms_for_its_body_and_its_words_are_read_by_few(
    group: Group, council: Organisation, keeper: Person, member: Person
) -> None:
    given = {"knows_accountability": "on", "knows_processes": "on", "represented": "another"}
    address = home(group, "confirm", str(council.pk))
    assert send(member, address, {**given, "briefs": f"Each month, {CANARY}"}).status_code == 302
    row = SafeguardingConfirmation.objects.get()
    assert (row.person, row.recorded_by, row.confirmed_on) == (member, member.actor_id, NOW.date())
    others = page(a_person(Grant(Role.MEMBER, HOME)), home(group))
    assert "It said how the two brief each other." in others and CANARY not in others
    assert CANARY in page(member, home(group)) and CANARY in page(keeper, home(group))


@pytest.mark.parametrize("missing", ["knows_accountability", "knows_processes", "represented"])
def test_what_is_not_so_is_not_confirmed(group: Group, council: Organisation, member: Person, missing: str) -> None:
    given = {"knows_accountability": "on", "knows_processes": "on", "represented": "same"}
    del given[missing]
    assert send(member, home(group, "confirm", str(council.pk)), given).status_code == 400
    assert not SafeguardingConfirmation.objects.exists()


def test_providers_member_in_the_group_confirms_for_it(group: Group) -> None:
    trust = an_organisation("ZT1", "Mill Trust")
    nurse = a_person(Grant(Role.PROVIDER, HOME, "ZT1"))
    a_seating(a_seat(group, "Mill Trust", SeatPart.MEMBER, organisation=trust), nurse)
    given = {"knows_accountability": "on", "knows_processes": "on", "represented": "same"}
    assert send(nurse, home(group, "confirm", str(trust.pk)), given).status_code == 302
    assert "Confirmed" in page(nurse, home(group))


def test_keeper_chooses_who_confirmed_it(group: Group, council: Organisation, keeper: Person, member: Person) -> None:
    given = {"knows_accountability": "on", "knows_processes": "on", "represented": "same"}
    address = home(group, "confirm", str(council.pk))
    assert send(keeper, address, given).status_code == 400
    assert send(keeper, address, {**given, "person": str(member.pk)}).status_code == 302
    assert SafeguardingConfirmation.objects.get().person == member


@pytest.mark.requirement("SAF-06")
def test_priorities_of_the_wellbeing_board_are_read_by_every_member(
    group: Group, council: Organisation, keeper: Person
) -> None:
    address = home(group, "councils", str(council.pk), "wellbeing-board")
    given = {"name": "River HWB", "priorities": "Falls at home", "seat": str(group.seats.get().pk)}
    assert send(keeper, address, given).status_code == 302
    shown = page(a_person(Grant(Role.LAY_MEMBER, HOME)), home(group))
    assert "Falls at home" in shown and "In touch through Local authority: Mona Reed" in shown
    assert "River HWB" in page(keeper, address)  # the form begins with what is on record


@pytest.mark.requirement("SAF-08")
def test_boards_are_shown_where_a_matter_is_routed_and_a_gap_says_what_to_do(
    group: Group, council: Organisation, keeper: Person
) -> None:
    kind, way = CouncilBodyKind.ADULTS_BOARD, "The front door"
    record_council_body(by=keeper, at=NOW, group=group, council=council, kind=kind, name="River SAB", reached_by=way)
    page = engines["jinja2"].from_string(
        '{% from "groups/safeguarding_parts.html" import assurance %}{{ assurance(found) }}'
    )
    shown = page.render({"found": assurance_sections(assurance_of(HOME, NOW.date()))})
    for says in ("River Council: Safeguarding adults board", "River SAB. Reached by: The front door", "Not on record."):
        assert says in shown, says
    assert not page.render({"found": assurance_sections(assurance_of("QZ2", NOW.date()))}).strip()


def test_personal_data_is_asked_about_and_words_are_kept(group: Group, council: Organisation, keeper: Person) -> None:
    address = home(group, "councils", str(council.pk), "adults-board")
    given = {"name": "River SAB", "reached_by": "Ring 07700 900123"}
    answer = send(keeper, address, given)
    assert answer.status_code == 400 and "Ring 07700 900123" in answer.content.decode()
    assert not CouncilBody.objects.exists()


def test_page_takes_few_questions_however_many_councils_there_are(
    group: Group, council: Organisation, keeper: Person, member: Person, django_assert_max_num_queries: Any
) -> None:
    for number in range(5):
        body = an_organisation(f"ZM{number}", f"Council {number}", Kind.LOCAL_AUTHORITY)
        person = a_person(Grant(Role.MEMBER, HOME))
        a_seating(a_seat(group, f"LA {number}", SeatPart.MEMBER, organisation=body), person)
        for kind in CouncilBodyKind:
            record_council_body(by=keeper, at=NOW, group=group, council=body, kind=kind, name="Board")
        confirm_safeguarding(by=person, at=NOW, group=group, organisation=body, represented=Represented.SAME)
    client = signed_in(keeper)
    client.get(home(group))
    with django_assert_max_num_queries(30):
        assert client.get(home(group)).status_code == 200
