"""The next profile of a subject: earlier words are laid before each side, judgements are made anew."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sightline.core.triangulation.profiling import Side
from sightline.profiles.giving import Written
from sightline.profiles.models import CommissionerEntry, Profile, ProviderEntry
from sightline.profiles.operations import review_measures
from sightline.profiles.queries import earlier_of
from tests.factories.accounts import signed_in
from tests.factories.indicators import NOW
from tests.factories.profiles import ANOTHER_VIEW, SCORED, Two, an_agreed_profile, shared, sheet_of, started, wrote

pytestmark = pytest.mark.requirement("RSK-10")

LATER = NOW + timedelta(days=30)
SECRET = "Kept among ourselves for now"
SINCE = "15 January 2026"


def page(client: Client, name: str, *args: object) -> str:
    """This function will give a page."""
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode()


def field(html: str, name: str) -> str:
    """This function will give the part of a page that is one field of its form."""
    start = html.index(f'name="{name}"')
    return html[max(0, start - 1500) : start + 1500]


@pytest.fixture
def second(two: Two) -> Profile:
    """This function will begin a second profile a month after the first was agreed."""
    first = an_agreed_profile(two)
    wrote(two.lead, first, Written(view=SECRET), domain="leadership", seen=1)
    with time_machine.travel(LATER, tick=False):
        return started(two)


def test_words_stand_in_the_form_marked_and_judgements_are_only_told(two: Two, second: Profile) -> None:
    with time_machine.travel(LATER, tick=False):
        html = page(signed_in(two.lead), "profile_domain", second.pk, "safety")
    assert SCORED.evidence_for in html and SCORED.view in html and "Infections a month" in html
    assert html.count(f"Carried over from the profile started on {SINCE}: look at it again.") == 5
    assert f"Last time ({SINCE}): 3 – Possible." in html and f"Last time ({SINCE}): 4 – Major." in html
    chosen = re.findall(r'value="([^"]*)" checked', html)
    assert chosen == ["", "", ""], "no judgement is chosen beforehand: each stands at “Cannot be judged yet”"
    assert not CommissionerEntry.objects.filter(profile=second).exists(), "nothing is on record until somebody saves"


def test_page_shows_what_was_said_last_time_as_just_that(two: Two, second: Profile) -> None:
    with time_machine.travel(LATER, tick=False):
        client = signed_in(two.lead)
        html = page(client, "profile", second.pk)
        assert f"From the profile started on {SINCE}, to be looked at again" in html and SECRET in html
        assert ANOTHER_VIEW.view in html, "what the provider said last time is read beside it"
        for name in ("profile_print", "profile_csv", "profile_sign"):
            assert SCORED.evidence_for not in page(client, name, second.pk), (
                "what leaves or is signed holds what was written"
            )


def test_saved_words_say_which_of_them_stand_as_they_were(two: Two, second: Profile) -> None:
    with time_machine.travel(LATER, tick=False):
        wrote(
            two.lead,
            second,
            Written(evidence_for=SCORED.evidence_for, view="It got worse", likelihood=4, consequence=4),
        )
        html = page(signed_in(two.lead), "profile", second.pk)
    assert html.count(f"As in the profile started on {SINCE}") == 1
    assert (
        f"Last time, in the profile started on {SINCE}: Likelihood 3 (possible), consequence 4 (major): High." in html
    )


def test_what_the_provider_wrote_stays_theirs(two: Two, second: Profile) -> None:
    with time_machine.travel(LATER, tick=False):
        ours = page(signed_in(two.lead), "profile_domain", second.pk, "safety")
        assert ANOTHER_VIEW.view not in field(ours, "view"), "the commissioner's form holds none of it"
        wrote(two.lead, second)
        shared(two, second)
        html = page(signed_in(two.provider), "profile_domain", second.pk, "safety")
    assert ANOTHER_VIEW.view in field(html, "view") and SCORED.evidence_for not in field(html, "evidence_for")
    assert not ProviderEntry.objects.filter(profile=second).exists()


def test_provider_is_shown_of_last_time_what_it_was_given_then(two: Two, second: Profile) -> None:
    with time_machine.travel(LATER, tick=False):
        wrote(two.lead, second)
        shared(two, second)
        sheet = sheet_of(two.provider, second)
        earlier = earlier_of(sheet)
        html = page(signed_in(two.provider), "profile", second.pk)
    assert earlier["leadership", Side.COMMISSIONER].entry.view == SCORED.view
    assert SECRET not in html and f"From the profile started on {SINCE}" in html
    assert earlier_of(sheet_of(two.lead, second))["leadership", Side.COMMISSIONER].entry.view == SECRET


def test_measure_that_a_review_took_out_does_not_come_back(two: Two) -> None:
    first = an_agreed_profile(two)
    review_measures(
        by=two.lead,
        at=timezone.now(),
        profile=first,
        form_key=uuid4(),
        measures=("Falls",),
        because="No longer measured",
    )
    with time_machine.travel(LATER, tick=False):
        earlier = earlier_of(sheet_of(two.lead, started(two)))
    assert earlier["safety", Side.COMMISSIONER].texts["measures"] == ""
    assert earlier["safety", Side.COMMISSIONER].texts["view"] == SCORED.view


def test_first_profile_of_a_subject_has_nothing_to_carry_over(two: Two) -> None:
    profile = started(two)
    html = page(signed_in(two.lead), "profile_domain", profile.pk, "safety")
    assert earlier_of(sheet_of(two.lead, profile)) == {} and "Carried over" not in html and "Last time" not in html


def test_domain_left_out_of_one_profile_is_carried_from_the_one_before(two: Two, second: Profile) -> None:
    with time_machine.travel(LATER, tick=False):
        wrote(two.lead, second, Written(view="Newer"))
    with time_machine.travel(LATER + timedelta(days=30), tick=False):
        earlier = earlier_of(sheet_of(two.lead, started(two)))
    assert earlier["safety", Side.COMMISSIONER].entry.view == "Newer"
    assert earlier["leadership", Side.COMMISSIONER].entry.view == SECRET
