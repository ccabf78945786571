"""Comments on a draft note: made by who reads the section, answered by who keeps it, and seen by nobody else."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from sightline.accounts.models import Person
from sightline.audit.models import Event
from sightline.core.access import Grant, Role
from sightline.core.verdict import Already, Invalid, Refused
from sightline.meetings import operations
from sightline.meetings.models import NoteComment, NoteCommentAnswer
from tests.factories.accounts import a_person, signed_in
from tests.factories.groups import an_interest
from tests.factories.house import clock, folder, house
from tests.factories.meetings_live import Live
from tests.factories.meetings_noting import a_draft, a_held_meeting, a_later_meeting, passage_of
from tests.factories.surveillance import SYSTEM

__all__ = ["clock", "folder", "house"]

SAYS = "It was the night rota, and not that of the day."


@pytest.fixture
def live(house: None) -> Live:
    """This function will make a meeting whose note is a draft that is shared."""
    return a_draft(a_held_meeting(), is_shared=True)


def comments(live: Live, number: int = 1, name: str = "member-1", **more: Any) -> NoteComment:
    """This function will have a member comment on the section of an item, or on the meeting as a whole."""
    item = live.items[number - 1].pk if number else None
    given = {"by": live.people[name], "text": SAYS, "form_key": uuid4(), **more}
    return operations.comment_on_note(at=timezone.now(), meeting=live.meeting, item=item, **given)


def answers(live: Live, comment: NoteComment, **more: Any) -> NoteCommentAnswer:
    """This function will have the secretary answer a comment."""
    given = {"by": live.secretary, "is_taken_in": False, "says": "The tape has the day.", **more}
    return operations.answer_comment(at=timezone.now(), comment=comment, **given)


def page_of(person: Person, live: Live) -> str:
    """This function will open the note as somebody."""
    answer = signed_in(person).get(reverse("note", args=[live.meeting.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def agreed(live: Live) -> None:
    """This function will have the group agree the note at its next meeting."""
    later = a_later_meeting(live)
    operations.agree_note(by=live.chair, at=timezone.now(), meeting=live.meeting, at_meeting=later.meeting)


@pytest.mark.requirement("REC-04")
def test_comment_is_read_by_who_keeps_the_note_and_its_answer_by_who_made_it_and_by_no_other_member(live: Live) -> None:
    made = comments(live)
    assert SAYS in page_of(live.secretary, live) and "Not answered yet" in page_of(live.people["member-1"], live)
    assert SAYS not in page_of(live.people["member-2"], live)
    assert "Comments on the draft" not in page_of(live.people["member-2"], live)
    answers(live, made)
    page = page_of(live.people["member-1"], live)
    assert "Not taken in" in page and "The tape has the day." in page
    auditor = a_person(Grant(Role.AUDITOR, system=SYSTEM))
    assert SAYS in page_of(auditor, live)
    verbs = list(Event.objects.order_by("-pk").values_list("verb", flat=True)[:2])
    assert verbs == ["meetings.answer_comment", "meetings.comment_on_note"]


@pytest.mark.requirement("REC-04")
def test_comment_is_no_part_of_what_the_group_agrees_and_none_is_made_afterwards(live: Live) -> None:
    made = comments(live)
    agreed(live)
    assert SAYS not in passage_of(live, 1).text
    with pytest.raises(Refused, match="correction"):
        comments(live)
    client = signed_in(live.people["member-1"])
    path = reverse("note_comment_item", args=[live.meeting.pk, live.items[0].pk])
    late = client.post(path, {"text": SAYS, "form_key": str(uuid4())})
    assert late.status_code == 400 and "The group agreed this section." in late.content.decode()
    assert ">Comment<" not in page_of(live.people["member-1"], live)
    answers(live, made)  # it is owed an answer all the same
    assert NoteComment.objects.count() == NoteCommentAnswer.objects.count() == 1


@pytest.mark.requirement("COI-04", "REC-12")
def test_section_closed_by_an_interest_is_neither_commented_on_nor_are_its_comments_found(live: Live) -> None:
    mine = comments(live, 4)
    person = live.people["member-1"]
    an_interest(person, live.world.subject)
    assert SAYS not in page_of(person, live)  # their own comment is closed with the section
    with pytest.raises(Refused):
        comments(live, 4)
    path = reverse("note_comment_item", args=[live.meeting.pk, live.items[3].pk])
    assert signed_in(person).get(path).status_code == 404
    an_interest(live.secretary, live.world.subject)
    assert signed_in(live.secretary).get(reverse("note_answer", args=[live.meeting.pk, mine.pk])).status_code == 404
    with pytest.raises(Refused):
        answers(live, mine)
    assert not NoteCommentAnswer.objects.exists()


def test_draft_that_is_not_shared_is_not_commented_on(house: None) -> None:
    live = a_draft(a_held_meeting())
    for who in (live.people["member-1"], live.secretary):
        with pytest.raises(Refused):
            comments(live, by=who)
    path = reverse("note_comment", args=[live.meeting.pk])
    assert signed_in(live.people["member-1"]).get(path).status_code == 404
    assert signed_in(live.secretary).get(path).status_code == 404
    assert not NoteComment.objects.exists()


def test_comment_and_answer_are_made_once_and_say_something(live: Live) -> None:
    key = uuid4()
    made = comments(live, form_key=key)
    with pytest.raises(Already):
        comments(live, form_key=key)
    with pytest.raises(Invalid):
        comments(live, text="  ")
    with pytest.raises(Invalid):
        answers(live, made, says=" ")
    with pytest.raises(Refused):
        answers(live, made, by=live.people["member-1"])
    answers(live, made, is_taken_in=True, says="")
    with pytest.raises(Already):
        answers(live, made)
    assert (NoteComment.objects.count(), NoteCommentAnswer.objects.count()) == (1, 1)


def test_member_comments_and_secretary_answers_on_their_pages(live: Live) -> None:
    client, path = signed_in(live.people["member-1"]), reverse("note_comment", args=[live.meeting.pk])
    assert client.post(path, {"text": "", "form_key": str(uuid4())}).status_code == 400
    assert client.post(path, {"text": SAYS, "form_key": str(uuid4())}).status_code == 302
    made = NoteComment.objects.get()
    assert made.passage.item_id is None
    answer = reverse("note_answer", args=[live.meeting.pk, made.pk])
    assert client.get(answer).status_code == 403
    kept = signed_in(live.secretary)
    assert SAYS in kept.get(answer).content.decode()
    assert kept.post(answer, {"became": "not_taken", "says": ""}).status_code == 400
    assert kept.post(answer, {"became": "taken", "says": "Thank you."}).status_code == 302
    assert "Thank you." in page_of(live.people["member-1"], live)
