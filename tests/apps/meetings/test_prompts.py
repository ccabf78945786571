"""What the guidance of a group asks and advises, where it is needed: at the meeting, with its agenda, beside the note."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from sightline.core.rulebook.groups import GroupTypes
from tests.factories.accounts import signed_in
from tests.factories.groups import a_guidance
from tests.factories.house import clock, folder, house
from tests.factories.levels import part
from tests.factories.meetings_live import Live, a_live_meeting, opened
from tests.factories.meetings_noting import a_draft, a_held_meeting, closed

__all__ = ["clock", "folder", "house"]

ASKS = (
    "Where are we most worried about the quality of services?",
    "Do we need to do more to address concerns, or collect more information?",
    "Where is there a lack of information?",
)
ADVISES = "Make no statement vague for fear that it may have to be disclosed."


def shown(live: Live, name: str, *args: object) -> str:
    """This function will read a page of a meeting as its secretary."""
    answer = signed_in(live.secretary).get(reverse(name, args=[live.meeting.pk, *args]))
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.requirement("MTG-27")
@pytest.mark.parametrize(
    ("pack", "kind", "cites"),
    [
        ("qsg-2017", "system-group", "QSG 2017 ¶33 and Annex A"),
        ("qsg-2017", "regional-group", "QSG 2017 ¶33"),
        ("sqg-2022", "system-group", "local, after QSG 2017 ¶33"),
    ],
)
def test_the_three_questions_are_data_of_the_guidance_each_with_its_paragraph(pack: str, kind: str, cites: str) -> None:
    found = part(pack, "group_types", GroupTypes).type(kind)
    assert found is not None
    assert tuple(one.asks for one in found.prompts) == ASKS
    assert {one.cites for one in found.prompts} == {cites}


@pytest.mark.requirement("MTG-27")
@pytest.mark.parametrize(
    ("pack", "cites"), [("qsg-2017", "QSG 2017 ¶33 and"), ("sqg-2022", "local, after QSG 2017 ¶33")]
)
def test_given_the_guidance_of_a_group_when_it_meets_then_its_questions_stand_with_agenda_and_meeting(
    house: None, pack: str, cites: str
) -> None:
    live = a_live_meeting()
    a_guidance(live.group, pack, date(2020, 1, 1))
    opened(live, timezone.now() - timedelta(hours=1))
    for name in ("meeting", "meeting_live"):
        page = shown(live, name)
        assert all(one in page for one in ASKS) and cites in page


@pytest.mark.requirement("MTG-27")
def test_a_group_of_which_the_guidance_asks_no_questions_is_shown_none(house: None) -> None:
    live = a_live_meeting("place-group")
    assert "looks to answer" not in shown(live, "meeting") + shown(live, "meeting_live")


@pytest.mark.requirement("MTG-27")
def test_the_questions_stand_beside_the_note_of_the_meeting_as_a_whole_and_not_beside_that_of_an_item(
    house: None,
) -> None:
    live = a_draft(a_held_meeting())
    whole, one = shown(live, "note_write"), shown(live, "note_item", live.items[0].pk)
    assert all(asks in whole for asks in ASKS) and not any(asks in one for asks in ASKS)


@pytest.mark.requirement("REC-11")
@pytest.mark.parametrize(("pack", "cites"), [("qsg-2017", "QSG 2017 ¶136"), ("sqg-2022", "local, after QSG 2017 ¶136")])
def test_advice_on_writing_stands_beside_the_box_of_every_note_and_nowhere_else(
    house: None, pack: str, cites: str
) -> None:
    live = a_live_meeting()
    a_guidance(live.group, pack, date(2020, 1, 1))
    opened(live, timezone.now() - timedelta(hours=1))
    item = live.items[0].pk
    page = shown(live, "item_note", item)
    assert ADVISES in page and f'<span class="s-source">{cites}</span>' in page
    assert ADVISES not in shown(live, "item_carry", item) + shown(live, "meeting_live_item", item)
    held = a_draft(closed(live))
    for page in (shown(held, "note_write"), shown(held, "note_item", item)):
        assert ADVISES in page and f'<span class="s-source">{cites}</span>' in page
