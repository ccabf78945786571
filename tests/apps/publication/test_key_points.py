"""Key points of a meeting: written in plain words, cleared by another, released as a copy, corrected and withdrawn."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from sightline.audit.models import Event
from sightline.core.publication.checking import Worry
from sightline.core.verdict import Already, Invalid, Refused
from sightline.meetings.giving import Overtaken
from sightline.publication import operations
from sightline.publication.giving import Point
from sightline.publication.models import Clearance, Edition, KeyPoints, PublicPage, Withdrawal
from sightline.publication.queries.key_points import Work, all_work, proposed_of, work_on
from sightline.publication.queries.public import public_page, public_pages
from tests.factories.groups import an_interest
from tests.factories.house import clock, folder, house
from tests.factories.meetings_live import Live, a_live_meeting, a_presence, opened
from tests.factories.publication import SAID, a_held_meeting, cleared, closed, proposed, released, written

__all__ = ["clock", "folder", "house"]


@pytest.fixture
def live(house: None) -> Live:
    """This function will make a meeting that was held."""
    return a_held_meeting()


def work(live: Live, name: str = "") -> Work | None:
    """This function will give the key points as somebody works on them: the secretary, or whoever sits on a seat."""
    person = live.people[name] if name else live.secretary
    return work_on(person, timezone.localdate(), live.meeting.pk)


def worries(live: Live) -> set[Worry]:
    """This function will give what is remarked upon in the newest version."""
    found = work(live)
    assert found is not None
    return {one.worry for one in found.remarks}


@pytest.mark.requirement("REC-12")
def test_given_a_held_meeting_when_the_record_proposes_then_it_takes_no_title_and_counts_only_what_is_about_nobody(
    live: Live,
) -> None:
    found = proposed_of(live.meeting)
    assert found.opening.startswith("Lantern quality group met on")
    assert "Matter" not in found.opening and live.world.subject.name not in found.opening
    assert "Person of" not in found.opening and "Body" not in found.opening
    assert found.items == 4  # of five, one is about a trust


@pytest.mark.requirement("REC-12")
def test_given_a_group_about_one_subject_when_the_record_proposes_then_neither_its_name_nor_a_number_is_told(
    house: None,
) -> None:
    live = a_live_meeting("rapid-quality-review")
    live.group.__class__.objects.filter(pk=live.group.pk).update(
        subject=live.world.subject, name="Review of that trust"
    )
    live.meeting.refresh_from_db()
    found = proposed_of(live.meeting.__class__.objects.get(pk=live.meeting.pk))
    assert "that trust" not in found.opening and found.items == 0


@pytest.mark.requirement("REC-12")
def test_given_a_meeting_under_way_when_key_points_are_written_then_it_is_refused(house: None) -> None:
    live = a_live_meeting()
    opened(live, timezone.now() - timedelta(hours=1))
    with pytest.raises(Refused):
        proposed(live)
    closed(live.meeting)
    assert proposed(live).number == 1


@pytest.mark.requirement("REC-12")
def test_given_key_points_when_they_are_sent_twice_or_overtaken_then_one_version_stands(live: Live) -> None:
    key = uuid4()
    proposed(live, form_key=key)
    with pytest.raises(Already):
        proposed(live, form_key=key)
    with pytest.raises(Overtaken):
        proposed(live, seen=0)
    assert KeyPoints.objects.count() == 1
    assert Event.objects.filter(verb="publication.propose_key_points").count() == 1


def test_given_words_that_hold_a_person_when_they_are_written_then_somebody_says_why_or_takes_it_out(
    live: Live,
) -> None:
    with pytest.raises(Invalid, match="say why it must stay"):
        proposed(live, written("Ask Person of chair, or call 07700 900123."))
    assert KeyPoints.objects.count() == 0


def test_given_a_point_that_rests_on_an_item_of_another_meeting_when_it_is_written_then_it_is_refused(
    live: Live,
) -> None:
    with pytest.raises(Invalid, match="not on the agenda"):
        proposed(live, written(Point("Care at night.", uuid4())))
    made = proposed(live, written(Point("Care at night.", live.items[0].pk)))
    assert made.points.get().rests_on_id == live.items[0].pk


@pytest.mark.parametrize(
    ("words", "worry"),
    [
        ("The group heard of three patients.", Worry.FEW_PEOPLE),
        ("Care at night was weak at {trust}.", Worry.NAMED_BODY),
        ("The RQR will report.", Worry.HARD_TO_FOLLOW),
        ("The group met and " + "then it spoke again " * 6 + "of the very same thing.", Worry.HARD_TO_FOLLOW),
    ],
)
def test_given_words_for_the_public_when_they_are_looked_through_then_what_needs_care_is_remarked_upon(
    live: Live, words: str, worry: Worry
) -> None:
    proposed(live)
    assert worries(live) == set()
    proposed(live, written(words.format(trust=live.world.subject.name)))
    assert worries(live) == {worry}


@pytest.mark.requirement("REC-12")
def test_given_a_remark_that_must_be_answered_when_nobody_answers_then_it_is_not_cleared(live: Live) -> None:
    proposed(live, written("The group heard of three patients."))
    with pytest.raises(Invalid, match="Say why"):
        cleared(live)
    made = cleared(live, answer="Their families spoke of it in public.")
    assert any("three patients" in one for one in made.remarks) and made.pack == "sqg-2022" and made.rules_version


@pytest.mark.requirement("REC-12")
def test_given_key_points_when_somebody_who_does_not_chair_clears_them_then_it_is_refused(live: Live) -> None:
    proposed(live)
    for person in (live.people["icb"], live.secretary):
        with pytest.raises(Refused):
            cleared(live, by=person)
    assert not Clearance.objects.exists()


@pytest.mark.requirement("REC-12")
def test_given_a_chair_who_wrote_the_key_points_when_they_clear_them_then_another_must(live: Live) -> None:
    made = proposed(live)
    KeyPoints.objects.filter(pk=made.pk).update(wrote=live.chair)
    with pytest.raises(Refused, match="You wrote"):
        cleared(live)
    assert cleared(live, by=live.people["deputy-chair"]).cleared_by == live.people["deputy-chair"]


@pytest.mark.requirement("REC-12")
def test_given_a_newer_version_when_the_older_one_is_cleared_or_released_then_it_is_refused(live: Live) -> None:
    proposed(live)
    cleared(live)
    proposed(live, written("Something else."))
    with pytest.raises(Overtaken):
        cleared(live, seen=1)
    for seen, problem in ((1, Overtaken), (2, Refused)):  # the newest was cleared by nobody
        with pytest.raises(problem):
            operations.release_key_points(by=live.secretary, at=timezone.now(), meeting=live.meeting, seen=seen)
    assert not Edition.objects.exists() and not PublicPage.objects.exists()


@pytest.mark.requirement("REC-08", "REC-12")
def test_given_cleared_key_points_when_they_are_released_then_a_copy_is_public_that_names_no_item(live: Live) -> None:
    made = released(live, written(Point(SAID, live.items[0].pk)))
    assert made.points == [SAID] and made.page.group_name == "Lantern quality group"
    shown = public_page(made.page.pk)
    assert shown is not None and shown.withdrawn_at is None
    assert [one.page.pk for one in public_pages()] == [made.page.pk]
    assert str(live.meeting.pk) not in {str(value) for value in vars(made).values()}


@pytest.mark.requirement("REC-08")
def test_given_public_key_points_when_they_are_corrected_then_what_changed_is_said_at_the_same_address(
    live: Live,
) -> None:
    first = released(live)
    with pytest.raises(Invalid, match="what has changed"):
        proposed(live, written("Wards need doctors."))
    proposed(live, written("Wards need doctors.", changed="It said nurses."))
    shown = public_page(first.page.pk)
    assert shown is not None and shown.edition == first  # until the correction is released too
    cleared(live)
    operations.release_key_points(by=live.secretary, at=timezone.now(), meeting=live.meeting, seen=2)
    shown = public_page(first.page.pk)
    assert shown is not None and shown.edition.number == 2 and shown.edition.changed == "It said nurses."
    assert len(public_pages()) == 1


@pytest.mark.requirement("REC-08")
def test_given_public_key_points_when_they_are_withdrawn_then_they_are_gone_until_a_new_version_is_released(
    live: Live,
) -> None:
    made = released(live)
    given: dict[str, Any] = {"at": timezone.now(), "meeting": live.meeting, "because": "It told too much."}
    with pytest.raises(Refused):
        operations.withdraw_key_points(by=live.people["icb"], **given)
    operations.withdraw_key_points(by=live.chair, **given)
    with pytest.raises(Already):
        operations.withdraw_key_points(by=live.secretary, **given)
    shown = public_page(made.page.pk)
    assert shown is not None and shown.withdrawn_at and public_pages() == []
    proposed(live, written("Care at night.", changed="It is shorter."))
    cleared(live)
    operations.release_key_points(by=live.secretary, at=timezone.now(), meeting=live.meeting, seen=2)
    again = public_page(made.page.pk)
    assert again is not None and again.withdrawn_at is None and Withdrawal.objects.count() == 1


@pytest.mark.requirement("COI-04", "PER-12")
def test_given_an_interest_in_one_item_when_drafts_are_read_then_they_are_not_there(live: Live) -> None:
    proposed(live)
    assert work(live) and work(live, "chair") and work(live, "deputy-chair")
    assert work(live, "icb") is None and work(live, "lay") is None  # members read what is public
    an_interest(live.people["deputy-chair"], live.world.subject)
    assert work(live, "deputy-chair") is None
    assert all_work(live.people["deputy-chair"], timezone.localdate()) == []
    visible = KeyPoints.objects.visible_to(live.people["deputy-chair"], timezone.localdate())
    assert not visible.exists() and KeyPoints.objects.visible_to(live.chair, timezone.localdate()).exists()


def test_given_who_was_there_when_the_record_proposes_then_kinds_of_members_are_named_and_nobody_else(
    house: None,
) -> None:
    live = a_held_meeting()
    before = proposed_of(live.meeting).opening
    a_presence(live, "local-authority", timezone.now() - timedelta(minutes=30))
    after = proposed_of(live.meeting).opening
    assert len(after) > len(before) and "Body" not in after
