"""The meeting of a Rapid Quality Review: what it owes before it is closed, and who came as its page tells."""

from __future__ import annotations

import html
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from sightline.core.improvement.rapid import Route
from sightline.core.verdict import Refused
from sightline.improvement.models import RapidReport, RapidReview
from sightline.meetings import operations
from sightline.meetings.models import MeetingStep
from sightline.meetings.words import Step
from tests.factories.accounts import signed_in
from tests.factories.groups import an_interest
from tests.factories.indicators import TODAY
from tests.factories.meetings_live import MADE, Live, a_live_meeting, a_presence, opened
from tests.factories.surveillance import SYSTEM


def not_reached(live: Live) -> None:
    operations.carry_over(
        by=live.secretary, at=timezone.now(), item=live.items[0], because="No time was left", form_key=uuid4()
    )


@pytest.fixture
def live(house: None) -> Live:
    """This function will make a meeting of a review under way, with one item that was not reached."""
    made = a_live_meeting("rapid-quality-review", items=1)
    made.group.subject = made.world.subject
    made.group.save()
    opened(made)
    a_presence(made, "chair")
    a_presence(made, "icb")
    not_reached(made)
    return made


def called(live: Live, **more: Any) -> RapidReview:
    plain: dict[str, Any] = {
        "group": live.group, "subject": live.world.subject, "system": SYSTEM, "requester": "cqc", "urgency": "immediate",
        "risk": "Nobody answers", "not_elsewhere": "Nobody asks", "called_on": TODAY, "level": "enhanced",
        "form_key": uuid4(),
    }  # fmt: skip
    return RapidReview.objects.create(**{**plain, **MADE, **more})


def reported(review: RapidReview, route: Route, shift: int = 0) -> None:
    RapidReport.objects.create(
        review=review, route=route.value, is_sent=False, on=TODAY + timedelta(days=shift), says="No such body", **MADE
    )


def close(live: Live) -> MeetingStep:
    return operations.close_meeting(by=live.chair, at=timezone.now(), meeting=live.meeting)


@pytest.mark.requirement("RQR-05")
def test_the_meeting_is_not_closed_before_its_three_reports_are_sent_or_do_not_apply(live: Live) -> None:
    review = called(live)
    for route, name in zip(Route, ("System Quality Group", "assurance", "Regional Quality Group"), strict=True):
        with pytest.raises(Refused, match=f"has not reported to the .*{name}"):
            close(live)
        reported(review, route)
    assert close(live).step == Step.CLOSED


@pytest.mark.requirement("RQR-05")
def test_what_was_reported_before_the_meeting_does_not_close_it(live: Live) -> None:
    review = called(live, called_on=TODAY - timedelta(days=9))
    for route in Route:
        reported(review, route, -1)
    with pytest.raises(Refused, match="since it met"):
        close(live)
    assert not MeetingStep.objects.filter(step=Step.CLOSED.value).exists()


@pytest.mark.requirement("RQR-02", "RQR-05")
def test_a_review_that_nobody_called_is_asked_for_its_grounds_first(live: Live) -> None:
    with pytest.raises(Refused, match="why this Rapid Quality Review was called"):
        close(live)


def test_the_meeting_of_another_group_owes_no_such_report(house: None) -> None:
    other = a_live_meeting(items=1)
    opened(other)
    a_presence(other, "chair")
    not_reached(other)
    assert close(other).step == Step.CLOSED


@pytest.mark.requirement("RQR-03", "MEM-08")
def test_the_page_of_a_review_tells_who_came_and_which_minimum_members_did_not(live: Live) -> None:
    review = called(live)
    answer = signed_in(live.secretary).get(reverse("rapid", args=[review.pk]))
    shown = html.unescape(answer.content.decode())
    assert "Person of icb" in shown and "2 people came." in shown
    assert (
        "A minimum member is missing" in shown
        and "Care Quality Commission" in shown.split("Who came to the last one")[1]
    )
    assert reverse("meeting", args=[live.meeting.pk]) in shown


@pytest.mark.requirement("COI-03")
def test_whoever_chairs_it_with_an_interest_finds_no_page_and_whoever_sits_in_it_does(live: Live) -> None:
    review = called(live)
    address = reverse("rapid", args=[review.pk])
    assert signed_in(live.people["lay"]).get(address).status_code == 200
    an_interest(live.chair, live.world.subject)
    assert signed_in(live.chair).get(address).status_code == 404
