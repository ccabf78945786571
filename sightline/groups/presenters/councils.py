"""How a group works with councils that cannot come to each meeting, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from sightline.directory.models.choices import label
from sightline.directory.words import Sector
from sightline.groups.models import CouncilArrangement
from sightline.groups.queries.councils import CouncilView
from sightline.web.wording import day


@dataclass(frozen=True, slots=True)
class CouncilLine:
    """One council: who sits here for it, what was agreed with it, and what is missing."""

    id: UUID
    name: str
    sitters: str
    relationship: str
    route: str
    needed: tuple[str, ...]
    when: str


def council_lines(views: Iterable[CouncilView]) -> list[CouncilLine]:
    """This function will write the councils of a group."""
    return [_line(one) for one in views]


def sector_names() -> Mapping[str, str]:
    """This function will name the sectors, by their ids."""
    return {one.value: label(one) for one in Sector}


def when_needed(row: CouncilArrangement) -> tuple[str, ...]:
    """This function will say when somebody of a council is needed at a meeting."""
    names, found = sector_names(), []
    if row.in_area:
        found.append("When an item is about a provider in its area.")
    if row.sectors:
        found.append(f"When an item is about a provider of: {', '.join(names.get(one, one) for one in row.sectors)}.")
    if row.words:
        found.append(f"When the title of an item has: {', '.join(row.words.splitlines())}.")
    return tuple(found)


def _line(view: CouncilView) -> CouncilLine:
    row = view.row
    return CouncilLine(
        id=view.organisation.pk,
        name=view.organisation.name,
        sitters=", ".join(f"{one.person.display_name}{' (deputy)' if one.is_deputy else ''}" for one in view.sitters),
        relationship=row.relationship if row else "",
        route=row.route if row else "",
        needed=when_needed(row) if row else (),
        when=f"As agreed on {day(row.as_of)}." if row else "",
    )
