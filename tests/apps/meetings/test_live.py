"""A meeting under way through real rows: quorum at each moment and for each item, and every write three ways."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from sightline.audit.models import Event
from sightline.core.access import Grant, Role
from sightline.core.meetings.interests import Measure
from sightline.core.meetings.quorum import Status
from sightline.core.verdict import Already, Invalid, Refused
from sightline.meetings import operations
from sightline.meetings.happening import Arrival
from sightline.meetings.models import (
    AgendaItem,
    Departure,
    ItemBegun,
    ItemRuling,
    ItemTie,
    MeetingStep,
    Presence,
    PresenceStruck,
)
from sightline.meetings.queries.live import room_of
from sightline.meetings.words import How, Step
from tests.factories.accounts import a_person
from tests.factories.groups import a_guidance, a_seating, an_interest
from tests.factories.house import clock, folder, house
from tests.factories.meetings_live import (
    Live,
    a_departure,
    a_live_meeting,
    a_presence,
    an_item,
    arrival_of,
    arrives,
    opened,
    ten_of_twenty,
)
from tests.factories.surveillance import SYSTEM

__all__ = ["clock", "folder", "house"]

MODELS = (MeetingStep, Presence, Departure, PresenceStruck, ItemBegun, ItemTie, ItemRuling, Event)


@pytest.fixture
def live(house: None) -> Live:
    """This function will make a meeting of a group of twenty that was opened an hour ago."""
    made = a_live_meeting()
    opened(made, now() - timedelta(hours=1))
    return made


def now() -> datetime:
    """This function will give the moment at which the clock stands."""
    return timezone.now()


def unchanged(act: Callable[[], object], problem: type[Exception], says: str = "") -> None:
    """This function will see that something is refused and leaves nothing behind."""
    before = [model._default_manager.count() for model in MODELS]
    with pytest.raises(problem, match=says or None):
        act()
    assert [model._default_manager.count() for model in MODELS] == before


def recorded(verb: str) -> int:
    """This function will count the events of a verb."""
    return Event.objects.filter(verb=f"meetings.{verb}").count()


# --- quorum


@pytest.mark.requirement("QUO-01", "QUO-02", "QUO-03")
def test_half_of_twenty_with_each_category_is_quorate(live: Live) -> None:
    ten_of_twenty(live)
    found = room_of(live.meeting).quorate(None, now())
    assert (found.status, found.present, found.counted, found.needed) == (Status.QUORATE, 10, 20, 10)


@pytest.mark.requirement("QUO-01")
def test_a_category_that_is_missing_is_named(live: Live) -> None:
    ten_of_twenty(live, without="nhs-england-region")
    found = room_of(live.meeting).quorate(None, now())
    assert found.status is Status.NOT_QUORATE
    assert [one.category for one in found.missing] == ["nhs-england-region"]


@pytest.mark.requirement("QUO-07", "COI-02")
def test_one_item_is_not_quorate_where_its_only_collaborative_is_apart(live: Live) -> None:
    ten_of_twenty(live)
    person = live.people["provider-collaboratives"]
    an_interest(person, live.world.subject)
    third, fourth, fifth = live.items[2:5]
    room = room_of(live.meeting)
    assert [room.quorate(one, now()).may_transact for one in (third, fourth, fifth)] == [True, False, True]
    assert "rovider" in room.quorate(fourth, now()).words_for("item 4")
    rule(live, fourth, Measure.NOTE)
    assert room_of(live.meeting).quorate(fourth, now()).may_transact
    rule(live, fourth, Measure.LEAVE)
    assert not room_of(live.meeting).quorate(fourth, now()).may_transact


@pytest.mark.requirement("QUO-07", "REC-03")
def test_a_decision_after_the_only_council_left_is_not_quorate(live: Live) -> None:
    begun = now() - timedelta(hours=1)
    there = ten_of_twenty(live, begun)
    a_departure(there["local-authority"], begun + timedelta(minutes=10))
    room = room_of(live.meeting)
    assert room.quorate(None, begun + timedelta(minutes=9)).may_transact
    later = room.quorate(None, begun + timedelta(minutes=15))
    assert [one.category for one in later.missing] == ["local-authority"]


@pytest.mark.requirement("QUO-12")
def test_a_group_without_quorum_is_never_called_inquorate(live: Live) -> None:
    a_guidance(live.group, "qsg-2017", live.group.begun_on)
    for name in ("chair", "icb", "lay"):
        a_presence(live, name)
    found = room_of(live.meeting).quorate(None, now())
    assert (found.status, found.words) == (Status.NONE_SET, "")


@pytest.mark.requirement("QUO-04", "MEM-12")
@pytest.mark.parametrize(("has_authority", "present"), [(True, 1), (False, 0)])
def test_a_deputy_counts_where_they_may_decide(live: Live, has_authority: bool, present: int) -> None:
    deputy = a_person(Grant(Role.MEMBER, system=SYSTEM), display_name="Dora Deputy")
    a_seating(live.seats["icb"], deputy, is_deputy=True)
    arrives(live, arrival_of(live, "icb", person=deputy, deputises=True, has_authority=has_authority))
    assert room_of(live.meeting).quorate(None, now()).present == present


def test_a_room_is_read_by_as_many_queries_whatever_its_size(
    live: Live, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    a_presence(live, "chair")
    with CaptureQueriesContext(
        connection,
    ) as few:
        room_of(live.meeting)
    ten_of_twenty(live)
    for number in range(10):
        an_item(live.meeting, f"More {number}")
    with CaptureQueriesContext(connection) as many:
        room_of(live.meeting)
    assert len(many) == len(few)


# --- opening


def test_whoever_keeps_or_presides_opens_a_meeting(house: None) -> None:
    live = a_live_meeting()
    made = operations.open_meeting(by=live.chair, at=now(), meeting=live.meeting)
    assert (made.step, made.pack) == (Step.OPENED, "sqg-2022") and made.rules_version.startswith("sqg-2022 v")
    assert recorded("open_meeting") == 1
    unchanged(lambda: operations.open_meeting(by=live.secretary, at=now(), meeting=live.meeting), Already)


def test_a_member_does_not_open_a_meeting(house: None) -> None:
    live = a_live_meeting()
    unchanged(lambda: operations.open_meeting(by=live.people["icb"], at=now(), meeting=live.meeting), Refused)
    tomorrow = now() - timedelta(days=1)
    unchanged(
        lambda: operations.open_meeting(by=live.secretary, at=tomorrow, meeting=live.meeting),
        Invalid,
        "The meeting is on",
    )


# --- arrivals and departures


@pytest.mark.requirement("REC-03")
def test_an_arrival_and_a_departure_are_recorded(live: Live) -> None:
    made = arrives(live, arrival_of(live, "icb"), arrived_at=now() - timedelta(minutes=30))
    operations.record_departure(by=live.secretary, at=now(), presence=made, left_at=now() - timedelta(minutes=10))
    again = arrives(live, arrival_of(live, "icb"))
    assert [one.pk for one in room_of(live.meeting).here(now())] == [again.pk]
    assert (recorded("record_arrival"), recorded("record_departure")) == (2, 1)


def test_a_guest_is_there_by_name_and_does_not_count(live: Live) -> None:
    arrives(live, Arrival(How.ONLINE, visitor="Gus Guest"))
    room = room_of(live.meeting)
    assert [room.names[one.who] for one in room.here(now())] == ["Gus Guest"]
    assert room.quorate(None, now()).present == 0


def test_what_cannot_be_true_of_an_attendance_is_refused(live: Live) -> None:
    made = arrives(live, arrival_of(live, "icb"))
    early = now() - timedelta(minutes=5)
    unchanged(lambda: arrives(live, arrival_of(live, "icb")), Refused, "there at that time already")
    leave = operations.record_departure
    unchanged(lambda: leave(by=live.secretary, at=now(), presence=made, left_at=early), Refused, "before or when")
    unchanged(
        lambda: arrives(live, arrival_of(live, "lay"), arrived_at=now() + timedelta(minutes=1)), Invalid, "yet to come"
    )
    unchanged(lambda: arrives(live, Arrival(How.IN_ROOM)), Invalid, "Say who came")
    unchanged(lambda: arrives(live, arrival_of(live, "lay", person=live.people["chair"])), Invalid, "do not sit there")
    unchanged(lambda: arrives(live, arrival_of(live, "lay"), by=live.people["lay"]), Refused)
    key = uuid4()
    arrives(live, arrival_of(live, "lay"), form_key=key)
    unchanged(lambda: arrives(live, arrival_of(live, "lay"), form_key=key), Already)


@pytest.mark.requirement("MEM-12")
def test_a_deputy_stands_in_for_one_seat_at_a_time(live: Live) -> None:
    deputy = a_person(Grant(Role.MEMBER, system=SYSTEM))
    arrives(live, arrival_of(live, "icb", person=deputy, deputises=True))
    unchanged(
        lambda: arrives(live, arrival_of(live, "lay", person=deputy, deputises=True)),
        Refused,
        "stands? in for one|another seat",
    )


def test_a_mistake_is_struck_out_and_stays_on_record(live: Live) -> None:
    made = arrives(live, arrival_of(live, "icb"))
    strike = operations.strike_presence
    unchanged(lambda: strike(by=live.secretary, at=now(), presence=made, because=" "), Refused, "reason")
    unchanged(lambda: strike(by=live.chair, at=now(), presence=made, because="It was another"), Refused)
    strike(by=live.secretary, at=now(), presence=made, because="It was another")
    assert not room_of(live.meeting).presences and Presence.objects.filter(pk=made.pk).exists()
    assert recorded("strike_presence") == 1
    arrives(live, arrival_of(live, "icb"))


def test_the_meeting_comes_to_an_item(live: Live) -> None:
    begin = operations.begin_item
    unchanged(lambda: begin(by=live.chair, at=now(), item=live.items[1]), Refused)
    begin(by=live.secretary, at=now(), item=live.items[1], begun_at=now() - timedelta(minutes=20))
    begin(by=live.secretary, at=now(), item=live.items[2])
    room = room_of(live.meeting)
    assert (room.now_at(now() - timedelta(minutes=5)), room.now_at(now())) == (live.items[1], live.items[2])
    unchanged(lambda: begin(by=live.secretary, at=now(), item=live.items[2]), Already)
    assert recorded("begin_item") == 2


def test_nothing_is_written_down_before_a_meeting_is_open(house: None) -> None:
    live = a_live_meeting()
    unchanged(lambda: arrives(live, arrival_of(live, "icb")), Refused, "not been opened")


# --- interests


def rule(
    live: Live, item: AgendaItem, measure: Measure, name: str = "provider-collaboratives", **more: Any
) -> ItemRuling:
    """This function will have the chair rule on somebody's interest."""
    given = {"by": live.chair, "at": now(), "because": "It is agreed.", **more}
    return operations.rule_on_interest(item=item, person=live.people[name], measure=measure, **given)


@pytest.mark.requirement("COI-01", "COI-04")
def test_an_interest_declared_for_an_item_closes_it(live: Live) -> None:
    member, item, on = live.people["icb"], live.items[1], now().date()
    declare = operations.declare_tie
    assert AgendaItem.objects.visible_to(member, on).filter(pk=item.pk).exists()
    declare(by=member, at=now(), item=item, person=member, detail="A post there", form_key=uuid4())
    assert not AgendaItem.objects.visible_to(member, on).filter(pk=item.pk).exists()
    assert str(member.pk) in room_of(live.meeting).apart(item, now())
    assert recorded("declare_tie") == 1
    other = live.people["lay"]
    unchanged(lambda: declare(by=other, at=now(), item=item, person=member, detail="x", form_key=uuid4()), Refused)
    stranger = a_person(Grant(Role.MEMBER, system=SYSTEM))
    unchanged(lambda: declare(by=stranger, at=now(), item=item, person=stranger, detail="x", form_key=uuid4()), Refused)


@pytest.mark.requirement("COI-04", "COI-03")
def test_an_item_about_ones_own_body_is_found_by_itself(live: Live) -> None:
    seat_of = live.seats["member-1"]
    type(seat_of).objects.filter(pk=seat_of.pk).update(organisation=live.world.subject.organisation)
    room = room_of(live.meeting)
    assert [one.person for one in room.ties_to(live.items[3])] == [str(live.people["member-1"].pk)]
    assert not room.ties_to(live.items[2])


@pytest.mark.requirement("COI-02")
def test_a_ruling_opens_and_closes_an_item_at_once(live: Live) -> None:
    person, fourth, on = live.people["provider-collaboratives"], live.items[3], now().date()
    an_interest(person, live.world.subject)

    def reads() -> bool:
        return AgendaItem.objects.visible_to(person, on).filter(pk=fourth.pk).exists()

    assert not reads()
    rule(live, fourth, Measure.NOTE)
    assert reads()
    rule(live, fourth, Measure.NO_PAPERS)
    assert not reads()
    assert recorded("rule_on_interest") == 2


@pytest.mark.requirement("COI-02", "PER-02")
def test_only_whoever_presides_rules_and_never_on_their_own(live: Live) -> None:
    fourth = live.items[3]
    an_interest(live.people["provider-collaboratives"], live.world.subject)
    unchanged(lambda: rule(live, fourth, Measure.NOTE, by=live.secretary), Refused)
    elsewhere = a_person(Grant(Role.CHAIR, system=SYSTEM))
    unchanged(lambda: rule(live, fourth, Measure.NOTE, by=elsewhere), Refused)
    unchanged(lambda: rule(live, fourth, Measure.NOTE, because=""), Refused)
    unchanged(lambda: rule(live, fourth, Measure.NOTE, "lay"), Invalid, "Nothing ties them")
    an_interest(live.chair, live.world.subject)
    unchanged(lambda: rule(live, fourth, Measure.NOTE, "chair"), Refused, "own interest")
    rule(live, fourth, Measure.NOTE, by=live.people["deputy-chair"])
