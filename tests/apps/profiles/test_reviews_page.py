"""The list of yearly reviews: which measures are due, how late, and for whom it is."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from sightline.core.access import Grant, Role
from sightline.groups.operations import declare_interest
from sightline.groups.words import InterestKind
from sightline.profiles.operations import review_measures
from sightline.profiles.queries import sheet_for, sheets_to_review
from tests.factories.accounts import a_person, signed_in
from tests.factories.indicators import NOW, TODAY
from tests.factories.profiles import SYSTEM, Two, an_agreed_profile, shared, started, two_sides, wrote
from tests.factories.rulebook import a_clock_stopped

pytestmark = pytest.mark.requirement("RSK-10")


def listed(person: object, status: int = 200) -> str:
    """This function will give the list as somebody has it."""
    answer = signed_in(person).get(reverse("profile_reviews"))  # type: ignore[arg-type]
    assert answer.status_code == status
    return answer.content.decode()


def test_nothing_agreed_says_what_to_do_next(two: Two) -> None:
    started(two)
    assert "No risk profile has been agreed by both sides" in listed(two.lead)


@pytest.mark.parametrize(
    ("days", "says", "late"),
    [
        (0, "in 365 days", 0),
        (364, "in 1 day", 0),
        (365, "due today", 0),
        (366, "1 day late", 1),
        (395, "30 days late", 1),
    ],
)
def test_review_says_how_late_it_is_or_how_long_is_left(two: Two, days: int, says: str, late: int) -> None:
    an_agreed_profile(two)
    with time_machine.travel(NOW + timedelta(days=days), tick=False):
        html = listed(two.secretary)
    assert says in html and f"Late: {late}" in html and f"Still to come: {1 - late}" in html
    assert "1 measure<" in html and "15 January 2027" in html


def test_nothing_is_late_once_the_house_has_stopped_the_clock(two: Two) -> None:
    an_agreed_profile(two)
    a_clock_stopped("profile-review")
    with time_machine.travel(NOW + timedelta(days=400), tick=False):
        assert not sheets_to_review(two.lead, TODAY + timedelta(days=400))


def test_review_that_was_held_is_due_a_year_later(two: Two) -> None:
    profile = an_agreed_profile(two)
    with time_machine.travel(NOW + timedelta(days=400), tick=False):
        assert "35 days late" in listed(two.lead)
        review_measures(
            by=two.lead,
            at=timezone.now(),
            profile=profile,
            form_key=uuid4(),
            measures=("Falls", "Delays"),
            because="Falls rose",
        )
        html = listed(two.lead)
    assert "Late: 0" in html and "2 measures<" in html and "in 365 days" in html


def test_longest_late_comes_first_and_what_is_not_agreed_is_not_listed(two: Two) -> None:
    other, third = two_sides("ZR2"), two_sides("ZR3")
    first = an_agreed_profile(two)
    with time_machine.travel(NOW + timedelta(days=20), tick=False):
        second = an_agreed_profile(other)
        draft = started(third)
        wrote(third.lead, draft)
        shared(third, draft)
        found = sheets_to_review(two.lead, TODAY + timedelta(days=20))
    assert [one.profile.pk for one in found] == [first.pk, second.pk]


def test_changed_profile_is_agreed_no_more_and_leaves_the_list(two: Two) -> None:
    profile = an_agreed_profile(two)
    wrote(two.provider, profile, domain="leadership")
    assert sheets_to_review(two.lead, TODAY) == []


@pytest.mark.parametrize(
    ("grant", "status"),
    [
        (Grant(Role.QUALITY_LEAD, system=SYSTEM), 200),
        (Grant(Role.SECRETARY, system=SYSTEM), 200),
        (Grant(Role.PROVIDER, system=SYSTEM, organisation="ZR1"), 403),
        (Grant(Role.MEMBER, system=SYSTEM), 403),
        (Grant(Role.CHAIR, system=SYSTEM), 403),
        (Grant(Role.REGION, system=SYSTEM), 403),
        (Grant(Role.ADMINISTRATOR), 403),
    ],
)
def test_who_is_let_in(two: Two, grant: Grant, status: int) -> None:
    an_agreed_profile(two)
    html = listed(a_person(grant), status)
    assert (two.subject.name in html) is (status == 200)


def test_other_systems_and_whoever_declared_an_interest_have_no_line(two: Two) -> None:
    an_agreed_profile(two)
    assert two.subject.name not in listed(a_person(Grant(Role.QUALITY_LEAD, system="QZ2")))
    assert two.subject.name in listed(two.secretary)
    declare_interest(
        by=two.secretary,
        at=timezone.now(),
        subject=two.subject,
        kind=InterestKind.INDIRECT,
        detail="My brother works there",
    )
    assert two.subject.name not in listed(two.secretary)


def test_list_of_many_asks_the_database_as_little_as_of_one(two: Two) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as caught:
            sheets_to_review(two.lead, TODAY)
        return len(caught)

    an_agreed_profile(two)
    one = asked()
    for code in ("ZR2", "ZR3"):
        an_agreed_profile(two_sides(code))
    assert asked() == one


def test_one_and_many_are_gathered_alike(two: Two) -> None:
    profile = an_agreed_profile(two)
    an_agreed_profile(two_sides("ZR2"))
    (found,) = [one for one in sheets_to_review(two.lead, TODAY) if one.profile.pk == profile.pk]
    assert found == sheet_for(two.lead, TODAY, profile)
