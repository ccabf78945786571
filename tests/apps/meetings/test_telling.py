"""Members tell their organisation what came of a meeting, and what it says goes back into the group (MEM-17)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse
from django.utils import timezone

from sightline.accounts.models import Person
from sightline.audit.models import Event
from sightline.core.verdict import Already, Invalid, Refused
from sightline.meetings.models import ToldOrganisation
from sightline.meetings.operations import tell_organisation
from sightline.meetings.queries.telling import waiting_to_tell
from sightline.overview.queries.waiting import waits_for
from tests.factories.accounts import signed_in
from tests.factories.house import clock, folder, house
from tests.factories.meetings_live import Live
from tests.factories.meetings_noting import a_draft, a_held_meeting

__all__ = ["clock", "folder", "house"]
pytestmark = pytest.mark.requirement("MEM-17")
SAYS = "The board asks for a date."


@pytest.fixture
def live(house: None) -> Live:
    return a_draft(a_held_meeting(), is_shared=True)


def tells(live: Live, name: str = "member-1", seat: UUID | None = None, ago: int = 0, **more: Any) -> ToldOrganisation:
    given = {"by": live.people[name], "seat": seat or live.seats[name].pk, "says": SAYS, **more}
    told_on = timezone.localdate() - timedelta(days=ago)
    return tell_organisation(at=timezone.now(), meeting=live.meeting, told_on=told_on, **given)


def page(person: Person, name: str, live: Live) -> tuple[int, str]:
    answer = signed_in(person).get(reverse(name, args=[live.meeting.pk]))
    return answer.status_code, answer.content.decode()


def test_given_a_shared_note_when_a_member_told_their_organisation_then_it_is_ticked_and_they_are_reminded_no_more(
    live: Live,
) -> None:
    today, member = timezone.localdate(), live.people["member-1"]
    assert waits_for(member, today).to_tell == 1
    assert "Tell Body" in page(member, "note", live)[1]
    tells(live)
    assert waits_for(member, today).to_tell == 0
    assert "You told Body" in page(member, "note", live)[1]
    assert Event.objects.filter(verb="meetings.tell_organisation").count() == 1
    with pytest.raises(Already):
        tells(live)


def test_given_members_who_told_and_who_did_not_then_the_secretary_sees_the_gaps_and_what_goes_back(live: Live) -> None:
    tells(live)
    status, text = page(live.secretary, "note_told", live)
    assert status == 200
    assert "1 of 19 told" in text  # of twenty seats one is of a lay member, who sits for no organisation
    assert SAYS in text
    other = live.people["member-2"]
    assert page(other, "note_told", live)[0] == 403
    assert SAYS not in page(other, "note", live)[1]


def test_given_a_lay_member_or_somebody_elses_seat_then_nothing_is_owed_and_nothing_kept(live: Live) -> None:
    today = timezone.localdate()
    assert not waiting_to_tell(live.people["lay"], today)
    assert page(live.people["lay"], "note_tell", live)[0] == 404
    with pytest.raises(Refused):
        tells(live, "lay")
    with pytest.raises(Refused):
        tells(live, "member-1", seat=live.seats["member-2"].pk)
    with pytest.raises(Refused):
        tells(live, by=live.secretary)
    assert not ToldOrganisation.objects.exists()


@pytest.mark.parametrize("ago", [-1, 1])
def test_given_a_day_before_the_meeting_or_to_come_then_nothing_is_kept(live: Live, ago: int) -> None:
    with pytest.raises(Invalid):
        tells(live, ago=ago)
    assert not ToldOrganisation.objects.exists()


def test_given_a_note_that_is_not_shared_then_nobody_is_asked_yet(house: None) -> None:
    live = a_draft(a_held_meeting())
    assert not waiting_to_tell(live.people["member-1"], timezone.localdate())
    with pytest.raises(Refused):
        tells(live)
    assert "They are asked once the note is shared" in page(live.secretary, "note_told", live)[1]


def test_given_the_form_when_it_is_sent_then_the_page_of_meetings_asks_no_more(live: Live) -> None:
    member, today = signed_in(live.people["member-1"]), timezone.localdate()
    where = reverse("note_tell", args=[live.meeting.pk])
    assert where in member.get(reverse("meetings")).content.decode()
    assert member.post(where, {"says": ""}).status_code == 400
    sent = {"told_on-day": today.day, "told_on-month": today.month, "told_on-year": today.year, "says": "All well"}
    assert member.post(where, {key: str(value) for key, value in sent.items()}).status_code == 302
    assert where not in member.get(reverse("meetings")).content.decode()
    assert "You told Body" in member.get(where).content.decode()
