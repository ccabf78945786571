"""What named persons decide: each operation allowed, refused with nothing changed, and recorded once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from sightline.accounts.models import Person
from sightline.audit.models import Event
from sightline.core.access import Grant, Handling, Role
from sightline.core.signals import Dimension, Quadrant
from sightline.core.verdict import Invalid, Refused
from sightline.directory.models import Subject
from sightline.groups.viewers import viewer_of
from sightline.intelligence.words import TagKind
from sightline.triangulation.models import ProposalDecision, RatingReview, Request, RequestAnswer
from sightline.triangulation.operations import answer_proposal, end_request, review_ratings
from sightline.triangulation.queries import (
    decisions_about,
    deliberates,
    one_request,
    open_to,
    picture_of,
    requests_about,
)
from tests.factories.accounts import a_person
from tests.factories.groups import an_interest
from tests.factories.indicators import TODAY, a_signal
from tests.factories.intelligence import ELSEWHERE, SYSTEM
from tests.factories.triangulation import (
    People,
    a_rating_signal,
    a_watched_body,
    agreeing,
    answered,
    asked,
    confirmed,
    people_around,
    proposals_of,
    told,
)

pytestmark = pytest.mark.usefixtures("house")
KEPT = (ProposalDecision, Request, RequestAnswer, RatingReview, Event)


@pytest.fixture
def body(house: None) -> Subject:
    return a_watched_body()


@pytest.fixture
def people(body: Subject) -> People:
    return people_around(body)


def counts() -> list[int]:
    """This function will count everything that an operation could write."""
    return [model._default_manager.count() for model in KEPT]


def refused(act: Callable[[], Any], problem: type[Exception] = Refused) -> str:
    """This function will do what must be refused, see that nothing changed, and give the reasons."""
    before = counts()
    with pytest.raises(problem) as raised:
        act()
    assert counts() == before
    return str(raised.value)


# --- answering a proposal


@pytest.mark.requirement("INT-04")
@pytest.mark.parametrize("accepted", [True, False])
def test_an_answer_keeps_who_when_why_and_on_what(accepted: bool, body: Subject, people: People) -> None:
    agreeing(body)
    (proposal,) = proposals_of(people.chair, body)
    events = Event.objects.count()
    made = answered(people.chair, body, proposal, accepted, "We know why")
    assert Event.objects.count() == events + 1
    assert (made.accepted, made.because, made.recorded_by) == (accepted, "We know why", people.chair.actor_id)
    assert made.evidence.split() == list(proposal.keys) and len(proposal.keys) == 3
    assert (made.rule, made.row, made.system) == (proposal.rule, "well-led", SYSTEM)
    assert made.says.startswith(proposal.says) and made.pack.startswith("sqg-2022")
    assert proposals_of(people.chair, body) == ()
    assert picture_of(people.member, TODAY, body).answered == (made,)


def test_an_answered_proposal_comes_back_only_when_a_witness_joins(body: Subject, people: People) -> None:
    agreeing(body)
    answered(people.chair, body, proposals_of(people.chair, body)[0])
    told(body, "", by=people.member, tags=((TagKind.DIMENSION, "well-led"),))
    assert len(proposals_of(people.chair, body)) == 1


def test_who_may_not_decide_and_who_takes_no_part_are_refused(body: Subject, people: People) -> None:
    agreeing(body)
    (proposal,) = proposals_of(people.chair, body)
    for person in (people.member, people.secretary, people.provider, people.auditor):
        refused(lambda person=person: answered(person, body, proposal))  # type: ignore[misc]
    conflicted = a_person(Grant(Role.CHAIR, system=SYSTEM))
    an_interest(conflicted, body)
    own = a_person(Grant(Role.CHAIR, system=SYSTEM, organisation=body.key))
    for person in (conflicted, own):
        refused(lambda person=person: answered(person, body, proposal))  # type: ignore[misc]
    assert "reason" in refused(lambda: answered(people.chair, body, proposal, because=" "))


def test_a_proposal_that_does_not_stand_cannot_be_answered(body: Subject, people: People) -> None:
    agreeing(body)
    (proposal,) = proposals_of(people.chair, body)
    elsewhere = a_person(Grant(Role.CHAIR, system=ELSEWHERE))
    refused(lambda: answered(elsewhere, body, proposal), Invalid)
    answered(people.lead, body, proposal)
    refused(lambda: answered(people.chair, body, proposal), Invalid)
    refused(
        lambda: answer_proposal(
            by=people.chair, at=timezone.now(), subject=body, fingerprint="x", accepted=True, because="y"
        ),
        Invalid,
    )


@pytest.mark.requirement("IGV-08")
def test_an_answer_that_rests_on_what_one_may_not_see_is_not_told_to_them(body: Subject, people: People) -> None:
    a_signal(body)
    readers = frozenset({people.chair.actor_id})
    told(body, "ZP1", tags=((TagKind.DIMENSION, "well-led"),), handling=Handling.RESTRICTED, readers=readers)
    (proposal,) = proposals_of(people.chair, body)
    made = answered(people.chair, body, proposal, accepted=True)
    resting = asked(people.lead, body, decision=made)
    assert decisions_about(people.chair, TODAY, [body.pk]) == [made]
    assert requests_about(people.chair, TODAY, body) == [resting]
    for person in (people.member, people.auditor, people.conflicted, people.provider, people.elsewhere):
        assert decisions_about(person, TODAY, [body.pk]) == []
        assert requests_about(person, TODAY, body) == [] and one_request(person, TODAY, resting.pk) is None


# --- asking, and what came of it


@pytest.mark.requirement("INT-14")
def test_a_request_is_kept_and_ended_with_what_it_brought(body: Subject, people: People) -> None:
    events = Event.objects.count()
    made = asked(people.secretary, body, row=Dimension.CARING, quadrant=Quadrant.EXTERNAL_QUALITATIVE)
    assert Event.objects.count() == events + 1
    assert (made.row, made.quadrant, made.system) == ("personalised-experience", "external-qualitative", SYSTEM)
    assert requests_about(people.member, TODAY, body) == [made]
    end_request(by=people.lead, at=timezone.now(), asked=made, came=True, says="A report came")
    assert Event.objects.count() == events + 2
    assert RequestAnswer.objects.get(request=made).says == "A report came"


@pytest.mark.parametrize(
    "given", [{"asked_of": " "}, {"question": ""}, {"due_on": TODAY - timedelta(days=1)}], ids=["whom", "what", "when"]
)
def test_a_request_needs_whom_what_and_a_day_to_come(given: dict[str, Any], body: Subject, people: People) -> None:
    refused(lambda: asked(people.lead, body, **given), Invalid)


def test_who_may_not_review_or_takes_no_part_cannot_ask_or_end(body: Subject, people: People) -> None:
    made = asked(people.lead, body)
    conflicted = a_person(Grant(Role.SECRETARY, system=SYSTEM))
    an_interest(conflicted, body)
    elsewhere = a_person(Grant(Role.SECRETARY, system=ELSEWHERE))

    def end(person: Person, came: bool = True, says: str = "x") -> Callable[[], object]:
        return lambda: end_request(by=person, at=timezone.now(), asked=made, came=came, says=says)

    for person in (people.member, people.chair, people.provider, conflicted):
        refused(lambda person=person: asked(person, body))  # type: ignore[misc]
        refused(end(person))
    refused(end(elsewhere))
    assert "why nothing came" in refused(end(people.lead, came=False, says=" "), Invalid)
    end(people.lead)()
    assert "ended already" in refused(end(people.lead), Invalid)


def test_a_request_cannot_rest_on_the_answer_about_another_body(body: Subject, people: People) -> None:
    agreeing(body)
    made = answered(people.lead, body, proposals_of(people.lead, body)[0], accepted=True)
    refused(lambda: asked(people.lead, a_watched_body("ZR2", "Other"), decision=made))


# --- ratings


def test_several_ratings_are_reviewed_at_once_by_one_event(body: Subject, people: People) -> None:
    other = a_watched_body("ZR2", "Other")
    signals = [a_rating_signal(one) for one in (body, other)]
    events = Event.objects.count()
    assert review_ratings(by=people.secretary, at=timezone.now(), signals=signals, counts=True) == 2
    assert Event.objects.count() == events + 1 and RatingReview.objects.count() == 2


def test_ratings_are_reviewed_only_by_who_may_and_set_aside_only_for_a_reason(body: Subject, people: People) -> None:
    signal = a_rating_signal(body)
    for person in (people.member, people.chair, people.provider):
        refused(lambda person=person: confirmed(signal, person))  # type: ignore[misc]
    conflicted = a_person(Grant(Role.SECRETARY, system=SYSTEM))
    an_interest(conflicted, body)
    refused(lambda: confirmed(signal, conflicted))
    refused(lambda: confirmed(signal, people.lead, counts=False, because=" "), Invalid)
    refused(lambda: confirmed(a_signal(body), people.lead), Invalid)
    refused(lambda: confirmed(a_rating_signal(body, stands=False), people.lead), Invalid)
    refused(lambda: review_ratings(by=people.lead, at=timezone.now(), signals=[], counts=True), Invalid)


# --- who takes part


@pytest.mark.requirement("COI-03", "PER-10")
def test_the_database_and_the_rule_agree_on_who_takes_part(body: Subject, people: People) -> None:
    other = a_watched_body("ZR2", "Other")
    own = a_person(Grant(Role.MEMBER, system=SYSTEM, organisation=body.key))
    keeping = a_person(Grant(Role.SECRETARY, system=SYSTEM, organisation=body.key))
    for person in (*vars(people).values(), own, keeping):
        viewer = viewer_of(person, TODAY)
        kept = set(open_to(viewer, Subject.objects.all()))
        assert kept == {one for one in Subject.objects.select_related("organisation") if deliberates(viewer, one)}
        assert (body in kept) is (person not in {people.provider, people.conflicted, own})
        assert (other in kept) is (person != people.provider)


def test_a_keeper_of_one_system_is_a_mere_member_of_another(body: Subject, people: People) -> None:
    both = a_person(
        Grant(Role.SECRETARY, system=SYSTEM, organisation=body.key),
        Grant(Role.MEMBER, system=ELSEWHERE, organisation=body.key),
    )
    here = asked(people.lead, body)
    asked(a_person(Grant(Role.SECRETARY, system=ELSEWHERE)), body)
    assert requests_about(both, TODAY, body) == [here]
