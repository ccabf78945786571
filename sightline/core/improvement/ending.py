"""Whether a group that oversees an improvement plan may end: most or all of its conditions are met (QIG-08)."""

from __future__ import annotations

from dataclasses import dataclass

from sightline.core.rulebook.improving import Asked, Ending, Limb
from sightline.core.verdict import Reason, Verdict


@dataclass(frozen=True, slots=True)
class End:
    """What is known on the day on which a group would end.

    ``met`` are the conditions that the group holds to be met; ``disagrees`` names whoever was asked and does not agree,
    members and the groups above alike; ``because`` is the reason that was typed.
    """

    met: frozenset[Limb] = frozenset()
    disagrees: tuple[str, ...] = ()
    because: str = ""

    @property
    def holds(self) -> frozenset[Limb]:
        """The conditions that hold: while anybody disagrees, not all agree."""
        return self.met - {Limb.ALL_AGREE} if self.disagrees else self.met


def may_end(rule: Ending, end: End) -> Verdict:
    """This function will say whether a group may end (QIG-08; NQB risk response 2022, Annex C).

    It meets until most or all of two conditions are met. Where “most” is taken, one of them is enough, and a reason is
    given for ending without the other; an open disagreement is such a reason to be given. With neither it goes on.
    """
    lacks = [one for one in rule.conditions if one.id not in end.holds]
    if not lacks:
        return Verdict()
    if len(lacks) == len(rule.conditions) or rule.asked is Asked.ALL:
        return Verdict(tuple(Reason(f"Not met yet: {one.says}", one.cites) for one in lacks) + _open(end, rule))
    if end.because.strip():
        return Verdict()
    says = f"Only one of the two conditions is met. Give the reason for ending without the other: {lacks[0].says}"
    return Verdict((Reason(says, rule.cites), *_open(end, rule)))


def _open(end: End, rule: Ending) -> tuple[Reason, ...]:
    """Who does not agree, said once."""
    if not end.disagrees:
        return ()
    return (Reason(f"Not in agreement: {', '.join(end.disagrees)}.", rule.condition(Limb.ALL_AGREE).cites),)
