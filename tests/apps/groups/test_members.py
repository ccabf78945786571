"""Members of a group: which expected seat each fills, authority, who is asked for, needs, and who reads how to reach them."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from sightline.accounts.models import Person
from sightline.audit.models import Event
from sightline.core.access import Grant, Role
from sightline.core.verdict import Already, Invalid, Refused
from sightline.directory.models import Organisation, Subject
from sightline.directory.words import Kind, Link
from sightline.groups.member_words import Need
from sightline.groups.models import AccessNeeds, Engagement, Group, RepresentativeAsked, Seat, Seating, SeatingAuthority
from sightline.groups.operations import (
    add_seat,
    ask_for_representative,
    end_seat,
    end_seating,
    record_authority,
    say_access_needs,
    seat_person,
    tell_engagement,
)
from sightline.groups.queries import contacts, engagements_of, group_view, members_on, sitting_remarks
from sightline.groups.words import InterestKind, SeatPart
from tests.factories.accounts import a_person, signed_in
from tests.factories.directory import a_relation, an_organisation
from tests.factories.groups import SINCE, a_group, a_guidance, a_seat, a_seating, an_interest
from tests.factories.house import clock, folder, house
from tests.factories.indicators import NOW

__all__ = ["clock", "folder", "house"]
pytestmark = pytest.mark.usefixtures("house")
TODAY = NOW.date()
HOME = "QZ1"
CANARY = "Quagmire"
SAID = "The chief executive, letter of 1 April"


@pytest.fixture
def icb(house: None) -> Organisation:
    return an_organisation(HOME, "Lantern ICB", Kind.ICB)


@pytest.fixture
def keeper(house: None) -> Person:
    return a_person(Grant(Role.SECRETARY, HOME), display_name="Kim Keeper")


@pytest.fixture
def member(house: None) -> Person:
    return a_person(Grant(Role.MEMBER, HOME), display_name="Mona Reed")


@pytest.fixture
def group(icb: Organisation) -> Group:
    made = a_group(icb, name="Lantern SQG")
    a_guidance(made, "sqg-2022", made.begun_on)
    return made


@pytest.fixture
def seat(group: Group, icb: Organisation) -> Seat:
    return a_seat(group, "Board", SeatPart.MEMBER, organisation=icb, category="icb")


@pytest.fixture
def seating(seat: Seat, member: Person) -> Seating:
    return a_seating(seat, member)


def counted() -> list[int]:
    kept = (Seat, Seating, SeatingAuthority, RepresentativeAsked, AccessNeeds, Engagement, Event)
    return [one._default_manager.count() for one in kept]


def add(by: Person, group: Group, title: str, part: SeatPart = SeatPart.MEMBER, **more: Any) -> Seat:
    return add_seat(by=by, at=NOW, group=group, title=title, part=part, **more)


# --- which expected seat it fills


@pytest.mark.parametrize(
    ("given", "category", "among"),
    [
        ({"title": "Local  authority"}, "local-authority", ""),
        ({"title": "River Council", "category": "local-authority"}, "local-authority", ""),
        ({"title": "Whoever else"}, "", ""),
        ({"title": "Meera", "part": SeatPart.CHAIR}, "chair", ""),
        ({"title": "Local authority", "part": SeatPart.INVITED}, "", ""),  # as a guest it fills no member's seat
        ({"title": "Lay voice", "category": "lay", "among": "healthwatch"}, "lay", "healthwatch"),
    ],
)
@pytest.mark.requirement("MEM-01")
def test_seat_fills_the_expected_one_that_was_named_or_whose_title_it_has(
    group: Group, keeper: Person, given: dict[str, Any], category: str, among: str
) -> None:
    made = add(keeper, group, **given)
    assert (made.category, made.among) == (category, among)


@pytest.mark.requirement("MEM-02")
def test_lay_seat_of_a_healthwatch_is_healthwatchs_by_itself(group: Group, keeper: Person) -> None:
    body = an_organisation("ZW1", "Healthwatch Lantern", Kind.HEALTHWATCH)
    assert add(keeper, group, "Lay member with lived experience", organisation=body).among == "healthwatch"
    assert add(keeper, group, "Maternity", organisation=body).among == ""


@pytest.mark.parametrize(
    "given", [{"category": "unheard-of"}, {"category": "chair"}, {"category": "icb", "among": "healthwatch"}]
)
def test_seat_that_the_guidance_does_not_expect_is_refused(group: Group, keeper: Person, given: dict[str, str]) -> None:
    before = counted()
    with pytest.raises(Invalid):
        add(keeper, group, "Somebody", **given)
    assert counted() == before


def test_seats_from_before_are_filled_in_by_their_titles_and_the_rest_are_left(group: Group, icb: Organisation) -> None:
    healthwatch = an_organisation("ZW1", "Healthwatch Lantern", Kind.HEALTHWATCH)
    known = a_seat(group, "Care quality  commission", SeatPart.MEMBER)
    lay = a_seat(group, "Lay member with lived experience", SeatPart.MEMBER, organisation=healthwatch)
    own = a_seat(group, "Whoever else", SeatPart.MEMBER)
    chair = a_seat(group, "Head of the table")
    set_by_hand = a_seat(group, "Public health", SeatPart.MEMBER, category="cqc")
    import_module("sightline.groups.migrations.0004_seat_categories").fill(apps, None)
    found = [
        (one.category, one.among) for one in Seat.objects.order_by("pk").in_bulk([lay.pk, known.pk, own.pk]).values()
    ]
    assert sorted(found) == [("", ""), ("cqc", ""), ("lay", "healthwatch")]
    chair.refresh_from_db()
    set_by_hand.refresh_from_db()
    assert (chair.category, set_by_hand.category) == ("chair", "cqc")


# --- members on a day


def test_members_on_a_day_are_its_seats_with_holder_deputies_and_their_authority(
    group: Group, keeper: Person, seating: Seating
) -> None:
    deputy = a_person(Grant(Role.DEPUTY, HOME), display_name="Dee Puty")
    stands_in = a_seating(seating.seat, deputy, is_deputy=True)
    record_authority(by=keeper, at=NOW, seating=stands_in, is_confirmed=True, said_by=SAID)
    empty = a_seat(group, "Public health", SeatPart.MEMBER, category="public-health")
    a_seating(empty, a_person(Grant(Role.MEMBER, HOME)), valid_to=TODAY)
    gone = a_seat(group, "Gone", SeatPart.MEMBER)
    end_seat(by=keeper, at=NOW, seat=gone, because="Merged")
    found = {one.title: one for one in members_on(group, TODAY)}
    assert set(found) == {"Board", "Public health"}
    board = found["Board"]
    assert (board.name, board.organisation_name, board.category, board.authority) == (
        "Mona Reed",
        "Lantern ICB",
        "icb",
        None,
    )
    assert [(one.name, one.authority) for one in board.deputies] == [("Dee Puty", True)]
    assert found["Public health"].person is None
    assert {one.title for one in members_on(group, TODAY - timedelta(1))} == {"Board", "Public health", "Gone"}
    assert {one.person for one in members_on(group, TODAY - timedelta(1)) if one.title == "Public health"} != {None}


def test_members_are_found_by_as_many_reads_whatever_the_size(
    group: Group, keeper: Person, django_assert_num_queries: Any
) -> None:
    for size in (1, 6):
        for number in range(size):
            seated = a_seating(
                a_seat(group, f"Seat {size} {number}", SeatPart.MEMBER), a_person(Grant(Role.MEMBER, HOME))
            )
            record_authority(by=keeper, at=NOW, seating=seated, is_confirmed=True, said_by=SAID)
        with django_assert_num_queries(4):
            members_on(group, TODAY)


# --- authority


@pytest.mark.requirement("MEM-14")
def test_keeper_records_that_another_body_has_to_approve_and_later_that_it_need_not(
    keeper: Person, seating: Seating
) -> None:
    record_authority(
        by=keeper, at=NOW, seating=seating, is_confirmed=False, said_by=f"{CANARY} board", approver="The trust board",
        approves_on=date(2026, 12, 1),
    )  # fmt: skip
    (event,) = Event.objects.all()
    assert event.verb == "groups.record_authority" and CANARY not in event.facts
    assert members_on(seating.seat.group, TODAY)[0].authority is False
    record_authority(by=keeper, at=NOW + timedelta(1), seating=seating, is_confirmed=True, said_by=SAID)
    assert SeatingAuthority.objects.count() == 2 and members_on(seating.seat.group, TODAY)[0].authority is True
    with pytest.raises(Already):
        record_authority(by=keeper, at=NOW + timedelta(2), seating=seating, is_confirmed=True, said_by=SAID)


@pytest.mark.parametrize(
    "given",
    [
        {"is_confirmed": True, "said_by": " "},
        {"is_confirmed": False, "said_by": SAID},
        {"is_confirmed": True, "said_by": SAID, "approver": "The trust board"},
        {"is_confirmed": True, "said_by": "Mona Reed told me"},
    ],
)
def test_authority_that_does_not_fit_or_names_somebody_is_not_recorded(
    keeper: Person, seating: Seating, given: dict[str, Any]
) -> None:
    before = counted()
    with pytest.raises(Invalid):
        record_authority(by=keeper, at=NOW, seating=seating, **given)
    assert counted() == before


@pytest.mark.parametrize("grant", [Grant(Role.MEMBER, HOME), Grant(Role.CHAIR, HOME), Grant(Role.SECRETARY, "QZ2")])
def test_nobody_but_the_keeper_records_authority_or_who_was_asked(seating: Seating, grant: Grant) -> None:
    empty, by = a_seat(seating.seat.group, "Empty", SeatPart.MEMBER), a_person(grant)
    before = counted()
    with pytest.raises(Refused):
        record_authority(by=by, at=NOW, seating=seating, is_confirmed=True, said_by=SAID)
    with pytest.raises(Refused):
        ask_for_representative(by=by, at=NOW, seat=empty, asked="The chief nurse")
    assert counted() == before


# --- somebody who sits here already


@pytest.mark.requirement("QUO-04")
def test_person_is_seated_twice_knowingly_alone(group: Group, keeper: Person, seating: Seating, member: Person) -> None:
    other = a_seat(group, "Maternity", SeatPart.MEMBER)
    before = counted()
    with pytest.raises(Invalid, match="count for one seat alone"):
        seat_person(by=keeper, at=NOW, seat=other, person=member)
    with pytest.raises(Invalid, match="“Board”"):
        seat_person(by=keeper, at=NOW, seat=other, person=member, is_deputy=True)
    assert counted() == before
    made = seat_person(by=keeper, at=NOW, seat=other, person=member, is_deputy=True, why_both="Until January")
    assert made.why_both == "Until January"
    (remark,) = [one for one in sitting_remarks(group_view(group, TODAY), TODAY) if "twice" in one.says]
    assert "Maternity" in remark.says and "Board" in remark.says


def test_secretary_who_is_a_member_and_somebody_who_left_are_asked_for_no_reason(
    group: Group, keeper: Person, seating: Seating, member: Person
) -> None:
    papers = a_seat(group, "Papers", SeatPart.SECRETARY)
    assert seat_person(by=keeper, at=NOW, seat=papers, person=member, why_both="Idle").why_both == ""
    end_seating(by=keeper, at=NOW, seating=seating)
    later = a_seat(group, "Maternity", SeatPart.MEMBER)
    assert seat_person(by=keeper, at=NOW, seat=later, person=member).why_both == ""


# --- an empty seat


@pytest.mark.requirement("MEM-16")
def test_keeper_records_whom_they_asked_for_an_empty_seat(keeper: Person, seat: Seat) -> None:
    ask_for_representative(by=keeper, at=NOW, seat=seat, asked=f"The {CANARY} nurse", answer_by=TODAY + timedelta(14))
    (event,) = Event.objects.all()
    assert event.verb == "groups.ask_for_representative" and CANARY not in event.facts
    (line,) = contacts(seat.group, TODAY)
    assert line.asked is not None and line.asked.asked_on == TODAY


@pytest.mark.parametrize(
    "given",
    [
        {"asked": " "},
        {"asked": "The nurse", "asked_on": TODAY + timedelta(1)},
        {"asked": "The nurse", "asked_on": SINCE - timedelta(1)},
        {"asked": "The nurse", "answer_by": TODAY - timedelta(1)},
    ],
)
def test_days_that_do_not_fit_are_refused(keeper: Person, seat: Seat, given: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        ask_for_representative(by=keeper, at=NOW, seat=seat, **given)
    assert not RepresentativeAsked.objects.exists() and not Event.objects.exists()


def test_nobody_is_asked_for_a_seat_on_which_somebody_sits(keeper: Person, seating: Seating) -> None:
    with pytest.raises(Invalid, match="Somebody sits there"):
        ask_for_representative(by=keeper, at=NOW, seat=seating.seat, asked="The nurse")


# --- needs and engagement


@pytest.mark.requirement("MTG-28")
def test_person_says_what_they_need_for_themself(member: Person) -> None:
    say_access_needs(by=member, at=NOW, needs=[Need.CHAT, Need.HEARING_LOOP], words=CANARY)
    row = AccessNeeds.objects.get()
    assert (row.person, row.needs, row.words) == (member, ["chat", "hearing-loop"], CANARY)
    assert CANARY not in Event.objects.get().facts
    with pytest.raises(Already):
        say_access_needs(by=member, at=NOW, needs=[Need.HEARING_LOOP, Need.CHAT], words=CANARY)
    say_access_needs(by=member, at=NOW + timedelta(1), needs=[])
    assert AccessNeeds.objects.count() == 2


def test_auditor_and_operator_have_no_needs_here(house: None) -> None:
    with pytest.raises(Refused):
        say_access_needs(by=a_person(Grant(Role.AUDITOR)), at=NOW, needs=[Need.CHAT])
    assert counted() == [0] * 7


@pytest.mark.requirement("MEM-22")
def test_whoever_sits_for_an_organisation_tells_how_it_hears_people(
    group: Group, icb: Organisation, seating: Seating, member: Person, keeper: Person
) -> None:
    for later, (by, words) in enumerate(((member, f"A panel, {CANARY}"), (keeper, "Two panels"))):
        tell_engagement(by=by, at=NOW + timedelta(hours=later), group=group, organisation=icb, words=words)
    assert Engagement.objects.count() == 2 and engagements_of(group)[icb.pk].words == "Two panels"
    assert all(CANARY not in one.facts for one in Event.objects.all())
    with pytest.raises(Already):
        tell_engagement(by=keeper, at=NOW, group=group, organisation=icb, words="Two panels")


def test_nobody_tells_it_for_another_organisation_nor_for_one_without_a_seat(
    group: Group, icb: Organisation, seat: Seat, keeper: Person
) -> None:
    stranger = a_person(Grant(Role.MEMBER, HOME))
    a_seating(a_seat(group, "Maternity", SeatPart.MEMBER), stranger)
    with pytest.raises(Refused):
        tell_engagement(by=stranger, at=NOW, group=group, organisation=icb, words="A panel")
    with pytest.raises(Refused):
        tell_engagement(by=keeper, at=NOW, group=group, organisation=an_organisation("ZZ9", "Mill"), words="A panel")
    assert not Engagement.objects.exists() and not Event.objects.exists()


# --- each system in the group of its region


@pytest.mark.requirement("MEM-19")
def test_system_is_told_that_its_lead_does_not_sit_in_the_group_of_its_region(group: Group, icb: Organisation) -> None:
    region = an_organisation("Y99", "North", Kind.REGION)
    a_relation(icb, Link.LOCATED_IN, region)
    above = a_group(region, "regional-group", "North RQG")
    a_guidance(above, "sqg-2022", above.begun_on)
    for one in (group, above):
        says = [one.says for one in sitting_remarks(group_view(one, TODAY), TODAY)]
        assert [one for one in says if "Lantern ICB does not sit" in one], says
    lead = a_seat(above, "Lead", SeatPart.MEMBER, organisation=icb, category="icb-lead")
    a_seating(lead, a_person(Grant(Role.MEMBER, HOME)))
    for one in (group, above):
        assert not [one for one in sitting_remarks(group_view(one, TODAY), TODAY) if "does not sit" in one.says]


# --- pages


def page(person: Person, address: str, status: int = 200) -> str:
    answer = signed_in(person).get(address)
    assert answer.status_code == status, address
    return " ".join(answer.content.decode().split())


@pytest.mark.requirement("MEM-16")
def test_contact_list_is_read_by_those_who_sit_here_and_those_who_keep_it(
    group: Group, seating: Seating, member: Person, keeper: Person
) -> None:
    record_authority(by=keeper, at=NOW, seating=seating, is_confirmed=True, said_by=CANARY)
    say_access_needs(by=member, at=NOW, needs=[Need.CHAT], words="Sesquipedalian")
    seen, kept = page(member, f"/groups/{group.pk}/members/"), page(keeper, f"/groups/{group.pk}/members/")
    for one in (seen, kept):
        assert member.email in one and "May decide" in one
    assert CANARY in kept and "Sesquipedalian" in kept and "write in the chat" in kept
    assert CANARY not in seen and "Sesquipedalian" not in seen and "write in the chat" not in seen
    assert CANARY in page(member, f"/groups/{group.pk}/seat/")
    assert "Sesquipedalian" in page(member, "/access-needs/")
    page(keeper, f"/groups/{group.pk}/seat/", 404)  # keeps the group and has no seat there


@pytest.mark.parametrize(
    "grant", [Grant(Role.MEMBER, HOME), Grant(Role.CHAIR, HOME), Grant(Role.AUDITOR), Grant(Role.SECRETARY, "QZ2")]
)
def test_for_all_others_there_is_no_contact_list(group: Group, seating: Seating, grant: Grant) -> None:
    stranger = a_person(grant)
    for what in ("members", "seat"):
        page(stranger, f"/groups/{group.pk}/{what}/", 404)
    assert page(stranger, f"/groups/{group.pk}/members.csv", 404 if grant.role is Role.SECRETARY else 403)


@pytest.mark.requirement("PER-03")
def test_leaver_and_conflicted_member_no_longer_read_how_to_reach_people(icb: Organisation, keeper: Person) -> None:
    mill = an_organisation("ZM1", "Mill Trust", Kind.NHS_TRUST)
    subject = Subject.objects.get(organisation=mill)
    group = a_group(icb, "quality-improvement-group", "Improving Mill", subject=subject)
    a_guidance(group, "sqg-2022", group.begun_on)
    seat = a_seat(group, "Provider concerned", SeatPart.MEMBER, organisation=mill, category="provider")
    theirs = a_person(Grant(Role.PROVIDER, HOME, mill.code), display_name="Pru Vider")
    seating = a_seating(seat, theirs)
    other = a_person(Grant(Role.MEMBER, HOME))
    a_seating(a_seat(group, "ICB", SeatPart.MEMBER, organisation=icb, category="icb"), other)
    card = page(theirs, f"/groups/{group.pk}/seat/")
    assert "warns" not in card and "where a milestone may be missed" in card
    for person in (theirs, other):
        assert other.email in page(person, f"/groups/{group.pk}/members/")
    an_interest(other, subject, InterestKind.FINANCIAL)
    end_seating(by=keeper, at=NOW, seating=seating)
    for person in (theirs, other):
        page(person, f"/groups/{group.pk}/members/", 404)


def test_keeper_saves_the_list_as_a_file_with_empty_seats(group: Group, seating: Seating, keeper: Person) -> None:
    a_seat(group, "=Maternity", SeatPart.MEMBER)
    answer = signed_in(keeper).get(f"/groups/{group.pk}/members.csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert {row[1]: row[4:7] for row in rows[1:]} == {
        "Board": ["Mona Reed", "Holder", seating.person.email],
        "'=Maternity": ["", "Nobody sits here", ""],
    }


def test_forms_record_and_keep_what_was_typed(group: Group, seating: Seating, keeper: Person, member: Person) -> None:
    client: Client = signed_in(keeper)
    empty = a_seat(group, "Empty", SeatPart.MEMBER)
    for address, wrong, right in (
        (f"/groups/seatings/{seating.pk}/authority/", {"said_by": "Zebra"}, {"confirmed": "yes", "said_by": "Zebra"}),
        (f"/groups/seats/{empty.pk}/ask/", {"asked": "", "answer_by-day": "77"}, {"asked": "The nurse"}),
        ("/access-needs/", {"needs": ["unheard-of"]}, {"needs": ["chat"]}),
        (f"/groups/{group.pk}/engagement/{seating.seat.organisation_id}/", {"words": ""}, {"words": "A panel"}),
    ):
        assert client.get(address).status_code == 200
        answer = client.post(address, wrong)
        assert answer.status_code == 400 and ("Zebra" in answer.content.decode() or "said_by" not in wrong)
        assert client.post(address, right).status_code == 302, address
    assert [
        one._default_manager.count() for one in (SeatingAuthority, RepresentativeAsked, AccessNeeds, Engagement)
    ] == [1] * 4


def test_form_for_a_seat_offers_those_that_are_missing_first(group: Group, seat: Seat, keeper: Person) -> None:
    client, address = signed_in(keeper), f"/groups/{group.pk}/seats/new/"
    shown = client.get(address).content.decode()
    order = [shown.index(f'value="{one}"') for one in ("lay.healthwatch", "icb", "other")]
    assert order == sorted(order)
    client.post(address, {"expected": "lay.healthwatch", "title": "Voices", "part": ""})
    made = Seat.objects.get(title="Voices")
    assert (made.category, made.among, made.part) == ("lay", "healthwatch", "member")
