"""The picture's page: everybody sees what they may, hidden and absent look the same, and answers lead on."""

from __future__ import annotations

import re
from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from sightline.accounts.models import Person
from sightline.audit.models import Event
from sightline.core.access import Grant, Handling, Role
from sightline.core.signals import Bearing
from sightline.directory.models import Subject
from sightline.intelligence.words import TagKind
from sightline.triangulation.models import ProposalDecision
from tests.factories.accounts import a_person, signed_in
from tests.factories.groups import an_interest
from tests.factories.indicators import a_signal
from tests.factories.triangulation import (
    People,
    a_rating_signal,
    a_watched_body,
    agreeing,
    answered,
    asked,
    confirmed,
    measured,
    people_around,
    proposals_of,
    rated,
    told,
)

pytestmark = pytest.mark.usefixtures("house")
TALK = ('id="proposals"', 'id="answered"', 'id="blind"', 'id="requests"', "What to ask whom", "Soft intelligence")


@pytest.fixture
def body(house: None) -> Subject:
    return a_watched_body()


@pytest.fixture
def people(body: Subject) -> People:
    return people_around(body)


def page(person: Person, subject: Subject, name: str = "picture") -> str:
    """This function will give a page that must be there, its words parted by single spaces."""
    answer = signed_in(person).get(reverse(name, args=[subject.pk]))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def plain(html: str) -> str:
    """This function will take away what differs from one answer to the next: tokens against forgery, and nonces."""
    return re.sub(r'(nonce|value)="[A-Za-z0-9+/_=-]{20,}"', "", html)


def cells(html: str, row: str) -> list[str]:
    """This function will give the words of a row's cells, the tags stripped."""
    line = re.search(rf'<th scope="row">{row}</th>(.*?)</tr>', html)
    assert line, f"no row {row}"
    return [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in re.findall(r"<td.*?</td>", line[1])]


@pytest.mark.requirement("INT-04", "DAT-04")
def test_each_cell_says_who_since_when_how_fresh_and_how_sure(body: Subject, people: People) -> None:
    a_signal(body)
    told(body, "ZP1", tags=((TagKind.DIMENSION, "well-led"),), heard_on=date(2025, 12, 3))
    told(body, "ZP2", tags=((TagKind.DIMENSION, "well-led"),), heard_on=date(2025, 10, 3))
    told(body, "ZP3", tags=((TagKind.DIMENSION, "well-led"),), bearing=Bearing.IMPROVEMENT)
    told(body, "ZP4", tags=((TagKind.DIMENSION, "equitable"),), heard_on=date(2024, 3, 3))
    html = page(people.member, body)
    inside, outside, words_inside, words_outside, together = cells(html, "Well led")
    assert inside.startswith("1 worried Since January 2025, newest August 2025; fairly sure")
    assert outside == words_inside == "No information"
    assert words_outside.startswith("2 worried 1 better Since October 2025, newest December 2025; fairly sure")
    assert together == "3 independent sources in 2 kinds agree. 1 source says that it is better. Since January 2025"
    assert cells(html, "Equitable")[3].startswith("Nothing since March 2024")
    assert cells(html, "Safe") == ["No information"] * 4 + ["No information."]


def test_evidence_stands_under_its_cell_and_leads_to_its_page(body: Subject, people: People) -> None:
    a_signal(body)
    item = told(body, "ZP1")
    measured(body, indicator="ae-4h-all-types", source="ae_monthly")
    html = page(people.member, body)
    for anchor in re.findall(r'href="#(cell-[^"]+)"', html):
        assert f'id="{anchor}"' in html
    assert f'href="/intelligence/{item.pk}/"' in html and "Heard on 15 January 2026; fairly sure." in html
    assert f'href="/indicators/sickness-absence-rate/{body.pk}/"' in html
    assert "Figures until August 2025" in html


@pytest.mark.requirement("PER-10", "COI-03", "IGV-08")
def test_who_takes_no_part_sees_the_published_figures_and_no_hint_of_the_rest(body: Subject, people: People) -> None:
    a_signal(body)
    before = {person.pk: plain(page(person, body)) for person in people.deaf}
    agreeing(body, figures=False)
    answered(people.chair, body, proposals_of(people.chair, body)[0])
    asked(people.secretary, body)
    for person in people.deaf:
        html = plain(page(person, body))
        assert html == before[person.pk]
        assert not any(words in html for words in TALK)


@pytest.mark.parametrize("role", [Role.REGION, Role.FOI_OFFICER])
def test_who_does_not_hear_intelligence_sees_figures_alone(role: Role, body: Subject) -> None:
    agreeing(body)
    html = page(a_person(role), body)
    assert not any(words in html for words in TALK)
    assert cells(html, "Well led")[3] == "No information"


def test_another_systems_member_hears_nothing_of_it(body: Subject, people: People) -> None:
    agreeing(body)
    answered(people.chair, body, proposals_of(people.chair, body)[0])
    html = page(people.elsewhere, body)
    assert cells(html, "Well led")[3] == "No information" and "We know why" not in html


def test_a_restricted_item_is_evidence_for_its_readers_alone(body: Subject, people: People) -> None:
    item = told(body, "ZP1", handling=Handling.RESTRICTED, readers=frozenset({people.chair.actor_id}))
    assert str(item.pk) in page(people.chair, body)
    html = page(people.member, body)
    assert str(item.pk) not in html and cells(html, "Safe")[3] == "No information"


def test_hidden_and_absent_are_the_same(body: Subject, people: People) -> None:
    stranger = signed_in(a_person(Grant(Role.PROVIDER, organisation="ZR9")))
    hidden, absent = (stranger.get(reverse("picture", args=[key])) for key in (body.pk, uuid4()))
    assert (hidden.status_code, absent.status_code) == (404, 404)
    assert plain(hidden.content.decode()) == plain(absent.content.decode())
    client = signed_in(people.lead)
    assert client.post(reverse("proposal_answer", args=[uuid4()])).status_code == 404
    assert client.get(reverse("ask", args=[uuid4()])).status_code == 404


def test_a_conflicted_chair_finds_no_page_to_answer_on(body: Subject) -> None:
    chair = a_person(Role.QUALITY_LEAD)
    an_interest(chair, body)
    client = signed_in(chair)
    assert client.post(reverse("proposal_answer", args=[body.pk])).status_code == 404
    assert client.get(reverse("ask", args=[body.pk])).status_code == 404


def test_only_who_decides_is_offered_the_form(body: Subject, people: People) -> None:
    agreeing(body)
    assert "/picture/answer/" in page(people.chair, body)
    html = page(people.member, body)
    assert "Ask for information: leadership" in html and "/picture/answer/" not in html
    assert "Rule: local" in html
    answer = signed_in(people.member).post(reverse("proposal_answer", args=[body.pk]))
    assert answer.status_code == 403


@pytest.mark.requirement("INT-04")
def test_accepting_to_ask_leads_to_the_form_filled_in(body: Subject, people: People) -> None:
    agreeing(body)
    (proposal,) = proposals_of(people.lead, body)
    client = signed_in(people.lead)
    before = Event.objects.count()
    given = {"fingerprint": proposal.fingerprint, "accepted": "yes", "because": "It fits what we saw"}
    answer = client.post(reverse("proposal_answer", args=[body.pk]), given, follow=True)
    assert Event.objects.count() == before + 1
    decision = ProposalDecision.objects.get()
    assert answer.redirect_chain[-1][0] == f"/subjects/{body.pk}/ask/?decision={decision.pk}"
    html = " ".join(answer.content.decode().split())
    assert "What do you know about leadership at Lantern Trust?" in html
    assert re.search(r'value="well-led" selected', html)
    sent = {"asked_of": "Healthwatch", "question": "What do you know?", "row": "well-led"}
    answer = client.post(f"/subjects/{body.pk}/ask/?decision={decision.pk}", sent, follow=True)
    html = " ".join(answer.content.decode().split())
    assert "Healthwatch" in html and "Asked on 15 January 2026 by Ada Lead" in html
    assert "Accepted. Ask for information: leadership" in html and "It fits what we saw" in html
    assert "No proposal waits." in html


def test_an_answer_without_a_reason_comes_back_with_what_was_chosen(body: Subject, people: People) -> None:
    agreeing(body)
    (proposal,) = proposals_of(people.chair, body)
    given = {"fingerprint": proposal.fingerprint, "accepted": "no", "because": " "}
    answer = signed_in(people.chair).post(reverse("proposal_answer", args=[body.pk]), given)
    html = " ".join(answer.content.decode().split())
    assert answer.status_code == 400 and "“Why?” is needed." in html and 'value="no" checked' in html
    assert not ProposalDecision.objects.exists()


def test_a_proposal_that_no_longer_stands_is_said_to_be_gone(body: Subject, people: People) -> None:
    agreeing(body)
    (proposal,) = proposals_of(people.chair, body)
    answered(people.lead, body, proposal)
    given = {"fingerprint": proposal.fingerprint, "accepted": "no", "because": "No"}
    answer = signed_in(people.chair).post(reverse("proposal_answer", args=[body.pk]), given, follow=True)
    assert "no longer stands" in answer.content.decode()
    assert ProposalDecision.objects.count() == 1


def test_a_question_of_the_guidance_opens_the_form_filled_in(body: Subject, people: People) -> None:
    html = page(people.secretary, body)
    href = next(
        one for one in re.findall(r'href="(/subjects/[^"]+/ask/\?[^"]+)"', html) if "of=healthwatch-views" in one
    )
    html = signed_in(people.secretary).get(href.replace("&amp;", "&")).content.decode()
    assert 'value="Healthwatch"' in html and "What people like about services" in html
    assert "What%20people" not in href and "What+people" not in href


def test_a_rating_counts_on_the_page_once_it_is_confirmed(body: Subject, people: People) -> None:
    rated(body)
    rated(body, about="overall")
    signal = a_rating_signal(body)
    assert cells(page(people.member, body), "Safe")[1].startswith("1 as usual")
    confirmed(signal, people.secretary)
    html = page(people.member, body)
    assert cells(html, "Safe")[1].startswith("1 worried Since June 2025; sure")
    assert "Rated requires improvement by the regulator" in html


def test_the_page_asks_the_database_a_bounded_number_of_questions(
    body: Subject, people: People, django_assert_max_num_queries: object
) -> None:
    for number in range(6):
        told(body, f"ZQ{number}", tags=((TagKind.DIMENSION, "well-led"), (TagKind.DIMENSION, "safe")))
    agreeing(body)
    client = signed_in(people.lead)
    with django_assert_max_num_queries(60):  # type: ignore[operator]
        client.get(reverse("picture", args=[body.pk]))


@pytest.mark.requirement("INT-05")
def test_evidence_begins_with_its_words_unless_they_are_only_to_be_said(body: Subject, people: People) -> None:
    told(body, "ZP1", text="Bells ring and nobody comes")
    told(body, "ZP2", text="Said in the corridor", verbal_only=True)
    told(body, "ZP3", text="For few alone", handling=Handling.RESTRICTED, readers=(people.lead.actor_id,))
    html = page(people.member, body)
    assert "“Bells ring and nobody comes”" in html
    assert "Said in the corridor" not in html and "For few alone" not in html
    assert "“For few alone”" in page(people.lead, body)
