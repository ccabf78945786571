"""What a concern must have before it is closed, and what it still lacks before a level can be proposed on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sightline.core.rulebook.levels import Level, Need
from sightline.core.surveillance.facts import LevelRules, SubjectFacts
from sightline.core.surveillance.needing import needs_of
from sightline.core.verdict import ALLOWED, Reason, Verdict, refused

_SAFEGUARDING = "QSG 2017 ¶72"


@dataclass(frozen=True, slots=True)
class ConcernFacts:
    """A concern as the rules see it.

    ``rests_on_it`` says that its subject stands above the lowest level on account of it, and ``others_open`` how many
    other concerns about the subject are open. ``level`` is where the subject stands, by its name.
    """

    is_open: bool = True
    is_abuse_suspected: bool = False
    is_referred: bool = False  # into the multi-agency process; a strategic matter that was raised is no referral
    is_proposed_on: bool = False  # a proposal that rests on it waits for its decision
    rests_on_it: bool = False
    others_open: int = 0
    level: str = ""
    evidence: int = 0
    has_risk_profile: bool = False
    why_not_closer: str = ""


def may_close_concern(facts: ConcernFacts, *, is_theirs: bool) -> Verdict:
    """This function will say whether somebody may close a concern, and what has to be done first (SAF-01; QSG 2017 ¶72).

    ``is_theirs`` is true of whoever raised it, and of those who chair the group or keep its record. That a level needs
    an open concern on which it rests is local.
    """
    if not facts.is_open:
        return refused("It is closed already.")
    verdict = ALLOWED
    if not is_theirs:
        verdict &= refused(
            "Whoever raised it closes it, or those who chair the group or keep its record. Ask one of them."
        )
    if facts.is_abuse_suspected and not facts.is_referred:
        verdict &= refused(
            "Abuse or neglect is suspected, and no referral is recorded. Report it into the multi-agency safeguarding "
            "process, and record the body, the day and the reference here. To have discussed it is not enough.",
            _SAFEGUARDING,
        )
    if facts.is_proposed_on:
        verdict &= refused(
            "A proposed level rests on it and waits for its decision. Have it decided or withdrawn first."
        )
    if facts.rests_on_it and not facts.others_open:
        verdict &= refused(
            f"The level {facts.level} rests on it, and no other concern about the subject is open. Step the level down "
            "first or, where it stays for another reason, raise that as a concern.",
            "local",
        )
    return verdict


def lacking(rules: LevelRules, subject: SubjectFacts, here: Level, facts: ConcernFacts) -> tuple[Reason, ...]:
    """This function will name what a concern lacks before the next level up can be proposed on it (LVL-11, ORG-11, RSK-09).

    Whatever the proposal itself has to say, such as its trigger, is asked there.
    """
    return tuple(_lacking(rules, subject, here, facts))


def _lacking(rules: LevelRules, subject: SubjectFacts, here: Level, facts: ConcernFacts) -> Iterator[Reason]:
    if facts.is_abuse_suspected and not facts.is_referred:
        yield Reason("Record the referral into the multi-agency safeguarding process.", _SAFEGUARDING)
    if not facts.evidence:
        yield Reason("Link the evidence: signals that stand, what people told, or a risk profile.", "local")
    after = next((one for one in rules.levels.levels if one.rank > here.rank), None)
    if after is None:
        return
    for rule in needs_of(rules, subject, here, after):
        match rule.need:
            case Need.PROCESS_LEAD if not subject.process_lead:
                yield Reason(rule.says, rule.cites)
            case Need.CLOSEST_TO_CARE if not facts.why_not_closer.strip():
                yield Reason(rule.says, rule.cites)
            case Need.RISK_PROFILE if not facts.has_risk_profile:
                yield Reason(rule.says, rule.cites)
