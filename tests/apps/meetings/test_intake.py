"""What the guidance asks of what is brought to a group: two answers, kept with the item, and only where it asks."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from sightline.audit.models import Event
from sightline.core.meetings.agenda_kinds import Purpose
from sightline.core.verdict import Invalid, Refused
from sightline.meetings import operations
from sightline.meetings.giving import Intake, Wording
from sightline.meetings.models import AgendaItem, IntakeAnswer
from tests.factories.accounts import signed_in
from tests.factories.groups import a_guidance
from tests.factories.house import clock, folder, house
from tests.factories.meetings_live import Live, a_live_meeting

__all__ = ["clock", "folder", "house"]

USUAL = "Is it something that cannot be solved as part of business as usual?"
SEVERAL = "Does it need action by more than one organisation?"
BOTH = {"beyond-usual": True, "several": True}


def a_local_group(kind: str = "system-group", pack: str = "qsg-2017") -> Live:
    """This function will make a meeting on this day of a group that works by a guidance."""
    live = a_live_meeting(kind, items=0)
    a_guidance(live.group, pack, date(2020, 1, 1))
    return live


def added(live: Live, intake: Intake | None = None, **more: Any) -> AgendaItem:
    """This function will have the secretary add an item."""
    given = {"by": live.secretary, "form_key": uuid4(), **({"intake": intake} if intake else {}), **more}
    return operations.add_item(
        at=timezone.now(), meeting=live.meeting, wording=Wording("Handovers at night", 15, Purpose.IDENTIFY), **given
    )


def sends(live: Live, **more: object) -> tuple[int, str]:
    """This function will send the form of a new item as the secretary."""
    sent = {
        "title": "Handovers",
        "minutes": 5,
        "seen": 0,
        "purpose": Purpose.IDENTIFY.value,
        "form_key": uuid4(),
        **more,
    }
    address = reverse("item_add", args=[live.meeting.pk])
    answer = signed_in(live.secretary).post(address, {key: str(value) for key, value in sent.items()})
    return answer.status_code, answer.content.decode()


def page_of(live: Live, name: str) -> str:
    """This function will read a page of the meeting as the secretary."""
    return signed_in(live.secretary).get(reverse(name, args=[live.meeting.pk])).content.decode()


@pytest.mark.requirement("MTG-30")
def test_given_answers_to_both_questions_when_an_item_is_added_then_they_are_kept_with_it_and_shown(
    house: None,
) -> None:
    live = a_local_group()
    added(live, Intake({**BOTH, "several": False}, "The council asks for it"))
    assert list(IntakeAnswer.objects.values_list("asks", "cites", "holds", "because")) == [
        (USUAL, "QSG 2017 ¶22", True, ""),
        (SEVERAL, "QSG 2017 ¶22", False, "The council asks for it"),
    ]
    page = page_of(live, "meeting")
    assert f"{USUAL} Yes." in page
    assert f"{SEVERAL} No. Brought all the same, because: The council asks for it" in page
    assert Event.objects.filter(verb="meetings.add_item").count() == 1


@pytest.mark.requirement("MTG-30")
@pytest.mark.parametrize(
    "intake",
    [Intake(), Intake({"several": True}), Intake({**BOTH, "several": False}), Intake({**BOTH, "several": False}, " ")],
)
def test_an_item_is_not_added_while_a_question_is_open_or_a_no_has_no_reason(house: None, intake: Intake) -> None:
    live = a_local_group()
    with pytest.raises(Invalid):
        added(live, intake)
    assert not AgendaItem.objects.exists() and not IntakeAnswer.objects.exists()


@pytest.mark.requirement("MTG-30")
@pytest.mark.parametrize(
    ("kind", "pack"), [("system-group", "sqg-2022"), ("regional-group", "qsg-2017"), ("place-group", "sqg-2022")]
)
def test_where_the_guidance_asks_nothing_nothing_is_asked_or_kept(house: None, kind: str, pack: str) -> None:
    live = a_local_group(kind, pack)
    assert USUAL not in page_of(live, "item_add")
    assert sends(live)[0] == 302
    added(live, Intake(BOTH))
    assert AgendaItem.objects.count() == 2 and not IntakeAnswer.objects.exists()


@pytest.mark.requirement("MTG-30")
def test_the_form_asks_both_and_why_where_an_answer_is_no(house: None) -> None:
    live = a_local_group()
    page = page_of(live, "item_add")
    assert USUAL in page and SEVERAL in page
    assert sends(live)[0] == 400
    answers = {"intake_beyond-usual": "yes", "intake_several": "no"}
    assert sends(live, **answers)[0] == 400
    assert not AgendaItem.objects.exists()
    assert sends(live, **answers, despite="Two boards ask for it")[0] == 302
    assert [one.because for one in IntakeAnswer.objects.all()] == ["", "Two boards ask for it"]


def test_who_does_not_keep_the_meeting_adds_nothing(house: None) -> None:
    live = a_local_group()
    with pytest.raises(Refused):
        added(live, Intake(BOTH), by=live.people["member-1"])
    assert not IntakeAnswer.objects.exists()
