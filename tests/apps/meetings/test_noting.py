"""The note of a meeting through real rows: drafted from what happened, reworded, shared, agreed, corrected."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from sightline.accounts.models import Person
from sightline.actions.giving import Owner
from sightline.actions.operations import raise_action
from sightline.audit.models import Event
from sightline.core.access import Grant, Role
from sightline.core.meetings.deciding import Side
from sightline.core.meetings.interests import Measure
from sightline.core.verdict import Already, Invalid, Refused
from sightline.meetings import operations
from sightline.meetings.giving import Overtaken
from sightline.meetings.happening import Concluded, Stand, Telling
from sightline.meetings.models import (
    AgreedPassage,
    Departure,
    NoteAgreement,
    NotePassage,
    NoteSharing,
    Presence,
)
from sightline.meetings.operations._freezing import hash_of_passage
from tests.factories.accounts import a_person, signed_in
from tests.factories.actions import DUE, a_stated
from tests.factories.groups import a_guidance, an_interest
from tests.factories.house import clock, folder, house
from tests.factories.meetings_live import Live, a_departure, a_live_meeting, a_presence, opened, ten_of_twenty
from tests.factories.meetings_noting import a_draft, a_held_meeting, a_later_meeting, closed, passage_of
from tests.factories.rulebook import a_change, a_local_version
from tests.factories.surveillance import SYSTEM

__all__ = ["clock", "folder", "house"]

MODELS = (NotePassage, NoteSharing, NoteAgreement, AgreedPassage, Event)
PHONE = "ring 07700 900123 about it"  # of the range kept for stories


@pytest.fixture
def live(house: None) -> Live:
    """This function will make a quorate meeting that was held to its end."""
    return a_held_meeting()


def unchanged(act: Callable[[], object], problem: type[Exception], says: str = "") -> None:
    """This function will see that something is refused and leaves nothing behind."""
    before = [model._default_manager.count() for model in MODELS]
    with pytest.raises(problem, match=says or None):
        act()
    assert [model._default_manager.count() for model in MODELS] == before


def rewords(live: Live, number: int = 0, text: str = "Other words", **more: Any) -> NotePassage:
    """This function will have the secretary reword the section of an item, or of the meeting as a whole."""
    item = live.items[number - 1].pk if number else None
    given = {"by": live.secretary, "at": timezone.now(), "seen": 1, **more}
    return operations.write_passage(meeting=live.meeting, item=item, text=text, **given)


def agrees(live: Live, later: Live, **more: Any) -> NoteAgreement:
    """This function will have whoever chairs record that the group agreed the note."""
    given = {"by": live.chair, "at": timezone.now(), "at_meeting": later.meeting, **more}
    return operations.agree_note(meeting=live.meeting, **given)


def get(person: Person, name: str, *args: object) -> tuple[int, str]:
    """This function will open a page as somebody."""
    answer = signed_in(person).get(reverse(name, args=args))
    return answer.status_code, answer.content.decode()


def post(person: Person, name: str, *args: object, **sent: object) -> tuple[int, str]:
    """This function will send a form as somebody."""
    answer = signed_in(person).post(reverse(name, args=args), {key: str(value) for key, value in sent.items()})
    return answer.status_code, answer.content.decode()


# --- the draft


@pytest.mark.requirement("REC-01", "REC-02", "REC-03")
def test_given_a_meeting_that_was_held_when_its_note_is_drafted_then_it_says_who_was_there_and_how_long(
    live: Live,
) -> None:
    begun = Presence.objects.earliest("arrived_at").arrived_at
    Departure.objects.create(
        presence=Presence.objects.get(person=live.people["local-authority"]), left_at=begun + timedelta(minutes=10),
        recorded_at=begun, recorded_by="operator:test",
    )  # fmt: skip
    assert operations.draft_note(by=live.secretary, at=timezone.now(), meeting=live.meeting) == 6
    text = passage_of(live).text
    assert "Person of icb, Seat of icb for Body 2: 30 minutes" in text
    assert "Person of local-authority, Seat of local-authority for Body 3: 10 minutes" in text
    assert "From 11am: Quorate: 10 of 20 members are here; 10 are needed." in text
    assert "From 11.10am: Not quorate: 9 of 20 members are here; 10 are needed" in text
    assert "- Person of member-13, Seat of member-13" in text.partition("Not there:")[2]
    assert Event.objects.filter(verb="meetings.draft_note").count() == 1


@pytest.mark.requirement("REC-02", "REC-05", "REC-09")
def test_given_what_came_of_an_item_when_the_note_is_drafted_then_its_section_says_it(house: None) -> None:
    live = a_live_meeting()
    opened(live, timezone.now() - timedelta(hours=1))
    ten_of_twenty(live, timezone.now() - timedelta(hours=1))
    a_presence(live, "member-6", timezone.now() - timedelta(hours=1))
    item, now = live.items[3], timezone.now() - timedelta(minutes=40)
    an_interest(live.people["member-1"], live.world.subject)
    given: dict[str, Any] = {"by": live.secretary, "at": now, "item": item}
    operations.write_note(**given, seen=0, text="Two wards are short of nurses")
    operations.rule_on_interest(
        by=live.chair, at=now, item=item, person=live.people["member-1"], measure=Measure.LEAVE, because="Shares"
    )
    stands = (
        Stand(str(live.people["icb"].pk), "Body 2", Side.FOR, live.bodies["icb"]),
        Stand(str(live.people["member-2"].pk), "Body 8", Side.FOR, live.bodies["member-2"]),
        Stand(str(live.people["lay"].pk), "The lay member", Side.AGAINST, None, "Too late", "Ask families"),
    )
    operations.record_outcome(
        **given, concluded=Concluded("Visit the wards.", stands=stands, next_steps="Look again"), form_key=uuid4()
    )
    operations.name_teller(**given, seen=0, telling=Telling(told_by=live.bodies["icb"]))
    raise_action(
        by=live.secretary, at=now, group=live.group, subject=live.world.subject, stated=a_stated(resolution="Count beds"),
        owner=Owner(live.bodies["icb"], live.people["icb"]), due_on=DUE, form_key=uuid4(),
    )  # fmt: skip
    closed(live)
    a_draft(live)
    text = passage_of(live, 4).text
    for words in (
        "- Person of member-1. They declared an interest. They left for the item.",
        "What was said:\nTwo wards are short of nurses",
        "Agreed by most, at 11.20am:\nVisit the wards.",
        "- For: Body 2 and Body 8\n- Against: The lay member",
        "- The lay member was against. Why: Too late",
        "- The lay member will do itself: Ask families",
        "Next: Look again",
        "Actions:\n- New: Count beds. Person of icb, Body 2, due ",
        f"Body 2 tells {live.world.subject.name}.",
    ):
        assert words in text
    assert "Shares" not in text  # what the chair said of it stays with those who keep the record
    assert "Two wards" not in passage_of(live).text + passage_of(live, 3).text


def test_given_a_draft_when_it_is_drafted_again_then_nothing_is_written_over(live: Live) -> None:
    a_draft(live)
    rewords(live)
    unchanged(lambda: operations.draft_note(by=live.secretary, at=timezone.now(), meeting=live.meeting), Already)


def test_given_a_meeting_that_is_not_over_when_its_note_is_drafted_then_it_is_refused(house: None) -> None:
    live = a_live_meeting()
    opened(live)
    unchanged(lambda: operations.draft_note(by=live.secretary, at=timezone.now(), meeting=live.meeting), Refused)
    assert get(live.secretary, "note", live.meeting.pk)[0] == 404


def test_given_somebody_who_does_not_keep_the_meeting_then_each_verb_is_refused(live: Live) -> None:
    member: dict[str, Any] = {"by": live.people["icb"], "at": timezone.now(), "meeting": live.meeting}
    unchanged(lambda: operations.draft_note(**member), Refused)
    a_draft(live)
    unchanged(lambda: operations.share_note(**member), Refused)
    unchanged(lambda: rewords(live, by=live.people["icb"]), Refused)
    later = a_later_meeting(a_draft_shared(live))
    unchanged(lambda: agrees(live, later, by=live.people["icb"]), Refused)
    unchanged(lambda: agrees(live, later, by=live.secretary), Refused)


def a_draft_shared(live: Live) -> Live:
    """This function will share a draft that there is."""
    operations.share_note(by=live.secretary, at=timezone.now(), meeting=live.meeting)
    return live


def test_given_a_draft_when_it_is_not_shared_yet_then_whoever_chairs_reads_it_and_no_member_does(live: Live) -> None:
    a_draft(live)
    assert get(live.secretary, "note", live.meeting.pk)[0] == get(live.chair, "note", live.meeting.pk)[0] == 200
    assert get(live.people["lay"], "note", live.meeting.pk)[0] == 404
    a_draft_shared(live)
    assert get(live.people["lay"], "note", live.meeting.pk)[0] == 200


# --- other words


@pytest.mark.requirement("REC-16")
def test_given_two_who_reword_one_section_then_the_second_is_told_and_nothing_is_lost(live: Live) -> None:
    a_draft(live)
    assert rewords(live, 4, "Mine").number == 2
    unchanged(lambda: rewords(live, 4, "Yours"), Overtaken)
    unchanged(lambda: rewords(live, 4, "Mine", seen=2), Already)
    unchanged(lambda: rewords(live, 4, "  ", seen=2), Invalid)
    item = live.items[3].pk
    status, page = post(live.secretary, "note_item", live.meeting.pk, item, text="Yours", seen=1)
    assert status == 409 and "Mine" in page and "Yours" in page and 'name="seen" value="2"' in page
    assert post(live.secretary, "note_item", live.meeting.pk, item, text="Mine and yours", seen=2)[0] == 302
    assert [one.text for one in NotePassage.objects.filter(item=item)][1:] == ["Mine", "Mine and yours"]


@pytest.mark.requirement("IGV-01")
def test_given_personal_data_in_new_words_then_it_is_asked_about_and_who_was_there_is_not(live: Live) -> None:
    a_draft(live)
    unchanged(lambda: rewords(live, 0, PHONE), Invalid)
    text = f"{passage_of(live).text}\nIt was warm."
    assert post(live.secretary, "note_write", live.meeting.pk, text=text, seen=1)[0] == 302
    status, page = post(live.secretary, "note_write", live.meeting.pk, text=f"{text}\n{PHONE}", seen=2)
    assert status == 400 and "personal data" in page
    assert rewords(live, 0, f"{text}\n{PHONE}", seen=2, knowingly="They asked for it").knowingly == "They asked for it"


def test_given_a_shared_draft_when_a_section_is_reworded_then_it_is_said_why(live: Live) -> None:
    a_draft(live, is_shared=True)
    unchanged(lambda: rewords(live, 1), Invalid, "members have read")
    assert rewords(live, 1, because="The day was wrong").because == "The day was wrong"
    _, page = get(live.people["icb"], "note", live.meeting.pk)
    assert "Changed since the draft was shared: The day was wrong" in page


# --- who reads it


@pytest.mark.requirement("REC-12")
def test_given_a_draft_that_is_not_shared_then_only_those_who_keep_the_record_find_it(live: Live) -> None:
    a_draft(live)
    assert get(live.secretary, "note", live.meeting.pk)[0] == 200
    assert get(live.people["icb"], "note", live.meeting.pk)[0] == 404
    assert "Note of the meeting" not in get(live.people["icb"], "meeting", live.meeting.pk)[1]
    assert post(live.secretary, "note_share", live.meeting.pk)[0] == 302
    status, page = get(live.people["icb"], "note", live.meeting.pk)
    assert status == 200 and "Draft, shared for comment" in page and "Reword" not in page
    for name in ("meeting", "meeting_live"):
        assert "Note of the meeting" in get(live.people["icb"], name, live.meeting.pk)[1]
    unchanged(lambda: a_draft_shared(live), Already)


@pytest.mark.requirement("COI-04")
def test_given_an_item_that_is_closed_to_somebody_then_the_note_has_neither_it_nor_a_gap(live: Live) -> None:
    a_draft(live, is_shared=True)
    person = live.people["provider-collaboratives"]
    an_interest(person, live.world.subject)
    status, page = get(person, "note", live.meeting.pk)
    assert status == 200 and "Matter 4" not in page and str(live.items[3].pk) not in page
    assert "3. Matter 3" in page and "4. Matter 5" in page
    assert "4. Matter 4" in get(live.people["icb"], "note", live.meeting.pk)[1]


def test_given_a_stranger_then_they_find_no_note(live: Live) -> None:
    a_draft(live, is_shared=True)
    stranger = a_person(Grant(Role.MEMBER, system=SYSTEM))
    for name in ("note", "note_agree"):
        assert get(stranger, name, live.meeting.pk)[0] == 404
        assert get(live.chair, name, uuid4())[0] == 404
    assert get(live.secretary, "note_item", live.meeting.pk, uuid4())[0] == 404
    assert get(live.people["icb"], "note_agree", live.meeting.pk)[0] == 404


def test_given_a_long_note_then_its_page_takes_as_many_queries(house: None) -> None:
    live = a_live_meeting(items=20)
    opened(live, timezone.now() - timedelta(hours=1))
    closed(live)
    a_draft(live, is_shared=True)
    agrees(live, a_later_meeting(live))
    client, address = signed_in(live.secretary), reverse("note", args=[live.meeting.pk])
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    assert len(found) < 48


# --- agreed


@pytest.mark.requirement("REC-04")
def test_given_a_later_quorate_meeting_when_the_note_is_agreed_then_each_section_is_frozen_with_its_hash(
    live: Live,
) -> None:
    a_draft(live, is_shared=True)
    rewords(live, 2, because="A name was wrong")
    later = a_later_meeting(live)
    made = agrees(live, later)
    assert made.passages.count() == 6 and made.present == 10
    row = AgreedPassage.objects.get(passage__item=live.items[1])
    assert row.passage.number == 2 and row.sha256 == hash_of_passage(row.passage)
    row.passage.text = "Something else"
    assert row.sha256 != hash_of_passage(row.passage)
    unchanged(lambda: agrees(live, later), Already)
    _, page = get(live.people["icb"], "note", live.meeting.pk)
    assert "Agreed by the group at its meeting of 15 January 2026" in page
    assert "quorate with 10 members there, with changes to Matter 2" in page and row.sha256 in page


@pytest.mark.requirement("REC-04")
def test_given_what_is_missing_then_a_note_is_not_agreed(live: Live) -> None:
    a_draft(live)
    later = a_later_meeting(live)
    unchanged(lambda: agrees(live, later), Refused, "Share the draft")
    a_draft_shared(live)
    unchanged(lambda: agrees(live, live), Refused, "later meeting")
    unchanged(lambda: agrees(later, live), Refused, "later meeting")
    unchanged(lambda: agrees(live, later, agreed_at=timezone.now() - timedelta(minutes=11)), Invalid, "did not meet")
    for one in Presence.objects.filter(meeting=later.meeting, person=live.people["local-authority"]):
        a_departure(one, timezone.now() - timedelta(minutes=5))
    unchanged(lambda: agrees(live, later), Refused)
    assert agrees(live, later, agreed_at=timezone.now() - timedelta(minutes=6)).present == 10


@pytest.mark.requirement("QUO-01", "REC-04")
def test_given_a_quorum_that_is_only_recommended_then_a_note_is_agreed_without_it_and_says_so(live: Live) -> None:
    a_draft(live, is_shared=True)
    later = a_later_meeting(live, without="nhs-england-region")
    unchanged(lambda: agrees(live, later), Refused, "Nobody from NHS England")
    a_local_version("group_types", a_change("group_types", "chosen: must", "chosen: recommended"))
    assert agrees(live, later).quorum == "not_quorate"
    _, page = get(live.people["icb"], "note", live.meeting.pk)
    assert "not quorate, which is recommended here and not asked for, with 10 members there" in page


@pytest.mark.requirement("QUO-12")
def test_given_a_group_without_a_quorum_then_its_note_can_be_agreed(live: Live) -> None:
    a_guidance(live.group, "qsg-2017", live.group.begun_on)
    a_draft(live, is_shared=True)
    assert agrees(live, a_later_meeting(live, without="lay")).quorum == "none_set"


def test_given_a_later_meeting_that_is_over_then_the_time_must_be_given(live: Live) -> None:
    a_draft(live, is_shared=True)
    later = closed(a_later_meeting(live), timedelta(minutes=1))
    unchanged(lambda: agrees(live, later), Invalid, "Give the time")
    sent = {"met": later.meeting.pk, "when": "11:55"}
    status, page = post(live.chair, "note_agree", live.meeting.pk, **sent)
    assert status == 302, page
    assert "The group agreed it" not in get(live.chair, "note", live.meeting.pk)[1]


@pytest.mark.requirement("COI-04", "REC-04")
def test_given_an_item_that_is_closed_to_the_chair_then_another_who_presides_agrees_it(live: Live) -> None:
    a_draft(live, is_shared=True)
    an_interest(live.chair, live.world.subject)
    later = a_later_meeting(live)
    assert agrees(live, later).passages.count() == 5
    _, page = get(live.people["icb"], "note", live.meeting.pk)
    assert "Agreed in part" in page and "Not agreed yet" in page
    assert "Agreed in part" not in get(live.chair, "note", live.meeting.pk)[1]
    made = agrees(live, later, by=live.people["deputy-chair"])
    assert [one.passage.item for one in made.passages.all()] == [live.items[3]]
    assert "Agreed in part" not in get(live.people["icb"], "note", live.meeting.pk)[1]


@pytest.mark.requirement("REC-16")
def test_given_an_agreed_note_when_it_is_corrected_then_it_says_what_and_why_and_the_agreed_text_stays(
    live: Live,
) -> None:
    a_draft(live, is_shared=True)
    rewords(live, 1, "As they agreed it", because="Clearer")
    agrees(live, a_later_meeting(live))
    unchanged(lambda: rewords(live, 1, "Corrected", seen=2), Invalid, "agreed")
    made = rewords(live, 1, "As it should have been", seen=2, because="The number was 12, not 21")
    agreed = AgreedPassage.objects.get(passage__item=live.items[0])
    assert made.corrects == agreed.passage and agreed.passage.text == "As they agreed it"
    _, page = get(live.people["icb"], "note", live.meeting.pk)
    for words in ("As they agreed it", "As it should have been", "The number was 12, not 21", "Corrected since"):
        assert words in page


def test_given_a_note_then_its_forms_open_and_draft_it(live: Live) -> None:
    status, page = get(live.secretary, "note", live.meeting.pk)
    assert status == 200 and "There is no note yet" in page and "Draft the note" in page
    assert post(live.secretary, "note_draft", live.meeting.pk)[0] == 302
    assert post(live.secretary, "note_draft", live.meeting.pk)[0] == 302
    assert NotePassage.objects.count() == 6
    assert get(live.secretary, "note_write", live.meeting.pk)[0] == 200
    assert get(live.secretary, "note_item", live.meeting.pk, live.items[0].pk)[0] == 200
    a_draft_shared(live)
    assert "has not met since" in get(live.chair, "note_agree", live.meeting.pk)[1]
    assert post(live.chair, "note_agree", live.meeting.pk)[0] == 400
