"""Chooses the words for what the public reads: groups under their systems, and how many key points were found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.http import urlencode

from sightline.publication.queries.public import Found, Shown, ShownGroup, Sought
from sightline.web.wording import day, plural


@dataclass(frozen=True, slots=True)
class System:
    """One system and the groups of it that the public knows."""

    name: str
    groups: tuple[ShownGroup, ...]


def systems(groups: Sequence[ShownGroup]) -> list[System]:
    """This function will put groups, which come by system and name, under their systems."""
    return [System(name, tuple(rows)) for name, rows in groupby(groups, lambda one: one.group.system_name)]


def meets(shown: ShownGroup) -> str:
    """This function will say when a group is next to meet, as far as the public is told."""
    if not shown.tells_days:
        return ""
    if not shown.days:
        return "No day is set yet for its next meeting."
    first, *later = (day(one) for one in shown.days)
    return f"It next meets on {first}." + (f" After that: {'; '.join(later)}." if later else "")


def newest_year(shown: ShownGroup) -> list[Shown]:
    """This function will give the pages of the year in which a group last met, as far as the public reads of it."""
    return [one for one in shown.pages if one.page.held_on.year == shown.pages[0].page.held_on.year]


def years(shown: ShownGroup) -> list[tuple[int, str]]:
    """This function will give each year of which the public reads, the latest first, and of how many meetings."""
    return [
        (year, plural(len(list(pages)), "meeting"))
        for year, pages in groupby(shown.pages, lambda one: one.page.held_on.year)
    ]


def counted(found: Found, sought: Sought) -> str:
    """This function will say how many meetings were found."""
    if sought.is_empty:
        return f"Key points of {plural(found.total, 'meeting')}, the latest first."
    if not found.total:
        return "No key points fit. Try fewer words, or every group and year."
    return f"Key points of {plural(found.total, 'meeting')} fit, the latest first."


def asked(sought: Sought) -> str:
    """This function will write what was sought as the beginning of an address for its further pages."""
    chosen = (("q", sought.words), ("group", sought.group), ("year", str(sought.year or "")))
    return "?" + "".join(f"{urlencode({name: value})}&" for name, value in chosen if value)
