"""Actions agreed under an item: in the log, on the item and in the note, and nowhere for whoever may not read the item."""

from __future__ import annotations

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
from sightline.actions.models import Action
from sightline.actions.operations import raise_action
from sightline.audit.models import Event
from sightline.core.actions.facts import ActionKind
from sightline.core.verdict import Already, Refused
from sightline.meetings import operations
from sightline.meetings.models import AgendaItem, ItemAction, NotePassage
from sightline.meetings.operations._recording import record_about
from tests.factories.accounts import signed_in
from tests.factories.actions import DUE, a_stated
from tests.factories.house import clock, folder, house
from tests.factories.meetings_live import Live, a_live_meeting, an_item, opened, ten_of_twenty
from tests.factories.meetings_noting import a_draft, a_later_meeting, closed

__all__ = ["clock", "folder", "house"]

SAYS = "Put a second nurse on each ward"


@pytest.fixture
def live(house: None) -> Live:
    """This function will make a quorate meeting that was opened an hour ago."""
    made = a_live_meeting()
    opened(made, timezone.now() - timedelta(hours=1))
    ten_of_twenty(made)
    return made


def agreed(live: Live, item: AgendaItem, **more: Any) -> ItemAction:
    """This function will have the secretary write down an action that was agreed under an item."""
    given = {
        "by": live.secretary,
        "stated": a_stated(),
        "owner": Owner(live.world.board, live.people["member-2"]),
        "due_on": DUE,
        "form_key": uuid4(),
        **more,
    }
    return operations.agree_action(at=timezone.now(), item=item, **given)


def tied(live: Live, item: AgendaItem, name: str) -> Person:
    """This function will have a member declare an interest in an item."""
    person = live.people[name]
    operations.declare_tie(
        by=person, at=timezone.now(), item=item, person=person, detail="A post there", form_key=uuid4()
    )
    return person


def read(person: Person, name: str, *args: object, **asked: str) -> tuple[int, str]:
    """This function will open a page as somebody."""
    answer = signed_in(person).get(reverse(name, args=args), asked)
    return answer.status_code, answer.content.decode()


@pytest.mark.requirement("ACT-01", "ACT-06")
def test_action_agreed_under_an_item_is_in_the_log_with_its_item_and_on_the_item(live: Live) -> None:
    made = agreed(live, live.items[3])
    assert made.action.subject == live.world.subject  # what the item is about
    assert made.action.raised_on == timezone.localdate()
    path = reverse("meeting_live_item", args=[live.meeting.pk, live.items[3].pk])
    for name, args in (("actions", ()), ("action", (made.action.pk,))):
        status, page = read(live.people["member-1"], name, *args)
        assert status == 200 and path in page and "Matter 4" in page, name
    assert SAYS in read(live.people["member-1"], "meeting_live_item", live.meeting.pk, live.items[3].pk)[1]
    _, table = read(live.people["member-1"], "actions_csv")
    assert f"{timezone.localdate().isoformat()},Matter 4" in table
    verbs = list(Event.objects.order_by("-pk").values_list("verb", flat=True)[:2])
    assert verbs == ["meetings.agree_action", "actions.raise_action"]


@pytest.mark.requirement("COI-04", "ACT-01")
def test_whoever_may_not_read_the_item_finds_no_trace_of_its_action_by_any_road(live: Live) -> None:
    made = agreed(live, live.items[1])
    other = agreed(live, live.items[2], stated=a_stated(resolution="Ask for the rota"))
    person = tied(live, live.items[1], "member-1")
    status, page = read(person, "actions")
    assert status == 200 and SAYS not in page and "Matter 2" not in page and "1 open action." in page
    assert read(person, "action", made.action.pk)[0] == 404
    assert SAYS not in read(person, "actions_csv")[1]
    assert SAYS not in read(person, "actions", words="second nurse")[1]
    assert set(Action.objects.visible_to(person, timezone.localdate())) == {other.action}
    assert SAYS in read(live.people["member-3"], "actions")[1]


@pytest.mark.requirement("COI-04")
def test_owner_who_may_not_read_the_item_reads_what_to_do_and_not_where_it_was_agreed(live: Live) -> None:
    made = agreed(live, live.items[1])
    person = tied(live, live.items[1], "member-2")
    status, page = read(person, "action", made.action.pk)
    assert status == 200 and SAYS in page
    assert "Matter 2" not in page and str(live.items[1].pk) not in page
    status, page = read(person, "actions")
    assert status == 200 and SAYS in page and "Matter 2" not in page


@pytest.mark.requirement("REC-02")
def test_note_says_an_action_under_the_item_under_which_it_was_agreed(live: Live) -> None:
    agreed(live, live.items[1])  # about no subject, so that nothing else would bring it there
    closed(live)
    a_draft(live)
    said = {one.item_id for one in NotePassage.objects.filter(text__contains=SAYS)}
    assert said == {live.items[1].pk}


@pytest.mark.requirement("COI-04", "REC-12")
def test_later_note_and_paper_leave_out_what_was_agreed_under_an_item_closed_to_somebody(live: Live) -> None:
    given = {"stated": a_stated(), "due_on": timezone.localdate(), "subject": live.world.subject}
    agreed(live, live.items[1], **given)
    agreed(live, live.items[2], **{**given, "stated": a_stated(resolution="Ask for the rota")})
    tied(live, live.items[1], "member-1")
    closed(live)
    later = a_later_meeting(live)
    home = an_item(later.meeting, "Of the trust", live.world.subject)
    paper = str(record_about(live.secretary, timezone.now(), home, live.world.subject))
    assert "Ask for the rota" in paper and SAYS not in paper
    closed(later, timedelta(0))
    a_draft(later)
    texts = "\n".join(NotePassage.objects.filter(meeting=later.meeting).values_list("text", flat=True))
    assert "Ask for the rota" in texts and SAYS not in texts


def test_action_is_agreed_while_the_meeting_is_under_way_by_who_keeps_it_and_once(live: Live) -> None:
    before = ItemAction.objects.count(), Action.objects.count(), Event.objects.count()
    with pytest.raises(Refused):
        agreed(live, live.items[0], by=live.people["member-1"])
    assert (ItemAction.objects.count(), Action.objects.count(), Event.objects.count()) == before
    key = uuid4()
    agreed(live, live.items[0], form_key=key)
    with pytest.raises(Already):
        agreed(live, live.items[0], form_key=key)
    closed(live)
    with pytest.raises(Refused, match="over"):
        agreed(live, live.items[0])
    assert ItemAction.objects.count() == 1


def test_secretary_adds_an_action_on_the_page_of_the_item(live: Live) -> None:
    args = (live.meeting.pk, live.items[3].pk)
    client = signed_in(live.secretary)
    page = client.get(reverse("item_action", args=args)).content.decode()
    assert "Which action was agreed?" in page and 'name="subject"' not in page and 'name="raised_on' not in page
    sent = {
        "issue": "Calls go unanswered at night.", "resolution": SAYS, "kind": ActionKind.SUPPORT.value,
        "owner": str(live.people["member-2"].pk), "organisation": live.world.board.code, "due_on-day": "14",
        "due_on-month": "2", "due_on-year": "2026", "form_key": str(uuid4()),
    }  # fmt: skip
    answer = client.post(reverse("item_action", args=args), sent)
    assert answer.status_code == 302, answer.content.decode()
    assert ItemAction.objects.get().item == live.items[3]
    bad = client.post(reverse("item_action", args=args), {**sent, "resolution": "", "form_key": str(uuid4())})
    assert bad.status_code == 400 and "Say in a sentence what is to be done." in bad.content.decode()
    assert signed_in(live.people["member-1"]).get(reverse("item_action", args=args)).status_code == 403


def test_log_asks_as_often_whatever_the_number_of_items(live: Live) -> None:
    reader = signed_in(live.people["member-1"])

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            assert reader.get(reverse("actions")).status_code == 200
        return len(found)

    agreed(live, live.items[0])
    asked()
    few = asked()
    for item in live.items:
        agreed(live, item)
    assert asked() == few


def test_action_raised_in_the_log_alone_has_no_item(live: Live) -> None:
    made = raise_action(
        by=live.secretary, at=timezone.now(), group=live.group, stated=a_stated(), due_on=DUE,
        owner=Owner(live.world.board, live.people["member-2"]), form_key=uuid4(),
    )  # fmt: skip
    status, page = read(live.people["member-1"], "action", made.pk)
    assert status == 200 and "Agreed at the meeting of" not in page
