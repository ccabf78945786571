"""What a memorandum says of escalation, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sightline.core.rulebook.duties import Route
from sightline.core.rulebook.levels import Slot
from sightline.escalation.models import MemorandumTerm
from sightline.escalation.queries.exchange_ways import names_by
from sightline.surveillance.queries import Guidance

_JUDGED = "Whoever sends decides each time whether the region is asked to act."


@dataclass(frozen=True, slots=True)
class TermsRow:
    """What was read in a memorandum."""

    way: str
    region: str
    acts: str
    at: datetime
    is_of_other_guidance: bool


def route_name(route: Route, names: Mapping[Slot, str]) -> str:
    """This function will name a way by its two ends."""
    return f"{names[route.sender]} to {names[route.to]}"


def terms_in_words(row: MemorandumTerm, guidance: Guidance, severities: Mapping[str, str]) -> TermsRow:
    """This function will write what a memorandum says of escalation; of other guidance it counts no more."""
    routes = guidance.notices.routes if guidance.notices and row.pack == guidance.pack else ()
    way = next((route_name(one, names_by(guidance)) for one in routes if one.id == row.route), row.route)
    named = severities.get(row.acts_from, row.acts_from)
    acts = f"The region is asked to act on concerns from “{named}” on." if named else _JUDGED
    return TermsRow(way, row.region.name, acts, row.recorded_at, not routes)
