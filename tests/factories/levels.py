"""Subjects, histories and moves of level for tests of the pure rules; every code and name is invented."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar

from sightline.core.rulebook.authority import Authorities
from sightline.core.rulebook.circumstances import Circumstances, Commissioner
from sightline.core.rulebook.clocks import Clock, Clocks
from sightline.core.rulebook.duties import LevelMap, Notices
from sightline.core.rulebook.levels import Levels, Slot, Triggers
from sightline.core.rulebook.shapes import Part
from sightline.core.surveillance.facts import (
    Authoriser,
    Dated,
    History,
    LevelRules,
    Move,
    RegionalAgreement,
    SubjectFacts,
)
from sightline.rulebook.packs import PACKS

P = TypeVar("P", bound=Part)

DAY = date(2026, 3, 2)
ICB, OTHER_ICB, THIRD_ICB = "icb-lantern", "icb-harbour", "icb-moor"
REGION, OTHER_REGION = "region-north", "region-south"
COUNCIL, TRUST = "council-lantern", "trust-lantern"
GROUP = "group-lantern"
HOLDS = {Slot.NHS_ENGLAND_REGION: REGION, Slot.NHS_ENGLAND_NATION: "nation", Slot.LOCAL_AUTHORITY: COUNCIL}
HOLDS |= dict.fromkeys((Slot.ICB_EXECUTIVE_QUALITY_LEAD, Slot.ICB_CHIEF_EXECUTIVE, Slot.ICB_CHAIR), ICB)
HOLDS |= {Slot.PROVIDER: "trust-elsewhere", Slot.PROVIDER_CHAIR: "trust-elsewhere", Slot.PROCESS_LEAD: ICB}


def part(pack: str, name: str, shape: type[P]) -> P:
    """This function will give a part of a pack as published."""
    found = PACKS[pack].parts[name]
    assert isinstance(found, shape)
    return found


def rules(pack: str = "sqg-2022") -> LevelRules:
    """This function will give the rules about moves of a guidance; 2013 names no triggers, and borrows those of 2017."""
    parts = PACKS[pack].parts
    mapping = parts.get("mapping")
    return LevelRules(
        pack,
        part(pack, "levels", Levels),
        part(pack if "triggers" in parts else "qsg-2017", "triggers", Triggers),
        part(pack, "authority", Authorities),
        mapping if isinstance(mapping, LevelMap) else None,
    )


def notices(pack: str = "sqg-2022") -> Notices:
    """This function will give the notices of a guidance."""
    return part(pack, "notices", Notices)


def clock(name: str, pack: str, **changed: str) -> Clock:
    """This function will give a clock of a guidance, switched on, with settings chosen anew."""
    found = part(pack, "clocks", Clocks).clock(name)
    assert found is not None
    settings = tuple(
        one.model_copy(update={"chosen": changed.get(one.id.replace("-", "_"), one.chosen)}) for one in found.settings
    )
    return found.model_copy(update={"settings": settings, "is_on": True})


def a_case(**given: Any) -> Circumstances:
    """This function will make the circumstances of an acute trust that one ICB commissions."""
    plain = {"commissioners": (ICB,), "systems": (ICB,), "regions": (REGION,), "providers": (TRUST,)}
    route = given.get("commissioned_by", Commissioner.ICB)
    if route in {Commissioner.LOCAL_AUTHORITY, Commissioner.JOINT}:
        plain["commissioners"] = (COUNCIL,) if route is Commissioner.LOCAL_AUTHORITY else (ICB, COUNCIL)
    return Circumstances(**{**plain, **given})


def a_subject(case: Circumstances | None = None, **given: Any) -> SubjectFacts:
    """This function will make a subject, an acute trust unless something else is said."""
    plain = {"id": "s1", "name": "Lantern Trust", "organisation": TRUST, "case": case or a_case()}
    return SubjectFacts(**{**plain, **given})


def at(level: str, pack: str = "sqg-2022", since: date = date(2025, 6, 2)) -> History:
    """This function will make the history of a subject at one level; at Routine, of one that nobody ever moved."""
    return History() if level == "routine" else History.of([Dated(level, pack, since)])


def somebody(slot: Slot, **given: Any) -> Authoriser:
    """This function will make somebody who has held a role for long, at the body that fills it here."""
    plain = {"person": "p-authoriser", "organisation": HOLDS.get(slot, GROUP), "held_from": date(2020, 1, 1)}
    return Authoriser(**{**plain, "slot": slot, **given})


def a_move(level_from: str, level_to: str, slot: Slot = Slot.ICB_EXECUTIVE_QUALITY_LEAD, **given: Any) -> Move:
    """This function will make a move that carries everything that any guidance asks for."""
    of = {"enhanced": ("safety-concerns", "concerns-identified"), "risk-summit": ("act-rapidly",)}
    plain: dict[str, Any] = {
        "proposed_by": "p-proposer",
        "authorised_by": (somebody(slot),),
        "decided_on": DAY,
        "effective_on": DAY,
        "reason": "Three independent sources agree.",
        "triggers": of.get(level_to, ("act-rapidly", "potential-for-concern")),
        "risk_profile": "Profile of February",
        "why_not_closer": "It needs more than one organisation.",
        "conflict_check": "Asked; none.",
        "group_view": "Meeting of 26 February: in favour.",
        "regional_agreement": RegionalAgreement(True, "p-region", DAY),
        "options_exhausted": "The plan of last year was not delivered.",
        "people_need_protection": True,
        "plan": "Plan 7",
        "follow_up_person": "p-follows",
        "actions": ("Visit the wards",),
        "next_review_on": date(2026, 6, 1),
        "exit_evidence": "All milestones reached and embedded.",
    }
    return Move(level_from, level_to, **{**plain, **given})
