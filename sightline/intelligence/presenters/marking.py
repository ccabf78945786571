"""Markings in words: how far something was said to travel, by whom, and why."""

from __future__ import annotations

from collections.abc import Iterable

from sightline.core.access import Handling
from sightline.intelligence import wording as say
from sightline.intelligence.models import Marking
from sightline.web.wording import day


def marking_lines(markings: Iterable[tuple[Marking, str]]) -> list[tuple[str, str]]:
    """This function will say of each marking what it was, and give its reason."""
    return [(_says(row, name), row.because) for row, name in markings]


def _says(row: Marking, name: str) -> str:
    what = "A passage of it: " if row.passage_id else ""
    return f"{what}{say.HANDLING_OF[Handling(row.handling)]}. Marked by {name} on {day(row.recorded_at)}."
