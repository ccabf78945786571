"""Agreed sets of indicators: recorded as a group decided, version after version, and read across areas."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from sightline.audit.models import Event
from sightline.core.access import Grant, Role
from sightline.core.verdict import Invalid, Refused
from sightline.directory.models import Organisation
from sightline.directory.queries import subjects_within
from sightline.directory.words import Kind, Link
from sightline.indicators.models import AgreedIndicator, MetricSet, Rhythm, SetAgreement
from sightline.indicators.operations import Chosen, agree_set
from sightline.indicators.queries import agreeing, catalogue
from tests.factories.accounts import a_person, signed_in
from tests.factories.directory import a_relation, an_organisation
from tests.factories.indicators import KEEPER, SICKNESS, TODAY, dropped, sickness, usual

pytestmark = pytest.mark.usefixtures("house")
WHY = "They cover every dimension of quality"
GROUP = "The system quality group"
LIST, NEW = "/indicators/sets/", "/indicators/sets/new/"
CORE = (Chosen(SICKNESS, Rhythm.EVERY_MEETING), Chosen("shmi", Rhythm.ON_PUBLICATION), Chosen("ae-4h-type-1"))


def agreed(by: Any = KEEPER, **more: Any) -> SetAgreement:
    """This function will record an agreed set."""
    given = {"name": "Core metrics", "agreed_by": GROUP, "agreed_on": TODAY, "chosen": CORE, "because": WHY, **more}
    return agree_set(by=by, at=timezone.now(), **given)


def followed(first: SetAgreement, **more: Any) -> SetAgreement:
    """This function will record what a group agreed after that."""
    return agreed(metric_set=first.metric_set, **{"seen": first.number, "name": "", **more})


def held(slug: str = "core-metrics") -> dict[str, str]:
    """This function will give what counts of a set."""
    found = agreeing.agreed_set(slug)
    assert found is not None
    return {one.indicator: one.rhythm for one in found.chosen}


def page(client: Client, address: str, status: int = 200) -> str:
    """This function will give a page in one line of plain spaces."""
    answer = client.get(address)
    assert answer.status_code == status, address
    return " ".join(answer.content.decode().split())


def filled(**more: str) -> dict[str, str]:
    """This function will fill the form of a set in."""
    return {
        "name": "Core metrics", "area": "", "agreed_by": GROUP, "agreed_on-day": "1", "agreed_on-month": "1",
        "agreed_on-year": "2026", "because": WHY, f"i-{SICKNESS}": "every_meeting", "i-shmi": "yes", **more,
    }  # fmt: skip


@pytest.fixture
def lead(house: None) -> Client:
    return signed_in(a_person(Role.QUALITY_LEAD, display_name="Ada Lead"))


@pytest.fixture
def reader(house: None) -> Client:
    return signed_in(a_person(Role.MEMBER))


@pytest.fixture
def system(house: None) -> Organisation:
    """This function will make a system of two places with a practice each and a trust, and another system."""
    system, other = (an_organisation(code, f"System {code}", Kind.ICB) for code in ("QZ1", "QZ2"))
    for code, body in (("9Z1", "ZR1"), ("9Z2", "ZR2")):
        place = an_organisation(code, f"Place {code}", Kind.SUB_ICB)
        a_relation(place, Link.PART_OF, system)
        a_relation(an_organisation(body), Link.COMMISSIONED_BY, place)
    a_relation(an_organisation("ZR3"), Link.PART_OF, other)
    return system


# --- the operation


@pytest.mark.requirement("DAT-06", "DAT-09")
def test_set_is_recorded_with_who_agreed_it_and_one_event() -> None:
    events = Event.objects.count()
    made = agreed()
    assert (made.number, made.agreed_by, made.agreed_on, made.because) == (1, GROUP, TODAY, WHY)
    assert (made.metric_set.slug, made.metric_set.area, made.recorded_by) == ("core-metrics", "", KEEPER.actor_id)
    assert held() == {SICKNESS: "every_meeting", "shmi": "on_publication", "ae-4h-type-1": ""}
    (event,) = Event.objects.order_by("pk")[events:]
    assert (event.verb, event.on_id) == ("indicators.agree_set", str(made.pk))
    assert WHY not in event.facts and GROUP not in event.facts


def test_later_version_counts_and_the_earlier_one_stays_as_it_was() -> None:
    first = agreed()
    before = SetAgreement.objects.filter(pk=first.pk).values().get()
    second = followed(first, chosen=CORE[:1])
    assert held() == {SICKNESS: "every_meeting"}
    assert SetAgreement.objects.filter(pk=first.pk).values().get() == before
    assert AgreedIndicator.objects.filter(agreement=first).count() == 3
    assert (second.number, MetricSet.objects.count()) == (2, 1)


def test_set_without_indicators_is_withdrawn_and_can_be_agreed_again() -> None:
    first = agreed()
    second = followed(first, chosen=())
    found = agreeing.agreed_set("core-metrics")
    assert found is not None and found.is_withdrawn and agreeing.sets_by_indicator() == {}
    with pytest.raises(Invalid, match="Nothing is changed"):
        followed(second, chosen=(), agreed_by="Another group")
    followed(second)
    assert set(held()) == {one.indicator for one in CORE}


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"name": " "}, "Give the set a name"),
        ({"name": "!!"}, "Give the set a name"),
        ({"agreed_by": " "}, "Name the group"),
        ({"agreed_on": TODAY + timedelta(days=1)}, "still to come"),
        ({"chosen": ()}, "at least one indicator"),
        ({"chosen": (Chosen("no-such-indicator"),)}, "no indicator “no-such-indicator”"),
        ({"chosen": (CORE[0], CORE[0])}, "twice"),
        ({"area": "QZ9"}, "no system or place “QZ9”"),
        ({"because": "x" * 1001}, "1,000 characters"),
    ],
)
def test_set_that_cannot_be_meant_is_refused_and_changes_nothing(given: dict[str, Any], says: str) -> None:
    with pytest.raises(Invalid, match=says):
        agreed(**given)
    assert not MetricSet.objects.exists() and not Event.objects.exists()


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "Nothing is changed"),
        ({"seen": 0, "chosen": CORE[:1]}, "Somebody else saved another version"),
        ({"seen": 2, "chosen": CORE[:1]}, "Somebody else saved another version"),
        ({"agreed_on": TODAY - timedelta(days=1), "chosen": CORE[:1]}, "not agreed before that day"),
    ],
)
def test_version_that_cannot_follow_is_refused_and_changes_nothing(given: dict[str, Any], says: str) -> None:
    first = agreed()
    with pytest.raises(Invalid, match=says):
        followed(first, **given)
    assert SetAgreement.objects.get() == first


def test_second_of_two_people_who_change_one_version_is_told_so() -> None:
    first = agreed()
    followed(first, chosen=CORE[:1])
    with pytest.raises(Invalid, match="Somebody else saved another version"):
        followed(first, chosen=CORE[:2])
    assert set(held()) == {SICKNESS}


def test_same_indicators_agreed_anew_by_a_later_meeting_are_recorded() -> None:
    first = agreed(agreed_on=date(2025, 1, 1))
    assert followed(first, agreed_on=TODAY).number == 2


def test_names_of_sets_differ_and_take_no_address_of_a_page() -> None:
    agreed()
    with pytest.raises(Invalid, match="already"):
        agreed(name=" core  METRICS ")
    assert agreed(name="Core: metrics").metric_set.slug == "core-metrics-2"
    assert agreed(name="New").metric_set.slug == "new-2"


def test_who_may_not_keep_rules_agrees_nothing_and_no_reason_is_no_agreement() -> None:
    with pytest.raises(Refused):
        agreed(by=a_person(Role.MEMBER))
    with pytest.raises(Refused, match="reason is needed"):
        agreed(because=" ")
    assert not MetricSet.objects.exists() and not Event.objects.exists()


# --- across areas


@pytest.mark.requirement("DAT-06")
def test_systems_set_is_held_against_the_system_and_each_of_its_places(system: Organisation) -> None:
    dropped(sickness({"ZR1": usual(24)}))
    made = agreed(area="QZ1")
    areas = agreeing.geographies(made.metric_set, TODAY)
    assert [one.code for one in areas] == ["QZ1", "9Z1", "9Z2"]
    found = agreeing.areas_with_figures([SICKNESS, "shmi", "cqc-overall-rating"], areas, TODAY)
    assert found == {SICKNESS: {"QZ1", "9Z1"}, "shmi": frozenset(), "cqc-overall-rating": frozenset()}
    place = agreed(name="Of a place", area="9Z2").metric_set
    assert [one.code for one in agreeing.geographies(place, TODAY)] == ["9Z2"]


def test_set_for_everywhere_is_held_against_every_system_and_both_roads_agree(system: Organisation) -> None:
    dropped(sickness({"ZR1": usual(24)}), sickness({"ZR3": usual(24)}, system="QZ2", name="other.csv"))
    areas = agreeing.geographies(agreed().metric_set, TODAY)
    assert [one.code for one in areas] == ["QZ1", "QZ2"]
    found = agreeing.areas_with_figures([SICKNESS, "shmi"], areas, TODAY)
    slow = {one.code for one in areas if subjects_within(one.code, TODAY).filter(series__indicator=SICKNESS).exists()}
    assert found == {SICKNESS: slow, "shmi": frozenset()} and slow == {"QZ1", "QZ2"}


def test_figures_of_a_closed_body_are_no_figures_of_its_area(system: Organisation) -> None:
    dropped(sickness({"ZR1": usual(24)}))
    Organisation.objects.filter(code="ZR1").update(closed_on=TODAY - timedelta(days=30))
    areas = agreeing.geographies(agreed(area="QZ1").metric_set, TODAY)
    assert agreeing.areas_with_figures([SICKNESS], areas, TODAY) == {SICKNESS: frozenset()}


# --- the pages


@pytest.mark.requirement("DAT-06")
def test_page_says_where_an_indicator_of_the_set_has_no_figures(system: Organisation, reader: Client) -> None:
    dropped(sickness({"ZR1": usual(24)}))
    agreed(area="QZ1", chosen=CORE[:2])
    html = page(reader, LIST + "core-metrics/")
    assert "System QZ1" in html and GROUP in html and WHY in html
    rows = re.findall(r"<tr><th scope=\"row\"><a href=\"/indicators/([^/]+)/\">.*?</tr>", html)
    assert rows == [SICKNESS, "shmi"]  # every meeting before on publication
    of_sickness, of_shmi = (re.search(rf"{one}/\">.*?</tr>", html).group() for one in rows)  # type: ignore[union-attr]  # both were found
    assert "2 of 3 areas" in of_sickness and "<td>Place 9Z2</td>" in of_sickness
    assert "0 of 3 areas" in of_shmi and "System QZ1; Place 9Z1; Place 9Z2" in of_shmi
    assert "#data-card" in of_sickness


@pytest.mark.requirement("DAT-09")
def test_rhythm_and_what_was_published_since_the_set_was_agreed_are_shown(reader: Client) -> None:
    dropped(sickness({"ZR1": usual(24)}))
    agreed(agreed_on=TODAY - timedelta(days=1))
    agreed(name="Agreed today")
    html = page(reader, LIST + "core-metrics/")
    assert "Reviewed at every meeting" in html and "Reviewed on publication" in html and "No rhythm agreed" in html
    assert "15 January 2026 <strong" in html and html.count("New since the set was agreed") == 1
    assert "Nothing brought in yet" in html
    assert "New since the set was agreed" not in page(reader, LIST + "agreed-today/")


@pytest.mark.requirement("DAT-09")
def test_catalogue_and_indicator_say_in_which_set_they_stand_until_it_is_withdrawn(reader: Client) -> None:
    first = agreed()
    said = "reviewed at every meeting"
    assert f"Core metrics</a>, {said}." in page(reader, f"/indicators/{SICKNESS}/")
    assert f"In the agreed set Core metrics, {said}" in page(reader, "/indicators/")
    assert LIST in page(reader, "/indicators/")
    followed(first, chosen=())
    assert said not in page(reader, f"/indicators/{SICKNESS}/") + page(reader, "/indicators/")
    assert "Withdrawn" in page(reader, LIST)
    assert "withdrew this set" in page(reader, LIST + "core-metrics/")


def test_reader_of_one_body_is_told_nothing_of_areas(system: Organisation) -> None:
    dropped(sickness({"ZR1": usual(24)}))
    agreed(area="QZ1")
    provider = signed_in(a_person(Grant(Role.PROVIDER, organisation="ZR2")))
    html = page(provider, LIST + "core-metrics/")
    assert "only to readers who see every body" in html and "of 3 areas" not in html


def test_set_is_recorded_and_changed_by_its_forms_and_its_history_tells_why(lead: Client, system: Organisation) -> None:
    assert "Record the first" in page(lead, LIST)
    answer = lead.post(NEW, filled(area="QZ1"), follow=True)
    assert answer.redirect_chain == [(LIST + "core-metrics/", 302)]
    assert held() == {SICKNESS: "every_meeting", "shmi": ""}
    form = page(lead, LIST + "core-metrics/change/")
    assert '<option value="every_meeting" selected' in form and 'name="seen" value="1"' in form
    change = {**filled(because="Mortality is looked at elsewhere"), "i-shmi": "no", "seen": "1"}
    assert lead.post(LIST + "core-metrics/change/", change).status_code == 302
    assert held() == {SICKNESS: "every_meeting"}
    html = page(lead, LIST + "core-metrics/")
    assert html.index("Mortality is looked at elsewhere") < html.index(WHY)
    assert f"{catalogue()['shmi'].short_name}: taken out" in html and "Ada Lead, 15 January 2026" in html
    again = lead.post(LIST + "core-metrics/change/", {**change, "i-shmi": "yes"})
    assert again.status_code == 400 and "Somebody else saved another version" in again.content.decode()


def test_set_is_withdrawn_only_by_saying_so(lead: Client) -> None:
    first = agreed(agreed_on=date(2025, 12, 1))
    address = LIST + "core-metrics/change/"
    nothing = {**filled(seen="1"), **{f"i-{name}": "no" for name in catalogue()}}
    answer = lead.post(address, nothing)
    assert answer.status_code == 400 and "or say that the group withdrew the set" in answer.content.decode()
    assert SetAgreement.objects.get() == first
    assert lead.post(address, {**filled(seen="1"), "withdraw": "on"}).status_code == 302
    assert held() == {}


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"name": ""}, "Give the set a name."),
        ({"agreed_by": ""}, "Name the group or committee"),
        ({"agreed_on-year": "2027"}, "still to come"),
        ({"because": ""}, "Say in a sentence why."),
        ({"i-shmi": "no", f"i-{SICKNESS}": "no"}, "Choose at least one indicator"),
        ({"i-shmi": "whenever"}, "Select a valid choice"),
    ],
)
def test_form_that_cannot_be_used_keeps_what_was_typed(lead: Client, given: dict[str, str], says: str) -> None:
    answer = lead.post(NEW, filled(**given))
    assert answer.status_code == 400
    html = answer.content.decode()
    assert says in html and (WHY in html or GROUP in html)
    assert not MetricSet.objects.exists()


def test_reader_who_may_not_keep_rules_is_offered_nothing_and_turned_away(reader: Client) -> None:
    assert "Ask the quality lead" in page(reader, LIST)
    agreed()
    assert "/change/" not in page(reader, LIST + "core-metrics/") and NEW not in page(reader, LIST)
    for address in (NEW, LIST + "core-metrics/change/"):
        assert reader.get(address).status_code == reader.post(address, filled()).status_code == 403
    assert SetAgreement.objects.count() == 1


def test_set_that_is_not_there_is_not_found(lead: Client) -> None:
    assert lead.get(LIST + "no-such-set/").status_code == 404
    assert lead.get(LIST + "no-such-set/change/").status_code == 404
