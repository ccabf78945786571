"""What is asked of the surveillance log, read from the address and written back into it; what cannot be read is said."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.utils.http import urlencode

from sightline.directory.words import Sector
from sightline.surveillance.queries.log import COLUMNS, Asked, Sort, quarter_starts
from sightline.web import asking
from sightline.web.wording import day as in_words

COLUMN_NAMES = tuple(f"column{number}" for number in range(1, COLUMNS + 1))
TICKS = {"overdue": "is_overdue", "long": "is_long", "lowest": "with_lowest"}


@dataclass(frozen=True, slots=True)
class Read:
    """What was asked, what of it could not be understood, and whether the reader chose the columns themselves."""

    asked: Asked
    problems: tuple[str, ...] = ()
    has_own_columns: bool = False


def read(request: HttpRequest, today: date, systems: Collection[str], home: str) -> Read | None:
    """This function will read an address; nothing where it names a log that the reader cannot open."""
    system = asking.word(request, "system") or _first(systems, home)
    if system and system not in systems:
        return None
    problems: list[str] = []
    on = _day(request, "as_of", "As of", problems) or today
    if on > today:
        problems.append(f"{in_words(on)} is still to come. The log is shown as it is today.")
        on = today
    columns = tuple(sorted(set(_columns(request, on, problems))))
    asked = Asked(
        on=on,
        system=system,
        columns=columns or quarter_starts(on),
        sector=_one_of(Sector, asking.word(request, "sector")),
        level=asking.word(request, "level"),
        area=asking.word(request, "area"),
        lead=asking.word(request, "lead"),
        name=asking.word(request, "name"),
        since=_day(request, "since", "Changed since", problems),
        sort=Sort(_one_of(Sort, asking.word(request, "sort")) or Sort.LEVEL.value),
        **{field: asking.word(request, name) == "yes" for name, field in TICKS.items()},
    )
    return Read(asked, tuple(problems), bool(columns))


def address_of(found: Read, today: date) -> str:
    """This function will write what was asked as the query of an address, from its question mark to its last ampersand."""
    asked = found.asked
    told = {
        "system": asked.system,
        "as_of": asked.on.isoformat() if asked.on < today else "",
        **dict(zip(COLUMN_NAMES, (one.isoformat() for one in _own(found)), strict=False)),
        "sector": asked.sector,
        "level": asked.level,
        "area": asked.area,
        "lead": asked.lead,
        "name": asked.name,
        "since": asked.since.isoformat() if asked.since else "",
        "sort": asked.sort.value if asked.sort is not Sort.LEVEL else "",
        **{name: "yes" if getattr(asked, field) else "" for name, field in TICKS.items()},
    }
    query = urlencode({name: value for name, value in told.items() if value})
    return f"?{query}&" if query else "?"


def _own(found: Read) -> tuple[date, ...]:
    return found.asked.columns if found.has_own_columns else ()


def _first(systems: Collection[str], home: str) -> str:
    return home if home in systems else next(iter(systems), "")


def _columns(request: HttpRequest, on: date, problems: list[str]) -> list[date]:
    found = []
    for number, name in enumerate(COLUMN_NAMES, 1):
        day = _day(request, name, f"Earlier day {number}", problems)
        if day and day > on:
            problems.append(f"{in_words(day)} lies after the day of the log, so no column of it is shown.")
        elif day:
            found.append(day)
    return found


def _day(request: HttpRequest, name: str, label: str, problems: list[str]) -> date | None:
    text, day = asking.word(request, name), asking.day(request, name)
    if text and day is None:
        problems.append(f"“{label}”: “{text}” is no day of the calendar. Write it as {date(2026, 3, 31).isoformat()}.")
    return day


def _one_of(words: type[Sector] | type[Sort], asked: str) -> str:
    return asked if asked in {one.value for one in words} else ""
