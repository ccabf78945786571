"""The page on which a named person chooses the rules by which an indicator's charts are read."""

from __future__ import annotations

import pytest
from django.test import Client

from sightline.audit.models import Event
from sightline.core.access import Role
from sightline.indicators.catalogue import ChartKind
from sightline.indicators.models import Method
from sightline.indicators.queries import catalogue
from tests.factories.accounts import a_person, signed_in
from tests.factories.indicators import SICKNESS, dropped, series_of, sickness, usual

pytestmark = pytest.mark.usefixtures("house")
INDICATOR = f"/indicators/{SICKNESS}/"
ADDRESS = INDICATOR + "method/"
GIVEN = {"rule_set_name": "ptd-0.2.2", "screen": "yes", "because": "So that we read it as our region does"}


@pytest.fixture
def lead(house: None) -> Client:
    return signed_in(a_person(Role.QUALITY_LEAD))


def page(client: Client, address: str) -> str:
    """This function will give a page that must be there."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_choice_is_recorded_once_and_every_chart_is_read_anew(lead: Client) -> None:
    dropped(sickness({"ZR1": usual(24), "ZR2": usual(24)}))
    assert ADDRESS in page(lead, INDICATOR)
    before = page(lead, ADDRESS)
    assert "mdc-2023, outlying moving ranges not screened" in before and "nobody has chosen otherwise" in before
    assert 'value="mdc-2023" checked' in before and 'value="no" checked' in before
    events = Event.objects.count()
    html = lead.post(ADDRESS, GIVEN, follow=True).content.decode()
    assert Event.objects.count() == events + 1
    assert "ptd-0.2.2, outlying moving ranges screened" in html and GIVEN["because"] in html and "In force" in html
    assert 'value="ptd-0.2.2" checked' in html and 'value="yes" checked' in html
    assert {(one.rule_set, one.screened) for one in map(series_of, ("ZR1", "ZR2"))} == {("ptd-0.2.2", True)}


def test_earlier_choices_stay_to_be_read_the_newest_first(lead: Client) -> None:
    for name, because in (("ptd-0.2.2", "The first reason"), ("mdc-2023", "The second reason")):
        lead.post(ADDRESS, {"rule_set_name": name, "screen": "no", "because": because})
    html = page(lead, ADDRESS)
    assert html.index("The second reason") < html.index("The first reason")
    assert html.index("In force") < html.index("Replaced")
    assert Method.objects.count() == 2


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"because": " "}, "Say in a sentence why these rules fit this indicator."),
        ({"rule_set_name": "guesswork"}, "Select a valid choice"),
        ({"screen": ""}, "is needed: choose one"),
    ],
)
def test_choice_that_cannot_be_used_is_refused_and_changes_nothing(
    lead: Client, given: dict[str, str], says: str
) -> None:
    answer = lead.post(ADDRESS, {**GIVEN, **given})
    assert answer.status_code == 400
    assert says in answer.content.decode()
    assert not Method.objects.exists()


def test_reader_who_may_not_judge_is_offered_nothing_and_turned_away() -> None:
    member = signed_in(a_person(Role.MEMBER))
    assert ADDRESS not in page(member, INDICATOR)
    assert member.get(ADDRESS).status_code == member.post(ADDRESS, GIVEN).status_code == 403
    assert not Method.objects.exists()


def test_indicator_without_limits_has_no_rules_to_choose(lead: Client) -> None:
    without = next(one.id for one in catalogue().values() if one.chart is not ChartKind.XMR)
    assert lead.get(f"/indicators/{without}/method/").status_code == 404
    assert "/method/" not in page(lead, f"/indicators/{without}/")
    assert lead.get("/indicators/no-such-indicator/method/").status_code == 404
