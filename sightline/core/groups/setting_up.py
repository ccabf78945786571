"""Whether a group may be set up: of a type of its guidance, for an area that fits, and as nothing that it may not be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sightline.core.rulebook.groups import GroupType, GroupTypes, Use
from sightline.core.rulebook.registers import Tier
from sightline.core.verdict import ALLOWED, Verdict, refused

_TIER = {
    Tier.PLACE: "a place",
    Tier.SYSTEM: "a system",
    Tier.ICB: "an ICB",
    Tier.REGION: "a region",
    Tier.NATION: "the nation",
}
_OF_TIER = "Types of group (GRP-01)"


@dataclass(frozen=True, slots=True)
class Proposed:
    """A group as it is meant to be. ``tiers`` are those of its area, ``uses`` what else it is to serve as.

    ``subject`` is the one that it is about, where it is about one.
    """

    kind: str
    name: str
    area: str
    tiers: frozenset[Tier]
    uses: frozenset[Use] = frozenset()
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """A group that stands already, as far as a new one beside it is concerned."""

    kind: str
    name: str
    area: str
    subject: str = ""


def may_set_up(proposed: Proposed, types: GroupTypes, standing: Iterable[Standing] = ()) -> Verdict:
    """This function will say whether the group may be set up under the guidance beside those that stand already.

    A system's quality group is never the ICB's committee for assurance: that is another body (GRP-04). A group that
    is about one subject names it, because who may chair it hangs on that (CHR-06, CHR-07).
    """
    kind = types.type(proposed.kind)
    if kind is None:
        known = ", ".join(one.name for one in types.types)
        return refused(f"The guidance of this group knows no such type. It knows: {known}.", _OF_TIER)
    verdict = ALLOWED
    for use in sorted(proposed.uses):
        verdict &= _may_serve_as(kind, use, types)
    if not proposed.tiers & set(kind.tiers):
        fits = " or ".join(_TIER[one] for one in kind.tiers)
        verdict &= refused(
            f"A group of the type “{kind.name}” sits for {fits}. Choose an area of that sort.", kind.cites
        )
    verdict &= _is_about(proposed, kind, types)
    for other in standing:
        verdict &= _beside(proposed, kind, other, types)
    return verdict


def _is_about(proposed: Proposed, kind: GroupType, types: GroupTypes) -> Verdict:
    if kind.about_one and not proposed.subject:
        says = f"A group of the type “{kind.name}” is about one subject. Name it: who may chair depends on it."
        return refused(says, kind.cites)
    if proposed.subject and not kind.about_one:
        others = ", ".join(f"“{one.name}”" for one in types.types if one.about_one)
        instead = f" Groups about one are of the type {others}." if others else ""
        return refused(
            f"A group of the type “{kind.name}” is about no single subject. Leave it empty.{instead}", kind.cites
        )
    return ALLOWED


def _may_serve_as(kind: GroupType, use: Use, types: GroupTypes) -> Verdict:
    bar = kind.bar(use)
    if bar is not None:
        return refused(bar.says, bar.cites)
    if use in kind.uses:
        return ALLOWED
    right = types.serving_as(use)
    instead = f" Set up a group of the type “{right.name}” for that." if right else ""
    return refused(f"A group of the type “{kind.name}” is not meant for that.{instead}", kind.cites)


def _beside(proposed: Proposed, kind: GroupType, other: Standing, types: GroupTypes) -> Verdict:
    if other.area != proposed.area:
        return ALLOWED
    if other.kind == proposed.kind and _only_one(proposed, kind, other):
        also = ", and is about the same subject" if kind.about_one else ""
        return refused(f"“{other.name}” stands for this area already, and is of the same type{also}.", _OF_TIER)
    if _folded(other.name) != _folded(proposed.name):
        return ALLOWED
    its = types.type(other.kind)
    for one, against in ((kind, its), (its, kind)):
        barred = [bar for use in (one.uses if one else ()) if against and (bar := against.bar(use))]
        if barred:
            return refused(
                f"A group of this name stands for this area already, and must be another body. {barred[0].says}",
                barred[0].cites,
            )
    return refused(f"A group called “{other.name}” stands for this area already. Give another name.", _OF_TIER)


def _only_one(proposed: Proposed, kind: GroupType, other: Standing) -> bool:
    """An area has one group of a type; of those about one subject, one for each; of a place's, as many as it likes."""
    if kind.about_one:
        return proposed.subject == other.subject
    return Tier.PLACE not in kind.tiers


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
