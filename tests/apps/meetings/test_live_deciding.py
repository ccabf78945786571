"""What comes of an item and how a meeting ends, through real rows: allowed, refused with nothing changed, recorded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from sightline.actions.giving import Owner
from sightline.actions.operations import raise_action
from sightline.audit.models import Event
from sightline.core.meetings.deciding import Outcome, Side, Sort
from sightline.core.meetings.quorum import Status
from sightline.core.verdict import Already, Invalid, Refused
from sightline.meetings import operations
from sightline.meetings.giving import Overtaken
from sightline.meetings.happening import Concluded, Stand, Telling
from sightline.meetings.models import (
    AgendaItem,
    ItemNote,
    ItemOutcome,
    ItemTeller,
    MeetingStep,
    OutcomePosition,
)
from sightline.meetings.operations._freezing import hash_of
from sightline.meetings.queries.live import room_of
from sightline.meetings.queries.noting import sections_of
from sightline.meetings.queries.writing import may_be_put, was_inquorate
from sightline.meetings.words import Step
from tests.factories.accounts import signed_in
from tests.factories.actions import DUE, a_stated
from tests.factories.groups import an_interest
from tests.factories.house import clock, folder, house
from tests.factories.meetings_live import Live, a_departure, a_live_meeting, a_presence, opened, ten_of_twenty
from tests.factories.meetings_noting import closed
from tests.factories.rulebook import a_change, a_local_version

__all__ = ["clock", "folder", "house"]

MODELS = (ItemNote, ItemOutcome, OutcomePosition, ItemTeller, MeetingStep, Event)
PHONE = "ring 07700 900123 about it"  # of the range kept for stories


@pytest.fixture
def live(house: None) -> Live:
    """This function will make a quorate meeting that was opened an hour ago."""
    made = a_live_meeting()
    opened(made, timezone.now() - timedelta(hours=1))
    return made


def unchanged(act: Callable[[], object], problem: type[Exception], says: str = "") -> None:
    """This function will see that something is refused and leaves nothing behind."""
    before = [model._default_manager.count() for model in MODELS]
    with pytest.raises(problem, match=says or None):
        act()
    assert [model._default_manager.count() for model in MODELS] == before


def recorded(verb: str) -> int:
    """This function will count the events of a verb."""
    return Event.objects.filter(verb=f"meetings.{verb}").count()


def concludes(live: Live, item: AgendaItem | None = None, text: str = "Visit the wards.", **more: Any) -> ItemOutcome:
    """This function will have the secretary record what an item came to."""
    outer = {name: more.pop(name) for name in ("by", "decided_at", "form_key", "knowingly") if name in more}
    given = {"by": live.secretary, "at": timezone.now(), "form_key": uuid4(), **outer}
    return operations.record_outcome(item=item or live.items[0], concluded=Concluded(text, **more), **given)


def stand(live: Live, name: str, side: Side, **more: Any) -> Stand:
    """This function will have somebody who is there say where their body stands."""
    body = live.bodies.get(name)
    return Stand(str(live.people[name].pk), body.name if body else name, side, body, **more)


# --- outcomes


@pytest.mark.requirement("REC-13")
def test_a_decision_keeps_who_was_there_with_a_hash(live: Live) -> None:
    ten_of_twenty(live)
    made = concludes(live, stands=(stand(live, "icb", Side.FOR),))
    made.refresh_from_db()
    assert (made.outcome, made.quorum) == (Outcome.AGREED, Status.QUORATE)
    assert len(made.snapshot["here"]) == 10 and made.snapshot["quorum"]["counted"] == 20
    assert made.snapshot_hash == hash_of(made.snapshot)
    assert made.snapshot_hash != hash_of({**made.snapshot, "here": []})
    assert made.positions.get().side == Side.FOR
    assert recorded("record_outcome") == 1


@pytest.mark.requirement("QUO-06")
def test_a_decision_without_quorum_is_kept_as_discussion_only(live: Live) -> None:
    ten_of_twenty(live, without="nhs-england-region")
    made = concludes(live)
    assert (made.outcome, made.quorum) == (Outcome.DISCUSSION_ONLY, Status.NOT_QUORATE)
    assert "SQG 2022 §3.20" in made.reasons and made.snapshot["quorum"]["missing"]


@pytest.mark.requirement("QUO-01", "QUO-06")
def test_a_decision_without_a_quorum_that_is_only_recommended_stands_and_is_marked_wherever_it_is_read(
    live: Live,
) -> None:
    a_local_version("group_types", a_change("group_types", "chosen: must", "chosen: recommended"))
    ten_of_twenty(live, without="nhs-england-region")
    made = concludes(live)
    assert (made.outcome, made.quorum) == (Outcome.AGREED, Status.NOT_QUORATE)
    assert "recommended here" in made.reasons and "Nobody from NHS England’s region is present." in made.reasons
    assert made.snapshot["quorum"]["binding"] == "recommended" and made.snapshot_hash == hash_of(made.snapshot)
    assert not was_inquorate(live.items[0]) and not may_be_put(live.items[0], timezone.localdate())
    for name in ("meeting_live", "meeting_live_item", "item_outcome"):
        keys = [live.meeting.pk, *([] if name == "meeting_live" else [live.items[0].pk])]
        page = signed_in(live.secretary).get(reverse(name, args=keys)).content.decode()
        assert "what is decided now stands, and is marked" in page and "Not quorate" in page
        assert "discussion only" not in page and "cannot be decided as things stand" not in page
    room, seen = room_of(closed(live).meeting), {one.pk for one in live.items}
    whole, first, *_ = (one.text for one in sections_of(room, live.secretary, timezone.localdate(), seen))
    assert "Not quorate" in whole
    assert "Agreed, at midday" in first and "A quorum is recommended here" in first


@pytest.mark.requirement("QUO-07", "REC-03")
def test_what_is_decided_after_the_council_left_is_discussion_only(live: Live) -> None:
    begun = timezone.now() - timedelta(hours=1)
    there = ten_of_twenty(live, begun)
    a_departure(there["local-authority"], begun + timedelta(minutes=10))
    assert concludes(live, decided_at=begun + timedelta(minutes=9)).outcome == Outcome.AGREED
    assert concludes(live, decided_at=begun + timedelta(minutes=15)).outcome == Outcome.DISCUSSION_ONLY


@pytest.mark.requirement("REC-05", "REC-07")
def test_whoever_holds_the_statutory_responsibility_is_not_outvoted(live: Live) -> None:
    ten_of_twenty(live)
    most = [stand(live, f"member-{n}", Side.FOR) for n in range(1, 5)] + [stand(live, "icb", Side.FOR)]
    against = stand(
        live,
        "local-authority",
        Side.AGAINST,
        reasons="It is for us to decide",
        commits_to="Inspect",
        is_statutory_holder=True,
    )
    unchanged(lambda: concludes(live, stands=(*most, against)), Refused, "what comes next")
    made = concludes(live, stands=(*most, against), next_steps="The council reports in May.")
    assert made.outcome == Outcome.NOT_DECIDED and "no majority overrides" in made.reasons
    dissent = made.positions.get(side=Side.AGAINST)
    assert (dissent.reasons, dissent.commits_to) == ("It is for us to decide", "Inspect")


def test_what_lacks_before_an_outcome_is_refused(live: Live) -> None:
    ten_of_twenty(live)
    unchanged(lambda: concludes(live, by=live.chair), Refused)
    unchanged(lambda: concludes(live, text=" "), Refused, "what was to be decided")
    unchanged(lambda: concludes(live, sort=Sort.REGULATORY), Refused, "no executive power")
    unchanged(lambda: concludes(live, stands=(stand(live, "member-9", Side.FOR),)), Refused, "was not there")
    unchanged(lambda: concludes(live, text=PHONE), Invalid)
    made = concludes(live, sort=Sort.REGULATORY, taken_by=live.bodies["icb"])
    unchanged(lambda: concludes(live, form_key=made.form_key), Already)


@pytest.mark.requirement("COI-02")
def test_nothing_is_decided_before_each_interest_is_ruled_upon(live: Live) -> None:
    ten_of_twenty(live)
    a_presence(live, "member-5")  # quorate also without whoever is tied
    an_interest(live.people["member-1"], live.world.subject)
    unchanged(lambda: concludes(live, live.items[3]), Refused, "Person of member-1")
    assert concludes(live, live.items[3], only_discussed=True).outcome == Outcome.DISCUSSION_ONLY


def test_a_secretary_with_an_interest_writes_nothing_of_the_item(live: Live) -> None:
    ten_of_twenty(live)
    an_interest(live.secretary, live.world.subject)
    unchanged(lambda: concludes(live, live.items[3]), Refused, "closes this item")


# --- notes


@pytest.mark.requirement("REC-02")
def test_of_two_who_write_a_note_neither_loses_anything(live: Live) -> None:
    item, write = live.items[0], operations.write_note
    given = {"at": timezone.now(), "item": item}
    write(by=live.secretary, seen=0, text="What the first wrote", **given)
    unchanged(lambda: write(by=live.world.lead, seen=0, text="What the second wrote", **given), Overtaken, "join them")
    write(by=live.world.lead, seen=1, text="What both wrote", **given)
    assert [one.text for one in ItemNote.objects.order_by("number")] == ["What the first wrote", "What both wrote"]
    assert recorded("write_note") == 2
    unchanged(lambda: write(by=live.secretary, seen=2, text="What both wrote", **given), Already)
    unchanged(lambda: write(by=live.people["icb"], seen=2, text="x", **given), Refused)
    unchanged(lambda: write(by=live.secretary, seen=2, text=PHONE, **given), Invalid)


# --- what comes again, and who tells


def test_an_item_is_carried_over_unless_it_was_decided(live: Live) -> None:
    ten_of_twenty(live)
    carry = operations.carry_over
    given = {"by": live.secretary, "at": timezone.now(), "because": "There was no time."}
    made = carry(item=live.items[1], form_key=uuid4(), **given)
    assert made.outcome == ItemOutcome.CARRIED_OVER and recorded("carry_over") == 1
    concludes(live, live.items[2])
    unchanged(lambda: carry(item=live.items[2], form_key=uuid4(), **given), Refused, "was decided")
    unchanged(lambda: carry(item=live.items[1], form_key=made.form_key, **given), Already)
    unchanged(lambda: carry(item=live.items[0], form_key=uuid4(), **{**given, "by": live.chair}), Refused)


@pytest.mark.requirement("PRV-02", "CHR-11")
def test_who_tells_a_provider_is_a_member_or_it_is_said_why_not(live: Live) -> None:
    tell, fourth = operations.name_teller, live.items[3]
    later = timezone.localdate() + timedelta(days=30)

    def tells(seen: int = 0, item: AgendaItem = fourth, **more: Any) -> ItemTeller:
        by = more.pop("by", live.secretary)
        return tell(by=by, at=timezone.now(), item=item, seen=seen, telling=Telling(**more))

    unchanged(lambda: tells(told_by=live.world.region), Invalid, "no seat")
    unchanged(lambda: tells(told_by=live.world.subject.organisation), Invalid, "Another organisation tells it")
    unchanged(lambda: tells(), Invalid, "Choose which")
    unchanged(lambda: tells(not_yet="It would warn them", review_on=timezone.localdate()), Invalid, "day after")
    unchanged(lambda: tells(item=live.items[0], told_by=live.bodies["icb"]), Invalid, "no provider")
    unchanged(lambda: tells(told_by=live.bodies["icb"], by=live.chair), Refused)
    tells(not_yet="It would warn them", review_on=later)
    unchanged(lambda: tells(told_by=live.bodies["icb"]), Overtaken)
    assert tells(1, told_by=live.bodies["icb"]).number == 2
    assert recorded("name_teller") == 2


# --- closing


def close(live: Live, by: Any = None) -> MeetingStep:
    """This function will have the chair close the meeting."""
    return operations.close_meeting(by=by or live.chair, at=timezone.now(), meeting=live.meeting)


@pytest.mark.requirement("PRV-01", "PRV-02", "CHR-09", "CHR-11")
def test_a_meeting_closes_once_nothing_is_open(live: Live) -> None:
    ten_of_twenty(live)
    unchanged(lambda: close(live), Refused, "has no outcome")
    for item in live.items:
        concludes(live, item)
    unchanged(lambda: close(live), Refused, "Agree which organisation tells it")
    operations.name_teller(
        by=live.secretary, at=timezone.now(), item=live.items[3], seen=0, telling=Telling(live.bodies["icb"])
    )
    unchanged(lambda: close(live, live.secretary), Refused)
    unchanged(lambda: close(live, live.people["icb"]), Refused)
    made = close(live)
    assert made.step == Step.CLOSED and recorded("close_meeting") == 1
    assert not room_of(live.meeting).here(timezone.now())
    unchanged(lambda: close(live), Refused, "over")
    unchanged(lambda: concludes(live), Refused, "over")


@pytest.mark.requirement("PRV-01", "PRV-02")
def test_an_action_about_a_provider_asks_for_who_tells_it(live: Live) -> None:
    ten_of_twenty(live)
    for item in live.items:
        concludes(live, item, only_discussed=True)
    raise_action(
        by=live.secretary, at=timezone.now(), group=live.group, stated=a_stated(), subject=live.world.subject,
        owner=Owner(live.bodies["icb"], None, "The director of nursing"), due_on=DUE, form_key=uuid4(),
    )  # fmt: skip
    unchanged(lambda: close(live), Refused, "Actions were agreed about Lantern Hospitals")


@pytest.mark.requirement("COI-02")
def test_an_interest_without_a_ruling_keeps_a_meeting_open(live: Live) -> None:
    ten_of_twenty(live)
    for item in live.items:
        concludes(live, item, only_discussed=True)
    an_interest(live.people["member-1"], live.world.subject)
    unchanged(lambda: close(live), Refused, "Person of member-1")
