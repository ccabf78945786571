"""The list of items in words: lines of a page, the choices of its filters, and rows of a copy that is taken away."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sightline.core.access import Handling
from sightline.core.intelligence.wording import first_line
from sightline.core.rulebook import SourceEntry
from sightline.core.signals import Bearing, Dimension, Quadrant
from sightline.intelligence import wording as say
from sightline.intelligence.queries.lists import COUNTED, Row, Told
from sightline.intelligence.words import Certainty, Kind, TagKind
from sightline.web.quality import DIMENSION, QUADRANT
from sightline.web.wording import day, moment, plural

Choices = list[tuple[str, str]]
BEGINNING = 200  # characters: two lines of a page, so that most are understood without opening them
NOBODY = "Nobody that this record follows"
NOT_CIRCULATED = "To be said, not circulated. Open it to read it."
LEFT_OUT = "(to be said, not circulated: left out)"
HEADER = (
    "Heard on", "About", "Codes", "Worry or good news", "Kind", "Source", "Kind of source", "Dimensions", "Themes",
    "How sure", "Who may see it", "Told by", "Words",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One item of the list."""

    id: UUID
    about: str
    bearing: str
    bearing_tag: str
    begins: str
    says: str
    waits: bool


def lines(rows: Iterable[Row], sources: Mapping[str, SourceEntry]) -> list[Line]:
    """This function will write items for a list."""
    return [_line(row, sources) for row in rows]


def how_many(total: int) -> str:
    """This function will say how many items a list has."""
    if total > COUNTED:
        return f"More than {COUNTED:,} items; these are the newest {COUNTED:,}. Choose a shorter time to see others"
    return plural(total, "item")


@dataclass(frozen=True, slots=True)
class Tab:
    """One of the heaps that the list is divided into."""

    text: str
    href: str
    here: bool


def tabs(told: str, address_of: Callable[[str], str]) -> list[Tab]:
    """This function will divide the list by who told it; ``address_of`` keeps the other filters."""
    heaps = ((Told.PARTNERS.value, "Told by partners"), (Told.PUBLISHED.value, "Published"), ("", "Everything"))
    return [Tab(words, address_of(value), value == told) for value, words in heaps]


def filters(themes: Iterable[tuple[str, str]]) -> dict[str, Choices]:
    """This function will give what the filters of the list offer."""
    return {
        "kinds": [(one.value, say.KIND[one]) for one in Kind],
        "bearings": [(one.value, say.BEARING_SHORT[one]) for one in Bearing],
        "quadrants": [(one.value, QUADRANT[one]) for one in Quadrant],
        "dimensions": [(one.value, DIMENSION[one]) for one in Dimension],
        "themes": list(themes),
    }


def copy_rows(
    rows: Sequence[Row],
    sources: Mapping[str, SourceEntry],
    themes: Mapping[str, str],
    *,
    taken_by: str,
    at: datetime,
    group: str,
    is_whole: bool,
) -> list[tuple[str, ...]]:
    """This function will write items as rows of a file, with how far it may travel on top (IGV-08, IGV-10).

    What is to be said and not circulated leaves its words out. Nobody is named.
    """
    top = [(_classification(rows, group),), (f"Taken by {taken_by} at {moment(at)}. Not to be passed on.",)]
    if not is_whole:
        top.append((f"These are the newest {len(rows):,}. There are more: choose a shorter time to have them all.",))
    return [*top, HEADER, *(_copy_row(row, sources, themes) for row in rows)]


def _classification(rows: Sequence[Row], group: str) -> str:
    restricted = any(
        Handling.RESTRICTED.value in {row.item.handling, *(one.handling for one in row.passages)} for row in rows
    )
    of_group = f"of the quality group of {group}" if group else "of the quality group"
    if restricted:
        return f"Official – Sensitive: for the reader who took it alone; it holds what named members {of_group} may see"
    return f"Official: for members {of_group}"


def _line(row: Row, sources: Mapping[str, SourceEntry]) -> Line:
    item = row.item
    source = sources.get(item.source)
    facts = [
        say.KIND[Kind(item.kind)],
        f"Heard on {day(item.heard_on)}",
        f"Told by {row.body}" if row.body else "",
        source.name if source else "",
        say.CERTAINTY[Certainty(item.certainty)] if item.certainty else "",
        ", ".join(_named(row, TagKind.DIMENSION, {one.value: words for one, words in DIMENSION.items()})),
        say.HANDLING_OF[Handling(item.handling)],
    ]
    begins = NOT_CIRCULATED if item.verbal_only else first_line(row.passages[0].text, BEGINNING) if row.passages else ""
    return Line(
        id=item.pk,
        about=", ".join(one.name for one in row.subjects) or NOBODY,
        bearing=say.BEARING_SHORT[Bearing(item.bearing)],
        bearing_tag=say.BEARING_TAG[Bearing(item.bearing)],
        begins=begins or "There are no words here that are for you to read.",
        says=". ".join(filter(None, facts)) + ".",
        waits=not item.counts,
    )


def _copy_row(row: Row, sources: Mapping[str, SourceEntry], themes: Mapping[str, str]) -> tuple[str, ...]:
    item = row.item
    source = sources.get(item.source)
    dimensions = {one.value: words for one, words in DIMENSION.items()}
    words = LEFT_OUT if item.verbal_only else "\n\n".join(one.text for one in row.passages)
    return (
        item.heard_on.isoformat(),
        "; ".join(one.name for one in row.subjects),
        "; ".join(one.key for one in row.subjects if one.organisation_id),
        say.BEARING_SHORT[Bearing(item.bearing)],
        say.KIND[Kind(item.kind)],
        source.name if source else "",
        QUADRANT[Quadrant(item.quadrant)] if item.quadrant else "",
        "; ".join(_named(row, TagKind.DIMENSION, dimensions)),
        "; ".join(_named(row, TagKind.THEME, themes)),
        say.CERTAINTY[Certainty(item.certainty)] if item.certainty else "",
        say.HANDLING_OF[Handling(item.handling)],
        row.body,
        words,
    )


def _named(row: Row, kind: TagKind, names: Mapping[str, str]) -> list[str]:
    return [names.get(one.value, one.value) for one in row.tags if one.kind == kind.value]
