"""A suspicion of abuse or neglect, and its referral for which a meeting waits."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from sightline.audit.models import Event
from sightline.core.meetings.closing import may_close
from sightline.core.verdict import Already, Invalid, Refused
from sightline.meetings import operations
from sightline.meetings.models import AgendaItem, Suspicion, SuspicionReferral
from sightline.meetings.queries.live_pages import facts_of, live_view
from tests.factories.house import clock, folder, house
from tests.factories.meetings_live import Live, a_live_meeting, opened

__all__ = ["clock", "folder", "house"]


@pytest.fixture
def live(house: None) -> Live:
    """This function will make a meeting that was opened an hour ago."""
    made = a_live_meeting()
    opened(made, timezone.now() - timedelta(hours=1))
    return made


def suspected(live: Live, item: AgendaItem, **more: Any) -> Suspicion:
    """This function will have the secretary write down that abuse is suspected."""
    given = {"by": live.secretary, "detail": "Bruises that nobody can explain.", "form_key": uuid4(), **more}
    return operations.note_suspicion(at=timezone.now(), item=item, **given)


def open_ends(live: Live) -> str:
    """This function will give what keeps the meeting from being closed, as its chair reads it."""
    view = live_view(live.chair, timezone.localdate(), live.meeting.pk, timezone.now())
    assert view is not None
    return " ".join(one.says for one in may_close(facts_of(view)).reasons)


@pytest.mark.requirement("SAF-01")
def test_meeting_waits_for_the_referral_of_what_was_suspected(live: Live) -> None:
    says = "Record the referral"
    assert says not in open_ends(live)
    found = suspected(live, live.items[0])
    assert says in open_ends(live)
    assert "Bruises" not in open_ends(live)
    given = {"at": timezone.now(), "suspicion": found, "body": "The adults board", "referred_on": timezone.localdate()}
    operations.refer_suspicion(by=live.secretary, referred_by="The council", **given)
    assert says not in open_ends(live)
    with pytest.raises(Already):
        operations.refer_suspicion(by=live.secretary, referred_by="The council", **given)
    assert Event.objects.filter(verb="meetings.refer_suspicion").count() == 1


@pytest.mark.requirement("SAF-01")
@pytest.mark.parametrize(
    ("body", "referred_by", "ahead"), [("", "The council", 0), ("The board", "", 0), ("The board", "The council", 1)]
)
def test_referral_names_who_to_whom_and_a_day_that_was(live: Live, body: str, referred_by: str, ahead: int) -> None:
    found = suspected(live, live.items[0])
    with pytest.raises(Invalid):
        operations.refer_suspicion(
            by=live.secretary, at=timezone.now(), suspicion=found, body=body, referred_by=referred_by,
            referred_on=timezone.localdate() + timedelta(days=ahead),
        )  # fmt: skip
    assert not SuspicionReferral.objects.exists()


def test_suspicion_is_written_down_by_whoever_keeps_the_papers_and_says_something(live: Live) -> None:
    with pytest.raises(Refused):
        suspected(live, live.items[0], by=live.people["member-1"])
    with pytest.raises(Invalid):
        suspected(live, live.items[0], detail="  ")
    key = uuid4()
    suspected(live, live.items[0], form_key=key)
    with pytest.raises(Already):
        suspected(live, live.items[0], form_key=key)
    assert Suspicion.objects.count() == 1
