"""Papers made from the record: what it held of a subject at a moment, frozen, with a hash over what it says."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from sightline.core.verdict import Already, Invalid, Refused
from sightline.indicators.queries import catalogue
from sightline.meetings import operations
from sightline.meetings.giving import PaperSays
from sightline.meetings.models import Paper, PaperGiven, PaperRecord
from sightline.meetings.operations._freezing import hash_of
from sightline.meetings.presenters.recorded import recorded
from sightline.meetings.words import PaperFor
from tests.factories.accounts import signed_in
from tests.factories.house import clock, folder, house
from tests.factories.indicators import dropped, sickness, worsening
from tests.factories.meetings_live import Live, a_live_meeting
from tests.factories.surveillance import a_concern

__all__ = ["clock", "folder", "house"]
SAYS = PaperSays("What the record holds", PaperFor.INFORMATION)


@pytest.fixture
def live(house: None) -> Live:
    """This function will make a meeting whose fourth item is about the trust."""
    return a_live_meeting()


def made(live: Live, number: int = 3, **more: object) -> Paper:
    """This function will have a paper made from the record."""
    given = {"by": live.secretary, "at": timezone.now(), "form_key": uuid4(), **more}
    return operations.make_record_paper(item=live.items[number], says=SAYS, **given)  # type: ignore[arg-type]  # mixed


@pytest.mark.requirement("MTG-13")
def test_a_paper_holds_what_was_on_record_when_it_was_made_and_nothing_that_came_later(live: Live) -> None:
    a_concern(live.world.subject, says="Too few nurses at night")
    paper = made(live)
    a_concern(live.world.subject, says="Falls on two wards")
    page = signed_in(live.people["icb"]).get(reverse("paper", args=[paper.pk])).content.decode()
    assert "Too few nurses at night" in page and "Falls on two wards" not in page
    assert "No risk is open." in page and "What people told, and who told it" in page
    record = PaperRecord.objects.get()
    assert record.version.sha256 == hash_of(record.content) and record.as_of == timezone.now()


@pytest.mark.requirement("MTG-13")
def test_its_signs_are_told_in_plain_words_on_the_page_and_in_the_pack(live: Live) -> None:
    dropped(sickness({live.world.subject.key: worsening(30)}, first=date(2023, 3, 1)))
    paper = made(live)
    client = signed_in(live.people["icb"])
    for name, key in (("paper", paper.pk), ("pack", live.meeting.pk)):
        page = client.get(reverse(name, args=[key])).content.decode().partition("<main")[2]
        assert "Eight months above its usual level since January 2025: worse." in page
        assert "special cause" not in page and "periods:" not in page
    content = PaperRecord.objects.get().content
    (signs,) = [one for one in content["sections"] if "signals" in one]
    (sign,) = signs["signals"]
    of_old = {"sections": [{**signs, "signals": []}]}
    assert recorded(of_old, catalogue())["sections"][0]["lines"] == signs["lines"]
    forgotten = {"sections": [{**signs, "signals": [{**sign, "measure": "no longer known"}]}]}
    assert recorded(forgotten, catalogue())["sections"][0]["lines"] == signs["lines"]


@pytest.mark.requirement("IGV-08")
def test_reading_it_on_the_page_is_written_down_once_a_day_and_asking_only_for_its_head_is_not(live: Live) -> None:
    client, path = signed_in(live.people["icb"]), reverse("paper", args=[made(live).pk])
    client.head(path)
    assert not PaperGiven.objects.exists()
    client.get(path)
    client.get(path)
    assert list(PaperGiven.objects.values_list("who", "how")) == [(live.people["icb"].actor_id, "read")]


def test_it_is_made_by_whoever_keeps_the_meeting_once_and_only_about_somebody(live: Live) -> None:
    with pytest.raises(Refused):
        made(live, by=live.people["icb"])
    with pytest.raises(Invalid):
        made(live, 0)
    made(live, form_key=(key := uuid4()))
    with pytest.raises(Already):
        made(live, form_key=key)
    assert Paper.objects.count() == 1
    client = signed_in(live.secretary)
    assert client.get(reverse("paper_record", args=[live.items[0].pk])).status_code == 404
    assert client.get(reverse("paper_record", args=[live.items[3].pk])).status_code == 200


def test_it_is_not_changed_afterwards_only_withdrawn(live: Live) -> None:
    paper = made(live)
    with pytest.raises(Refused):
        operations.revise_paper(by=live.secretary, at=timezone.now(), paper=paper, seen=1, says=SAYS, form_key=uuid4())
    client = signed_in(live.secretary)
    page = client.get(reverse("paper", args=[paper.pk])).content.decode()
    assert "Bring a new version" not in page and "Withdraw the paper" in page
    assert client.post(reverse("paper_file", args=[paper.pk, 1])).status_code == 404
