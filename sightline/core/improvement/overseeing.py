"""A Quality Improvement Group: whether it may be convened, who still owes it a report, and whether it may end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sightline.core.improvement.ending import End, may_end
from sightline.core.improvement.milestones import Activity
from sightline.core.rulebook.improving import Ending, Limb
from sightline.core.verdict import Reason, Verdict

_ANNEX_C = "NQB risk response 2022, Annex C"
_INSTIGATED = f"QIG-01; {_ANNEX_C}"
_CONVENED = f"QIG-02; {_ANNEX_C}"
_STANDS = "QIG-03; NQB risk response 2022, Core components"
_ENDS = f"QIG-08; {_ANNEX_C}, Purpose"


class Instigator(StrEnum):
    """Who may instigate a group; providers request it of the ICB (QIG-01; NQB risk response 2022, Annex C)."""

    ICB = "icb"
    LOCAL_AUTHORITY = "local_authority"
    NHS_ENGLAND = "nhs_england"
    REGULATOR = "regulator"
    PROVIDER = "provider"


class Convener(StrEnum):
    """Who convenes a group: usually the ICB (QIG-02; NQB risk response 2022, Annex C)."""

    ICB = "icb"
    REGION = "region"


class Stands(StrEnum):
    """Whether a group stands alone, or is part of a wider process (QIG-03)."""

    ALONE = "alone"
    WITHIN = "within"


@dataclass(frozen=True, slots=True)
class Convening:
    """What is known when a group is convened. ``wider`` points to the process of which it is part."""

    instigator: Instigator
    instigated_by: str
    instigated_on: date
    on: date
    purpose: str
    convener: Convener = Convener.ICB
    why_region: str = ""
    stands: Stands = Stands.ALONE
    wider: str = ""


def may_convene(one: Convening) -> Verdict:
    """This function will say whether a group may be convened, with everything that is missing (QIG-01 to QIG-03)."""
    return Verdict(tuple(_convening(one)))


def _convening(one: Convening) -> Iterator[Reason]:
    if one.instigator in {Instigator.PROVIDER, Instigator.REGULATOR} and not one.instigated_by.strip():
        who = "provider or providers" if one.instigator is Instigator.PROVIDER else "regulator"
        yield Reason(f"Name the {who} that asked for the group.", _INSTIGATED)
    if one.instigated_on > one.on:
        yield Reason("It was asked for on a day that is still to come. Correct the day.")
    if not one.purpose.strip():
        yield Reason("Say which risks or concerns the group is to see through.", f"{_ANNEX_C}, Purpose")
    if one.convener is Convener.REGION and not one.why_region.strip():
        yield Reason("The ICB usually convenes it. Say why NHS England’s region does.", _CONVENED)
    if one.stands is Stands.WITHIN and not one.wider.strip():
        yield Reason("Name the wider process of which it is part, and where its papers are.", _STANDS)


def is_asked_again(reported_on: date | None, again_from: date | None, on: date) -> bool:
    """This function will say whether a report of a member is missing: there is none, or a meeting's interval has passed.

    ``again_from`` is one interval of the group after the report; None where its guidance names no interval. That a
    report is asked for at each interval is read into the guidance, which has the group meet monthly (QIG-06, QIG-07).
    """
    return reported_on is None or (again_from is not None and again_from <= on)


# --- its end


class Answer(StrEnum):
    """Whether somebody agrees that the group has done what it is for (QIG-09)."""

    AGREES = "agrees"
    DISAGREES = "disagrees"


@dataclass(frozen=True, slots=True)
class Asked:
    """A member, the ICB or the regional group, and its newest answer; None while it gave none (QIG-09)."""

    name: str
    answer: Answer | None = None


@dataclass(frozen=True, slots=True)
class Watched:
    """How a plan that the group watches stands: whether a version was approved, and how far its milestones have come."""

    is_approved: bool
    done: Activity

    @property
    def is_complete(self) -> bool:
        """Whether each of its milestones is reached, assured, and will last."""
        return self.is_approved and self.done.is_complete


def conditions_met(plans: Sequence[Watched], asked: Sequence[Asked], outstanding: str) -> frozenset[Limb]:
    """This function will say which of the two conditions hold by the record (QIG-08; NQB risk response 2022, Annex C).

    The milestones last where each of each plan does. All agree where everybody who is asked said so and, with any
    milestone outstanding, there is a plan with the capacity for it, which ``outstanding`` tells.
    """
    met: set[Limb] = set()
    lasts = bool(plans) and all(one.is_complete for one in plans)
    if lasts:
        met.add(Limb.MILESTONES_LAST)
    if asked and all(one.answer is Answer.AGREES for one in asked) and (lasts or outstanding.strip()):
        met.add(Limb.ALL_AGREE)
    return frozenset(met)


def disagreeing(asked: Sequence[Asked]) -> tuple[str, ...]:
    """This function will name whoever does not agree, by the newest answer of each (QIG-09)."""
    return tuple(one.name for one in asked if one.answer is Answer.DISAGREES)


def may_end_group(rule: Ending, end: End, statement: str) -> Verdict:
    """This function will say whether a group may end: its conditions, and the statement with which it does (QIG-08)."""
    wrong = list(may_end(rule, end).reasons)
    if not statement.strip():
        wrong.append(Reason("Say what the group leaves behind: what was reached, and who sees that it lasts.", _ENDS))
    return Verdict(tuple(wrong))
