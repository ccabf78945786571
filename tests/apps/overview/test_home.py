"""The home page: where are we most worried, what is new, what is better, what is missing."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from sightline.core.access import Grant, Role
from sightline.core.signals import Bearing, SignalKind
from sightline.directory.models import Organisation, Subject
from sightline.directory.words import Kind, Link
from sightline.indicators.models import Signal
from tests.factories.accounts import a_person, signed_in
from tests.factories.directory import a_relation, an_organisation
from tests.factories.indicators import NOW, a_signal, dropped, emergency, sickness, usual, worsening

pytestmark = pytest.mark.usefixtures("house")
LONG_AGO = NOW - timedelta(days=60)


@pytest.fixture
def member(house: None) -> Client:
    return signed_in(a_person(Role.MEMBER))


def page(client: Client, address: str = "/") -> str:
    """This function will give a page that must be there."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def subjects_on(html: str) -> list[str]:
    """This function will give the names of the subjects on a home page, in order."""
    return re.findall(r'class="nhsuk-heading-s s-subject__name"><a href="[^"]*">([^<]*)</a>', html)


def count_of(html: str, heading: str) -> int:
    """This function will give the number that stands beside one of the home page's headings."""
    found = re.search(rf">{heading}[^<]*<strong>([0-9,]+)</strong>", html)
    assert found, heading
    return int(found.group(1).replace(",", ""))


def _subject(code: str, name: str) -> Subject:
    return an_organisation(code, name).subjects.get()


def _brought_in() -> None:
    dropped(sickness({"ZR7": usual(24)}))


def test_empty_house_says_what_to_do(member: Client) -> None:
    html = page(member)
    assert "Nothing has been brought in yet." in html
    assert "Bring in the files that NHS bodies publish" in html


def test_whoever_may_import_is_led_to_the_import_page_from_an_empty_house() -> None:
    assert 'href="/import/"' in page(signed_in(a_person(Role.QUALITY_LEAD)))


def test_worst_subject_stands_first_with_its_sources_its_sentence_and_its_chart(member: Client) -> None:
    dropped(sickness({"ZR1": worsening(), "ZR2": usual(24), "ZR3": worsening()}))
    a_signal(Subject.objects.get(key="ZR3"), source="shmi", measure="shmi", kind=SignalKind.OUTLIER, periods=2)
    html = page(member)
    assert subjects_on(html) == ["Trust ZR3", "Trust ZR1"]
    assert "Two independent sources have concerns" in html
    assert "One source has a concern: NHS sickness absence rates" in html
    assert "Eight months above its usual level since January 2025: worse" in html
    assert "No score is made" in html
    assert html.count("<svg") >= 2
    assert (count_of(html, "Worsening"), count_of(html, "Improving"), count_of(html, "Missing or late")) == (2, 0, 0)


def test_headings_lead_to_what_is_new_better_and_missing(member: Client) -> None:
    _brought_in()
    first, second, third = (_subject(f"ZR{n}", f"Body {n}") for n in range(3))
    a_signal(first)
    a_signal(second, bearing=Bearing.IMPROVEMENT, side="low", raised_at=LONG_AGO)
    a_signal(third, kind=SignalKind.STOPPED, bearing=Bearing.NEITHER, raised_at=LONG_AGO, periods=4)
    a_signal(None, kind=SignalKind.LATE, bearing=Bearing.NEITHER, raised_at=LONG_AGO)
    new = page(member, "/?show=new")
    assert "1 signal." in new and "Body 0" in new and "Body 1" not in new
    assert subjects_on(page(member, "/?show=improving")) == ["Body 1"]
    missing = page(member, "/?show=missing")
    assert "Body 2" in missing and "Nothing reported since" in missing
    assert "has not been brought in" in missing
    assert missing.index("has not been brought in") < missing.index("Nothing reported since")
    assert count_of(missing, "Missing or late") == 2


def test_new_since_a_day_of_ones_own(member: Client) -> None:
    _brought_in()
    a_signal(_subject("ZR1", "Body 1"), raised_at=LONG_AGO)
    assert "Choose an earlier one" in page(member, "/?show=new")
    html = page(member, "/?show=new&since=2025-11-01")
    assert "Body 1" in html
    assert 'value="2025-11-01"' in html


def test_empty_headings_each_say_why(member: Client) -> None:
    _brought_in()
    Signal.objects.all().delete()
    assert "No subject here has a concern that counts now." in page(member)
    assert "Nothing here is better than chance alone would explain." in page(member, "/?show=improving")
    assert "Nothing is missing or late." in page(member, "/?show=missing")
    assert "Nothing new since this date" in page(member, "/?show=new")


def test_filters_stay_in_the_address_of_every_heading_and_page(member: Client) -> None:
    _brought_in()
    area = an_organisation("QZ5", "Quiet System", Kind.ICB)
    for number in range(23):
        body = an_organisation(f"ZS{number}", f"Body {number:02}")
        a_relation(body, Link.PART_OF, area)
        a_signal(body.subjects.get())
    a_signal(_subject("ZX0", "Far away"))
    html = page(member, "/?area=QZ5&since=2025-12-01")
    assert len(subjects_on(html)) == 20
    assert "23 subjects in this area with a concern" in html
    assert re.search(r'<option value="QZ5"\s+selected', html)
    for heading in ("new", "improving", "missing"):
        assert f"?show={heading}&amp;area=QZ5&amp;since=2025-12-01" in html
    found = re.search(r'<a href="(\?[^"]*page=2)" rel="next"', html)
    assert found
    second = page(member, "/" + found.group(1).replace("&amp;", "&"))
    assert len(subjects_on(second)) == 3
    assert not set(subjects_on(second)) & set(subjects_on(html))
    assert "Far away" not in html + second


def test_old_evidence_worries_nobody_but_stays_on_the_subjects_page(member: Client) -> None:
    _brought_in()
    subject = _subject("ZR1", "Body 1")
    a_signal(subject, since=date(2019, 1, 1), until=date(2019, 8, 1))
    assert "Body 1" not in page(member)
    shown = page(member, f"/subjects/{subject.pk}/")
    assert "since January 2019" in shown
    assert "No source has a concern now." in shown


NONSENSE = ["page=" + "9" * 30, "page=-1", "page=%00", "since=nonsense", "since=0001-01-01", "since=9999-12-31",
            "area=%00", "area=NOWHERE", "show=%F0%9F%98%80", "area=" + "x" * 3000]  # fmt: skip


@pytest.mark.parametrize("query", NONSENSE)
def test_nonsense_in_the_address_is_answered_calmly(member: Client, query: str) -> None:
    _brought_in()
    assert member.get(f"/?{query}").status_code in {200, 400}


@pytest.mark.requirement("PER-10")
def test_provider_sees_only_its_own_organisation() -> None:
    dropped(sickness({"ZR1": worsening(), "ZR2": worsening()}))
    provider = signed_in(a_person(Grant(Role.PROVIDER, system="QZ1", organisation="ZR1")))
    html = page(provider)
    assert subjects_on(html) == ["Trust ZR1"]
    assert count_of(html, "Worsening") == 1
    for address in ("/", "/?show=new", "/?show=missing", "/subjects/", "/search/?q=Trust", "/systems/",
                    "/indicators/", "/indicators/sickness-absence-rate/"):  # fmt: skip
        shown = page(provider, address)
        assert "ZR2" not in shown, address
    assert "1 subject" in page(provider, "/subjects/")


def test_home_and_lists_ask_few_questions_however_many_subjects_there_are(
    member: Client, django_assert_max_num_queries: DjangoAssertNumQueries, outside_transaction: None
) -> None:
    codes = [f"ZR{number}" for number in range(24)]
    rates = {code: worsening() for code in codes}
    late = [100] * 16 + [600] * 8
    for code in codes:
        an_organisation(code, f"Trust {code}")
    dropped(sickness(rates), emergency(codes, late=late))
    assert Organisation.objects.filter(code__in=codes).count() == 24
    subject = Subject.objects.get(key="ZR0")
    for address in ("/", "/?show=new", "/?show=improving", "/?show=missing", "/subjects/", "/systems/",
                    "/search/?q=Trust", "/indicators/", "/indicators/sickness-absence-rate/",
                    f"/indicators/sickness-absence-rate/{subject.pk}/", "/publications/"):  # fmt: skip
        page(member, address)
        with django_assert_max_num_queries(30, info=address):
            page(member, address)
    assert len(subjects_on(page(member))) == 20
