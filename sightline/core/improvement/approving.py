"""Who may begin a plan about what, and who may approve it."""

from __future__ import annotations

from sightline.core.improvement.completeness import missing
from sightline.core.improvement.facts import Around, PlanContent
from sightline.core.verdict import ALLOWED, Reason, Verdict, refused


def may_begin_plan(*, stands_above: bool, is_proposed: bool, lowest: str) -> Verdict:
    """This function will say whether a plan may be begun: at a level above the lowest, or where one is proposed.

    Enhanced assurance is for risks that need plans and support (PLN-01; NQB risk response 2022, Core components).
    """
    if stands_above or is_proposed:
        return ALLOWED
    return refused(
        f"It stands at {lowest}, and no level is proposed. Propose a level first; a plan belongs to what is done then.",
        "local",
    )


def may_approve_plan(plan: PlanContent, around: Around, *, is_own: bool, is_approved: bool = False) -> Verdict:
    """This function will say whether a version may be approved; every part that is missing is named (PLN-01, PLN-04).

    That nobody approves what they wrote themselves is local.
    """
    if is_approved:
        return refused("This version is approved already.")
    verdict = Verdict(missing(plan, around))
    if is_own:
        verdict &= Verdict((Reason("You wrote this version yourself. Somebody else approves it.", "local"),))
    return verdict
