"""What search found among what people told, in lines."""

from __future__ import annotations

from dataclasses import dataclass

from sightline.intelligence.queries.lists import Row
from sightline.intelligence.wording import KIND
from sightline.intelligence.words import Kind
from sightline.overview.presenters.timeline import begins
from sightline.overview.queries import Found
from sightline.overview.queries.moments import ToldItem
from sightline.web.environment import link
from sightline.web.wording import day, listed


@dataclass(frozen=True, slots=True)
class FoundLine:
    """One item that was found: what it is, about whom, when, and how it begins where it may be shown in a list."""

    name: str
    href: str
    on: str
    words: str


def found_lines(found: Found) -> list[FoundLine]:
    """This function will put the items that search found into lines."""
    return [_line(row) for row in found.rows]


def _line(row: Row) -> FoundLine:
    about = listed([subject.name for subject in row.subjects])
    words = "" if row.item.verbal_only else begins(ToldItem(row.item, row.passages))
    return FoundLine(
        f"{KIND[Kind(row.item.kind)]} about {about}", link("item", row.item.pk), day(row.item.heard_on), words
    )
