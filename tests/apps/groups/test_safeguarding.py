"""Safeguarding in a group: who answers for it, what its organisations confirm, which boards of councils are on record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest

from sightline.accounts.models import Person
from sightline.audit.models import Event
from sightline.core.access import Grant, Role
from sightline.core.verdict import Already, Invalid, Refused
from sightline.directory.models import Organisation, Subject
from sightline.directory.words import Kind, Link
from sightline.groups.models import (
    CouncilBody,
    Group,
    GroupEnding,
    SafeguardingConfirmation,
    SafeguardingLead,
    SafeguardingPeriod,
    Seat,
)
from sightline.groups.operations.safeguarding import (
    ask_again_after,
    confirm_safeguarding,
    name_safeguarding_lead,
    record_council_body,
)
from sightline.groups.queries.safeguarding import (
    assurance_of,
    councils_of,
    reads_safeguarding,
    safeguarding,
)
from sightline.groups.safeguarding_words import USUAL_MONTHS, CouncilBodyKind, Represented
from sightline.groups.words import SeatPart
from tests.factories.accounts import LONG_AGO, a_person
from tests.factories.directory import a_relation, an_organisation
from tests.factories.groups import a_group, a_seat, a_seating
from tests.factories.house import clock, folder, house
from tests.factories.indicators import NOW

__all__ = ["clock", "folder", "house"]
pytestmark = pytest.mark.usefixtures("house")
TODAY = NOW.date()
HOME, ELSEWHERE = "QZ1", "QZ2"
WHY = "Agreed at the meeting, Quagmire"
RECORDS = (SafeguardingLead, SafeguardingPeriod, SafeguardingConfirmation, CouncilBody, Event)
ADULTS, WELLBEING = CouncilBodyKind.ADULTS_BOARD, CouncilBodyKind.WELLBEING_BOARD


@dataclass(frozen=True)
class Sqg:
    """A system's group with a council and a trust in it."""

    group: Group
    council: Organisation
    trust: Organisation
    council_seat: Seat
    trust_seat: Seat
    councillor: Person
    nurse: Person
    keeper: Person


@pytest.fixture
def sqg(house: None) -> Sqg:
    icb = an_organisation(HOME, "Lantern ICB", Kind.ICB)
    council = an_organisation("ZL1", "River Council", Kind.LOCAL_AUTHORITY)
    trust = an_organisation("ZT1", "Mill Trust")
    group = a_group(icb, name="Lantern SQG")
    its = a_seat(group, "LA", SeatPart.MEMBER, organisation=council)
    theirs = a_seat(group, "Trust", SeatPart.MEMBER, organisation=trust)
    councillor = a_person(Grant(Role.MEMBER, HOME, "ZL1"), display_name="Cora Council")
    nurse = a_person(Grant(Role.PROVIDER, HOME, "ZT1"), display_name="Nell Nurse")
    a_seating(its, councillor)
    a_seating(theirs, nurse)
    keeper = a_person(Grant(Role.SECRETARY, HOME), display_name="Kim Keeper")
    return Sqg(group, council, trust, its, theirs, councillor, nurse, keeper)


def answer_for(sqg: Sqg, by: Person | None = None, **more: Any) -> SafeguardingLead:
    given = {"group": sqg.group, "seat": sqg.council_seat, "because": WHY, "at": NOW, **more}
    return name_safeguarding_lead(by=by or sqg.keeper, **given)


def again(sqg: Sqg, by: Person | None = None, **more: Any) -> SafeguardingPeriod:
    return ask_again_after(by=by or sqg.keeper, **{"group": sqg.group, "months": 6, "because": WHY, "at": NOW, **more})


def confirm(sqg: Sqg, by: Person | None = None, **more: Any) -> SafeguardingConfirmation:
    given = {"group": sqg.group, "organisation": sqg.council, "represented": Represented.SAME, "at": NOW, **more}
    return confirm_safeguarding(by=by or sqg.councillor, **given)


def record(sqg: Sqg, by: Person | None = None, **more: Any) -> CouncilBody:
    given = {"group": sqg.group, "council": sqg.council, "kind": ADULTS, "name": "River SAB", "at": NOW, **more}
    return record_council_body(by=by or sqg.keeper, **given)


ACTS: list[tuple[Callable[..., Any], str]] = [
    (answer_for, "groups.name_safeguarding_lead"),
    (again, "groups.ask_again_after"),
    (confirm, "groups.confirm_safeguarding"),
    (record, "groups.record_council_body"),
]


def recorded() -> list[int]:
    return [one._default_manager.count() for one in RECORDS]


# --- each act: recorded, refused, done once


@pytest.mark.parametrize(("act", "verb"), ACTS)
def test_act_is_recorded_as_one_event_without_its_words(sqg: Sqg, act: Callable[..., Any], verb: str) -> None:
    made = act(sqg)
    event = Event.objects.get()
    assert (event.verb, made.recorded_at) == (verb, NOW) and "Quagmire" not in event.facts
    assert sum(recorded()) == 2


@pytest.mark.parametrize(("act", "verb"), ACTS)
def test_who_neither_keeps_the_group_nor_sits_there_does_nothing(sqg: Sqg, act: Callable[..., Any], verb: str) -> None:
    for grant in (
        Grant(Role.MEMBER, HOME, "ZL1"),  # works for the council, and does not sit in the group for it
        Grant(Role.CHAIR, HOME),
        Grant(Role.PROVIDER, HOME, "ZT2"),
        Grant(Role.AUDITOR, HOME),
        Grant(Role.SECRETARY, ELSEWHERE),
        Grant(Role.ADMINISTRATOR),
    ):
        with pytest.raises(Refused):
            act(sqg, a_person(grant))
    assert recorded() == [0] * 5


@pytest.mark.parametrize(("act", "verb"), ACTS)
def test_the_same_twice_is_on_record_once(sqg: Sqg, act: Callable[..., Any], verb: str) -> None:
    act(sqg)
    before = recorded()
    with pytest.raises(Already):
        act(sqg)
    assert recorded() == before


@pytest.mark.parametrize(("act", "verb"), ACTS)
def test_nothing_is_recorded_of_a_group_that_ended(sqg: Sqg, act: Callable[..., Any], verb: str) -> None:
    ended = {"ends_on": TODAY, "because": "Merged", "recorded_at": LONG_AGO, "recorded_by": "operator:test"}
    GroupEnding.objects.create(group=sqg.group, **ended)
    with pytest.raises(Invalid, match="was ended"):
        act(sqg)
    assert recorded() == [0] * 5


@pytest.mark.parametrize(("act", "verb"), ACTS)
def test_group_about_one_subject_has_no_standing_item(sqg: Sqg, act: Callable[..., Any], verb: str) -> None:
    sqg.group.subject = Subject.objects.get(key="ZT1")
    sqg.group.save()
    with pytest.raises(Invalid, match="groups that always stand"):
        act(sqg)
    assert recorded() == [0] * 5 and not reads_safeguarding(sqg.keeper, sqg.group, TODAY)


@pytest.mark.parametrize(
    ("act", "more"),
    [
        (answer_for, {"because": "Ask on 07700 900123"}),
        (again, {"because": "Ask on 07700 900123"}),
        (confirm, {"represented": Represented.ANOTHER, "briefs": "Ring 07700 900123"}),
        (record, {"reached_by": "Ring 07700 900123"}),
    ],
)
def test_personal_data_stays_only_for_a_reason(sqg: Sqg, act: Callable[..., Any], more: dict[str, Any]) -> None:
    with pytest.raises(Invalid, match="telephone number"):
        act(sqg, **more)
    assert recorded() == [0] * 5
    if act in (confirm, record):
        assert act(sqg, **more, knowingly="The team’s own line").knowingly == "The team’s own line"


# --- who answers for it


@pytest.mark.requirement("SAF-03")
def test_who_sits_on_the_seat_answers_for_safeguarding_and_whoever_follows_on_another_seat(sqg: Sqg) -> None:
    assert safeguarding(sqg.group, TODAY).lead is None
    answer_for(sqg, from_on=TODAY - timedelta(days=30))
    later = TODAY + timedelta(days=10)
    answer_for(sqg, seat=sqg.trust_seat, from_on=later)
    now, then = safeguarding(sqg.group, TODAY), safeguarding(sqg.group, later)
    assert now.lead and [one.person for one in now.lead.sitters] == [sqg.councillor]
    assert then.lead and [one.person for one in then.lead.sitters] == [sqg.nurse]
    assert [one.seat for one in now.leads_before] == [sqg.trust_seat]


@pytest.mark.requirement("SAF-03")
def test_seat_on_which_nobody_sits_is_a_gap(sqg: Sqg) -> None:
    empty = a_seat(sqg.group, "Healthwatch", SeatPart.MEMBER)
    answer_for(sqg, seat=empty)
    lead = safeguarding(sqg.group, TODAY).lead
    assert lead and not lead.is_taken


def test_only_a_members_seat_of_this_group_answers_for_it(sqg: Sqg) -> None:
    guest = a_seat(sqg.group, "Guest", SeatPart.INVITED)
    other = a_seat(a_group(an_organisation(ELSEWHERE, "Other ICB", Kind.ICB)), "LA", SeatPart.MEMBER)
    for seat in (guest, other):
        with pytest.raises(Invalid, match="seat of a member"):
            answer_for(sqg, seat=seat)
    assert recorded() == [0] * 5


@pytest.mark.parametrize("act", [answer_for, again])
def test_change_is_not_dated_before_the_last_one_nor_before_the_group(sqg: Sqg, act: Callable[..., Any]) -> None:
    with pytest.raises(Invalid, match="The group began on"):
        act(sqg, from_on=sqg.group.begun_on - timedelta(days=1))
    act(sqg, from_on=TODAY)
    other = {"seat": sqg.trust_seat} if act is answer_for else {"months": 7}
    with pytest.raises(Invalid, match="not rewritten"):
        act(sqg, from_on=TODAY - timedelta(days=1), **other)


# --- what an organisation confirms


@pytest.mark.requirement("SAF-10")
def test_organisation_is_asked_again_after_the_usual_time_or_the_one_the_group_set(sqg: Sqg) -> None:
    confirm(sqg, confirmed_on=TODAY - timedelta(days=200))
    assert safeguarding(sqg.group, TODAY).months == USUAL_MONTHS

    def due() -> dict[str, bool]:
        view = safeguarding(sqg.group, TODAY)
        return {one.organisation.name: one.is_due(TODAY) for one in view.members if one.row}

    assert due() == {"River Council": False}
    again(sqg, months=6)
    assert due() == {"River Council": True}
    confirm(sqg)
    assert due() == {"River Council": False}


@pytest.mark.parametrize("months", [0, 61])
def test_time_after_which_one_is_asked_again_lies_within_bounds(sqg: Sqg, months: int) -> None:
    with pytest.raises(Invalid, match="from 1 to 60"):
        again(sqg, months=months)


@pytest.mark.requirement("SAF-10")
def test_member_confirms_for_its_own_body_and_for_no_other(sqg: Sqg) -> None:
    confirm(sqg, sqg.nurse, organisation=sqg.trust)  # a provider's member, by its seat
    with pytest.raises(Refused, match="sits in the group for an organisation"):
        confirm(sqg, sqg.nurse)
    with pytest.raises(Refused, match="sits in the group for an organisation"):
        confirm(sqg, sqg.nurse, organisation=sqg.trust, person=sqg.councillor)
    row = SafeguardingConfirmation.objects.get()
    assert (row.organisation, row.person, row.confirmed_on) == (sqg.trust, sqg.nurse, TODAY)


@pytest.mark.requirement("SAF-10")
def test_keeper_writes_down_that_the_bodys_member_confirmed_it(sqg: Sqg) -> None:
    row = confirm(sqg, sqg.keeper, person=sqg.councillor)
    assert (row.person, row.recorded_by) == (sqg.councillor, sqg.keeper.actor_id)
    for person in (sqg.nurse, None):
        with pytest.raises(Invalid, match="Choose who confirmed it"):
            confirm(sqg, sqg.keeper, person=person)


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"confirmed_on": TODAY + timedelta(days=1)}, "not yet to come"),
        ({"confirmed_on": date(2020, 1, 1)}, "not before the group began"),
        ({"briefs": "Each month"}, "asked only where somebody else"),
    ],
)
def test_confirmation_that_does_not_fit_is_not_recorded(sqg: Sqg, more: dict[str, Any], says: str) -> None:
    with pytest.raises(Invalid, match=says):
        confirm(sqg, **more)
    assert recorded() == [0] * 5


def test_confirmation_of_an_earlier_day_does_not_follow_a_later_one(sqg: Sqg) -> None:
    confirm(sqg)
    with pytest.raises(Invalid, match="not rewritten"):
        confirm(sqg, confirmed_on=TODAY - timedelta(days=1))


@pytest.mark.requirement("SAF-09")
@pytest.mark.parametrize(
    ("represented", "briefs", "lacks"),
    [
        (Represented.SAME, "", False),
        (Represented.NOBODY, "", False),
        (Represented.ANOTHER, "", True),
        (Represented.ANOTHER, "They meet before each meeting", False),
    ],
)
def test_two_who_speak_for_one_body_say_how_they_brief_each_other(
    sqg: Sqg, represented: Represented, briefs: str, lacks: bool
) -> None:
    confirm(sqg, represented=represented, briefs=briefs)
    view = safeguarding(sqg.group, TODAY)
    assert [one.lacks_briefing for one in view.members if one.organisation == sqg.council] == [lacks]


def test_guest_is_no_member_who_confirms(sqg: Sqg) -> None:
    guest, police = a_person(Grant(Role.MEMBER, HOME)), an_organisation("ZP1", "Police", Kind.POLICE)
    a_seating(a_seat(sqg.group, "Guest", SeatPart.INVITED, organisation=police), guest)
    with pytest.raises(Refused):
        confirm(sqg, guest, organisation=police)
    with pytest.raises(Invalid, match="no seat in the group"):
        confirm(sqg, sqg.keeper, organisation=police, person=guest)
    assert police not in [one.organisation for one in safeguarding(sqg.group, TODAY).members]


# --- boards of councils


@pytest.mark.requirement("SAF-06")
def test_boards_of_a_council_are_recorded_with_the_seat_that_is_the_link(sqg: Sqg) -> None:
    record(sqg, seat=sqg.council_seat, kind=WELLBEING, name="River HWB", priorities="Falls; warm homes")
    record(sqg, kind=CouncilBodyKind.SCRUTINY, name="Health scrutiny")
    [council] = safeguarding(sqg.group, TODAY).councils
    found = council.bodies[WELLBEING]
    assert found and (found.name, found.priorities, found.seat) == ("River HWB", "Falls; warm homes", sqg.council_seat)
    assert council.bodies[CouncilBodyKind.SCRUTINY] and council.bodies[ADULTS] is None


def test_newest_record_of_a_board_holds_and_the_old_one_stays(sqg: Sqg) -> None:
    record(sqg, as_of=TODAY - timedelta(days=30))
    record(sqg, name="Joint SAB")
    [council] = safeguarding(sqg.group, TODAY).councils
    newest = council.bodies[ADULTS]
    assert newest and newest.name == "Joint SAB"
    assert CouncilBody.objects.count() == 2
    with pytest.raises(Invalid, match="not rewritten"):
        record(sqg, name="An older one", as_of=TODAY - timedelta(days=10))


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"name": "  "}, "what the board or committee is called"),
        ({"priorities": "Falls"}, "health and wellbeing board alone"),
        ({"as_of": TODAY + timedelta(days=1)}, "yet to come"),
    ],
)
def test_board_that_does_not_fit_is_not_recorded(sqg: Sqg, more: dict[str, Any], says: str) -> None:
    with pytest.raises(Invalid, match=says):
        record(sqg, **more)
    assert recorded() == [0] * 5


def test_councils_are_those_with_a_seat_and_those_of_the_area(sqg: Sqg) -> None:
    inland = an_organisation("ZL2", "Inland Council", Kind.LOCAL_AUTHORITY)
    a_relation(inland, Link.PART_OF, Organisation.objects.get(code=HOME))
    far = an_organisation("ZL3", "Far Council", Kind.LOCAL_AUTHORITY)
    assert [one.name for one in councils_of(sqg.group, TODAY)] == ["Inland Council", "River Council"]
    for body in (far, sqg.trust):
        with pytest.raises(Invalid, match="no council of the group"):
            record(sqg, council=body)


@pytest.mark.requirement("SAF-07", "SAF-08")
def test_matter_is_routed_to_the_councils_boards_and_what_is_missing_is_no_answer(sqg: Sqg) -> None:
    record(sqg, reached_by="The front door")
    record(sqg, kind=WELLBEING, name="River HWB")
    [found] = assurance_of(HOME, TODAY)
    assert found.council == sqg.council and set(found.bodies) == {ADULTS, CouncilBodyKind.CHILDREN_PARTNERSHIP}
    board = found.bodies[ADULTS]
    assert board and (board.name, board.reached_by) == ("River SAB", "The front door")
    assert found.bodies[CouncilBodyKind.CHILDREN_PARTNERSHIP] is None
    assert assurance_of(ELSEWHERE, TODAY) == () and assurance_of("", TODAY) == ()


# --- who reads


@pytest.mark.parametrize(
    ("grant", "reads"),
    [
        (Grant(Role.MEMBER, HOME), True),
        (Grant(Role.LAY_MEMBER, HOME), True),
        (Grant(Role.AUDITOR, HOME), True),
        (Grant(Role.SECRETARY, HOME), True),
        (Grant(Role.MEMBER, ELSEWHERE), False),
        (Grant(Role.PROVIDER, HOME, "ZT1"), False),
        (Grant(Role.REGION, HOME, "QY1"), False),
        (Grant(Role.FOI_OFFICER, HOME), False),
        (Grant(Role.ADMINISTRATOR), False),
    ],
)
def test_members_read_and_outsiders_do_not(sqg: Sqg, grant: Grant, reads: bool) -> None:
    assert reads_safeguarding(a_person(grant), sqg.group, TODAY) is reads


def test_providers_own_member_in_the_group_reads(sqg: Sqg) -> None:
    assert reads_safeguarding(sqg.nurse, sqg.group, TODAY)
