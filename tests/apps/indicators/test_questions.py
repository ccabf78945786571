"""Questions on the page of a series: the rules ask, a person answers, and nothing is drawn anew by itself."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from sightline.core.access import Role
from sightline.directory.models import Subject
from sightline.indicators.models import Rebase
from tests.factories.accounts import a_person, signed_in
from tests.factories.indicators import SICKNESS, dropped, sickness, usual, worsening

pytestmark = pytest.mark.usefixtures("house")
BETTER = usual(14, 7.0) + usual(10, 4.0)
TITLE = "Questions to ask of these figures"


def address(code: str = "ZR1", more: str = "") -> str:
    return f"/indicators/{SICKNESS}/{Subject.objects.get(key=code).pk}/{more}"


def page(client: Client, where: str) -> str:
    answer = client.get(where)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def lead(house: None) -> Client:
    return signed_in(a_person(Role.QUALITY_LEAD))


def test_figures_that_move_as_they_always_do_are_asked_nothing(lead: Client) -> None:
    dropped(sickness({"ZR1": usual(24)}))
    assert TITLE not in page(lead, address())


def test_a_level_that_moved_is_asked_about_and_only_a_person_draws_it_anew(lead: Client) -> None:
    dropped(sickness({"ZR1": BETTER}))
    html = page(lead, address())
    assert TITLE in html and "<strong>November 2024:</strong> From this point on, values lie around" in html
    begins = f"{address(more='limits/')}?from=2024-11-01"
    assert begins in html and not Rebase.objects.exists()
    form = page(lead, begins)
    boxes = dict(re.findall(r'name="asked_for-(\w+)"[^>]*? value="(\d+)"', form))
    assert boxes == {"day": "1", "month": "11", "year": "2024"}


def test_a_level_that_got_worse_is_asked_about_and_never_offered_as_the_usual_one(lead: Client) -> None:
    dropped(sickness({"ZR1": worsening(24, bad=10)}))
    html = page(lead, address())
    assert "find out why first" in html and "limits/?from=" not in html


def test_a_level_that_a_person_drew_anew_is_not_asked_about_again(lead: Client) -> None:
    dropped(sickness({"ZR1": worsening(27, bad=13)}))
    asked = {"asked_for-day": "1", "asked_for-month": "11", "asked_for-year": "2024", "because": "A new ward opened"}
    assert lead.post(address(more="limits/"), asked).status_code == 302
    assert TITLE not in page(lead, address())


def test_a_value_far_from_all_others_is_asked_about(lead: Client) -> None:
    slip = usual(24)
    slip[10] = 40.0
    dropped(sickness({"ZR1": slip}))
    html = page(lead, address())
    assert "<strong>July 2024:</strong> 40 lies far from every value beside it" in html


def test_whoever_may_not_start_new_limits_reads_the_question_without_the_link() -> None:
    dropped(sickness({"ZR1": BETTER}))
    html = page(signed_in(a_person(Role.MEMBER)), address())
    assert TITLE in html and "limits/?from=" not in html


def test_a_date_in_the_address_that_is_none_leaves_the_form_empty(lead: Client) -> None:
    dropped(sickness({"ZR1": usual(24)}))
    assert 'name="asked_for-year"' in page(lead, address(more="limits/?from=tomorrow"))
