"""Disposal: proposed by one once the period of a request has ended, done when another agrees, with a certificate."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from sightline.accounts.models import Person
from sightline.audit.models import Event
from sightline.audit.queries import verify_chains
from sightline.core.access import Grant, Role
from sightline.core.rulebook.keeping import RecordKind
from sightline.core.verdict import Already, Invalid, Refused
from sightline.records import operations
from sightline.records.models import Disposal, DisposalAnswer, InformationRequest, RequestClosing, RequestPassage
from sightline.records.queries.retaining import disposals_waiting
from sightline.records.words import Ending
from tests.factories.accounts import a_person, signed_in
from tests.factories.actions import Log
from tests.factories.groups import an_interest
from tests.factories.indicators import TODAY
from tests.factories.records import asked, cleared, held, ruled, taken
from tests.factories.reports import begun, frozen


def closed(log: Log, years: float = 3.5) -> InformationRequest:
    """A request that was answered with what was found and closed so many years ago."""
    frozen(log, begun(log))
    request = asked(log)
    for passage in taken(log, request):
        ruled(log, passage)
    cleared(log, request)
    return _long_closed(log, request, Ending.ANSWERED, years)


def _long_closed(log: Log, request: InformationRequest, how: Ending, years: float = 3.5) -> InformationRequest:
    operations.close_request(
        by=log.world.secretary, at=timezone.now(), request=request, how=how, says="It was looked for."
    )
    RequestClosing.objects.update(closed_on=TODAY - timedelta(days=round(years * 365.25)))
    return request


def proposed(log: Log, request: InformationRequest, by: Person | None = None, key: UUID | None = None) -> Disposal:
    who = by or log.world.secretary
    return operations.propose_disposal(
        by=who, at=timezone.now(), kind=RecordKind.REQUEST, record=request.pk, form_key=key or uuid4()
    )


def answered(who: Person, disposal: Disposal, agreed: bool = True, because: str = "") -> DisposalAnswer:
    return operations.answer_disposal(by=who, at=timezone.now(), disposal=disposal, agreed=agreed, because=because)


@pytest.mark.requirement("REC-10", "PER-14")
def test_two_people_dispose_of_a_request_past_its_period_and_a_certificate_stays(log: Log) -> None:
    request = closed(log)
    pack = request.packs.get()
    disposal = proposed(log, request)
    answer = answered(log.world.lead, disposal)
    assert not InformationRequest.objects.exists() and not RequestPassage.objects.exists()
    assert answer.gone["rows"]["requests"] == 1 and answer.gone["rows"]["passages"] > 0
    assert answer.gone["given_out"] == [[1, pack.sha256]]
    page = signed_in(log.world.secretary).get(reverse("disposal", args=[disposal.pk])).content.decode()
    assert pack.sha256 in page and "Disposed of" in page and str(request.pk) in page
    assert "Quill Querent" not in page and "care at night" not in page


@pytest.mark.requirement("REC-10")
def test_the_log_of_events_still_verifies_after_a_disposal_and_tells_of_it(log: Log) -> None:
    answered(log.world.lead, proposed(log, closed(log)))
    assert not verify_chains().breaks
    assert Event.objects.filter(verb__in=("records.propose_disposal", "records.answer_disposal")).count() == 2


@pytest.mark.requirement("PER-14")
def test_whoever_proposed_it_does_not_answer_for_another(log: Log) -> None:
    disposal = proposed(log, closed(log))
    with pytest.raises(Refused, match="Another person"):
        answered(log.world.secretary, disposal)
    assert InformationRequest.objects.count() == 1
    assert disposals_waiting(log.world.lead, TODAY) == 1 and disposals_waiting(log.world.secretary, TODAY) == 0


@pytest.mark.requirement("PER-14", "REC-10")
@pytest.mark.parametrize("years", [0, 2.9])
def test_nobody_proposes_it_before_its_period_has_ended(log: Log, years: float) -> None:
    with pytest.raises(Refused, match="It is kept to"):
        proposed(log, closed(log, years))


@pytest.mark.requirement("PER-14")
def test_a_hold_stops_it_before_it_is_proposed_and_after(log: Log) -> None:
    request = closed(log)
    disposal = proposed(log, request)
    held(log)
    with pytest.raises(Refused, match="It is held"):
        answered(log.world.lead, disposal)
    with pytest.raises(Refused, match="It is held"):
        proposed(log, request)
    assert InformationRequest.objects.count() == 1 and not DisposalAnswer.objects.exists()


def test_a_second_person_declines_with_a_reason_and_it_may_be_proposed_again(log: Log) -> None:
    request = closed(log)
    disposal = proposed(log, request)
    with pytest.raises(Already):
        proposed(log, request)
    with pytest.raises(Invalid, match="Say why it is kept"):
        answered(log.world.lead, disposal, agreed=False)
    answered(log.world.lead, disposal, agreed=False, because="An appeal is under way.")
    with pytest.raises(Already):
        answered(log.world.lead, disposal)
    assert proposed(log, request).pk != disposal.pk


def test_an_open_request_and_one_of_another_system_are_not_proposed(log: Log) -> None:
    with pytest.raises(Refused):
        proposed(log, asked(log))
    request = closed(log)
    with pytest.raises(Refused):
        proposed(log, request, by=a_person(Grant(Role.SECRETARY, system="QX9")))


@pytest.mark.requirement("COI-03", "COI-04")
def test_an_interest_in_whom_it_was_about_closes_the_proposal_and_the_certificate(log: Log) -> None:
    disposal = proposed(log, _long_closed(log, asked(log, subject=log.world.subject), Ending.NOT_HELD))
    lead = log.world.lead
    an_interest(lead, log.world.subject)
    assert signed_in(lead).get(reverse("disposal", args=[disposal.pk])).status_code == 404
    with pytest.raises(Refused):
        answered(lead, disposal)


def test_it_is_proposed_from_the_list_and_answered_on_its_pages(log: Log) -> None:
    request = closed(log)
    client, second = signed_in(log.world.secretary), signed_in(log.world.lead)
    propose = reverse("disposal_propose", args=["request", request.pk, 0])
    assert propose in client.get(reverse("retention")).content.decode()
    form = {"form_key": str(uuid4())}
    assert client.post(propose, form).status_code == client.post(propose, form).status_code == 302
    disposal = Disposal.objects.get()
    answer = reverse("disposal_answer", args=[disposal.pk])
    assert answer not in client.get(reverse("disposal", args=[disposal.pk])).content.decode()
    assert "needs a second person" in second.get(reverse("home")).content.decode()
    assert second.post(answer, {"answer": "keep"}).status_code == 400
    assert second.post(answer, {"answer": "agree"}).status_code == 302
    assert client.get(reverse("information_request", args=[request.pk])).status_code == 410
    assert "Disposed of" in client.get(reverse("disposals")).content.decode()
