"""What is said between meetings about a subject: who writes it down, who reads it, and who finds nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
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
from sightline.meetings.models import Conversation
from sightline.meetings.words import Way
from sightline.meetings.writing_given import Spoken
from tests.factories.accounts import a_person, signed_in
from tests.factories.groups import an_interest
from tests.factories.house import clock, folder, house
from tests.factories.meetings_live import Live, a_live_meeting
from tests.factories.surveillance import SYSTEM

__all__ = ["clock", "folder", "house"]
SAID = "The trust has found two nurses for the nights of this week."


@pytest.fixture
def live(house: None) -> Live:
    """This function will make a group with its members, and a meeting whose fourth item is about the world's trust."""
    return a_live_meeting()


def unchanged(act: Callable[[], object], problem: type[Exception], says: str = "") -> None:
    """This function will see that something is refused and leaves nothing behind."""
    before = (Conversation.objects.count(), Event.objects.count())
    with pytest.raises(problem, match=says or None):
        act()
    assert (Conversation.objects.count(), Event.objects.count()) == before


def writes_down(live: Live, by: Person | None = None, said: str = SAID, days: int = 0, **more: Any) -> Conversation:
    """This function will have a member write down what was said about the trust."""
    on = timezone.localdate() + timedelta(days=days)
    spoken = Spoken(on, Way.CALL, "The chair with the trust’s chief nurse", said, "They send the rota on Friday.")
    given = {"at": timezone.now(), "form_key": uuid4(), "group": live.group, "subject": live.world.subject, **more}
    return operations.record_conversation(by=by or live.people["icb"], spoken=spoken, **given)


def page_of(live: Live, person: Person, name: str = "conversations") -> tuple[int, str]:
    """This function will open a page about the trust as somebody."""
    answer = signed_in(person).get(reverse(name, args=[live.world.subject.pk]))
    return answer.status_code, answer.content.decode()


@pytest.mark.requirement("MTG-08")
def test_given_what_was_said_when_a_member_writes_it_down_then_whoever_sits_there_reads_it(live: Live) -> None:
    typed = {
        "group": live.group.pk, "between": "The chair with the chief nurse", "way": "call", "said": SAID,
        "follows": "They send the rota.", "form_key": uuid4(), "held_on-day": timezone.localdate().day,
        "held_on-month": timezone.localdate().month, "held_on-year": timezone.localdate().year,
    }  # fmt: skip
    address = reverse("conversation_add", args=[live.world.subject.pk])
    answer = signed_in(live.people["lay"]).post(address, {key: str(value) for key, value in typed.items()})
    assert answer.status_code == 302
    made = Conversation.objects.get()
    assert (made.recorded_by, made.way, made.system) == (live.people["lay"].actor_id, Way.CALL, SYSTEM)
    status, page = page_of(live, live.people["member-9"])
    assert status == 200 and SAID in page and "They send the rota." in page and "Person of lay" in page
    assert live.world.subject.name in signed_in(live.secretary).get(reverse("meetings")).content.decode()
    assert Event.objects.latest("pk").verb == "meetings.record_conversation"


def test_given_something_amiss_when_it_is_written_down_then_nothing_is_kept(live: Live) -> None:
    stranger = a_person(Grant(Role.MEMBER, system=SYSTEM))
    unchanged(lambda: writes_down(live, stranger), Refused, "sits in the group")
    unchanged(lambda: writes_down(live, said=" "), Invalid, "what was said")
    unchanged(lambda: writes_down(live, days=1), Invalid, "once it was said")
    unchanged(lambda: writes_down(live, said="Ring 07700 900123 about it"), Invalid)
    made = writes_down(live)
    unchanged(lambda: writes_down(live, form_key=made.form_key), Already)


@pytest.mark.requirement("COI-04")
def test_given_a_member_with_an_interest_when_they_look_for_it_then_it_is_absent_everywhere(live: Live) -> None:
    writes_down(live)
    tied = live.people["member-9"]
    assert page_of(live, tied)[0] == 200
    an_interest(tied, live.world.subject)
    assert page_of(live, tied)[0] == page_of(live, tied, "conversation_add")[0] == 404
    assert "Said between meetings" not in signed_in(tied).get(reverse("meetings")).content.decode()
    unchanged(lambda: writes_down(live, tied), Refused)


def test_given_an_auditor_when_they_look_then_they_read_and_write_nothing(live: Live) -> None:
    writes_down(live)
    auditor = a_person(Grant(Role.AUDITOR, system=SYSTEM))
    status, page = page_of(live, auditor)
    assert status == 200 and SAID in page and "Write down what was said" not in page
    assert page_of(live, auditor, "conversation_add")[0] == 404


def test_given_somebody_of_another_system_when_they_look_then_there_is_no_such_page(live: Live) -> None:
    writes_down(live)
    assert page_of(live, a_person(Grant(Role.SECRETARY, system="QX9")))[0] == 404
