"""On whose authority a level is set: the role, the body, the day; and a reasoned override where guidance leaves room."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sightline.core.rulebook.authority import Authority, Mode, StepDown
from sightline.core.rulebook.levels import GROUPS, Level, Slot
from sightline.core.surveillance.facts import Authoriser, LevelRules, Move, SubjectFacts
from sightline.core.verdict import Reason, Verdict, refused

# Roles that speak for whoever commissions, or for the system whose people are cared for.
_OF_COMMISSIONERS = frozenset({Slot.ICB_EXECUTIVE_QUALITY_LEAD, Slot.ICB_CHIEF_EXECUTIVE, Slot.LOCAL_AUTHORITY})


@dataclass(frozen=True, slots=True)
class DecidedAs:
    """How a decision is recorded: of which bodies it is, in which roles, and whether the usual authority was overridden."""

    mode: Mode
    organisations: tuple[str, ...]
    slots: tuple[Slot, ...]
    is_override: bool


def authority_for(rules: LevelRules, subject: SubjectFacts, before: Level, after: Level) -> Authority | None:
    """This function will find whose authority a move needs: on the way up that of the level entered (LVL-05, LVL-06).

    On the way down the guidance of 2022 names nobody; it is by choice that of the level left (LVL-17).
    """
    falls_from = after.rank < before.rank and rules.authority.stepping_down.authority is StepDown.OF_THE_LEVEL_LEFT
    asked = before if falls_from else after
    return rules.authority.of(asked.id, subject.case) or rules.authority.of(before.id, subject.case)


def decided_as(authority: Authority, mode: Mode, move: Move) -> DecidedAs:
    """This function will say whose decision a move is: the organisation's, whatever chair its person sat in (LVL-08)."""
    usual = [one for one in move.authorised_by if one.slot in authority.slots]
    counted = usual or list(move.authorised_by)
    return DecidedAs(
        mode,
        tuple(sorted({one.organisation for one in counted})),
        tuple(sorted({one.slot for one in counted})),
        is_override=not usual,
    )


def may_authorise(rules: LevelRules, subject: SubjectFacts, authority: Authority, move: Move) -> Verdict:
    """This function will say whether those named may authorise a move (LVL-05 to LVL-08; NQB risk response 2022, Approach).

    Each one named has to be entitled, in a role held on the day of the decision; one override with its reason is
    enough where nobody with the usual authority is among them.
    """
    if not move.authorised_by:
        return refused(f"Name who authorises it: {_slots(rules, authority.slots)}.", authority.cites)
    reasons = [reason for one in move.authorised_by for reason in _against(rules, subject, authority, one, move)]
    is_usual = any(one.slot in authority.slots for one in move.authorised_by)
    if not reasons and not is_usual and not move.override_reason.strip():
        says = (
            f"This is authorised by {_slots(rules, authority.slots)}. Ask them; or, where the risk or the lines of "
            "accountability call for it, record why it is authorised by somebody else."
        )
        return refused(says, authority.cites)
    return Verdict(tuple(reasons))


def _against(
    rules: LevelRules, subject: SubjectFacts, authority: Authority, one: Authoriser, move: Move
) -> Iterator[Reason]:
    role = rules.authority.name(one.slot)
    if one.slot in GROUPS and rules.authority.decided_by.mode is Mode.ORGANISATION:
        yield Reason(
            f"{role} authorises no level: it gives its view, which is attached. {_slots(rules, authority.slots)} "
            "authorises.",
            rules.authority.decided_by.cites,
        )
    elif one.slot not in {*authority.slots, *authority.override}:
        yield Reason(f"{role} cannot authorise this. Ask {_slots(rules, authority.slots)}.", authority.cites)
    if not one.holds_role(move.decided_on):
        yield Reason(
            f"The role of {role} was not held by the person named on the day of the decision. Ask whoever holds it now."
        )
    if subject.organisation and one.organisation == subject.organisation:
        yield Reason(f"{subject.name} cannot authorise a level on itself.", authority.cites)
    elif not _is_concerned(subject, authority, one):
        yield Reason(
            f"The body for which {role} authorises is not concerned with {subject.name}: name one that is.",
            authority.cites,
        )


def _is_concerned(subject: SubjectFacts, authority: Authority, one: Authoriser) -> bool:
    """Whether the body has this case: it commissions, or its people are cared for; or it is the region concerned.

    What the directory does not know cannot be held against anybody.
    """
    case = subject.case
    if one.slot is Slot.NHS_ENGLAND_REGION:
        return not case.regions or one.organisation in case.regions
    if one.slot not in _OF_COMMISSIONERS:
        return True
    concerned = set(case.commissioners or case.systems) | {subject.process_lead} - {""}
    if one.slot in authority.override:
        concerned |= set(case.systems)
    return not concerned or one.organisation in concerned


def _slots(rules: LevelRules, slots: tuple[Slot, ...]) -> str:
    return " or ".join(rules.authority.name(slot) for slot in slots)
