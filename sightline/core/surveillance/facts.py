"""What the rules about levels are told: the subject, its history, the move that is proposed, and who authorises it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from sightline.core.rulebook.authority import Authorities
from sightline.core.rulebook.circumstances import Circumstances
from sightline.core.rulebook.duties import LevelMap
from sightline.core.rulebook.levels import Level, Levels, Slot, Triggers


@dataclass(frozen=True, slots=True)
class LevelRules:
    """The parts of one guidance about moves, as they count on the day."""

    pack: str
    levels: Levels
    triggers: Triggers
    authority: Authorities
    mapping: LevelMap | None = None


@dataclass(frozen=True, slots=True)
class SubjectFacts:
    """Whatever a level is set on. ``organisation`` is its own code where it is a body; a theme or pathway has none."""

    id: str
    name: str
    case: Circumstances = field(default_factory=Circumstances)
    organisation: str = ""
    process_lead: str = ""
    ended_on: date | None = None
    successors: tuple[str, ...] = ()

    def has_ended(self, on: date) -> bool:
        """This function will say whether it was no more on a day: closed, merged or split."""
        return self.ended_on is not None and self.ended_on <= on


@dataclass(frozen=True, slots=True)
class Dated:
    """A level that was set, by its word and guidance of that time."""

    level: str
    pack: str
    since: date


@dataclass(frozen=True, slots=True)
class Standing:
    """The level at which a subject stands; indicative where it was set under another guidance and comes nearest."""

    level: Level
    since: date | None = None
    is_indicative: bool = False


@dataclass(frozen=True, slots=True)
class History:
    """Every level of one subject, the oldest first."""

    dated: tuple[Dated, ...] = ()

    @classmethod
    def of(cls, dated: Iterable[Dated]) -> History:
        """This function will put levels in their order; of two on one day, the one given last counts."""
        return cls(tuple(sorted(dated, key=lambda one: one.since)))

    def last(self, on: date) -> Dated | None:
        """This function will give the level set last by a day."""
        begun = [one for one in self.dated if one.since <= on]
        return begun[-1] if begun else None

    def standing(self, rules: LevelRules, on: date) -> Standing:
        """This function will say where a subject stands on a day, in the words of one guidance (FRW-02, FRW-09).

        A subject that nobody ever moved stands at the lowest level. A level of an earlier guidance is never
        re-labelled: the one that comes nearest is taken to begin from, and is marked as indicative. Where nothing
        comes near, it is the highest, so that no guidance lowers a level by taking force.
        """
        last = self.last(on)
        if last is None:
            return Standing(rules.levels.lowest)
        level = rules.levels.level(last.level) if last.pack == rules.pack else None
        if level is not None:
            return Standing(level, last.since)
        pair = rules.mapping.nearest(last.pack, last.level) if rules.mapping else None
        nearest = rules.levels.level(pair.comes_nearest) if pair else None
        return Standing(nearest or rules.levels.levels[-1], last.since, is_indicative=True)


@dataclass(frozen=True, slots=True)
class Authoriser:
    """Somebody who authorises: the person, the role in which they do so, for whom, and while they held it."""

    person: str
    slot: Slot
    organisation: str
    held_from: date
    held_to: date | None = None  # the last day, included

    def holds_role(self, on: date) -> bool:
        """This function will say whether the role was theirs on a day."""
        return self.held_from <= on and (self.held_to is None or on <= self.held_to)


@dataclass(frozen=True, slots=True)
class Dissent:
    """An organisation that disagrees, why, and what it will do itself (QSG 2017 ¶132)."""

    organisation: str
    reasons: str = ""
    commits_to: str = ""
    is_statutory_holder: bool = False  # it has statutory responsibility for this decision or service (REC-07)


@dataclass(frozen=True, slots=True)
class RegionalAgreement:
    """What NHS England's region said to an enhanced approach, who said so, and when (LVL-09)."""

    is_agreed: bool
    by: str
    on: date


@dataclass(frozen=True, slots=True)
class Move:
    """A proposed change of level with everything that it rests on (LVL-16). An empty text is one that was not given."""

    level_from: str
    level_to: str
    proposed_by: str
    authorised_by: tuple[Authoriser, ...]
    decided_on: date
    effective_on: date
    reason: str = ""
    triggers: tuple[str, ...] = ()
    risk_profile: str = ""
    why_not_closer: str = ""
    conflict_check: str = ""
    group_view: str = ""
    regional_agreement: RegionalAgreement | None = None
    options_exhausted: str = ""
    people_need_protection: bool = False
    plan: str = ""
    follow_up_person: str = ""
    actions: tuple[str, ...] = ()
    next_review_on: date | None = None
    exit_evidence: str = ""
    override_reason: str = ""
    dissents: tuple[Dissent, ...] = ()
