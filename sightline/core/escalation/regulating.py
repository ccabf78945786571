"""Who decides on regulatory action of NHS England at which level, after whom it was asked, and when that may be recorded."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sightline.core.rulebook.levels import Slot
from sightline.core.verdict import ALLOWED, Reason, Verdict, refused

INTENSIVE = "NQB risk response 2022, Intensive/National"
ENHANCED = "NQB risk response 2022, Enhanced/National"
DECIDERS = (Slot.SYSTEM_OVERSIGHT_COMMITTEE, Slot.REGIONAL_SUPPORT_GROUP)


class Outcome(StrEnum):
    """What was decided: that NHS England acts as a regulator, or that it does not."""

    ACTION = "action"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a level stands among those of its guidance, and which bodies that guidance knows."""

    is_lowest: bool
    is_highest: bool
    known: frozenset[Slot]


@dataclass(frozen=True, slots=True)
class Regulating:
    """A decision that somebody means to record. The level was held from ``stood_from`` to the day before ``stood_until``."""

    decider: Slot
    consulted: frozenset[Slot]
    outcome: Outcome
    action: str
    decided_on: date
    on: date  # the day on which it is recorded
    stood_from: date
    stood_until: date | None = None


def deciders_at(place: Place) -> tuple[Slot, ...]:
    """This function will name the bodies that decide on regulatory action at a level (RPT-07).

    At the highest it is the committee; between it is the support groups or the committee; at the lowest, nobody.
    """
    if place.is_lowest or Slot.SYSTEM_OVERSIGHT_COMMITTEE not in place.known:
        return ()
    found = DECIDERS[:1] if place.is_highest else DECIDERS
    return tuple(one for one in found if one in place.known)


def source_of(place: Place) -> str:
    """This function will name the paragraph by which it is decided at a level."""
    return INTENSIVE if place.is_highest else ENHANCED


def must_consult(place: Place, decider: Slot) -> frozenset[Slot]:
    """This function will name whom a body consults before it decides (RPT-07; NQB risk response 2022, Intensive/National)."""
    if place.is_highest and decider is Slot.SYSTEM_OVERSIGHT_COMMITTEE:
        return frozenset({Slot.REGIONAL_SUPPORT_GROUP})
    return frozenset()


def may_regulate(place: Place, asked: Regulating) -> Verdict:
    """This function will say whether a decision on regulatory action may be put on record, with every reason against (RPT-07)."""
    deciding = deciders_at(place)
    if not deciding:
        return refused("By its guidance, nobody decides on regulatory action at this level.", ENHANCED)
    source = source_of(place)
    verdict = ALLOWED
    if asked.decider not in deciding:
        verdict &= refused("At this level the System Oversight Committee decides, after it has asked others.", source)
    if must_consult(place, asked.decider) - asked.consulted:
        verdict &= refused(
            "Say which Regional Support Group was consulted: the committee decides after it asked.", source
        )
    if asked.outcome is Outcome.ACTION and not asked.action.strip():
        verdict &= refused("Say which action NHS England takes.", source)
    return verdict & _on_a_day(asked)


def _on_a_day(asked: Regulating) -> Verdict:
    reasons = []
    if asked.decided_on > asked.on:
        reasons.append(Reason("This day is still to come. Give the day on which it was decided."))
    if asked.decided_on < asked.stood_from:
        reasons.append(Reason("On that day this level was not set yet. Record it with the level that stood then."))
    if asked.stood_until is not None and asked.decided_on >= asked.stood_until:
        reasons.append(Reason("On that day another level stood already. Record it with that one."))
    return Verdict(tuple(reasons))


def remarks_on(place: Place, deciding: Collection[Slot]) -> tuple[Reason, ...]:
    """This function will give what whoever records should know, and what stands in nobody's way (RPT-07, LVL-14)."""
    found = (
        [Reason("Other regulators may act as well. What they decide is theirs.", source_of(place))] if deciding else []
    )
    if deciding and not place.is_highest:
        found.append(
            Reason(
                "Where national regulatory action is needed, the level moves to the highest. Propose that.", ENHANCED
            )
        )
    return tuple(found)
