"""What a memorandum of region and board sets by default: by which way, to which region, and from when on for action."""

from __future__ import annotations

from dataclasses import dataclass

from sightline.core.escalation.sending import REGIONAL
from sightline.core.rulebook.circumstances import Severity
from sightline.core.rulebook.duties import Notices, Purpose, Route
from sightline.core.rulebook.levels import Slot

OF_BOARD = frozenset(
    {Slot.ICB_EXECUTIVE_QUALITY_LEAD, Slot.ICB_CHIEF_EXECUTIVE, Slot.ICB_CHAIR, Slot.SYSTEM_QUALITY_GROUP}
)


@dataclass(frozen=True, slots=True)
class Terms:
    """What a memorandum says of escalation (ORG-13; SQG 2022 §2.3, §3.12). No ``acts_from``: whoever sends judges."""

    pack: str
    route: str
    region: str
    acts_from: Severity | None = None


def routes_to_region(notices: Notices | None) -> tuple[Route, ...]:
    """This function will give the routes from a board or its group to the region, of which a memorandum names one."""
    found = notices.routes if notices else ()
    return tuple(one for one in found if one.sender in OF_BOARD and one.to in REGIONAL)


def purpose_by(terms: Terms | None, severity: Severity) -> Purpose:
    """This function will say for what something goes to the region unless whoever sends it says otherwise (ORG-13).

    For action from the severity on from which the memorandum has the region act; for information below it, and where
    no memorandum says so.
    """
    if terms is None or terms.acts_from is None or severity is Severity.NONE:
        return Purpose.INFORMATION
    return Purpose.ACTION if severity.rank >= terms.acts_from.rank else Purpose.INFORMATION


def is_usual(terms: Terms | None, pack: str, route: str) -> bool:
    """This function will say whether a way is the one that the memorandum names; of other guidance it names none."""
    return terms is not None and bool(route) and (terms.pack, terms.route) == (pack, route)
