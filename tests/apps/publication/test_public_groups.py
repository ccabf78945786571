"""What the public is told of groups: only of those that somebody listed, only what was written, and only days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sightline.core.verdict import Already, Invalid, Refused
from sightline.groups.models import Group, GroupEnding
from sightline.meetings.giving import Overtaken
from sightline.meetings.models import MeetingStep, MeetingTime
from sightline.meetings.words import Step
from sightline.publication import operations
from sightline.publication.models import GroupEntry, PublicGroup
from sightline.publication.queries.public import Sought, public_groups, sought_pages
from tests.factories.accounts import signed_in
from tests.factories.house import clock, folder, house
from tests.factories.meetings_live import MADE, Live, a_meeting
from tests.factories.publication import IS_FOR, a_held_meeting, a_page, listed, released, written

__all__ = ["clock", "folder", "house"]


@pytest.fixture
def live(house: None) -> Live:
    """This function will make a meeting that was held."""
    return a_held_meeting()


def front() -> str:
    """This function will give what anybody reads on the front page."""
    return Client().get(reverse("public_front")).content.decode()


@pytest.mark.requirement("REC-08")
def test_given_a_group_when_nobody_listed_it_then_the_public_reads_nothing_of_it(live: Live) -> None:
    name = live.meeting.group.name
    assert name not in front()
    entry = listed(live).entry
    assert name in front() and IS_FOR in front()
    page = Client().get(reverse("public_group", args=[entry.group_id]))
    assert (
        page.status_code == 200
        and page["Cache-Control"] == "public, no-cache"
        and "<script" not in page.content.decode()
    )
    assert Client().get(reverse("public_group", args=[live.meeting.group.pk])).status_code == 404
    assert str(live.meeting.group.pk) not in front()


@pytest.mark.requirement("REC-08")
def test_given_planned_meetings_when_the_days_are_told_then_only_the_usual_ones_to_come_are_and_nothing_else(
    live: Live,
) -> None:
    group = live.meeting.group
    now = timezone.now()
    coming = a_meeting(group, now + timedelta(days=20))
    cancelled = a_meeting(group, now + timedelta(days=40))
    MeetingStep.objects.create(
        meeting=cancelled,
        step=Step.CANCELLED.value,
        at=now,
        because="Too few can come.",
        pack="sqg-2022",
        rules_version="sqg-2022 v1",
        **MADE,
    )
    a_meeting(group, now + timedelta(days=5), is_extraordinary=True, because="Something has come to light.")
    listed(live)
    (shown,) = public_groups(timezone.localdate())
    assert [one.isoformat() for one in shown.days] == ["2026-02-04"]
    time = MeetingTime.objects.get(meeting=coming)
    assert "It next meets on 4 February 2026." in front()
    assert not any(words and words in front() for words in (time.place, time.link, "come to light"))
    time.pk, time.number, time.starts_at, time.ends_at = (
        None,
        2,
        *(now + timedelta(days=30, hours=one) for one in (0, 2)),
    )
    time.because = "The chapel is closed."
    time.save(force_insert=True)
    assert "It next meets on 14 February 2026." in front()
    listed(live, tells_days=False)
    assert "next meets" not in front() and IS_FOR in front()


@pytest.mark.requirement("REC-08", "REC-12")
def test_given_who_does_not_chair_when_they_list_a_group_then_it_is_refused(live: Live) -> None:
    for person in (live.secretary, live.people["lay"]):
        with pytest.raises(Refused):
            listed(live, by=person)
    assert not GroupEntry.objects.exists()


@pytest.mark.requirement("REC-12")
def test_given_a_group_about_one_subject_when_it_is_listed_then_it_is_refused_and_its_end_ends_the_entry(
    live: Live,
) -> None:
    listed(live)
    Group.objects.filter(pk=live.meeting.group.pk).update(subject=live.world.subject)
    with pytest.raises(Refused):
        listed(live)
    Group.objects.filter(pk=live.meeting.group.pk).update(subject=None)
    today = timezone.localdate()
    GroupEnding.objects.create(group=live.meeting.group, ends_on=today, because="Its work is done.", **MADE)
    assert public_groups(today) == []


@pytest.mark.requirement("REC-08")
def test_given_an_entry_when_it_is_sent_twice_overtaken_or_empty_then_one_stands(live: Live) -> None:
    form_key = uuid4()
    listed(live, form_key=form_key)
    with pytest.raises(Already):
        listed(live, form_key=form_key)
    with pytest.raises(Overtaken):
        listed(live, seen=0)
    with pytest.raises(Invalid):
        listed(live, purpose="  ")
    listed(live, purpose="It is for care at night.")
    assert GroupEntry.objects.count() == 2 and IS_FOR not in front() and "care at night" in front()


@pytest.mark.requirement("REC-08")
def test_given_a_group_that_is_taken_off_when_the_public_looks_then_it_is_gone_and_its_key_points_stay(
    live: Live,
) -> None:
    page = released(live, written("Wards need nurses.")).page
    group = listed(live).entry.group
    assert str(page.pk) in Client().get(reverse("public_group", args=[group.pk])).content.decode()
    feed = Client().get(reverse("public_group_feed", args=[group.pk]))
    assert (
        "Wards need nurses." in feed.content.decode() and "Key points: Lantern quality group" in feed.content.decode()
    )
    operations.unlist_group(by=live.secretary, at=timezone.now(), group=live.meeting.group, because="Not yet.")
    for name in ("public_group", "public_group_feed"):
        assert Client().get(reverse(name, args=[group.pk])).status_code == 404
    assert IS_FOR not in front() and "Not yet." not in front()
    assert Client().get(reverse("public_page", args=[page.pk])).status_code == 200
    with pytest.raises(Already):
        operations.unlist_group(by=live.secretary, at=timezone.now(), group=live.meeting.group, because="Again.")
    assert listed(live).entry.group == group  # its address is the same again


@pytest.mark.requirement("REC-08")
def test_given_meetings_of_several_years_when_a_year_is_opened_then_all_of_it_stands_there_and_nothing_else(
    live: Live, django_assert_num_queries: Any
) -> None:
    page = released(live, written("Wards need nurses.")).page
    group = listed(live).entry.group
    for number in range(1, 14):
        a_page(group, date(2025, min(number, 12), number), f"Point {number} of 2025.")
    other = PublicGroup.objects.create(system=group.system, system_name="X", name="Another", **MADE)
    a_page(other, date(2025, 3, 3), "Said by another.")
    client = Client()
    told = client.get(reverse("public_group", args=[group.pk])).content.decode()
    assert "All of 2026 in full</a>: 1 meeting" in told and "All of 2025 in full</a>: 13 meetings" in told
    assert str(page.pk) in told and "Point 3 of 2025." not in told
    address = {year: reverse("public_year", args=[group.pk, year]) for year in (2026, 2025, 2024, 0, 99_999)}
    with django_assert_num_queries(2):
        year = client.get(address[2025])
    words = year.content.decode()
    assert all(f"Point {number} of 2025." in words for number in range(1, 14))
    assert words.index("Point 13 of") < words.index("Point 1 of") and "by another" not in words
    assert year["Cache-Control"] == "public, no-cache" and "<script" not in words
    assert "Wards need nurses." in client.get(address[2026]).content.decode()
    assert [client.get(address[one]).status_code for one in (2024, 0, 99_999)] == [404] * 3
    operations.withdraw_key_points(by=live.chair, at=timezone.now(), meeting=live.meeting, because="Too early.")
    assert client.get(address[2026]).status_code == 404
    operations.unlist_group(by=live.chair, at=timezone.now(), group=live.meeting.group, because="Not yet.")
    assert client.get(address[2025]).status_code == 404


@pytest.mark.requirement("REC-08")
def test_given_words_group_and_year_when_somebody_seeks_then_what_fits_is_found_whatever_its_case(live: Live) -> None:
    released(live, written("Wards need Ærztinnen & nurses."))
    for sought, total in (
        (Sought(), 1),
        (Sought("NURSES wards"), 1),
        (Sought("ærztinnen"), 1),
        (Sought("nurses midwives"), 0),
        (Sought("", "Lantern quality group", 2026), 1),
        (Sought("", "Another group"), 0),
        (Sought("", "", 2025), 0),
    ):
        assert sought_pages(sought).total == total, sought
    client, address = Client(), reverse("public_list")
    assert "No key points fit." in client.get(address, {"q": "<b>midwives"}).content.decode()
    assert "<b>" not in client.get(address, {"q": "<b>midwives"}).content.decode()
    for odd in ({"year": "soon"}, {"page": "99"}, {"page": "-1"}, {"q": "n" * 300}):
        assert client.get(address, odd).status_code == 200, odd


def test_given_the_forms_when_the_chair_fills_them_in_then_the_public_reads_it(live: Live) -> None:
    keeper, chair = signed_in(live.secretary), signed_in(live.chair)
    names = ("group_listing", "group_list", "group_unlist")
    address = {name: reverse(name, args=[live.meeting.group.pk]) for name in names}
    sent = {"seen": 0, "form_key": str(uuid4()), "purpose": IS_FOR}
    assert chair.post(address["group_list"], sent | {"purpose": ""}).status_code == 400
    assert keeper.get(address["group_list"]).status_code in {403, 404}
    assert chair.post(address["group_list"], sent).status_code == 302
    assert "without the days" in keeper.get(address["group_listing"]).content.decode()
    assert keeper.post(address["group_unlist"], {"because": "It is too early."}).status_code == 302
    page = keeper.get(address["group_listing"]).content.decode()
    assert "It is too early." in page and IS_FOR not in front()
    assert signed_in(live.people["lay"]).get(address["group_listing"]).status_code == 404
