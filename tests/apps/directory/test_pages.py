"""The directory's pages: what stands is shown to readers, and what people write comes in by one event each."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from sightline.audit.models import Event
from sightline.core.access import Grant, Role
from sightline.directory.models import Commissioning, Identifier, Organisation, OrganisationFact, Relation, Subject
from sightline.directory.words import FactKind, Kind, Link, Route, Scheme, Sector, SubjectKind
from tests.factories import directory as make
from tests.factories.accounts import a_person, signed_in
from tests.factories.house import clock, folder, house

__all__ = ["clock", "folder", "house"]
pytestmark = pytest.mark.usefixtures("house")
FROM = {"valid_from-day": "1", "valid_from-month": "4", "valid_from-year": "2025"}
FROM_DAY = date(2025, 4, 1)


@pytest.fixture
def lead(house: None) -> Client:
    return signed_in(a_person(Role.QUALITY_LEAD))


@pytest.fixture
def trust(house: None) -> Organisation:
    return make.an_organisation("ZR1", "Lantern Trust")


@pytest.fixture
def board(house: None) -> Organisation:
    return make.an_organisation("QZ1", "Lantern ICB", Kind.ICB)


def at(body: Organisation, more: str = "") -> str:
    """This function will give the address of an organisation's page in the directory."""
    return f"/directory/{body.subjects.get().pk}/{more}"


def page(client: Client, address: str) -> str:
    """This function will give a page that must be there."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def sent(client: Client, address: str, **given: str) -> str:
    """This function will send a form that must be taken, by one event, and give the page it leads to."""
    before = Event.objects.count()
    answer = client.post(address, given, follow=True)
    html = answer.content.decode()
    assert answer.redirect_chain, html
    assert Event.objects.count() == before + 1
    return html


def refused(client: Client, address: str, **given: str) -> str:
    """This function will send a form that must be refused with nothing changed, and give its page."""
    before = Event.objects.count()
    answer = client.post(address, given)
    assert answer.status_code == 400
    assert Event.objects.count() == before
    return answer.content.decode()


SOURCE = {"source": "Board paper 7", **FROM}
FACTS: list[tuple[FactKind, dict[str, str], str]] = [
    (FactKind.PROCESS_LEAD, {"other": "QZ1"}, "Lantern ICB"),
    (FactKind.ACCOUNTABLE_BODY, {"other": "qz1"}, "Lantern ICB"),
    (FactKind.ASSURING_COMMITTEE, {"value": "Quality committee"}, "Quality committee"),
    (FactKind.OVERSIGHT_SEGMENT, {"value": "3", "detail": "2022/23"}, "Segment 3 of the framework of 2022/23"),
    (FactKind.RECOVERY_SUPPORT, {"value": "yes", "detail": "Entered in March"}, "Yes. Entered in March"),
    (FactKind.IMPROVEMENT_DIRECTOR, {"value": "Jo Reed"}, "Jo Reed"),
]
BOARD_FACTS: list[tuple[FactKind, dict[str, str], str]] = [
    (FactKind.MOU, {"value": "Memorandum of May"}, "Memorandum of May"),
    (FactKind.QUALITY_LEAD, {"value": "Chief nurse"}, "Chief nurse"),
    (FactKind.QUALITY_STRATEGY, {"value": "Strategy to 2030"}, "Strategy to 2030"),
    (FactKind.GOVERNANCE_PROCESS, {"value": "Risk response"}, "Risk response"),
    (FactKind.SQG_DEFINED, {"value": "Quality group"}, "Quality group"),
    (FactKind.AUTHORITY_SERVICES_IN_SCOPE, {"value": "no"}, "No"),
    (FactKind.QUALITY_STRATEGY, {"is_missing": "on"}, "None, and known to be missing."),
]


def _recorded(lead: Client, body: Organisation, kind: FactKind, given: dict[str, str], says: str) -> None:
    assert at(body, f"facts/{kind.value}/") in page(lead, at(body))
    html = sent(lead, at(body, f"facts/{kind.value}/"), **SOURCE, **given)
    assert says in html and "From 1 April 2025" in html and "Board paper 7" in html
    fact = OrganisationFact.objects.get()
    assert (fact.organisation, fact.kind, fact.valid_from) == (body, kind, FROM_DAY)


@pytest.mark.requirement("ORG-11", "ORG-15", "ORG-16", "ORG-17")
@pytest.mark.parametrize(("kind", "given", "says"), FACTS, ids=[kind.value for kind, _, _ in FACTS])
def test_fact_of_a_provider_is_recorded_and_stands_with_its_dates_and_source(
    lead: Client, trust: Organisation, board: Organisation, kind: FactKind, given: dict[str, str], says: str
) -> None:
    _recorded(lead, trust, kind, given, says)


@pytest.mark.requirement("ORG-09", "ORG-13", "ORG-14")
@pytest.mark.parametrize(("kind", "given", "says"), BOARD_FACTS)
def test_fact_of_a_board_is_recorded_or_said_to_be_missing(
    lead: Client, board: Organisation, kind: FactKind, given: dict[str, str], says: str
) -> None:
    _recorded(lead, board, kind, given, says)


@pytest.mark.parametrize(
    ("kind", "given", "says"),
    [
        ("assuring_committee", {}, "Where is this written?” is needed."),
        ("assuring_committee", SOURCE, "Which committee is assured?” is needed, or tick that there is none."),
        ("assuring_committee", {**SOURCE, "value": "One", "is_missing": "on"}, "Either say what there is"),
        ("assuring_committee", {"source": "A paper", "value": "One"}, "From” is needed"),
        ("oversight_segment", {**SOURCE, "value": "3"}, "Year of the framework” is needed"),
        ("oversight_segment", {**SOURCE, "value": "6", "detail": "2025"}, "Select a valid choice"),
        ("process_lead", {**SOURCE, "other": "NOBODY"}, "No organisation has the code “NOBODY”."),
        (
            "assuring_committee",
            {**SOURCE, "value": "One", "valid_to-day": "1", "valid_to-month": "1", "valid_to-year": "2025"},
            "The last day lies before the first",
        ),
    ],
)
def test_fact_that_cannot_be_used_is_refused_with_words_and_changes_nothing(
    lead: Client, trust: Organisation, kind: str, given: dict[str, str], says: str
) -> None:
    assert says in refused(lead, at(trust, f"facts/{kind}/"), **given)


def test_fact_that_its_kind_of_body_has_not_is_not_asked(lead: Client, trust: Organisation) -> None:
    assert lead.get(at(trust, "facts/mou/")).status_code == 404
    assert lead.get(at(trust, "facts/nonsense/")).status_code == 404
    region = make.an_organisation("ZY9", kind=Kind.REGION)
    assert lead.get(at(region, "facts/process_lead/")).status_code == 404
    assert lead.get(at(region, "services/add/")).status_code == 404


def test_later_fact_takes_the_place_of_an_earlier_which_stays_to_be_read(lead: Client, trust: Organisation) -> None:
    address = at(trust, "facts/assuring_committee/")
    sent(lead, address, **SOURCE, value="First committee")
    html = sent(
        lead, address, **{**SOURCE, "valid_from-year": "2026", "valid_from-month": "1"}, value="Second committee"
    )
    assert "not what counts today (1)" in html
    assert html.index("Second committee") < html.index("not what counts today") < html.index("First committee")


@pytest.mark.requirement("ORG-07")
def test_service_is_recorded_with_its_route_and_shown_on_the_subjects_page(
    lead: Client, trust: Organisation, board: Organisation
) -> None:
    assert "No service is recorded. It is in scope all the same." in page(lead, at(trust))
    html = sent(lead, at(trust, "services/add/"), service="Maternity", route="joint", commissioner="QZ1", **FROM)
    assert "Jointly by the NHS and a local authority: Lantern ICB" in html
    made = Commissioning.objects.get()
    assert (made.provider, made.commissioner, made.route) == (trust, board, Route.JOINT)
    on_subject = page(lead, f"/subjects/{trust.subjects.get().pk}/")
    assert "Service: Maternity" in on_subject and "Jointly by the NHS" in on_subject
    assert "cannot commission itself" in refused(
        lead, at(trust, "services/add/"), service="Maternity", route="joint", commissioner="ZR1"
    )


@pytest.mark.requirement("ORG-10")
def test_relation_is_recorded_and_ended_by_recording_it_again(
    lead: Client, trust: Organisation, board: Organisation
) -> None:
    html = sent(lead, at(trust, "relations/add/"), link="part_of", target="QZ1", **FROM)
    assert "Part of Lantern ICB (QZ1)" in html and "Written down here" in html and "In: Lantern ICB." in html
    subject = page(lead, f"/subjects/{trust.subjects.get().pk}/")
    assert "Member of the quality groups of" in subject
    ended = {"valid_to-day": "1", "valid_to-month": "9", "valid_to-year": "2025"}
    html = sent(lead, at(trust, "relations/add/"), link="part_of", target="QZ1", **FROM, **ended)
    assert "From 1 April 2025 until 1 September 2025" in html and "No system is known" in html
    assert Relation.objects.get().valid_to == date(2025, 9, 1)


@pytest.mark.requirement("ORG-02")
@pytest.mark.parametrize(("link", "is_part"), [("succeeded_by", False), ("succeeded_in_part", True)])
def test_succession_may_be_in_part(lead: Client, trust: Organisation, link: str, is_part: bool) -> None:
    make.an_organisation("ZR2", "Mill Trust")
    html = sent(lead, at(trust, "relations/add/"), link=link, target="ZR2", **FROM)
    assert ("Succeeded in part by Mill Trust" in html) is is_part
    made = Relation.objects.get(source="person")
    assert (made.link, made.is_part) == (Link.SUCCEEDED_BY, is_part)


def test_relation_to_itself_is_refused(lead: Client, trust: Organisation) -> None:
    html = refused(lead, at(trust, "relations/add/"), link="part_of", target="ZR1")
    assert "Choose two different organisations." in html


def test_code_is_recorded_and_then_finds_its_organisation(lead: Client, trust: Organisation) -> None:
    make.an_organisation("ZR2", "Mill Trust")
    html = sent(lead, at(trust, "codes/add/"), scheme="cqc_provider", value="1-900000001")
    assert "CQC provider" in html and "1-900000001" in html
    assert Identifier.objects.get().scheme == Scheme.CQC_PROVIDER
    other = Organisation.objects.get(code="ZR2")
    html = refused(lead, at(other, "codes/add/"), scheme="cqc_provider", value="1-900000001")
    assert "belongs to Lantern Trust already" in html


@pytest.mark.requirement("ORG-08")
def test_provider_is_added_without_a_contract_and_has_its_page(lead: Client) -> None:
    assert "/directory/providers/add/" in page(lead, "/subjects/")
    html = sent(lead, "/directory/providers/add/", code="zn9", name="Larch Clinic", kind="independent_provider")
    assert "Larch Clinic" in html and "no regulatory remit" in html
    again = refused(lead, "/directory/providers/add/", code="ZN9", name="Larch", kind="hospice")
    assert "ZN9 is in the directory already" in again


@pytest.mark.requirement("ORG-04")
@pytest.mark.parametrize("kind", ["pathway", "theme", "sector", "group", "place"])
def test_subject_that_is_no_organisation_is_added(lead: Client, kind: str) -> None:
    html = sent(lead, "/directory/subjects/add/", kind=kind, name="Falls", sector="ambulance")
    assert "Falls" in html and "The subject is added." in html
    made = Subject.objects.get()
    assert (made.kind, made.sector, made.organisation) == (kind, Sector.AMBULANCE, None)
    assert lead.get(f"/directory/{made.pk}/").status_code == 404
    assert "There is such a subject already" in refused(lead, "/directory/subjects/add/", kind=kind, name="Falls")


def test_board_itself_is_added_beside_its_system(lead: Client, board: Organisation, trust: Organisation) -> None:
    given = {"kind": "icb", "name": "The board of Lantern"}
    for wrong in ({}, {"organisation": "ZR1"}):
        assert "Give the code of the integrated care board." in refused(
            lead, "/directory/subjects/add/", **given, **wrong
        )
    assert "Leave this empty" in refused(
        lead, "/directory/subjects/add/", kind="theme", name="Falls", organisation="QZ1"
    )
    sent(lead, "/directory/subjects/add/", **given, organisation="QZ1")
    assert board.subjects.get(kind=SubjectKind.ICB).name == "The board of Lantern"


def _divided() -> tuple[Organisation, Organisation, Organisation]:
    old, *heirs = (make.an_organisation(f"QZ{number}", f"Board {number}", Kind.ICB) for number in (2, 3, 4))
    for heir in heirs:
        make.a_relation(old, Link.SUCCEEDED_BY, heir, valid_from=make.MERGED, is_part=True)
    Organisation.objects.filter(pk=old.pk).update(closed_on=date(2026, 3, 31))
    return old, heirs[0], heirs[1]


def test_body_of_a_divided_area_is_listed_until_somebody_says_where_it_went(trust: Organisation, clock: Any) -> None:
    clock.move_to(make.AT)
    lead = signed_in(a_person(Role.QUALITY_LEAD))
    assert "Everybody&#39;s place is known." in page(lead, "/directory/unsettled/")
    old, heir, _ = _divided()
    make.a_relation(trust, Link.PART_OF, old)
    assert "/directory/unsettled/" in page(lead, "/subjects/")
    html = page(lead, "/directory/unsettled/")
    assert "1 provider." in html
    assert "Board 2 was divided among Board 3, Board 4." in html
    asked = at(trust, "relations/add/") + f"?link=part_of&amp;target={heir.code}"
    assert asked in html
    form = page(lead, asked.replace("&amp;", "&"))
    assert 'value="QZ3"' in form and 'value="part_of" checked' in form
    sent(lead, at(trust, "relations/add/"), link="part_of", target="QZ3")
    assert "Lantern Trust" not in page(lead, "/directory/unsettled/")


def test_reader_sees_what_stands_and_no_way_to_change_it(trust: Organisation, clock: Any) -> None:
    clock.move_to(make.AT)
    old, _, _ = _divided()
    make.a_relation(trust, Link.PART_OF, old)
    reader = signed_in(a_person(Role.MEMBER))
    for address in (at(trust), f"/subjects/{trust.subjects.get().pk}/", "/subjects/", "/directory/unsettled/"):
        html = page(reader, address)
        assert "/add/" not in html and "/facts/" not in html, address
    assert reader.post(at(trust, "codes/add/"), {"scheme": "gss", "value": "E1"}).status_code == 403
    assert not Identifier.objects.exists()


def test_provider_sees_its_own_record_alone(trust: Organisation, clock: Any) -> None:
    clock.move_to(make.AT)
    old, _, _ = _divided()
    other = make.an_organisation("ZR2", "Mill Trust")
    for body in (trust, other):
        make.a_relation(body, Link.PART_OF, old)
    provider = signed_in(a_person(Grant(Role.PROVIDER, system="QZ1", organisation="ZR1")))
    html = page(provider, "/directory/unsettled/")
    assert "Lantern Trust" in html and "Mill Trust" not in html
    assert provider.get(at(trust)).status_code == 200
    assert provider.get(at(other)).status_code == provider.get(f"/directory/{uuid4()}/").status_code == 404


@pytest.mark.parametrize("name", ["code", "name"])
def test_nonsense_in_a_form_is_answered_calmly(lead: Client, name: str) -> None:
    given = {"code": "ZN9", "name": "Larch", "kind": "hospice", name: "\0"}
    refused(lead, "/directory/providers/add/", **given)
    assert lead.get("/directory/unsettled/?page=%00").status_code in {200, 400}


def test_name_of_a_body_is_never_taken_for_markup(lead: Client) -> None:
    body = make.an_organisation("ZR7", "<script>alert(1)</script> Trust")
    make.a_relation(body, Link.PART_OF, make.an_organisation("QZ9", "<b>Board</b>", Kind.ICB))
    for address in (at(body), at(body, "codes/add/"), at(body, "facts/process_lead/")):
        html = page(lead, address)
        assert "<script>alert(1)" not in html and "<b>Board" not in html
