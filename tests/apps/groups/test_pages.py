"""The pages about interests: what is declared shows, what was typed stays, and nobody reads what is not theirs."""

from __future__ import annotations

import csv
import io
import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from sightline.accounts.models import Person
from sightline.audit.models import Event
from sightline.core.access import Grant, Role
from sightline.directory.models import Subject
from sightline.directory.words import Kind, Link
from sightline.groups.models import DeclaredInterest
from sightline.groups.queries import conflicts_of
from sightline.groups.words import InterestKind
from tests.factories import directory as make
from tests.factories.accounts import a_person, signed_in
from tests.factories.groups import SINCE, an_ending, an_interest
from tests.factories.house import clock, folder, house
from tests.factories.indicators import NOW

__all__ = ["clock", "folder", "house"]
pytestmark = pytest.mark.usefixtures("house")
TODAY = NOW.date()
HOME = "QZ1"
GIVEN = {"subject": "ZR1", "kind": "financial", "detail": "Shares in its cleaning company"}
TOLD = {**GIVEN, "because": "Said at the start of the meeting"}


@pytest.fixture
def trust(house: None) -> Subject:
    body = make.an_organisation("ZR1", "Lantern Trust")
    make.a_relation(make.an_organisation("ZS1", "Mill Site", Kind.SITE), Link.OPERATED_BY, body)
    return body.subjects.get()


@pytest.fixture
def member(house: None) -> Person:
    return a_person(Grant(Role.MEMBER, HOME), display_name="Mona Reed")


@pytest.fixture
def keeper(house: None) -> Person:
    return a_person(Grant(Role.SECRETARY, HOME), display_name="Kim Keeper")


def page(person: Person, address: str) -> str:
    """This function will give a page that must be there, its words parted by single spaces."""
    answer = signed_in(person).get(address)
    assert answer.status_code == 200, address
    return " ".join(answer.content.decode().split())


def sent(by: Person, address: str, /, **given: str) -> str:
    """This function will send a form that must be taken, by one event, and give the page that it leads to."""
    before = Event.objects.count()
    answer = signed_in(by).post(address, given, follow=True)
    html = " ".join(answer.content.decode().split())
    assert [to for to, _ in answer.redirect_chain] == ["/interests/"], html
    assert Event.objects.count() == before + 1
    return html


def refused(by: Person, address: str, /, **given: str) -> str:
    """This function will send a form that must be refused with nothing changed, and give its page."""
    before = Event.objects.count(), DeclaredInterest.objects.count()
    answer = signed_in(by).post(address, given)
    assert answer.status_code == 400
    assert (Event.objects.count(), DeclaredInterest.objects.count()) == before
    return " ".join(answer.content.decode().split())


# --- one's own


@pytest.mark.requirement("COI-01", "COI-03")
def test_what_a_member_declares_shows_with_all_that_it_closes(member: Person, trust: Subject) -> None:
    assert "You have declared no interest." in page(member, "/interests/")
    assert "You will no longer see what is said about" in page(member, "/interests/declare/")
    html = sent(member, "/interests/declare/", **GIVEN)
    assert "You will no longer see what is said about Lantern Trust, nor take part in decisions about it." in html
    assert "Shares in its cleaning company" in html and "In force" in html
    assert "The same goes for 1 body that belongs with it: Mill Site." in html
    assert trust.pk in conflicts_of(member, TODAY)


def test_a_long_family_is_counted_and_not_listed_to_its_end(member: Person, trust: Subject) -> None:
    assert trust.organisation
    for number in range(14):
        site = make.an_organisation(f"ZT{number:02}", f"Site {number:02}", Kind.SITE)
        make.a_relation(site, Link.OPERATED_BY, trust.organisation)
    an_interest(member, trust)
    html = page(member, "/interests/")
    assert "15 bodies that belong with it: Mill Site" in html and "Site 08 and 5 more." in html
    assert "Site 09" not in html


def test_a_body_is_chosen_from_those_that_fit_and_what_was_typed_stays(member: Person, trust: Subject) -> None:
    home = make.an_organisation("ZH1", "Lantern Home", Kind.CARE_HOME, postcode="ZA1 1AA")
    given = {**GIVEN, "subject": "lantern", "since-day": "1", "since-month": "3", "since-year": "2024"}
    html = refused(member, "/interests/declare/", **given)
    assert "Choose which one you mean by “lantern”." in html
    assert "Care home, ZA1 1AA, code ZH1" in html and "NHS trust, code ZR1" in html
    assert 'value="lantern"' in html and "Shares in its cleaning company" in html and 'value="2024"' in html
    chosen = home.subjects.get()
    sent(member, "/interests/declare/", **given, subject_chosen=str(chosen.pk))
    assert DeclaredInterest.objects.get().subject == chosen


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "“In whom or what is the interest?” is needed."),
        ({"subject": "Nowhere"}, "Nothing here fits “Nowhere”."),
        ({**GIVEN, "kind": "employer"}, "Select a valid choice"),
        ({**GIVEN, "detail": "x" * 2001}, "at most 2000 characters"),
        ({**GIVEN, "detail": "a\0b"}, "Null characters"),
        ({**GIVEN, "since-day": "31", "since-month": "2", "since-year": "2026"}, "must be a day in the calendar"),
        ({**GIVEN, "until-day": "1", "until-month": "1", "until-year": "2020"}, "lies before the first"),
        (
            {
                **GIVEN,
                **{"since-day": "2", "since-month": "1", "since-year": "2024"},
                **{"until-day": "1", "until-month": "1", "until-year": "2024"},
            },
            "lies before the first",
        ),
    ],
)
def test_what_cannot_be_taken_is_said_and_changes_nothing(
    given: dict[str, str], says: str, member: Person, trust: Subject
) -> None:
    html = refused(member, "/interests/declare/", **given)
    assert says in html and "There is a problem" in html


def test_the_same_is_not_declared_twice(member: Person, trust: Subject) -> None:
    an_interest(member, trust)
    assert "declared already" in refused(member, "/interests/declare/", **GIVEN)


def test_a_script_in_the_words_stays_words(member: Person, trust: Subject) -> None:
    html = sent(member, "/interests/declare/", **{**GIVEN, "detail": "<script>alert(1)</script>"})
    assert "<script>alert(1)" not in html and "&lt;script&gt;" in html


def test_an_address_can_bring_the_subject_along(member: Person, trust: Subject) -> None:
    assert 'value="ZR1"' in page(member, "/interests/declare/?subject=ZR1")


def test_an_interest_is_ended_and_stays_on_the_page(member: Person, trust: Subject) -> None:
    interest = an_interest(member, trust)
    assert f"/interests/{interest.pk}/end/" in page(member, "/interests/")
    assert "End your interest in Lantern Trust" in page(member, f"/interests/{interest.pk}/end/")
    assert "“Why does it end?” is needed." in refused(member, f"/interests/{interest.pk}/end/")
    html = sent(member, f"/interests/{interest.pk}/end/", because="Sold them all")
    assert "Over." in html and "Sold them all" in html
    assert "/end/" not in html and "You do not see" not in html
    assert conflicts_of(member, TODAY) == frozenset()
    assert "ended before" in refused(member, f"/interests/{interest.pk}/end/", because="Again")


def test_what_another_wrote_down_is_shown_to_whom_it_concerns(member: Person, keeper: Person, trust: Subject) -> None:
    sent(keeper, "/interests/record/", **TOLD, person=str(member.pk))
    html = page(member, "/interests/")
    assert "Written down by Kim Keeper: Said at the start of the meeting" in html
    assert "Register" not in html


# --- the register


@pytest.mark.requirement("COI-01")
def test_a_keeper_records_for_a_colleague_and_finds_it_in_the_register(
    keeper: Person, member: Person, trust: Subject
) -> None:
    assert "Nobody in your system has declared an interest." in page(keeper, "/interests/")
    asked = page(keeper, "/interests/record/")
    assert "Mona Reed (Member)" in asked and "Kim Keeper (Secretary)" in asked
    html = sent(keeper, "/interests/record/", **TOLD, person=str(member.pk))
    assert "The interest in Lantern Trust is recorded." in html
    assert "Shares in its cleaning company" in html and "1 interest." in html
    assert trust.pk in conflicts_of(member, TODAY)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"person": ""}, "“Whose interest is it?” is needed: choose one."),
        ({"because": ""}, "“How did it become known?” is needed."),
        ({"declared_on-day": "1", "declared_on-month": "1", "declared_on-year": "2099"}, "yet to come"),
        ({"subject": "the"}, "Nothing here fits"),
    ],
)
def test_what_cannot_be_recorded_is_said_and_what_was_typed_stays(
    change: dict[str, str], says: str, keeper: Person, member: Person, trust: Subject
) -> None:
    html = refused(keeper, "/interests/record/", **{**TOLD, "person": str(member.pk), **change})
    assert says in html and "Shares in its cleaning company" in html
    if change.get("person") != "":
        assert re.search(rf'value="{member.pk}" selected', html)


def test_a_keeper_neither_sees_nor_reaches_the_people_of_another_system(keeper: Person, trust: Subject) -> None:
    stranger = a_person(Grant(Role.MEMBER, "QZ2"), display_name="Sam Stranger")
    interest = an_interest(stranger, trust)
    for address in (
        "/interests/",
        "/interests/record/",
        "/interests/register.csv",
        f"/interests/?past=yes&person={stranger.pk}",
    ):
        assert "Sam Stranger" not in page(keeper, address)
    assert "0 interests." in page(keeper, f"/interests/?person={stranger.pk}")
    assert "Select a valid choice" in refused(keeper, "/interests/record/", **TOLD, person=str(stranger.pk))
    assert signed_in(keeper).get(f"/interests/{interest.pk}/end/").status_code == 404


def test_the_register_is_filtered_and_paged_and_the_filter_stays_in_the_address(
    keeper: Person, member: Person, trust: Subject
) -> None:
    for number in range(60):
        body = make.an_organisation(f"ZP{number:02}", f"Practice {number:02}", Kind.GP_PRACTICE)
        an_interest(member, body.subjects.get(), InterestKind.PERSONAL)
    an_interest(member, trust)
    html = page(keeper, "/interests/?kind=non_financial_personal")
    assert "60 interests." in html and "Others are left out by the filter." in html and "Lantern Trust" not in html
    assert "Practice 49" in html and "Practice 50" not in html
    following = re.search(r'href="(\?[^"]*page=2)"', html)
    assert following
    html = page(keeper, "/interests/" + following.group(1).replace("&amp;", "&"))
    assert "Practice 50" in html and "Practice 49" not in html
    assert "No interest fits." in page(keeper, "/interests/?word=nobody")
    assert "1 interest." in page(keeper, f"/interests/?word=lantern&person={member.pk}")
    assert "61 interests." in page(keeper, "/interests/?person=nonsense")


def test_the_register_leaves_as_a_file_as_it_is_filtered(keeper: Person, member: Person, trust: Subject) -> None:
    an_ending(an_interest(member, trust, detail="=1+1"), TODAY, because="Sold")
    an_interest(keeper, trust, InterestKind.PERSONAL)
    answer = signed_in(keeper).get(f"/interests/register.csv?past=yes&person={member.pk}")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="interests.csv"'
    header, row = list(csv.reader(io.StringIO(answer.content.decode())))
    said = dict(zip(header, row, strict=True))
    assert said["Person"] == "Mona Reed" and said["Interest in"] == "Lantern Trust" and said["Code"] == "ZR1"
    assert said["What it is"] == "'=1+1" and said["Kind"] == "Money"
    assert said["Since"] == SINCE.isoformat() and said["Ended on"] == TODAY.isoformat()
    assert said["State"] == "Over" and said["Why it ended"] == "Sold"
    assert said["Written down by"] == "Mona Reed"


def test_an_empty_register_is_a_file_with_its_header_alone(keeper: Person) -> None:
    assert len(signed_in(keeper).get("/interests/register.csv").content.decode().splitlines()) == 1


# --- who may enter


@pytest.mark.parametrize("role", [Role.MEMBER, Role.LAY_MEMBER, Role.PROVIDER, Role.REGION, Role.AUDITOR])
def test_others_see_their_own_interests_and_no_others(
    role: Role, keeper: Person, member: Person, trust: Subject
) -> None:
    interest = an_interest(member, trust, detail="Secret shares")
    onlooker = a_person(Grant(role, HOME, "ZR9" if role is Role.PROVIDER else ""))
    html = page(onlooker, "/interests/")
    assert "Secret shares" not in html and "Mona" not in html and "register.csv" not in html
    client = signed_in(onlooker)
    for address in ("/interests/register.csv", "/interests/record/"):
        assert client.get(address).status_code == 403
    assert client.post("/interests/record/", {**TOLD, "person": str(member.pk)}).status_code == 403
    barred = 403 if role is Role.AUDITOR else 404
    for answer in (client.get, client.post):
        assert answer(f"/interests/{interest.pk}/end/").status_code == barred
        assert answer(f"/interests/{uuid4()}/end/").status_code == barred
    assert DeclaredInterest.objects.count() == 1 and not Event.objects.exists()


def test_an_auditor_reads_what_was_written_down_of_them_and_asks_a_keeper_for_its_end(
    keeper: Person, trust: Subject
) -> None:
    auditor = a_person(Grant(Role.AUDITOR, HOME))
    sent(keeper, "/interests/record/", **TOLD, person=str(auditor.pk))
    html = page(auditor, "/interests/")
    assert "Shares in its cleaning company" in html
    assert "/interests/declare/" not in html and "/end/" not in html


def test_signed_out_reader_is_led_to_sign_in() -> None:
    for address in ("/interests/", "/interests/declare/", "/interests/register.csv"):
        answer: Any = Client().get(address)
        assert answer.status_code == 302 and "/sign-in/" in answer["Location"]
