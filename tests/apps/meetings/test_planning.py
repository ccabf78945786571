"""Meetings before they begin: planned, moved, cancelled; an agenda that builds itself and is put in order."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from sightline.accounts.models import Person
from sightline.audit.models import Event
from sightline.core.access import Grant, Role
from sightline.core.meetings.agenda_kinds import Kind, Purpose
from sightline.core.meetings.cadence import Pace
from sightline.core.verdict import Already, Invalid, Refused
from sightline.directory.words import Link
from sightline.groups.models import Group
from sightline.groups.words import SeatPart
from sightline.meetings.giving import Overtaken, When, Wording
from sightline.meetings.models import (
    AgendaItem,
    AgendaOrder,
    ItemGuest,
    ItemRuling,
    ItemTie,
    ItemWithdrawal,
    ItemWording,
    Meeting,
    MeetingStep,
    MeetingTime,
)
from sightline.meetings.operations import (
    add_item,
    cancel_meeting,
    draft_agenda,
    invite_to_item,
    move_meeting,
    order_agenda,
    reword_item,
    withdraw_item,
)
from sightline.meetings.queries import agenda_of, groups_meeting, meetings_for, one_meeting
from sightline.meetings.queries.cycle import cycles_of
from sightline.meetings.words import Mode
from tests.factories.accounts import a_person, signed_in
from tests.factories.directory import a_relation
from tests.factories.groups import a_seat, a_seating, an_interest
from tests.factories.indicators import TODAY
from tests.factories.meetings import a_meeting, some_time
from tests.factories.rulebook import a_clock_stopped
from tests.factories.surveillance import SYSTEM
from tests.factories.surveillance_levels import OTHER_SYSTEM, World, a_world, decided, works_by
from tests.factories.triangulation import a_watched_body, told

pytestmark = pytest.mark.usefixtures("house")
RECORDS = (
    Meeting, MeetingTime, MeetingStep, AgendaItem, ItemWording, ItemWithdrawal, AgendaOrder, ItemGuest, Event,
)  # fmt: skip


@pytest.fixture
def world(house: None) -> World:
    return a_world()


@pytest.fixture
def group(world: World) -> Group:
    made = works_by(world, "sqg-2022")
    a_seating(a_seat(made, "Local authority", SeatPart.MEMBER, category="local-authority"), world.member)
    return made


@pytest.fixture
def meeting(world: World, group: Group) -> Meeting:
    return a_meeting(world.secretary, group, at=timezone.now())


def recorded() -> list[int]:
    return [one._default_manager.count() for one in RECORDS]


def titles(world: World, by: Person, meeting: Meeting) -> list[str]:
    view = one_meeting(by, TODAY, meeting.pk)
    return [one.wording.title for one in agenda_of(by, TODAY, view)] if view else []


def an_item(world: World, meeting: Meeting, title: str = "Ambulance handovers", **more: Any) -> AgendaItem:
    wording = Wording(title, 15, Purpose.IDENTIFY)
    given = {"by": world.secretary, "at": timezone.now(), "meeting": meeting, "form_key": uuid4(), **more}
    return add_item(wording=wording, **given)


def drafted(world: World, meeting: Meeting) -> int:
    return draft_agenda(by=world.secretary, at=timezone.now(), meeting=meeting)


# --- planning


@pytest.mark.requirement("MTG-05", "MTG-28")
def test_meeting_is_planned_at_however_short_a_notice_and_recorded_once(world: World, group: Group) -> None:
    before = Event.objects.count()
    soon = When(timezone.now() + timedelta(minutes=5), timezone.now() + timedelta(hours=1), Mode.VIRTUAL)
    made = a_meeting(world.secretary, group, at=timezone.now(), when=soon)
    assert (made.system, made.times.count(), made.times.get().mode) == (SYSTEM, 1, "virtual")
    assert Event.objects.count() == before + 1
    assert Event.objects.latest("sequence").verb == "meetings.plan_meeting"


@pytest.mark.parametrize("who", ["member", "regional", "provider", "elsewhere"])
@pytest.mark.requirement("PER-01")
def test_meeting_is_planned_by_the_secretariat_of_its_system_alone(world: World, group: Group, who: str) -> None:
    before = recorded()
    with pytest.raises(Refused):
        a_meeting(getattr(world, who), group, at=timezone.now())
    assert recorded() == before


def test_form_sent_twice_plans_one_meeting(world: World, group: Group) -> None:
    key = uuid4()
    a_meeting(world.secretary, group, at=timezone.now(), form_key=key)
    with pytest.raises(Already):
        a_meeting(world.secretary, group, at=timezone.now(), form_key=key)
    assert Meeting.objects.count() == 1


def _time(**change: timedelta) -> Callable[[], When]:
    def make() -> When:
        good = some_time(timezone.now())
        return When(
            good.starts_at + change.get("starts", timedelta()),
            good.ends_at + change.get("ends", timedelta()),
            good.mode,
            good.place,
        )

    return make


@pytest.mark.parametrize(
    "when, says",
    [
        (_time(ends=timedelta(hours=-3)), "ends before it begins"),
        (_time(ends=timedelta(hours=14)), "half a day at most"),
        (_time(starts=timedelta(days=2000), ends=timedelta(days=2000)), "three years"),
        (lambda: When(*_span(), Mode.IN_PERSON), "Say where"),
    ],
    ids=["backwards", "too long", "too far", "nowhere"],
)
def test_time_that_cannot_be_is_refused_in_words(
    world: World, group: Group, when: Callable[[], When], says: str
) -> None:
    before = recorded()
    with pytest.raises(Invalid, match=says):
        a_meeting(world.secretary, group, at=timezone.now(), when=when())
    assert recorded() == before


def _span() -> tuple[datetime, datetime]:
    good = some_time(timezone.now())
    return good.starts_at, good.ends_at


@pytest.mark.requirement("MTG-06", "CHR-10")
def test_extraordinary_meeting_says_why_it_is_called(world: World, group: Group) -> None:
    with pytest.raises(Invalid, match="why an extraordinary"):
        a_meeting(world.secretary, group, at=timezone.now(), is_extraordinary=True)
    made = a_meeting(world.secretary, group, at=timezone.now(), is_extraordinary=True, because="A serious event")
    assert made.because == "A serious event"


def test_meeting_across_the_change_of_the_clocks_lasts_as_long_as_hours_pass(world: World, group: Group) -> None:
    night = When(datetime(2027, 3, 28, 0, 30, tzinfo=UTC), datetime(2027, 3, 28, 2, 30, tzinfo=UTC), Mode.VIRTUAL)
    made = a_meeting(world.secretary, group, at=timezone.now(), when=night)
    kept = made.times.get()
    assert kept.ends_at - kept.starts_at == timedelta(hours=2)


# --- moving and cancelling


@pytest.mark.requirement("REC-16")
def test_meeting_is_moved_with_its_reason_and_the_earlier_time_stays(world: World, meeting: Meeting) -> None:
    later = some_time(timezone.now(), days=21)
    move_meeting(by=world.secretary, at=timezone.now(), meeting=meeting, seen=1, when=later, because="Half term")
    assert [one.number for one in meeting.times.all()] == [1, 2]
    view = one_meeting(world.secretary, TODAY, meeting.pk)
    assert view is not None and view.time.starts_at == later.starts_at


def test_whoever_moves_a_meeting_that_was_moved_meanwhile_is_told(world: World, meeting: Meeting) -> None:
    later = some_time(timezone.now(), days=21)
    move_meeting(by=world.secretary, at=timezone.now(), meeting=meeting, seen=1, when=later, because="Half term")
    before = recorded()
    with pytest.raises(Overtaken):
        move_meeting(by=world.lead, at=timezone.now(), meeting=meeting, seen=1, when=later, because="Strike")
    assert recorded() == before


def test_cancelled_meeting_stays_on_record_and_nothing_more_is_written(world: World, meeting: Meeting) -> None:
    cancel_meeting(by=world.secretary, at=timezone.now(), meeting=meeting, because="Nobody can come")
    before = recorded()
    with pytest.raises(Refused, match="over"):
        drafted(world, meeting)
    with pytest.raises(Refused, match="over"):
        move_meeting(
            by=world.secretary, at=timezone.now(), meeting=meeting, seen=1, when=some_time(timezone.now()), because="x"
        )
    assert recorded() == before
    coming, past = meetings_for(world.secretary, TODAY)
    assert not coming and [one.meeting for one in past] == [meeting]


# --- the agenda


@pytest.mark.requirement("MTG-20", "MTG-21", "MTG-22")
def test_agenda_is_drafted_with_standing_items_and_every_subject_above_the_lowest_level(
    world: World, meeting: Meeting
) -> None:
    decided(world, "enhanced")
    brought = drafted(world, meeting)
    items = AgendaItem.objects.filter(meeting=meeting)
    assert brought == items.count()
    kinds = {one.kind for one in items}
    assert {Kind.INTERESTS.value, Kind.ACTIONS.value, Kind.SUBJECT.value, Kind.CONCLUSIONS.value} <= kinds
    about = items.get(kind=Kind.SUBJECT.value)
    assert about.subject == world.subject
    assert "It stands at" in about.wordings.get().why
    assert "(QSG 2017 ¶121 and ¶123)" in about.wordings.get().why  # and no number of our own catalogue


@pytest.mark.requirement("INT-14")
def test_given_concerns_of_which_only_words_tell_when_the_agenda_is_drafted_then_the_worst_stand_on_it(
    world: World, meeting: Meeting
) -> None:
    told(world.subject, "ZP1")
    others = [a_watched_body(f"ZS{number}", f"Body {number}") for number in range(4)]
    for number, subject in enumerate(others):
        assert subject.organisation is not None
        a_relation(subject.organisation, Link.PART_OF, world.board)
        told(subject, f"ZT{number}")
    drafted(world, meeting)
    spots = AgendaItem.objects.filter(meeting=meeting, kind=Kind.BLIND_SPOT.value)
    assert spots.count() == 3
    words = {one.why for item in spots for one in item.wordings.all()}
    assert all("A concern about safety stands, and there are no figures about it." in one for one in words)


def test_agenda_drafted_again_brings_only_what_is_new_and_never_what_was_taken_off(
    world: World, meeting: Meeting
) -> None:
    first = drafted(world, meeting)
    assert first > 0 and drafted(world, meeting) == 0
    decided(world, "enhanced")
    again = drafted(world, meeting)
    assert again >= 1
    own = an_item(world, meeting)
    withdraw_item(by=world.secretary, at=timezone.now(), item=own, because="It can wait")
    assert drafted(world, meeting) == 0
    assert "Ambulance handovers" not in titles(world, world.secretary, meeting)


@pytest.mark.requirement("MTG-20")
def test_subject_above_the_lowest_level_cannot_be_taken_off(world: World, meeting: Meeting) -> None:
    decided(world, "enhanced")
    drafted(world, meeting)
    item = AgendaItem.objects.get(meeting=meeting, kind=Kind.SUBJECT.value)
    before = recorded()
    with pytest.raises(Refused, match="stays on the agenda"):
        withdraw_item(by=world.secretary, at=timezone.now(), item=item, because="No time")
    assert recorded() == before


def test_items_keep_the_order_that_somebody_chose_and_what_came_since_has_its_place(
    world: World, meeting: Meeting
) -> None:
    made = [an_item(world, meeting, title) for title in ("One", "Two", "Three")]
    turned = [one.pk for one in reversed(made)]
    order_agenda(by=world.secretary, at=timezone.now(), meeting=meeting, items=turned, seen=0)
    assert titles(world, world.secretary, meeting) == ["Three", "Two", "One"]
    an_item(world, meeting, "Four")
    assert titles(world, world.secretary, meeting) == ["Three", "Four", "Two", "One"]
    with pytest.raises(Overtaken):
        order_agenda(by=world.lead, at=timezone.now(), meeting=meeting, items=turned, seen=0)


@pytest.mark.requirement("MTG-23", "MTG-29", "GRP-19", "MTG-17")
def test_item_is_reworded_with_its_purpose_its_responsible_and_what_it_means_for_those_worse_off(
    world: World, meeting: Meeting
) -> None:
    item = an_item(world, meeting)
    wording = Wording("Handovers", 20, Purpose.LEARN, "It grows", world.member.pk, "Older people wait longest")
    reword_item(by=world.secretary, at=timezone.now(), item=item, seen=1, wording=wording)
    newest = ItemWording.objects.newest().get(item=item)
    assert (newest.number, newest.purpose, newest.responsible) == (2, "learn", world.member)
    assert (newest.why, newest.inequality) == ("It grows", "Older people wait longest")
    with pytest.raises(Overtaken):
        reword_item(by=world.lead, at=timezone.now(), item=item, seen=1, wording=wording)


def test_personal_data_in_an_item_stays_only_for_a_reason(world: World, meeting: Meeting) -> None:
    before = recorded()
    with pytest.raises(Invalid, match="why it must stay"):
        an_item(world, meeting, "Letter of 943 476 5919")
    assert recorded() == before
    an_item(world, meeting, "Letter of 943 476 5919", knowingly="The family asked for it")
    assert ItemWording.objects.get(title__contains="943").knowingly == "The family asked for it"


@pytest.mark.requirement("PER-05", "MEM-03")
def test_guest_reads_the_item_to_which_they_are_invited_and_no_other(world: World, meeting: Meeting) -> None:
    first, second = an_item(world, meeting, "One"), an_item(world, meeting, "Two")
    guest = a_person(Grant(Role.MEMBER, system=SYSTEM), display_name="Gus Guest")
    assert one_meeting(guest, TODAY, meeting.pk) is None
    invite_to_item(by=world.secretary, at=timezone.now(), item=first, person=guest)
    assert titles(world, guest, meeting) == ["One"]
    view = one_meeting(guest, TODAY, meeting.pk)
    assert view is not None and agenda_of(guest, TODAY, view)[0].starts_at is None
    assert second.guests.count() == 0


# --- who sees


@pytest.mark.requirement("PER-03", "PER-13")
def test_meeting_is_seen_by_those_who_sit_there_by_its_keepers_and_by_the_auditor(
    world: World, meeting: Meeting
) -> None:
    stranger = a_person(Grant(Role.MEMBER, system=SYSTEM))
    auditor = a_person(Grant(Role.AUDITOR, system=SYSTEM))
    sees = {"secretary": world.secretary, "member": world.member, "lead": world.lead, "auditor": auditor}
    not_there = {"stranger": stranger, "provider": world.provider, "region": world.regional, "else": world.elsewhere}
    assert {name for name, one in sees.items() if one_meeting(one, TODAY, meeting.pk)} == set(sees)
    assert not {name for name, one in not_there.items() if one_meeting(one, TODAY, meeting.pk)}


@pytest.mark.requirement("COI-04", "PER-03")
def test_item_is_closed_to_whoever_has_an_interest_until_the_chair_rules_otherwise(
    world: World, meeting: Meeting
) -> None:
    decided(world, "enhanced")
    drafted(world, meeting)
    item = AgendaItem.objects.get(meeting=meeting, kind=Kind.SUBJECT.value)
    every = titles(world, world.member, meeting)
    an_interest(world.member, world.subject)
    without = titles(world, world.member, meeting)
    assert world.subject.name in every and world.subject.name not in without
    _rule(item, world, "note", 1)
    assert titles(world, world.member, meeting) == every
    _rule(item, world, "leave", 2)
    assert titles(world, world.member, meeting) == without


def test_item_is_closed_to_whoever_declared_an_interest_for_it(world: World, meeting: Meeting) -> None:
    item = an_item(world, meeting)
    ItemTie.objects.create(
        item=item, person=world.member, detail="My sister bids for it", declared_at=timezone.now(), form_key=uuid4(),
        recorded_at=timezone.now(), recorded_by=world.member.actor_id,
    )  # fmt: skip
    assert titles(world, world.member, meeting) == []
    assert titles(world, world.secretary, meeting) == ["Ambulance handovers"]


def test_whoever_sits_there_for_the_one_concerned_reads_the_other_items_alone(
    world: World, group: Group, meeting: Meeting
) -> None:
    a_seating(a_seat(group, "Provider collaborative", SeatPart.MEMBER), world.provider)
    decided(world, "enhanced")
    drafted(world, meeting)
    seen = titles(world, world.provider, meeting)
    assert seen and world.subject.name not in seen


# --- the clock


@pytest.mark.requirement("MTG-02", "MTG-07")
def test_group_without_a_planned_meeting_is_told_by_when_it_meets_next(world: World, group: Group) -> None:
    (line,) = [one for one in groups_meeting(world.secretary, TODAY) if one.group == group]
    assert line.meets is not None and line.meets.pace is Pace.OVERDUE
    assert not [one for one in groups_meeting(a_person(Grant(Role.QUALITY_LEAD, OTHER_SYSTEM)), TODAY) if one.keeps]


def test_group_is_told_of_no_day_once_the_house_has_stopped_the_clock(world: World, group: Group) -> None:
    a_clock_stopped("meeting-interval")
    (line,) = [one for one in groups_meeting(world.secretary, TODAY) if one.group == group]
    assert line.meets is None
    (cycle,) = cycles_of(world.secretary, TODAY, [group])
    assert cycle.cadence is None


@pytest.mark.requirement("MTG-05")
@pytest.mark.parametrize(
    ("kind", "stopped", "is_told"),
    [
        ("rapid-quality-review", False, True),
        ("rapid-quality-review", True, False),
        ("quality-improvement-group", False, False),
        ("system-group", False, False),
    ],
)
def test_review_may_be_called_at_short_notice_and_the_form_says_so(
    world: World, group: Group, kind: str, stopped: bool, is_told: bool
) -> None:
    Group.objects.filter(pk=group.pk).update(kind=kind)
    if stopped:
        a_clock_stopped("rapid-review")
    page = signed_in(world.secretary).get(reverse("meeting_plan"), {"group": str(group.pk)}).content.decode()
    assert ("short notice" in page) is is_told


def _rule(item: AgendaItem, world: World, measure: str, number: int) -> None:
    ItemRuling.objects.create(
        item=item, person=world.member, number=number, measure=measure, ruled_by=world.lead, at=timezone.now(),
        recorded_at=timezone.now(), recorded_by=world.lead.actor_id,
    )  # fmt: skip
