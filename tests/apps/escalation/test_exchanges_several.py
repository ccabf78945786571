"""What is sent to several at once: one exchange with each, answered and ageing for itself; all of them go or none."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from sightline.audit.models import Event
from sightline.core.escalation.answering import Status, status_of
from sightline.core.verdict import Already, Refused
from sightline.directory.models import Organisation
from sightline.directory.words import Kind
from sightline.escalation.models import Exchange
from sightline.escalation.operations.exchange_steps import acknowledge_exchange
from sightline.escalation.operations.exchanges import send_exchange
from sightline.escalation.queries.exchanges import Asked, course_of, exchanges_for, sent_together
from tests.factories.accounts import signed_in
from tests.factories.directory import an_organisation
from tests.factories.escalation_exchanges import Tiers, shared, tiers
from tests.factories.indicators import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("RPT-13", "NET-01")]
WAY = "system-quality-group.QZ1.sharing.system-quality-group"


@pytest.fixture
def made(house: None) -> Tiers:
    return tiers()


@pytest.fixture
def third(made: Tiers) -> Organisation:
    return an_organisation("QZ3", "Board QZ3", Kind.ICB)


def test_each_body_gets_its_own_and_answers_for_itself(made: Tiers, third: Organisation) -> None:
    before = Event.objects.count()
    given = shared(made, also_to=(third, made.other))
    first = send_exchange(by=made.secretary, at=timezone.now(), given=given)
    assert [one.verb for one in Event.objects.order_by("pk")[before:]] == ["escalation.send_exchange"]
    assert {one.to_body for one in Exchange.objects.all()} == {made.other, third}
    assert first.to_body == made.other
    acknowledge_exchange(by=made.neighbour, at=timezone.now(), exchange=first)
    stands = {one.to_body: status_of(course_of(one)) for one in Exchange.objects.all()}
    assert stands == {made.other: Status.ACKNOWLEDGED, third: Status.WAITING}
    turns = {
        line.exchange.to_body: line.age.waits_for for line in exchanges_for(made.secretary, TODAY, Asked()).from_us
    }
    assert turns[made.other] is None and turns[third] is not None
    assert [one.to_body for one in sent_together(made.secretary, TODAY, first)] == [third]
    assert list(sent_together(made.neighbour, TODAY, first)) == []  # what others received is theirs
    with pytest.raises(Already):
        send_exchange(by=made.secretary, at=timezone.now(), given=given)
    assert Exchange.objects.count() == 2


def test_where_one_of_them_may_not_receive_it_nothing_is_sent(made: Tiers) -> None:
    with pytest.raises(Refused):
        send_exchange(by=made.secretary, at=timezone.now(), given=shared(made, also_to=(made.council,)))
    assert not Exchange.objects.exists()


def test_the_form_takes_several_and_keeps_what_was_ticked(made: Tiers, third: Organisation) -> None:
    client = signed_in(made.secretary)
    address = reverse("exchange_send") + f"?way={WAY}"
    given: dict[str, Any] = {
        "to_body": [made.other.code, third.code], "title": "A huddle", "says": "", "purpose": "information",
        "form_key": str(uuid4()),
    }  # fmt: skip
    kept = client.post(address, given).content.decode()
    assert kept.count("checked") >= 3 and "A huddle" in kept
    assert not Exchange.objects.exists()
    answer = client.post(address, {**given, "says": "It halved the falls."})
    assert answer.status_code == 302
    assert {one.to_body for one in Exchange.objects.all()} == {made.other, third}
    assert "Sent to others at the same time" in client.get(answer.headers["Location"]).content.decode()
    none = client.post(address, {**given, "to_body": [], "form_key": str(uuid4())})
    assert none.status_code == 400 and "Choose to whom it is sent" in none.content.decode()
