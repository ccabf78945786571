"""Who else is heard of an item: lived experience that was brought in, and a safeguarding board that is told of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from sightline.accounts.models import Person
from sightline.audit.models import Event
from sightline.core.verdict import Already, Invalid, Refused
from sightline.meetings import operations
from sightline.meetings.giving import Overtaken
from sightline.meetings.models import AgendaItem, BoardMatter, ItemInvolvement
from tests.factories.accounts import a_person, signed_in
from tests.factories.directory import an_organisation
from tests.factories.house import clock, folder, house
from tests.factories.meetings_live import Live, a_live_meeting, opened
from tests.factories.meetings_noting import a_draft, closed, passage_of

__all__ = ["clock", "folder", "house"]


@pytest.fixture
def live(house: None) -> Live:
    """This function will make a meeting that was opened an hour ago."""
    made = a_live_meeting()
    opened(made, timezone.now() - timedelta(hours=1))
    return made


def involved(live: Live, item: AgendaItem, who: str, seen: int = 0, **more: Any) -> ItemInvolvement:
    """This function will have the secretary write down who brought lived experience in."""
    given = {"by": live.secretary, "at": timezone.now(), **more}
    return operations.record_involvement(item=item, who=who, seen=seen, **given)


def raised(live: Live, item: AgendaItem, **more: Any) -> BoardMatter:
    """This function will have the secretary record a matter for the board of adults, raised by the council."""
    given = {
        "by": live.secretary, "board": "The Safeguarding Adults Board", "matter": "Falls in four homes",
        "raised_by": live.bodies["local-authority"], "form_key": uuid4(), **more,
    }  # fmt: skip
    return operations.raise_with_board(at=timezone.now(), item=item, **given)


def post(person: Person, name: str, live: Live, item: AgendaItem, **sent: object) -> tuple[int, str]:
    """This function will send a form about an item as somebody."""
    address = reverse(name, args=[live.meeting.pk, item.pk])
    answer = signed_in(person).post(address, {key: str(value) for key, value in sent.items()})
    return answer.status_code, answer.content.decode()


def page_of(person: Person, live: Live, item: AgendaItem) -> str:
    """This function will read the page of an item as somebody."""
    return signed_in(person).get(reverse("meeting_live_item", args=[live.meeting.pk, item.pk])).content.decode()


@pytest.mark.requirement("REC-15")
def test_given_who_brought_lived_experience_in_when_the_note_is_drafted_then_each_item_says_it_or_that_nobody_did(
    live: Live,
) -> None:
    first, second, third = live.items[:3]
    involved(live, first, "Two mothers of the voices partnership")
    involved(live, second, "Somebody")
    involved(live, second, "", seen=1)
    a_draft(closed(live))
    assert passage_of(live, 1).text.startswith("Lived experience:\nTwo mothers of the voices partnership\n")
    assert passage_of(live, 2).text.startswith("Lived experience:\nNobody brought lived experience in this time.\n")
    assert "Lived experience" not in passage_of(live, 3).text
    assert ItemInvolvement.objects.filter(item=third).count() == 0
    assert Event.objects.filter(verb="meetings.record_involvement").count() == 3


@pytest.mark.requirement("REC-15")
def test_lived_experience_is_written_down_by_its_form_once_and_seen_by_who_reads_the_item(live: Live) -> None:
    item = live.items[0]
    assert post(live.secretary, "item_lived", live, item, seen=0)[0] == 400
    assert post(live.secretary, "item_lived", live, item, seen=0, who="Carers", nobody="on")[0] == 400
    assert not ItemInvolvement.objects.exists()
    assert post(live.secretary, "item_lived", live, item, seen=0, who="Carers of the day centre")[0] == 302
    assert "Carers of the day centre" in page_of(live.people["member-1"], live, item)
    assert post(live.secretary, "item_lived", live, item, seen=1, nobody="on")[0] == 302
    page = page_of(live.people["member-1"], live, item)
    assert "Nobody brought lived experience in" in page and "Carers of the day centre" not in page


@pytest.mark.parametrize(
    ("who", "seen", "problem"), [("Carers", 1, Already), ("Others", 0, Overtaken), ("Others", 2, Overtaken)]
)
def test_the_same_twice_or_upon_an_older_version_leaves_one_row(
    live: Live, who: str, seen: int, problem: type[Exception]
) -> None:
    involved(live, live.items[0], "Carers")
    with pytest.raises(problem):
        involved(live, live.items[0], who, seen=seen)
    assert ItemInvolvement.objects.count() == 1


@pytest.mark.requirement("REC-14")
def test_given_a_matter_for_a_board_when_the_note_is_drafted_then_it_says_which_member_raises_it_or_that_the_chair_writes(
    live: Live,
) -> None:
    first, second = live.items[:2]
    raised(live, first)
    raised(live, second, raised_by=None, matter="Leaving care at eighteen", board="children partnership")
    council = live.bodies["local-authority"].name
    says = f"{council} raises it with the chair of the Safeguarding Adults Board."
    page = page_of(live.people["member-1"], live, first)
    assert "Falls in four homes" in page and says in page
    a_draft(closed(live))
    assert f"Raised with a safeguarding board:\n- Falls in four homes. {says}" in passage_of(live, 1).text
    assert "Leaving care at eighteen. The chair of this group writes to the chair of the children partnership." in (
        passage_of(live, 2).text
    )
    assert Event.objects.filter(verb="meetings.raise_with_board").count() == 2


@pytest.mark.requirement("REC-14")
def test_the_form_of_a_board_asks_who_raises_it_and_takes_the_chair_or_a_member(live: Live) -> None:
    item, sent = live.items[0], {"board": "Adults board", "matter": "Falls", "form_key": uuid4()}
    assert post(live.secretary, "item_board", live, item, **sent)[0] == 400
    assert post(live.secretary, "item_board", live, item, **sent, raised_by="chair")[0] == 302
    member = {**sent, "form_key": uuid4(), "raised_by": live.bodies["icb"].pk}
    assert post(live.secretary, "item_board", live, item, **member)[0] == 302
    assert [one.raised_by for one in BoardMatter.objects.all()] == [None, live.bodies["icb"]]


@pytest.mark.requirement("REC-14")
def test_a_board_is_told_something_by_a_member_once_and_while_the_meeting_is_under_way(live: Live) -> None:
    item, key = live.items[0], uuid4()
    raised(live, item, form_key=key)
    for more, problem in (
        ({"form_key": key}, Already),
        ({"board": " "}, Invalid),
        ({"matter": " "}, Invalid),
        ({"raised_by": an_organisation("ZZ9", "Elsewhere")}, Invalid),
        ({"by": live.people["member-1"]}, Refused),
        ({"by": a_person()}, Refused),
    ):
        with pytest.raises(problem):
            raised(live, item, **more)
    closed(live)
    with pytest.raises(Refused):
        raised(live, item)
    with pytest.raises(Refused):
        involved(live, item, "Carers")
    assert BoardMatter.objects.count() == 1 and not ItemInvolvement.objects.exists()
