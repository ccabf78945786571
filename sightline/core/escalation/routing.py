"""By which routes a matter may be passed on from one tier to the next, nearest first."""

from __future__ import annotations

from sightline.core.rulebook.circumstances import Circumstances, holds
from sightline.core.rulebook.duties import Notices, Route
from sightline.core.rulebook.levels import Slot


def routes_open(notices: Notices, sender: Slot, case: Circumstances) -> tuple[Route, ...]:
    """This function will give the routes by which a role may pass a case on (RPT-01, RPT-09, RPT-20, RPT-22)."""
    return tuple(one for one in notices.routes_from(sender) if holds(one.when, case))
