"""Every page of exchanges: it is drawn, does what it says, and shows each reader what is theirs."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sightline.accounts.models import Person
from sightline.audit.models import Event
from sightline.core.escalation.answering import ExchangeHow
from sightline.core.rulebook.levels import Slot
from sightline.escalation.messages import EXCHANGE_ANSWERED, EXCHANGE_RECEIVED, may_open_exchange
from sightline.escalation.models import Exchange, ExchangeCopy, ExchangeStep
from sightline.escalation.operations.exchange_steps import acknowledge_exchange, answer_exchange
from sightline.escalation.operations.exchanges import send_exchange, send_update
from sightline.escalation.queries.across import What, across
from sightline.escalation.queries.exchanges import copy_for
from sightline.notify.kinds import kind_of
from sightline.notify.models import Message
from sightline.surveillance.models import LevelDecision
from tests.factories.accounts import signed_in
from tests.factories.directory import an_organisation
from tests.factories.escalation_exchanges import (
    ASKS,
    SAYS,
    TITLE,
    Tiers,
    an_update,
    escalated,
    in_office,
    shared,
    tiers,
    to_the_region,
)
from tests.factories.groups import an_interest
from tests.factories.indicators import TODAY
from tests.factories.surveillance import a_decision, a_proposal

DUE = TODAY + timedelta(days=7)
NEXT_WEEK = {"due_on-day": DUE.day, "due_on-month": DUE.month, "due_on-year": DUE.year}
WAY = "icb-executive-quality-lead.QZ1.escalation.icb-to-region"


@pytest.fixture
def made(house: None) -> Tiers:
    return tiers()


def page(client: Client, name: str, *args: object, status: int = 200, **query: str) -> str:
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == status, (name, answer.status_code)
    return answer.content.decode()


def filled(made: Tiers, **more: Any) -> dict[str, Any]:
    plain = {
        "to_body": made.region.code, "subject": f"{made.subject.name} ({made.subject.key})", "title": TITLE,
        "says": SAYS, "purpose": "action", "asks": ASKS, "triggers": ["significant-failings"],
        "form_key": str(uuid4()), **NEXT_WEEK,
    }  # fmt: skip
    return {**plain, **more}


def send(person: Person, given: dict[str, Any], way: str = WAY) -> Any:
    return signed_in(person).post(reverse("exchange_send") + f"?way={way}", given)


@pytest.mark.parametrize(
    ("who", "reads", "sends"),
    [
        ("executive", 200, 200),
        ("secretary", 200, 200),
        ("member", 200, 200),
        ("deputy", 200, 403),
        ("auditor", 200, 403),
        ("director", 200, 200),
        ("provider", 403, 403),
        ("administrator", 403, 403),
    ],
)
def test_who_may_enter(made: Tiers, who: str, reads: int, sends: int) -> None:
    client = signed_in(made.people[who])
    for name in ("exchanges", "exchanges_csv", "exchanges_across"):
        page(client, name, status=reads)
    for name in ("exchange_send", "exchange_receive", "exchange_update"):
        page(client, name, status=sends)
        assert client.post(reverse(name), {}).status_code == (400 if sends == 200 else 403)


@pytest.mark.requirement("RPT-08", "RPT-13", "LVL-20")
def test_somebody_chooses_a_way_and_sees_who_will_be_told_before_they_send(made: Tiers) -> None:
    client = signed_in(made.executive)
    ways = page(client, "exchange_send", subject=str(made.subject.pk))
    assert "SQG 2022 §2.8" in ways
    assert WAY in ways
    form = page(client, "exchange_send", way=WAY, subject=str(made.subject.pk))
    assert "It goes to Director" in form
    assert "No memorandum of understanding" in form
    answer = send(made.executive, filled(made))
    one = Exchange.objects.get()
    assert answer.headers["Location"] == reverse("exchange", args=[one.pk])
    assert (one.says, one.asks, one.due_on, one.triggers) == (SAYS, ASKS, DUE, "significant-failings")
    assert one.subject == made.subject


def test_a_form_sent_twice_sends_once(made: Tiers) -> None:
    given = filled(made)
    assert send(made.executive, given).status_code == 302
    assert send(made.executive, given).status_code == 302
    assert Exchange.objects.count() == 1
    assert Event.objects.filter(verb="escalation.send_exchange").count() == 1


def test_what_is_refused_keeps_what_was_typed(made: Tiers) -> None:
    answer = send(made.executive, filled(made, triggers=[]))
    assert answer.status_code == 400
    assert SAYS in answer.content.decode()
    assert "at least one reason" in answer.content.decode()
    late = send(made.executive, filled(made, **{"due_on-year": "2020"}))
    assert "is past" in late.content.decode()
    assert not Exchange.objects.exists()


@pytest.mark.requirement("IGV-01")
def test_personal_data_is_asked_about_before_it_is_sent(made: Tiers) -> None:
    given = filled(made, says="Ring 07700 900123 about it")
    answer = send(made.executive, given)
    assert answer.status_code == 400
    text = answer.content.decode()
    assert "looks like personal data" in text
    looked = text.split('name="looked" value="')[1].split('"')[0]
    kept = {**given, "people": "keep", "knowingly": "It is the ward's line", "looked": looked}
    assert send(made.executive, kept).status_code == 302
    assert Exchange.objects.get().knowingly == "It is the ward's line"


def test_a_way_that_is_closed_says_what_to_do_instead(made: Tiers) -> None:
    place = made.council
    in_office(made.member, Slot.PLACE_GROUP, place)
    text = page(signed_in(made.member), "exchange_send")
    assert "Not open" in text
    assert "minor or moderate" in text


@pytest.mark.requirement("RPT-13", "PER-09")
def test_the_thread_says_who_did_what_for_which_body(made: Tiers) -> None:
    one = escalated(made)
    ours, theirs = signed_in(made.executive), signed_in(made.regional)
    assert "Acknowledge" not in page(ours, "exchange", one.pk)
    text = page(theirs, "exchange", one.pk)
    assert reverse("exchange_step", args=[one.pk, "acknowledge"]) in text
    assert "It waits for Region North to acknowledge it" in text
    acknowledge_exchange(by=made.regional, at=timezone.now(), exchange=one)
    answer_exchange(by=made.director, at=timezone.now(), exchange=one, says="A team comes on Monday.")
    for client in (ours, theirs):
        text = page(client, "exchange", one.pk)
        assert "Executive, for Board QZ1" in text
        assert "Regional, for Region North" in text
        assert "A team comes on Monday." in text
        assert "significant failings" in text.lower()
    page(signed_in(made.neighbour), "exchange", one.pk, status=404)
    page(signed_in(made.conflicted), "exchange", one.pk, status=404)
    page(signed_in(made.provider), "exchange", one.pk, status=403)
    page(ours, "exchange", uuid4(), status=404)


@pytest.mark.requirement("RPT-13")
@pytest.mark.parametrize(
    ("step", "given", "how"),
    [
        ("acknowledge", {}, ExchangeHow.ACKNOWLEDGED),
        ("answer", {"says": "Yes."}, ExchangeHow.ANSWERED),
        ("decline", {"says": "No."}, ExchangeHow.DECLINED),
    ],
)
def test_a_step_is_taken_on_its_page(made: Tiers, step: str, given: dict[str, str], how: ExchangeHow) -> None:
    one = escalated(made)
    client = signed_in(made.regional)
    page(client, "exchange_step", one.pk, step)
    address = reverse("exchange_step", args=[one.pk, step])
    for _ in range(2):
        assert client.post(address, given).status_code == 302
    assert ExchangeStep.objects.get().how == how.value
    assert signed_in(made.executive).get(address).status_code == 403
    assert signed_in(made.neighbour).get(address).status_code == 404
    assert signed_in(made.deputy).get(address).status_code == 403
    assert client.get(reverse("exchange_step", args=[one.pk, "burn"])).status_code == 404


@pytest.mark.requirement("IGV-01")
def test_an_answer_is_looked_through_for_people(made: Tiers) -> None:
    one = escalated(made)
    client = signed_in(made.regional)
    answer = client.post(reverse("exchange_step", args=[one.pk, "answer"]), {"says": "Ring 07700 900123"})
    assert answer.status_code == 400
    assert "looks like personal data" in answer.content.decode()
    assert client.post(reverse("exchange_step", args=[one.pk, "answer"]), {}).status_code == 400
    assert not ExchangeStep.objects.exists()


@pytest.mark.requirement("NET-02")
def test_the_sender_feeds_back_and_closes(made: Tiers) -> None:
    one = escalated(made)
    answer_exchange(by=made.regional, at=timezone.now(), exchange=one, says="Yes.")
    client = signed_in(made.executive)
    assert client.get(reverse("exchange_step", args=[one.pk, "close"])).status_code == 403
    client.post(reverse("exchange_step", args=[one.pk, "feed-back"]), {"says": "They know."})
    client.post(reverse("exchange_step", args=[one.pk, "close"]), {"says": ""})
    assert list(one.steps.values_list("how", flat=True)) == ["answered", "fed_back", "closed"]


def test_the_lists_and_their_table_hold_what_each_may_read(made: Tiers) -> None:
    escalated(made)
    send_exchange(by=made.secretary, at=timezone.now(), given=shared(made))
    for who, titles in {"member": 2, "director": 1, "neighbour": 1, "conflicted": 1, "stranger": 0}.items():
        client = signed_in(made.people[who])
        text = page(client, "exchanges")
        table = list(csv.reader(io.StringIO(page(client, "exchanges_csv"))))
        assert len(table) - 1 == titles, who
        assert (TITLE in text) is (who in {"member", "director"})
    assert "Your turn" in page(signed_in(made.regional), "exchanges", sort="longest")
    assert TITLE not in page(signed_in(made.member), "exchanges", kind="sharing")
    assert TITLE in page(signed_in(made.member), "exchanges", subject=str(made.subject.pk), show="all", kind="nonsense")


@pytest.mark.requirement("SAF-04", "SAF-05")
def test_a_letter_is_written_down_on_its_page(made: Tiers) -> None:
    client = signed_in(made.secretary)
    assert "Lantern Council" in page(client, "exchange_receive", subject=str(made.subject.pk))
    given = {
        "from_body": made.council.code, "to_body": made.icb.code, "title": "From the board", "says": "A worry.",
        "subject": "", "received_on-day": TODAY.day, "received_on-month": TODAY.month, "received_on-year": TODAY.year,
        "form_key": str(uuid4()),
    }  # fmt: skip
    for _ in range(2):
        assert client.post(reverse("exchange_receive"), given).status_code == 302
    one = Exchange.objects.get()
    assert "Arrived by letter" in page(client, "exchange", one.pk)
    assert "act for no group" in page(signed_in(made.member), "exchange_receive")


@pytest.mark.requirement("SUR-09", "RPT-10", "RPT-28", "RPT-25")
def test_the_update_is_prepared_and_taken_away_with_no_section_blank(made: Tiers) -> None:
    a_decision(made.subject, "enhanced")
    client = signed_in(made.secretary)
    assert "1 line" in page(client, "exchange_update")
    given = {"to_body": made.region.code, "title": "Update", "form_key": str(uuid4()), "concerns": "Falls."}
    refused = client.post(reverse("exchange_update"), given)
    assert refused.status_code == 400
    assert "tick that there is none" in refused.content.decode()
    answer = client.post(reverse("exchange_update"), {**given, "no_good_practice": "on"})
    assert answer.status_code == 302
    one = Exchange.objects.get()
    text = page(signed_in(made.regional), "exchange_text", one.pk)
    assert "Good practice\nNone identified" in text
    assert "Issues that need support or a response\nNone identified" in text
    assert made.subject.name in text
    assert ExchangeCopy.objects.get().sha256 in text
    assert made.subject.name in page(signed_in(made.regional), "exchange", one.pk)


@pytest.mark.requirement("COI-03", "PER-10")
def test_the_copy_leaves_out_what_is_closed_to_its_reader(made: Tiers) -> None:
    a_decision(made.subject, "enhanced")
    one = send_update(by=made.secretary, at=timezone.now(), given=an_update(made))
    shown = {}
    for who in ("executive", "regional", "conflicted", "of_the_trust"):
        copy = copy_for(made.people[who], TODAY, Exchange.objects.select_related("copy").get(pk=one.pk))
        assert copy is not None
        shown[who] = (len(copy.log.rows), copy.left_out)
    assert shown == {"executive": (1, 0), "regional": (1, 0), "conflicted": (0, 1), "of_the_trust": (0, 1)}
    assert made.subject.name not in page(signed_in(made.conflicted), "exchange", one.pk)
    assert "1 line left out" in page(signed_in(made.conflicted), "exchange", one.pk)


@pytest.mark.requirement("NET-03")
def test_what_recurs_in_two_systems_is_named_with_its_reasons(made: Tiers) -> None:
    escalated(made)
    assert across(made.director, TODAY) == ()
    elsewhere = an_organisation("ZR9", "Harbour Trust").subjects.get()
    in_office(made.neighbour, to_the_region(made).sender, made.other)
    given = to_the_region(made, from_body=made.other, subject=elsewhere, title="Falls there too")
    two = send_exchange(by=made.neighbour, at=timezone.now(), given=given)
    found = across(made.director, TODAY)
    assert [(one.what, one.systems) for one in found] == [(What.TRIGGER, ("Board QZ1", "Board QZ2"))]
    text = page(signed_in(made.director), "exchanges_across")
    assert "It stands in 2 systems: Board QZ1, Board QZ2." in text
    assert reverse("exchange", args=[two.pk]) in text
    assert TITLE not in text
    assert "Nothing recurs" in page(signed_in(made.executive), "exchanges_across")


@pytest.mark.requirement("NET-03")
def test_levels_that_reached_the_region_recur_too(made: Tiers) -> None:
    other = an_organisation("ZR9", "Harbour Trust").subjects.get()
    for subject, system in ((made.subject, "QZ1"), (other, "QZ2")):
        proposal = a_proposal(subject, system=system, case='{"severity": "significant"}', reaches=(made.region,))
        a_decision(subject, proposal=proposal)
    assert LevelDecision.objects.visible_to(made.director, TODAY).count() == 2
    found = across(made.director, TODAY)
    assert {one.what for one in found} == {What.TRIGGER, What.SEVERITY}
    assert all(one.systems == ("Board QZ1", "Board QZ2") for one in found)
    assert across(made.executive, TODAY) == ()


def test_word_of_an_exchange_says_nothing_of_it_and_goes_to_nobody_for_whom_it_is_closed(made: Tiers) -> None:
    one = escalated(made)
    for name in (EXCHANGE_RECEIVED, EXCHANGE_ANSWERED):
        kind = kind_of(name)
        assert kind is not None
        assert "{count}" in kind.plural
        assert kind.may_open is may_open_exchange
    assert may_open_exchange(made.director, str(one.pk), TODAY)
    assert not may_open_exchange(made.conflicted, str(one.pk), TODAY)
    an_interest(made.director, made.subject)
    answer_exchange(by=made.regional, at=timezone.now(), exchange=one, says="Yes.")
    assert set(Message.objects.filter(kind=EXCHANGE_ANSWERED).values_list("person", flat=True)) == {made.executive.pk}
    assert TITLE not in "".join(f"{m.key}{m.path}{m.record}" for m in Message.objects.all())
