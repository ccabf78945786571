"""When a plan may end: with evidence of what it changed, and with what was learned from it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sightline.core.improvement.milestones import Activity
from sightline.core.improvement.succeeding import Effect
from sightline.core.verdict import Reason, Verdict

DESIRED = "SQG 2022 §1.5, §2.1"
LEARNING = "NQB risk response 2022, Annex C, Purpose"


class Outcome(StrEnum):
    """What became of a plan."""

    WORKED = "worked"
    PARTLY = "partly"
    FAILED = "failed"
    REPLACED = "replaced"  # another plan or process took its place


@dataclass(frozen=True, slots=True)
class Finish:
    """What is written when a plan ends. ``because`` says why it ends now."""

    outcome: Outcome
    impact: str = ""
    learning: str = ""
    embedded: str = ""
    because: str = ""
    is_good_practice: bool = False


def may_finish(finish: Finish, *, is_approved: bool, done: Activity, effects: tuple[Effect, ...]) -> Verdict:
    """This function will say whether a plan may end, with everything that stands in the way (PLN-08, PLN-09).

    Nothing ends without evidence of its impact and what was learned. That it worked is not said against the record:
    where milestones are open, or a test of success is not met, it worked in part, or a reason is given beside.
    """
    wrong: list[Reason] = []
    if not is_approved:
        says = "No version of it was approved. Approve it first; a plan that never began is written anew instead."
        wrong.append(Reason(says, "local"))
    if not finish.impact.strip():
        says = "Give the evidence of what it changed for people, also where it changed nothing."
        wrong.append(Reason(says, DESIRED))
    if not finish.learning.strip():
        wrong.append(Reason("Say what was learned from it.", LEARNING))
    if not finish.embedded.strip():
        wrong.append(Reason("Say where the learning is embedded in continuous improvement, and by whom.", LEARNING))
    opposed = _against(done, effects) if finish.outcome is Outcome.WORKED else ""
    if (opposed or finish.outcome is not Outcome.WORKED) and not finish.because.strip():
        says = f"Say why it ends now{': ' + opposed if opposed else ''}."
        wrong.append(Reason(says, DESIRED))
    if finish.is_good_practice and finish.outcome in {Outcome.FAILED, Outcome.REPLACED}:
        wrong.append(Reason("Only what worked, at least in part, is good practice for others.", "local"))
    return Verdict(tuple(wrong))


def _against(done: Activity, effects: tuple[Effect, ...]) -> str:
    """What of the record speaks against its having worked."""
    said = []
    if done.all > done.reached:
        said.append(f"{done.all - done.reached} of its milestones are not reached")
    if failed := sum(one in {Effect.NOT_YET, Effect.LOST} for one in effects):
        said.append(f"{failed} of its tests of success are not met")
    return " and ".join(said)
