"""The pages of groups and offices: who reads what, what is missing stands there, and forms keep what was typed."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sightline.accounts.models import Person
from sightline.core.access import Grant, Role
from sightline.core.rulebook.levels import Slot
from sightline.directory.models import Organisation
from sightline.directory.words import Kind, Link
from sightline.groups.models import (
    Group,
    GroupEnding,
    GroupGuidance,
    Office,
    OfficeEnding,
    Seat,
    Seating,
    SeatingEnding,
)
from sightline.groups.words import SeatPart
from tests.factories.accounts import a_person, signed_in
from tests.factories.directory import a_relation, an_organisation
from tests.factories.groups import a_group, a_guidance, a_seat, a_seating, an_office
from tests.factories.house import clock, folder, house
from tests.factories.indicators import NOW

__all__ = ["clock", "folder", "house"]
pytestmark = pytest.mark.usefixtures("house")
HOME = "QZ1"
CANARY = "Quagmire"
SEEING = [
    Role.QUALITY_LEAD,
    Role.SECRETARY,
    Role.CHAIR,
    Role.MEMBER,
    Role.LAY_MEMBER,
    Role.DEPUTY,
    Role.REGION,
    Role.AUDITOR,
]
UNSEEING = [Role.PROVIDER, Role.FOI_OFFICER, Role.ADMINISTRATOR]
A_DAY = {"-day": "1", "-month": "2", "-year": "2026"}


def on(name: str) -> dict[str, str]:
    return {name + part: value for part, value in A_DAY.items()}


@pytest.fixture
def icb(house: None) -> Organisation:
    return an_organisation(HOME, "Lantern ICB", Kind.ICB)


@pytest.fixture
def member(house: None) -> Person:
    return a_person(Grant(Role.MEMBER, HOME), display_name="Mona Reed")


@pytest.fixture
def keeper(house: None) -> Person:
    return a_person(Grant(Role.SECRETARY, HOME), display_name="Kim Keeper")


@pytest.fixture
def group(icb: Organisation, member: Person) -> Group:
    made = a_group(icb, name="Lantern SQG", because=f"Terms, {CANARY}")
    a_guidance(made, "qsg-2017", made.begun_on, because=f"Agreed, {CANARY}")
    a_seating(a_seat(made, "NHS England Director of Commissioning Operations"), member)
    return made


def page(person: Person, address: str) -> str:
    answer = signed_in(person).get(address)
    assert answer.status_code == 200, address
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize("role", SEEING)
def test_groups_and_offices_are_no_secret_among_members(group: Group, icb: Organisation, role: Role) -> None:
    person = a_person(Grant(role, HOME))
    an_office(person, Slot.ICB_CHIEF_EXECUTIVE, icb, because=f"Letter, {CANARY}")
    keeps = role in {Role.QUALITY_LEAD, Role.SECRETARY}
    for address, name in (("/groups/", "Lantern SQG"), (f"/groups/{group.pk}/", "Mona Reed"), ("/offices/", "Person")):
        shown = page(person, address)
        assert name in shown
        assert (CANARY in shown) is (keeps and address != "/groups/"), address


@pytest.mark.parametrize("role", UNSEEING)
def test_others_do_not_enter(group: Group, role: Role) -> None:
    client = signed_in(a_person(Grant(role, HOME, "ZR1")))
    assert {client.get(one).status_code for one in ("/groups/", f"/groups/{group.pk}/", "/offices/")} == {403}


def test_keeper_of_another_system_reads_no_reason_and_changes_nothing(group: Group, icb: Organisation) -> None:
    stranger = a_person(Grant(Role.SECRETARY, "QZ2"))
    office = an_office(a_person(Role.MEMBER), Slot.ICB_CHAIR, icb, because=CANARY)
    for address in (f"/groups/{group.pk}/", "/offices/"):
        assert CANARY not in page(stranger, address)
    client, seat = signed_in(stranger), Seat.objects.get()
    closed = [f"/groups/{group.pk}/{one}/" for one in ("end", "guidance", "seats/new")]
    closed += [f"/groups/seats/{seat.pk}/fill/", f"/groups/seatings/{Seating.objects.get().pk}/end/"]
    closed += [f"/offices/{office.pk}/end/"]
    assert {(client.get(one).status_code, client.post(one).status_code) for one in closed} == {(404, 404)}


def test_hidden_and_absent_look_the_same(keeper: Person) -> None:
    absent = uuid4()
    client = signed_in(keeper)
    addresses = [
        f"/groups/{absent}/",
        f"/groups/{absent}/end/",
        f"/groups/seats/{absent}/fill/",
        f"/offices/{absent}/end/",
    ]
    addresses += [f"/groups/seatings/{absent}/end/"]
    assert {client.get(one).status_code for one in addresses} == {404}


@pytest.mark.requirement("FRW-02", "FRW-05", "GRP-04")
def test_group_tells_its_guidance_its_seats_and_what_is_missing(group: Group, member: Person) -> None:
    shown = page(member, f"/groups/{group.pk}/")
    assert "Local Quality Surveillance Group (Local QSG)" in shown
    assert "Medical Director: a seat expected." in shown
    assert "Nobody sits here" not in shown and "cannot be anybody’s formal committee" in shown
    a_guidance(group, "sqg-2022", NOW.date())
    shown = page(member, f"/groups/{group.pk}/")
    assert "System Quality Group (SQG)" in shown and "until 15 January 2026" in shown
    assert "Lay member with lived experience: 2 seats expected." in shown
    assert "No such body is on record for this area. It is another body than this group." in shown


@pytest.mark.requirement("MEM-05", "CHR-01")
def test_group_of_2017_names_whom_each_organisation_sends_and_a_chair_from_elsewhere(
    group: Group, icb: Organisation, member: Person
) -> None:
    assert "Care Quality Commission: a seat expected. The guidance names: head of inspection." in page(
        member, f"/groups/{group.pk}/"
    )
    Seat.objects.update(organisation=icb)
    assert "(Lantern ICB): the guidance has its chair come from another body." in page(member, f"/groups/{group.pk}/")


@pytest.mark.requirement("CHR-02", "MEM-08")
def test_chair_without_the_office_and_gaps_of_a_review_stand_on_the_page(icb: Organisation, member: Person) -> None:
    ours = a_group(icb, name="Lantern SQG")
    a_seating(a_seat(ours, category="chair", organisation=icb), member)
    remark = "Mona Reed does not hold the office of the ICB’s executive lead for quality."
    assert remark in page(member, f"/groups/{ours.pk}/")
    an_office(member, Slot.ICB_EXECUTIVE_QUALITY_LEAD, icb)
    assert remark not in page(member, f"/groups/{ours.pk}/")


@pytest.mark.requirement("GRP-06")
def test_group_leads_to_the_groups_to_which_it_reports(group: Group, icb: Organisation, member: Person) -> None:
    region = an_organisation("YZ1", "North of Lanterns", Kind.REGION)
    a_relation(icb, Link.PART_OF, region)
    above = a_group(region, "regional-group", "Northern group")
    assert f'<a href="/groups/{above.pk}/">Northern group</a>' in page(member, f"/groups/{group.pk}/")


def test_list_without_groups_says_what_to_do_next(keeper: Person, member: Person) -> None:
    assert "Set up the quality group of your system" in page(keeper, "/groups/")
    assert "Ask whoever keeps the groups" in page(member, "/groups/")
    assert "no system has a quality group" in page(member, "/offices/")


def test_past_groups_are_shown_on_request(group: Group, member: Person) -> None:
    GroupEnding.objects.create(
        group=group, ends_on=NOW.date(), because=CANARY, recorded_at=NOW, recorded_by="operator:test"
    )
    assert "Lantern SQG" not in page(member, "/groups/")
    assert "Ended on 15 January 2026" in page(member, "/groups/?past=yes")


def test_gap_is_named(group: Group, icb: Organisation, member: Person) -> None:
    a_guidance(group, "sqg-2022", NOW.date())
    an_office(member, Slot.ICB_CHIEF_EXECUTIVE, icb)
    shown = page(member, "/offices/")
    assert "Nobody holds this office for Lantern ICB: decisions that need it cannot be authorised." in shown
    assert "4 offices that decisions need are held by nobody" in shown and "Mona Reed" in shown


def test_past_offices_are_shown_on_request(icb: Organisation, member: Person, keeper: Person) -> None:
    office = an_office(member, Slot.ICB_CHAIR, icb)
    OfficeEnding.objects.create(
        office=office, ends_on=NOW.date(), because=CANARY, recorded_at=NOW, recorded_by=keeper.actor_id
    )
    reader = a_person(Grant(Role.MEMBER, HOME))
    assert "Mona Reed" not in page(reader, "/offices/")
    shown = page(reader, "/offices/?past=yes")
    assert "Mona Reed" in shown and CANARY not in shown
    assert CANARY in page(keeper, "/offices/?past=yes")


# --- forms


def test_keeper_sets_up_moves_seats_and_ends_by_forms(icb: Organisation, keeper: Person, member: Person) -> None:
    client = signed_in(keeper)
    new = {"kind": "system-group", "name": "Lantern SQG", "area": HOME, "because": "Terms", **on("begun_on")}
    assert client.post("/groups/new/", new).status_code == 302
    group = Group.objects.get()
    here = f"/groups/{group.pk}"
    assert client.post(f"{here}/seats/new/", {"expected": "chair"}).status_code == 302
    seat = Seat.objects.get()
    assert (seat.title, seat.part) == ("ICB executive lead for quality", "chair")
    other = {"expected": "other", "title": "Observer", "part": "invited", "organisation": HOME}
    assert client.post(f"{here}/seats/new/", other).status_code == 302
    assert Seat.objects.get(title="Observer").organisation == icb
    assert client.post(f"/groups/seats/{seat.pk}/fill/", {"person": str(member.pk)}).status_code == 302
    seating = Seating.objects.get()
    assert client.post(f"/groups/seatings/{seating.pk}/end/", {}).status_code == 302
    assert SeatingEnding.objects.get().seating == seating
    move = {"pack": "qsg-2017", "because": "Agreed", **on("from_on")}
    assert client.post(f"{here}/guidance/", move).status_code == 302
    assert GroupGuidance.objects.get().pack == "qsg-2017"
    assert client.post(f"{here}/end/", {"because": "Merged", **on("ends_on")}).status_code == 400  # the day it began
    assert client.post(f"{here}/end/", {"because": "Merged", **on("ends_on"), "ends_on-day": "2"}).status_code == 302


def test_what_was_typed_stays_beside_the_reason_why_not(icb: Organisation, keeper: Person) -> None:
    given = {
        "kind": "system-group", "name": "Lantern SQG", "area": HOME, "because": "Terms", "assures": "on", **on("begun_on"),
    }  # fmt: skip
    answer = signed_in(keeper).post("/groups/new/", given)
    shown = " ".join(answer.content.decode().split())
    assert answer.status_code == 400 and 'value="Lantern SQG"' in shown
    assert "never serves as the ICB’s formal committee for assurance" in shown and "§1.6" in shown
    assert not Group.objects.exists()


def test_keeper_records_and_ends_an_office_by_forms(icb: Organisation, keeper: Person, member: Person) -> None:
    client = signed_in(keeper)
    given: dict[str, Any] = {"slot": "icb-chair", "organisation": HOME, "person": str(member.pk), "because": "Letter"}
    assert client.post("/offices/give/", given).status_code == 302
    office = Office.objects.get()
    assert client.post("/offices/give/", given).status_code == 400 and Office.objects.count() == 1
    assert client.post(f"/offices/{office.pk}/end/", {"because": "Left"}).status_code == 302
    assert OfficeEnding.objects.get().office == office


def test_forms_offer_neither_oneself_nor_the_role_of_a_group(icb: Organisation, keeper: Person) -> None:
    a_group(icb)
    shown = page(keeper, "/offices/give/")
    assert "Kim Keeper</option>" not in shown and "system-quality-group" not in shown and "icb-chair" in shown


def test_pages_ask_the_database_the_same_however_many_there_are(
    icb: Organisation, group: Group, member: Person
) -> None:
    client = signed_in(member)
    addresses = ("/groups/", f"/groups/{group.pk}/", "/offices/")

    def seated(numbers: range) -> None:
        for number in numbers:
            seat = a_seat(group, f"Seat {number}", SeatPart.MEMBER)
            a_seating(seat, a_person(Grant(Role.MEMBER, HOME)))
            an_office(a_person(Grant(Role.MEMBER, HOME)), Slot.ICB_CHAIR, icb)

    def asked(address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    seated(range(2))
    few = {address: asked(address) for address in addresses}
    seated(range(2, 14))
    assert {address: asked(address) for address in addresses} == few
