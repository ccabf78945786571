"""Standing groups: set up, moved to another guidance, given seats and people, by those who keep them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from sightline.accounts.models import Person
from sightline.audit.models import Event
from sightline.core.access import Grant, Role
from sightline.core.rulebook.groups import Use
from sightline.core.rulebook.levels import Slot
from sightline.core.verdict import Invalid, Refused
from sightline.directory.models import Organisation
from sightline.directory.words import Kind, Link
from sightline.groups.models import Group, GroupEnding, GroupGuidance, Seat, Seating, SeatingEnding
from sightline.groups.operations import (
    add_seat,
    end_group,
    end_seating,
    lay_down_guidance,
    seat_person,
    set_up_group,
)
from sightline.groups.queries import GROUP_KINDS, group_view, holders, pack_of, pack_of_group
from sightline.groups.words import SeatPart
from tests.factories.accounts import a_person
from tests.factories.directory import a_relation, an_organisation
from tests.factories.groups import a_group, a_guidance, a_seat, a_seating
from tests.factories.house import clock, folder, house
from tests.factories.indicators import NOW
from tests.factories.levels import part

__all__ = ["clock", "folder", "house"]
pytestmark = pytest.mark.usefixtures("house")
TODAY = NOW.date()
HOME, ELSEWHERE = "QZ1", "QZ2"
BEGUN = date(2022, 7, 1)
WHY = "Terms of reference, Quagmire 4"
RECORDS = (Group, GroupEnding, GroupGuidance, Seat, Seating, SeatingEnding)


@pytest.fixture
def icb(house: None) -> Organisation:
    return an_organisation(HOME, "Lantern ICB", Kind.ICB)


@pytest.fixture
def keeper(house: None) -> Person:
    return a_person(Grant(Role.SECRETARY, HOME), display_name="Kim Keeper")


@pytest.fixture
def member(house: None) -> Person:
    return a_person(Grant(Role.MEMBER, HOME), display_name="Mona Reed")


def set_up(by: Any, area: Organisation, **more: Any) -> Group:
    given = {"kind": "system-group", "name": "Lantern SQG", "begun_on": BEGUN, "because": WHY, "at": NOW}
    return set_up_group(by=by, area=area, **{**given, **more})


def recorded() -> list[int]:
    return [one._default_manager.count() for one in (*RECORDS, Event)]


# --- setting up


def test_who_keeps_groups_sets_one_up(icb: Organisation, keeper: Person) -> None:
    group = set_up(keeper, icb, pack="sqg-2022")
    assert (group.kind, group.name, group.area, group.system) == ("system-group", "Lantern SQG", icb, HOME)
    assert (group.because, group.recorded_by, group.begun_on) == (WHY, keeper.actor_id, BEGUN)
    row = GroupGuidance.objects.get()
    assert (row.group, row.pack, row.from_on) == (group, "sqg-2022", BEGUN)
    event = Event.objects.get()
    assert (event.verb, event.on_id) == ("groups.set_up_group", str(group.pk)) and "Quagmire" not in event.facts


@pytest.mark.parametrize(
    "role",
    [
        Role.CHAIR,
        Role.MEMBER,
        Role.LAY_MEMBER,
        Role.DEPUTY,
        Role.PROVIDER,
        Role.REGION,
        Role.AUDITOR,
        Role.ADMINISTRATOR,
    ],
)
def test_nobody_else_sets_one_up(icb: Organisation, role: Role) -> None:
    with pytest.raises(Refused):
        set_up(a_person(Grant(role, HOME, "ZL1")), icb)
    assert recorded() == [0] * 7


def test_keeper_of_another_system_sets_none_up(icb: Organisation) -> None:
    with pytest.raises(Refused, match="own system"):
        set_up(a_person(Grant(Role.SECRETARY, ELSEWHERE)), icb)
    assert recorded() == [0] * 7


@pytest.mark.requirement("GRP-04")
def test_system_quality_group_that_is_to_be_the_assurance_committee_is_refused(
    icb: Organisation, keeper: Person
) -> None:
    """T24 as the operation answers it."""
    with pytest.raises(Refused, match="never serves as the ICB’s formal committee"):
        set_up(keeper, icb, uses=frozenset({Use.ASSURANCE_COMMITTEE}))
    assert recorded() == [0] * 7
    committee = {"kind": "assurance-committee", "name": "Quality committee"}
    assert set_up(keeper, icb, **committee, uses=frozenset({Use.ASSURANCE_COMMITTEE})).pk


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"pack": "sqg-2030"}, "no guidance of that name"),
        ({"pack": "sqg-2022", "begun_on": date(2021, 1, 1)}, "in force from 21 January 2022"),
        ({"because": " "}, "reason is needed"),
        ({"kind": "court"}, "knows no such type"),
        ({"kind": "place-group"}, "sits for a place"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(
    icb: Organisation, keeper: Person, more: dict[str, Any], says: str
) -> None:
    with pytest.raises((Refused, Invalid), match=says):
        set_up(keeper, icb, **more)
    assert recorded() == [0] * 7


def test_form_sent_twice_makes_one_group(icb: Organisation, keeper: Person) -> None:
    set_up(keeper, icb)
    with pytest.raises(Refused, match="same type"):
        set_up(keeper, icb)
    assert Group.objects.count() == 1


def test_group_of_a_place_belongs_to_the_record_of_its_system(icb: Organisation, keeper: Person) -> None:
    council = an_organisation("ZL1", "River Council", Kind.LOCAL_AUTHORITY)
    place = {"kind": "place-group", "name": "River place"}
    with pytest.raises(Invalid, match="several systems or in none"):
        set_up(keeper, council, **place)
    a_relation(council, Link.PART_OF, icb)
    assert set_up(keeper, council, **place).system == HOME


@pytest.mark.parametrize("slot", GROUP_KINDS)
def test_kinds_that_queries_look_for_are_types_of_the_guidance(slot: Slot) -> None:
    from sightline.core.rulebook.groups import GroupTypes

    found = part("sqg-2022", "group_types", GroupTypes).type(GROUP_KINDS[slot])
    assert found and found.slot is slot


# --- ending


def test_group_is_ended_once(icb: Organisation, keeper: Person) -> None:
    group = a_group(icb)
    end_group(by=keeper, at=NOW, group=group, ends_on=TODAY, because=WHY)
    assert not Group.objects.standing_on(TODAY).exists()
    assert Group.objects.standing_on(TODAY - timedelta(days=1)).exists()
    with pytest.raises(Invalid, match="ended before"):
        end_group(by=keeper, at=NOW, group=group, ends_on=TODAY, because=WHY)
    assert [event.verb for event in Event.objects.all()] == ["groups.end_group"]


def test_group_does_not_end_before_it_began(icb: Organisation, keeper: Person) -> None:
    with pytest.raises(Invalid, match="later day"):
        end_group(by=keeper, at=NOW, group=a_group(icb), ends_on=date(2024, 1, 1), because=WHY)
    assert not GroupEnding.objects.exists()


# --- guidance


@pytest.mark.requirement("FRW-02")
def test_group_moves_to_another_guidance_on_a_day_and_what_came_before_keeps_its_words(
    icb: Organisation, keeper: Person
) -> None:
    group = a_group(icb, begun_on=date(2014, 1, 1))
    a_guidance(group, "qsg-2013", date(2014, 1, 1))
    a_guidance(group, "qsg-2017", date(2017, 9, 1))
    lay_down_guidance(by=keeper, at=NOW, group=group, pack="sqg-2022", from_on=date(2022, 7, 1), because=WHY)
    days = [date(2016, 1, 1), date(2022, 6, 30), date(2022, 7, 1)]
    assert [pack_of_group(group, on) for on in days] == ["qsg-2013", "qsg-2017", "sqg-2022"]
    assert [pack_of(HOME, on) for on in days] == ["qsg-2013", "qsg-2017", "sqg-2022"]
    told = [(one.kind.short if one.kind else "", one.from_on) for one in group_view(group, TODAY).worked]
    assert told == [
        ("SQG", date(2022, 7, 1)),
        ("Local QSG", date(2017, 9, 1)),
        ("Local QSG", date(2014, 1, 1)),
    ]
    assert Event.objects.get().verb == "groups.lay_down_guidance"


@pytest.mark.requirement("FRW-02")
@pytest.mark.parametrize(
    ("pack", "from_on", "says"),
    [
        ("sqg-2030", TODAY, "no guidance of that name"),
        ("sqg-2022", date(2021, 6, 1), "in force from 21 January 2022"),
        ("qsg-2017", date(2019, 12, 31), "began on 1 January 2020"),
        ("sqg-2022", date(2020, 6, 1), "The last move was on 1 June 2020"),
        ("qsg-2017", date(2023, 1, 1), "already on that day"),
    ],
)
def test_guidance_or_day_that_does_not_fit_is_refused(
    icb: Organisation, keeper: Person, pack: str, from_on: date, says: str
) -> None:
    group = a_group(icb, begun_on=date(2020, 1, 1))
    a_guidance(group, "qsg-2017", date(2020, 6, 1))
    with pytest.raises(Invalid, match=says):
        lay_down_guidance(by=keeper, at=NOW, group=group, pack=pack, from_on=from_on, because=WHY)
    assert GroupGuidance.objects.count() == 1 and not Event.objects.exists()


def test_guidance_that_does_not_know_the_type_is_refused(icb: Organisation, keeper: Person) -> None:
    group = a_group(icb, "assurance-committee")
    with pytest.raises(Invalid, match="knows no groups of this type"):
        lay_down_guidance(by=keeper, at=NOW, group=group, pack="qsg-2017", from_on=TODAY, because=WHY)


def test_until_a_group_laid_one_down_the_guidance_in_force_counts(icb: Organisation) -> None:
    group = a_group(icb, begun_on=date(2018, 1, 1))
    told = [(one.pack, one.from_on, one.until) for one in group_view(group, TODAY).worked]
    assert told == [
        ("sqg-2022", date(2022, 1, 21), None),
        ("qsg-2017", date(2018, 1, 1), date(2022, 1, 21)),
    ]


# --- seats


def test_seat_is_added_and_filled_and_reached_by_what_goes_to_the_group(
    icb: Organisation, keeper: Person, member: Person
) -> None:
    group = a_group(icb)
    seat = add_seat(by=keeper, at=NOW, group=group, title=" Chair ", part=SeatPart.CHAIR, organisation=icb)
    assert (seat.title, seat.part, seat.organisation) == ("Chair", "chair", icb)
    seating = seat_person(by=keeper, at=NOW, seat=seat, person=member)
    assert holders(Slot.SYSTEM_QUALITY_GROUP, icb.pk, TODAY) == (member,)
    end_seating(by=keeper, at=NOW, seating=seating)
    assert holders(Slot.SYSTEM_QUALITY_GROUP, icb.pk, TODAY) == ()
    assert [event.verb.removeprefix("groups.") for event in Event.objects.order_by("sequence")] == [
        "add_seat",
        "seat_person",
        "end_seating",
    ]


def test_group_has_one_chair(icb: Organisation, keeper: Person) -> None:
    group = a_group(icb)
    a_seat(group)
    with pytest.raises(Invalid, match="chair already"):
        add_seat(by=keeper, at=NOW, group=group, title="Other chair", part=SeatPart.CHAIR)


def test_same_seat_is_added_again_only_once_somebody_sits_on_the_first(
    icb: Organisation, keeper: Person, member: Person
) -> None:
    group = a_group(icb)
    given = {"by": keeper, "at": NOW, "group": group, "title": "Lay member", "part": SeatPart.MEMBER}
    first = add_seat(**given)
    with pytest.raises(Invalid, match="such a seat already"):
        add_seat(**given)
    a_seating(first, member)
    assert add_seat(**given).pk != first.pk and Seat.objects.count() == 2


DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("others", "deputies", "begins", "says"),
    [
        (False, (False, False), TODAY, "has this seat on some"),
        (True, (False, False), TODAY, "Somebody else sits there"),
        (True, (False, True), TODAY, ""),
        (True, (True, False), TODAY, ""),
        (True, (False, False), TODAY + 10 * DAY, ""),
    ],
)
def test_one_person_sits_on_a_seat_at_a_time_and_deputies_beside_them(
    icb: Organisation,
    keeper: Person,
    member: Person,
    others: bool,
    deputies: tuple[bool, bool],
    begins: date,
    says: str,
) -> None:
    seat = a_seat(a_group(icb))
    a_seating(seat, member, is_deputy=deputies[0], valid_to=TODAY + 10 * DAY)
    person = a_person(Grant(Role.DEPUTY, HOME)) if others else member
    act = {"by": keeper, "at": NOW, "seat": seat, "person": person, "is_deputy": deputies[1], "valid_from": begins}
    if not says:
        assert seat_person(**act).pk
        return
    with pytest.raises(Invalid, match=says):
        seat_person(**act)
    assert Seating.objects.count() == 1


def test_whoever_has_no_role_in_the_system_is_not_seated(icb: Organisation, keeper: Person) -> None:
    stranger = a_person(Grant(Role.MEMBER, ELSEWHERE))
    with pytest.raises(Refused, match="holds a role in its system"):
        seat_person(by=keeper, at=NOW, seat=a_seat(a_group(icb)), person=stranger)
    assert not Seating.objects.exists()


ACTS: list[Callable[[Any, Group], Any]] = [
    lambda by, group: end_group(by=by, at=NOW, group=group, ends_on=TODAY, because=WHY),
    lambda by, group: lay_down_guidance(by=by, at=NOW, group=group, pack="qsg-2017", from_on=TODAY, because=WHY),
    lambda by, group: add_seat(by=by, at=NOW, group=group, title="Lay member", part=SeatPart.MEMBER),
    lambda by, group: seat_person(by=by, at=NOW, seat=group.seats.get(), person=by),
    lambda by, group: end_seating(by=by, at=NOW, seating=Seating.objects.get()),
]


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("grant", [Grant(Role.MEMBER, HOME), Grant(Role.CHAIR, HOME), Grant(Role.SECRETARY, ELSEWHERE)])
def test_nobody_else_changes_a_group(icb: Organisation, act: Callable[[Any, Group], Any], grant: Grant) -> None:
    group, by = a_group(icb), a_person(grant)
    a_seating(a_seat(group), by)
    before = recorded()
    with pytest.raises(Refused):
        act(by, group)
    assert recorded() == before


def test_seating_ends_within_its_days(icb: Organisation, keeper: Person, member: Person) -> None:
    seating = a_seating(a_seat(a_group(icb)), member, valid_from=TODAY - 5 * DAY, valid_to=TODAY + 5 * DAY)
    for ends_on, says in ((TODAY - 6 * DAY, "began on"), (TODAY + 5 * DAY, "ends by itself")):
        with pytest.raises(Invalid, match=says):
            end_seating(by=keeper, at=NOW, seating=seating, ends_on=ends_on)
    assert not SeatingEnding.objects.exists() and not Event.objects.exists()
