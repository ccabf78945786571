"""Offices: who may decide in whose name, written down by those who keep the groups, and gaps named as gaps."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from sightline.accounts.models import Person
from sightline.accounts.operator import Operator
from sightline.audit.models import Event
from sightline.core.access import Grant, Role
from sightline.core.rulebook.levels import Slot
from sightline.core.verdict import Invalid, Refused
from sightline.directory.models import Organisation
from sightline.directory.words import Kind, Link
from sightline.groups.models import Office, OfficeEnding
from sightline.groups.operations import end_office, give_office
from sightline.groups.queries import holders, offices_by_system, offices_held, offices_of
from sightline.groups.words import SeatPart
from tests.factories.accounts import a_person
from tests.factories.directory import a_relation, an_organisation
from tests.factories.groups import a_group, a_guidance, a_seat, an_office
from tests.factories.house import clock, folder, house
from tests.factories.indicators import NOW

__all__ = ["clock", "folder", "house"]
pytestmark = pytest.mark.usefixtures("house")
TODAY, DAY = NOW.date(), timedelta(days=1)
HOME, ELSEWHERE = "QZ1", "QZ2"
LEAD = Slot.ICB_EXECUTIVE_QUALITY_LEAD
WHY = "Scheme of delegation, Quagmire 4"


@pytest.fixture
def icb(house: None) -> Organisation:
    body = an_organisation(HOME, "Lantern ICB", Kind.ICB)
    a_relation(body, Link.PART_OF, an_organisation("YZ1", "North of Lanterns", Kind.REGION))
    return body


@pytest.fixture
def keeper(house: None) -> Person:
    return a_person(Grant(Role.SECRETARY, HOME), display_name="Kim Keeper")


@pytest.fixture
def member(house: None) -> Person:
    return a_person(Grant(Role.MEMBER, HOME), display_name="Mona Reed")


def give(by: Any, organisation: Organisation, person: Person, **more: Any) -> Office:
    given = {"slot": LEAD, "because": WHY, "at": NOW, **more}
    return give_office(by=by, organisation=organisation, person=person, **given)


@pytest.mark.requirement("PER-06", "PER-07", "PER-08")
def test_office_is_recorded_with_what_it_rests_on(icb: Organisation, keeper: Person, member: Person) -> None:
    office = give(keeper, icb, member, is_delegate=True)
    assert (office.slot, office.organisation, office.person) == (LEAD.value, icb, member)
    assert (office.because, office.valid_from, office.is_delegate) == (WHY, TODAY, True)
    assert offices_of(member, TODAY) == [office] and holders(LEAD, icb.pk, TODAY) == (member,)
    event = Event.objects.get()
    assert (event.verb, event.on_id) == ("groups.give_office", str(office.pk)) and "Quagmire" not in event.facts


@pytest.mark.parametrize("role", [Role.CHAIR, Role.MEMBER, Role.LAY_MEMBER, Role.REGION, Role.PROVIDER, Role.AUDITOR])
def test_nobody_else_records_one(icb: Organisation, member: Person, role: Role) -> None:
    with pytest.raises(Refused):
        give(a_person(Grant(role, HOME, "ZL1")), icb, member)
    assert (Office.objects.count(), Event.objects.count()) == (0, 0)


def test_nobody_gives_themselves_an_office(icb: Organisation) -> None:
    lead = a_person(Grant(Role.QUALITY_LEAD, HOME))
    with pytest.raises(Refused, match="Nobody gives themselves"):
        give(lead, icb, lead)
    assert not Office.objects.exists()


def test_office_needs_its_reason(icb: Organisation, keeper: Person, member: Person) -> None:
    with pytest.raises(Refused, match="reason"):
        give(keeper, icb, member, because=" ")


@pytest.mark.parametrize(
    ("code", "kind", "slot", "may"),
    [
        (HOME, Kind.ICB, Slot.ICB_CHIEF_EXECUTIVE, True),
        ("YZ1", Kind.REGION, Slot.NHS_ENGLAND_REGION, True),
        ("YZ2", Kind.REGION, Slot.NHS_ENGLAND_REGION, False),
        ("ENG", Kind.NATION, Slot.NHS_ENGLAND_NATION, True),
        ("ZL1", Kind.LOCAL_AUTHORITY, Slot.LOCAL_AUTHORITY, True),
        ("ZL2", Kind.LOCAL_AUTHORITY, Slot.LOCAL_AUTHORITY, False),
        (ELSEWHERE, Kind.ICB, Slot.ICB_CHIEF_EXECUTIVE, False),
    ],
)
def test_keeper_records_offices_of_their_system_and_of_whom_it_deals_with(
    icb: Organisation, keeper: Person, member: Person, code: str, kind: Kind, slot: Slot, may: bool
) -> None:
    body = Organisation.objects.filter(code=code).first() or an_organisation(code, f"Body {code}", kind)
    if code == "ZL1":
        a_relation(body, Link.PART_OF, icb)
    if may:
        assert give(keeper, body, member, slot=slot).pk
        return
    with pytest.raises(Refused, match="own system"):
        give(keeper, body, member, slot=slot)


@pytest.mark.requirement("LVL-08")
@pytest.mark.parametrize("slot", [Slot.SYSTEM_QUALITY_GROUP, Slot.REGIONAL_QUALITY_GROUP, Slot.PLACE_GROUP])
def test_group_holds_no_office(icb: Organisation, member: Person, slot: Slot) -> None:
    with pytest.raises(Refused, match="is a group"):
        give(Operator("test"), icb, member, slot=slot)
    assert not Office.objects.exists()


@pytest.mark.requirement("FRW-02")
def test_where_a_group_still_agrees_levels_itself_somebody_speaks_for_it(
    icb: Organisation, keeper: Person, member: Person
) -> None:
    a_guidance(a_group(icb), "qsg-2017", date(2024, 1, 1))
    assert give(keeper, icb, member, slot=Slot.SYSTEM_QUALITY_GROUP).pk
    with pytest.raises(Invalid, match="knows no such role"):
        give(keeper, icb, member, slot=Slot.ICB_CHAIR)


def test_role_of_a_board_is_held_for_no_trust(icb: Organisation, member: Person) -> None:
    with pytest.raises(Invalid, match="is no role of an organisation such as Mill Trust"):
        give(Operator("test"), an_organisation("ZR1", "Mill Trust"), member)


def test_closed_body_has_no_new_office(member: Person) -> None:
    closed = an_organisation("QZ0", "Old ICB", Kind.ICB, closed_on=date(2025, 1, 1))
    with pytest.raises(Invalid, match="is closed"):
        give(Operator("test"), closed, member)


@pytest.mark.parametrize(
    ("begins", "ends", "crosses"),
    [
        (TODAY, None, True),
        (TODAY - 30 * DAY, TODAY - 10 * DAY, False),
        (TODAY - 30 * DAY, TODAY - 9 * DAY, True),
        (TODAY + 10 * DAY, None, False),
        (TODAY + 9 * DAY, None, True),
    ],
)
def test_same_person_does_not_hold_the_same_office_twice_on_one_day(
    icb: Organisation, keeper: Person, member: Person, begins: date, ends: date | None, crosses: bool
) -> None:
    an_office(member, LEAD, icb, valid_from=TODAY - 10 * DAY, valid_to=TODAY + 10 * DAY)
    if not crosses:
        assert give(keeper, icb, member, valid_from=begins, valid_to=ends).pk
        return
    with pytest.raises(Invalid, match="already"):
        give(keeper, icb, member, valid_from=begins, valid_to=ends)
    assert Office.objects.count() == 1


def test_office_is_ended_once_and_what_was_decided_in_it_is_untouched(
    icb: Organisation, keeper: Person, member: Person
) -> None:
    office = an_office(member, LEAD, icb)
    end_office(by=keeper, at=NOW, office=office, because="Left")
    assert offices_of(member, TODAY) == [] and offices_of(member, TODAY - DAY) == [office]
    with pytest.raises(Invalid, match="ended before"):
        end_office(by=keeper, at=NOW, office=office, because="Left")
    assert [event.verb for event in Event.objects.all()] == ["groups.end_office"]


@pytest.mark.parametrize("grant", [Grant(Role.CHAIR, HOME), Grant(Role.MEMBER, HOME), Grant(Role.SECRETARY, ELSEWHERE)])
def test_nobody_else_ends_one(icb: Organisation, member: Person, grant: Grant) -> None:
    office = an_office(member, LEAD, icb)
    with pytest.raises(Refused):
        end_office(by=a_person(grant), at=NOW, office=office, because="Left")
    assert (OfficeEnding.objects.count(), Event.objects.count()) == (0, 0)


def test_office_does_not_end_outside_its_days(icb: Organisation, keeper: Person, member: Person) -> None:
    office = an_office(member, LEAD, icb, valid_from=TODAY - 5 * DAY, valid_to=TODAY + 5 * DAY)
    for ends_on, says in ((TODAY - 6 * DAY, "began on"), (TODAY + 5 * DAY, "ends by itself")):
        with pytest.raises(Invalid, match=says):
            end_office(by=keeper, at=NOW, office=office, because="Left", ends_on=ends_on)
    assert not OfficeEnding.objects.exists()


def test_roles_that_decisions_need_are_listed_with_their_gaps(icb: Organisation, member: Person) -> None:
    a_group(icb)
    an_office(member, LEAD, icb)
    other = an_organisation(ELSEWHERE, "Other ICB", Kind.ICB)
    an_office(member, LEAD, other)
    elsewhere = an_organisation("ZL2", "Council elsewhere", Kind.LOCAL_AUTHORITY)
    a_relation(elsewhere, Link.PART_OF, other)
    an_office(member, Slot.LOCAL_AUTHORITY, elsewhere)
    an_office(member, Slot.NHS_ENGLAND_NATION, an_organisation("ENG", "The nation", Kind.NATION))
    here = an_organisation("ZL1", "Council here", Kind.LOCAL_AUTHORITY)
    a_relation(here, Link.PART_OF, icb)
    an_office(member, Slot.LOCAL_AUTHORITY, here)
    [system] = offices_by_system(offices_held(TODAY), TODAY)
    found = {one.name: [office.organisation.code for office in one.offices] for one in system.roles if one.decides}
    assert found == {
        "ICB executive lead for quality": [HOME],
        "ICB chief executive": [],
        "NHS England’s region": [],
        "NHS England’s national team": ["ENG"],
        "Local authority": ["ZL1"],
    }


def of_councils(systems: Any) -> dict[str, list[str]]:
    return {
        one.system.code: [office.organisation.code for role in one.roles for office in role.offices if role.decides]
        for one in systems
    }


def test_held_office_of_a_council_that_no_system_is_linked_to_is_no_gap(icb: Organisation, member: Person) -> None:
    a_group(icb)
    a_group(an_organisation(ELSEWHERE, "Other ICB", Kind.ICB))
    an_office(member, Slot.LOCAL_AUTHORITY, an_organisation("ZL1", "Council", Kind.LOCAL_AUTHORITY))
    assert of_councils(offices_by_system(offices_held(TODAY), TODAY)) == {HOME: ["ZL1"], ELSEWHERE: ["ZL1"]}


@pytest.mark.parametrize("how", ["seat", "role"])
def test_council_that_is_not_linked_holds_its_office_where_it_sits(icb: Organisation, member: Person, how: str) -> None:
    group = a_group(icb)
    a_group(an_organisation(ELSEWHERE, "Other ICB", Kind.ICB))
    council = an_organisation("ZL1", "Council", Kind.LOCAL_AUTHORITY)
    if how == "seat":
        a_seat(group, "Local authority", SeatPart.MEMBER, organisation=council)
    else:
        a_person(Grant(Role.MEMBER, HOME, "ZL1"))
    an_office(member, Slot.LOCAL_AUTHORITY, council)
    assert of_councils(offices_by_system(offices_held(TODAY), TODAY)) == {HOME: ["ZL1"], ELSEWHERE: []}
