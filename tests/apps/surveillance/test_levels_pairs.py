"""Every pair of levels and every role: the operation decides exactly as the pure rule says, in the rule's own words."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import permutations
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from sightline.core.rulebook.levels import Levels, Slot
from sightline.core.surveillance.facts import Authoriser, Dated, History, Move, RegionalAgreement
from sightline.core.surveillance.moving import decision_of, may_move
from sightline.core.verdict import Refused
from sightline.groups.models import Office
from sightline.rulebook.packs import PACKS
from sightline.surveillance.models import LevelDecision, LevelProposal, RegionAnswer
from sightline.surveillance.operations import decide_level
from tests.factories.accounts import LONG_AGO
from tests.factories.indicators import TODAY
from tests.factories.levels import a_case, a_subject, part, rules
from tests.factories.surveillance import REGION, SYSTEM, a_decision, a_proposal
from tests.factories.surveillance_levels import WHY, World, a_world, works_by

pytestmark = pytest.mark.django_db
BEFORE = TODAY - timedelta(days=200)
OF_REGION = {Slot.NHS_ENGLAND_REGION, Slot.NHS_ENGLAND_NATION, Slot.REGIONAL_QUALITY_GROUP}
HELD_FROM = date(2020, 1, 1)
PAIRS = [
    (pack, before.id, after.id)
    for pack in ("qsg-2013", "qsg-2017", "sqg-2022")
    if pack in PACKS
    for before, after in permutations(part(pack, "levels", Levels).levels, 2)
]
CARRIES: dict[str, Any] = {
    "reason": "Three independent sources agree.",
    "why_not_closer": "It takes more than one organisation.",
    "conflict_check": "Asked; none.",
    "group_view": "In favour.",
    "options_exhausted": "The plan was not delivered.",
    "people_need_protection": True,
    "plan": "Plan 7",
    "follow_up_person": "The director of nursing",
    "next_review_on": TODAY + timedelta(days=90),
    "exit_evidence": "All milestones are reached.",
}


def _offices(world: World) -> dict[Slot, Office]:
    made = {"person": world.lead, "valid_from": HELD_FROM, "because": "Scheme", "recorded_at": LONG_AGO}
    return {
        slot: Office.objects.create(
            slot=slot.value, organisation=world.region if slot in OF_REGION else world.board, recorded_by="x", **made
        )
        for slot in Slot
    }


def _by_the_rule(
    world: World, pack: str, before: str, after: str, slot: Slot, triggers: tuple[str, ...]
) -> tuple[Any, Any]:
    """The answer of the pure rule to a case that is written out by hand."""
    case = a_case(commissioners=(SYSTEM,), systems=(SYSTEM,), regions=(REGION,), providers=("ZR1",), is_overseen=True)
    subject = a_subject(case, id=str(world.subject.pk), name=world.subject.name, organisation="ZR1")
    lowest = rules(pack).levels.lowest.id
    history = History() if before == lowest else History.of([Dated(before, pack, BEFORE)])
    organisation = REGION if slot in OF_REGION else SYSTEM
    words = {name: value for name, value in CARRIES.items() if name != "next_review_on"}
    move = Move(
        before,
        after,
        "person:proposed-it",
        (Authoriser(world.lead.actor_id, slot, organisation, HELD_FROM),),
        TODAY,
        TODAY,
        triggers=triggers,
        risk_profile="On record",
        regional_agreement=RegionalAgreement(True, "the region", TODAY),
        actions=("Visit the wards",),
        next_review_on=CARRIES["next_review_on"],
        **words,
    )
    return may_move(rules(pack), subject, history, move), decision_of(rules(pack), subject, history, move)


def _proposal(world: World, pack: str, before: str, after: str) -> LevelProposal:
    offered = rules(pack).triggers.of(after)
    given = {**CARRIES, "actions": "Visit the wards", "triggers": offered[0].id if offered else ""}
    made = a_proposal(
        world.subject, after, level_from=before, pack=pack, other_process=world.other, reaches=(world.region,), **given
    )
    RegionAnswer.objects.create(
        proposal=made, organisation=world.region, is_agreed=True, said_by="the region", said_on=TODAY,
        recorded_at=LONG_AGO, recorded_by="x",
    )  # fmt: skip
    return made


@pytest.mark.sqlite_is_enough  # the same operation in every cell, and it is asked on PostgreSQL for itself
@pytest.mark.requirement("SUR-01", "LVL-01", "LVL-05", "LVL-06", "LVL-08")
@pytest.mark.parametrize(("pack", "before", "after"), PAIRS)
def test_operation_decides_as_the_rule_says_for_every_role(house: None, pack: str, before: str, after: str) -> None:
    world = a_world()
    works_by(world, pack)
    if before != rules(pack).levels.lowest.id:
        a_decision(world.subject, before, on=BEFORE, by_office=world.icb_office, pack=pack, level_from="x")
    proposal = _proposal(world, pack, before, after)
    standing = LevelDecision.objects.count()
    for slot, office in _offices(world).items():
        verdict, decided = _by_the_rule(world, pack, before, after, slot, tuple(proposal.triggers.split()))
        with transaction.atomic():
            try:
                made = decide_level(by=world.lead, at=timezone.now(), proposal=proposal, office=office, because=WHY)
            except Refused as refused:
                assert refused.verdict.reasons == verdict.reasons, slot
            else:
                assert verdict, (slot, verdict.words)
                assert (made.level_to, made.slot, made.is_override) == (after, slot.value, decided.is_override)
            transaction.set_rollback(True)
        assert LevelDecision.objects.count() == standing


def test_pairs_are_all_that_the_guidances_know() -> None:
    assert len([one for one in PAIRS if one[0] == "sqg-2022"]) == 6
    assert len([one for one in PAIRS if one[0] == "qsg-2017"]) == 12
    assert len(set(PAIRS)) == len(PAIRS)
