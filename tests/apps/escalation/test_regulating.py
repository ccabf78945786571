"""Decisions on regulatory action: put on record by region or nation, read by whoever reads the level, and by no provider."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from sightline.audit.models import Event
from sightline.core.escalation.regulating import Outcome
from sightline.core.rulebook.levels import Slot
from sightline.core.verdict import Already, Invalid, Refused
from sightline.escalation.messages import may_open_regulation
from sightline.escalation.models import RegulatoryDecision
from sightline.escalation.operations.regulating import record_regulation
from sightline.escalation.regulating_given import BodyInRole, RegulationGiven
from sightline.notify.models import Message
from sightline.surveillance.models import LevelDecision
from tests.factories.accounts import signed_in
from tests.factories.escalation import level_set
from tests.factories.groups import an_interest
from tests.factories.indicators import TODAY
from tests.factories.surveillance_levels import World, a_world

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("RPT-07")]
ACTION, REASON = "Directions under the framework.", "The plan was not delivered, and no option is left."


@pytest.fixture
def world(house: Path) -> World:
    return a_world()


def given(world: World, **more: Any) -> RegulationGiven:
    plain = RegulationGiven(
        decider=BodyInRole(Slot.SYSTEM_OVERSIGHT_COMMITTEE, world.region),
        consulted=(BodyInRole(Slot.REGIONAL_SUPPORT_GROUP, world.region),),
        outcome=Outcome.ACTION,
        decided_on=TODAY,
        form_key=uuid4(),
        action=ACTION,
    )
    return replace(plain, **more)


def record(world: World, decision: LevelDecision, who: str = "regional", **more: Any) -> RegulatoryDecision:
    return record_regulation(
        by=getattr(world, who), at=timezone.now(), decision=decision, given=given(world, **more), because=REASON
    )


def test_the_region_records_what_the_committee_decided_and_one_event_tells(world: World) -> None:
    decision = level_set(world, "intensive")
    before = Event.objects.count()
    made = record(world, decision)
    assert [one.verb for one in Event.objects.order_by("pk")[before:]] == ["escalation.record_regulation"]
    assert (made.slot, made.body, made.outcome, made.action, made.because, made.decided_on, made.decision) == (
        "system-oversight-committee", world.region, "action", ACTION, REASON, TODAY, decision,
    )  # fmt: skip
    assert [(one.slot, one.body) for one in made.consulted.all()] == [("regional-support-group", world.region)]
    told = {one.person for one in Message.objects.filter(kind="regulation-decided")}
    assert told == {world.lead}
    assert may_open_regulation(world.lead, str(made.pk), TODAY)
    assert not may_open_regulation(world.provider, str(made.pk), TODAY)


def test_it_is_refused_to_all_but_the_region_and_where_level_body_or_day_do_not_fit(world: World) -> None:
    decision = level_set(world, "intensive")
    events = Event.objects.count()
    for who in ("lead", "secretary", "member", "provider", "elsewhere", "regional_elsewhere"):
        with pytest.raises(Refused):
            record(world, decision, who)
    elsewhere = BodyInRole(Slot.SYSTEM_OVERSIGHT_COMMITTEE, world.board)
    unfit: tuple[dict[str, Any], ...] = (
        {"consulted": ()},
        {"decider": BodyInRole(Slot.REGIONAL_SUPPORT_GROUP, world.region)},
        {"decider": elsewhere},
        {"action": ""},
        {"decided_on": TODAY - timedelta(days=1)},
        {"decided_on": TODAY + timedelta(days=1)},
    )
    for more in unfit:
        with pytest.raises(Refused):
            record(world, decision, **more)
    with pytest.raises(Invalid):
        record(world, decision, action="About NHS number 943 476 5919")
    assert not RegulatoryDecision.objects.exists() and Event.objects.count() == events


def test_the_same_form_sent_twice_is_recorded_once(world: World) -> None:
    decision, key = level_set(world), uuid4()
    support = BodyInRole(Slot.REGIONAL_SUPPORT_GROUP, world.region)
    record(world, decision, decider=support, consulted=(), form_key=key)
    with pytest.raises(Already):
        record(world, decision, decider=support, consulted=(), form_key=key)
    assert RegulatoryDecision.objects.count() == 1


@pytest.mark.requirement("PER-09", "PER-10", "COI-03")
def test_the_page_shows_it_to_whoever_reads_the_level_and_asks_the_region_alone(world: World) -> None:
    decision = level_set(world, "intensive")
    address = reverse("level_regulation", args=[decision.pk])
    region = signed_in(world.regional)
    assert "Record what was decided" in region.get(address).content.decode()
    assert region.post(address, {}).status_code == 400
    filled = {
        "decider": f"system-oversight-committee.{world.region.code}", "outcome": "action", "action": ACTION,
        "because": REASON, "also_asked": "The CQC", "decided_on-day": TODAY.day, "decided_on-month": TODAY.month,
        "decided_on-year": TODAY.year, "form_key": str(uuid4()),
    }  # fmt: skip
    kept = region.post(address, filled)
    assert kept.status_code == 400 and "was consulted" in kept.content.decode() and ACTION in kept.content.decode()
    filled["consulted"] = f"regional-support-group.{world.region.code}"
    assert region.post(address, filled).status_code == 302
    assert region.post(address, filled).status_code == 302
    assert RegulatoryDecision.objects.count() == 1
    an_interest(world.secretary, world.subject)
    answers = {
        "lead": (200, 403), "member": (200, 403), "secretary": (404, 404), "elsewhere": (404, 404),
        "regional_elsewhere": (404, 404), "provider": (403, 403),
    }  # fmt: skip
    for who, (get, post) in answers.items():
        client = signed_in(getattr(world, who))
        answer = client.get(address)
        assert (answer.status_code, client.post(address, {}).status_code) == (get, post), who
        if get == 200:
            words = answer.content.decode()
            assert ACTION in words and REASON in words and "The CQC" in words and "<form method" not in words
