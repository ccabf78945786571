"""Significant interventions: each kind with its subject, day and words, and none that its reader may not read."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from sightline.accounts.models import Person
from sightline.core.escalation.regulating import Outcome
from sightline.core.rulebook.levels import Slot
from sightline.escalation.models import RegulatoryDecision
from sightline.escalation.queries.interventions import Intervention, InterventionKind, interventions
from sightline.intelligence.models import Item
from sightline.intelligence.words import Kind
from sightline.surveillance.models import LevelDecision
from tests.factories.escalation import level_set
from tests.factories.groups import an_interest
from tests.factories.improvement import a_rapid_review
from tests.factories.indicators import TODAY
from tests.factories.intelligence import an_item
from tests.factories.surveillance import SYSTEM
from tests.factories.surveillance_levels import World, a_world, decided


@pytest.fixture
def world(house: None) -> World:
    """This function will make a trust with everybody around it."""
    return a_world()


def found(person: Person, since: date = TODAY, until: date = TODAY, **more: Any) -> list[Intervention]:
    return interventions(person, TODAY, since, until, **more)


def regulated(world: World, outcome: Outcome) -> RegulatoryDecision:
    decision = level_set(world, "intensive")
    return RegulatoryDecision.objects.create(
        decision=decision, slot=Slot.SYSTEM_OVERSIGHT_COMMITTEE.value, body=world.region, outcome=outcome.value,
        action="Undertakings" if outcome is Outcome.ACTION else "", because="It failed twice", decided_on=TODAY,
        form_key=uuid4(), recorded_at=timezone.now(), recorded_by="x",
    )  # fmt: skip


@pytest.mark.requirement("SUM-04")
def test_a_rapid_review_regulatory_action_and_enforcement_are_each_told_with_subject_day_and_words(
    world: World,
) -> None:
    regulated(world, Outcome.ACTION)
    a_rapid_review(world)
    item = an_item(world.subject, "A warning notice on staffing")
    Item.objects.filter(pk=item.pk).update(kind=Kind.ENFORCEMENT.value)
    an_item(world.subject, "Somebody heard something")
    told = {one.kind: one for one in found(world.member)}
    assert set(told) == set(InterventionKind) - {InterventionKind.RISK_SUMMIT}
    assert {one.subject for one in told.values()} == {world.subject} and {one.on for one in told.values()} == {TODAY}
    assert told[InterventionKind.RAPID_REVIEW].says == "Nobody answers the bell at night."
    assert told[InterventionKind.REGULATORY_ACTION].says == "Undertakings"
    assert told[InterventionKind.ENFORCEMENT].says == "A warning notice on staffing"


@pytest.mark.requirement("SUM-04")
def test_under_the_guidance_of_2017_a_risk_summit_is_one(world: World) -> None:
    decided(world)
    LevelDecision.objects.update(pack="qsg-2017", level_to="risk-summit")
    [one] = found(world.member)
    assert (one.kind, one.subject) == (InterventionKind.RISK_SUMMIT, world.subject) and one.says


def test_that_no_action_was_taken_is_no_intervention(world: World) -> None:
    regulated(world, Outcome.NONE)
    assert found(world.member) == []


def test_days_systems_and_subjects_narrow_it(world: World) -> None:
    a_rapid_review(world)
    assert len(found(world.member, system=SYSTEM, subject=world.subject.pk)) == 1
    assert found(world.member, system="QZ2") == found(world.member, subject=uuid4()) == []
    yesterday = TODAY - timedelta(days=1)
    assert found(world.member, yesterday, yesterday) == []
    assert len(found(world.member, yesterday, TODAY)) == 1


@pytest.mark.requirement("COI-03", "PER-10")
def test_an_interest_another_system_and_the_one_concerned_read_none(world: World) -> None:
    regulated(world, Outcome.ACTION)
    a_rapid_review(world)
    an_interest(world.member, world.subject)
    for person in (world.member, world.elsewhere, world.regional_elsewhere, world.provider):
        assert found(person) == []
    assert len(found(world.secretary)) == 2
