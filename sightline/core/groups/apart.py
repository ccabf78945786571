"""Whether a review meets without the providers that it is about."""

from __future__ import annotations

from collections.abc import Sequence

from sightline.core.rulebook.groups import GroupType
from sightline.core.verdict import ALLOWED, Verdict, refused


def may_meet_apart(kind: GroupType, sitting: Sequence[str]) -> Verdict:
    """This function will say whether partners may meet without providers (MEM-10; NQB risk response 2022, Annex B).

    ``sitting`` names those who still sit there for a provider: whoever sits is invited and reads, so their time there
    ends first.
    """
    rule = kind.providers
    if rule is None or not rule.may_be_apart:
        cites = rule.cites if rule else kind.cites
        return refused(f"The guidance does not foresee that a group of the type “{kind.name}” meets so.", cites)
    if sitting:
        who = ", ".join(sitting)
        says = f"Somebody sits here for a provider still: {who}. End that first: whoever sits is invited and reads."
        return refused(says, rule.cites)
    return ALLOWED


def may_sit_for_provider(kind: GroupType | None, is_apart: bool) -> Verdict:
    """This function will say whether a provider may be seated in a group; not while it meets without them (MEM-10)."""
    if not is_apart:
        return ALLOWED
    cites = kind.providers.cites if kind and kind.providers else "MEM-10"
    return refused("This review meets without providers. Record first that they take part.", cites)
