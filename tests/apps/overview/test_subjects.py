"""The list of subjects, a subject's own page, and search."""

from __future__ import annotations

import re
import uuid
from datetime import date

import pytest
from django.test import Client

from sightline.core.access import Grant, Role
from sightline.core.signals import Bearing, SignalKind
from sightline.directory.models import Subject
from sightline.directory.words import Kind, Link, Sector
from sightline.indicators.models import Publication, Rating
from tests.factories.accounts import a_person, signed_in
from tests.factories.directory import a_relation, an_organisation
from tests.factories.indicators import NOW, a_signal, dropped, emergency, sickness, usual, worsening

pytestmark = pytest.mark.usefixtures("house")


@pytest.fixture
def member(house: None) -> Client:
    return signed_in(a_person(Role.MEMBER))


def page(client: Client, address: str) -> str:
    """This function will give a page that must be there."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def _page_of(client: Client, code: str) -> str:
    return page(client, f"/subjects/{Subject.objects.get(key=code).pk}/")


def _rating(subject: Subject, rating: str, on: date, about: str = "overall", **more: str) -> Rating:
    publication, _ = Publication.objects.get_or_create(
        source="cqc_api", sha256="0" * 64, defaults={"title": "Ratings", "recorded_at": NOW}
    )
    return Rating.objects.create(
        subject=subject, about=about, rating=rating, published_on=on, publication=publication, **more
    )


def test_subjects_page_shows_every_indicator_its_sentence_and_its_source(member: Client) -> None:
    an_organisation("ZR1", "First Trust")
    dropped(sickness({"ZR1": worsening(), "ZR2": usual(24)}), emergency(["ZR1"]))
    html = _page_of(member, "ZR1")
    assert "First Trust" in html
    assert html.count('class="s-multiple"') == 5
    assert "Eight months above its usual level since January 2025: worse" in html
    assert "Lower is better" in html
    assert "August 2025" in html
    assert "NHS sickness absence rates" in html
    assert re.search(r"Well led.*?1 worried", html, re.S)


@pytest.mark.requirement("DAT-04")
def test_dimension_that_a_source_does_not_speak_of_is_said_not_hidden(member: Client) -> None:
    an_organisation("ZR1", "First Trust")
    dropped(sickness({"ZR1": worsening()}), emergency(["ZR1"]))
    html = _page_of(member, "ZR1")
    assert "No information" in html
    assert "as usual" in html


def test_subject_without_figures_says_that_this_is_not_good_news(member: Client) -> None:
    an_organisation("ZR1", "First Trust")
    html = _page_of(member, "ZR1")
    for says in (
        "That is not the same as good news",
        "No figures about this subject have been brought in.",
        "No rating has been brought in.",
        "No earlier or later body is known.",
    ):
        assert says in html


def test_body_that_fell_silent_is_told_as_such_and_not_as_a_concern(member: Client) -> None:
    subject = an_organisation("ZR1", "First Trust").subjects.get()
    a_signal(subject, kind=SignalKind.STOPPED, bearing=Bearing.NEITHER, since=date(2025, 5, 1))
    html = _page_of(member, "ZR1")
    assert "Nothing reported since April 2025, though others go on reporting." in html
    assert "No source has a concern now." in html
    assert ">Stopped<" in html


def test_ratings_show_the_latest_with_the_one_before_and_where_it_was_given(member: Client) -> None:
    subject = an_organisation("ZR1", "First Trust").subjects.get()
    _rating(subject, "Good", date(2021, 3, 1))
    _rating(subject, "Inadequate", date(2025, 6, 1))
    _rating(subject, "Requires improvement", date(2025, 6, 1), about="safe", inherited_from="1-1")
    home = an_organisation("1-900000001", "The Home", Kind.CARE_HOME)
    assert subject.organisation
    a_relation(home, Link.OPERATED_BY, subject.organisation)
    _rating(home.subjects.get(), "Outstanding", date(2024, 1, 1))
    html = _page_of(member, "ZR1")
    assert "Inadequate" in html and "Good on 1 March 2021" in html
    assert "given to the body before" in html
    assert "The Home" in html and "Outstanding" in html
    assert html.index("Inadequate") < html.index("Requires improvement")


def test_merged_body_shows_where_its_history_comes_from(member: Client) -> None:
    old = an_organisation("ZR1", "Old Trust", closed_on=date(2024, 8, 31))
    new = an_organisation("ZR9", "New Trust")
    a_relation(old, Link.SUCCEEDED_BY, new, valid_from=date(2024, 9, 1))
    dropped(sickness({"ZR1": usual(12), "ZR9": [None] * 12 + usual(12)}))
    html = _page_of(member, "ZR9")
    assert "Old Trust" in html[html.index('id="history"') :]
    series = page(member, f"/indicators/sickness-absence-rate/{new.subjects.get().pk}/")
    assert "Old Trust" in series
    assert "Closed on 31 August 2024" in _page_of(member, "ZR1")


def test_hidden_and_absent_subjects_look_the_same() -> None:
    dropped(sickness({"ZR1": usual(24), "ZR2": usual(24)}))
    provider = signed_in(a_person(Grant(Role.PROVIDER, system="QZ1", organisation="ZR1")))
    hidden, absent = Subject.objects.get(key="ZR2").pk, uuid.uuid4()
    measure = "/indicators/sickness-absence-rate/"
    for address in ("/subjects/{}/", measure + "{}/", measure + "{}/figures.csv"):
        answers = [provider.get(address.format(pk)) for pk in (hidden, absent)]
        assert [answer.status_code for answer in answers] == [404, 404]
        shown = [re.sub(r'(nonce|value)="[^"]*"|[0-9a-f-]{36}', "", answer.content.decode()) for answer in answers]
        assert shown[0] == shown[1]
        assert provider.get(address.format(Subject.objects.get(key="ZR1").pk)).status_code == 200


def test_list_is_filtered_by_kind_sector_area_and_name_and_keeps_its_filters(member: Client) -> None:
    area = an_organisation("QZ5", "Quiet System", Kind.ICB)
    for number in range(52):
        body = an_organisation(f"ZP{number}", f"Surgery {number:02}", Kind.GP_PRACTICE, sector=Sector.GENERAL_PRACTICE)
        a_relation(body, Link.PART_OF, area)
    an_organisation("ZR1", "First Trust")
    an_organisation("ZR2", "Closed Trust", closed_on=date(2020, 1, 1))
    everything = page(member, "/subjects/")
    assert "54 subjects." in everything
    assert "Closed Trust" not in everything
    html = page(member, "/subjects/?kind=organisation&sector=general_practice&area=QZ5&name=surgery")
    assert "52 subjects." in html and "Others are left out by the filter" in html
    found = re.search(r'<a href="(\?[^"]*page=2)" rel="next"', html)
    assert found
    second = page(member, "/subjects/" + found.group(1).replace("&amp;", "&"))
    assert "Surgery 51" in second and "52 subjects." in second
    assert "First Trust" in page(member, "/subjects/?name=zr1")
    assert "No subject fits." in page(member, "/subjects/?name=nobody")
    assert "No subject fits." in page(member, "/subjects/?kind=nonsense")


def test_search_finds_by_name_and_code_and_says_where_else_to_look(member: Client) -> None:
    an_organisation("ZR1", "First Trust")
    assert "First Trust" in page(member, "/search/?q=first")
    assert "First Trust" in page(member, "/search/?q=zr1")
    assert "Sickness absence among staff" in page(member, "/search/?q=SICKNESS")
    nothing = page(member, "/search/?q=zzzz")
    assert "No subject is called that." in nothing and "Look through the catalogue" in nothing
    assert "No subject is called that." not in page(member, "/search/")


def test_name_of_a_body_is_never_taken_for_markup(member: Client) -> None:
    subject = an_organisation("ZR1", "<script>alert(1)</script> Trust").subjects.get()
    dropped(sickness({"ZR2": usual(3)}))
    a_signal(subject)
    for address in ("/", "/subjects/", f"/subjects/{subject.pk}/", "/search/?q=Trust"):
        html = page(member, address)
        assert "<script>alert(1)" not in html
        assert "&lt;script&gt;alert(1)" in html


@pytest.mark.parametrize("address", ["/subjects/?name=%00", "/subjects/?area=%00", "/subjects/?kind=%00",
                                     "/subjects/?page=%00", "/search/?q=%00", "/subjects/?page=" + "9" * 40])  # fmt: skip
def test_nonsense_in_the_address_is_answered_calmly(member: Client, address: str) -> None:
    assert member.get(address).status_code in {200, 400}


def test_system_on_the_map_counts_its_subjects_with_a_concern(member: Client) -> None:
    assert "Systems" in page(member, "/systems/")
    for address in ("/about/", "/accessibility/", "/glossary/"):
        assert page(Client(), address)
