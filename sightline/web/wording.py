"""How days, moments and numbers are written to readers; the same on pages, in charts and in tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from math import isfinite
from typing import TypeVar
from zoneinfo import ZoneInfo

Moment = TypeVar("Moment", date, datetime)
LONDON = ZoneInfo("Europe/London")
NOTHING = "no figure"
_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
# Percentages touch their number, a pound sign goes before it, and any other unit follows after a space.
_TOUCHING = {"%": "%", "per cent": "%", "percent": "%", "percentage": "%"}


def day(value: date | datetime | None) -> str:
    """This function will write a day as "3 March 2026"."""
    if not value:
        return ""
    on = _in_london(value)
    return f"{on.day} {on:%B %Y}"


def month(value: date | datetime | None) -> str:
    """This function will write a month as "March 2025"."""
    return f"{_in_london(value):%B %Y}" if value else ""


def short_month(value: date | datetime | None) -> str:
    """This function will write a month as "Mar 2025", where room is short."""
    return f"{_in_london(value):%b %Y}" if value else ""


def moment(value: datetime | None) -> str:
    """This function will write a moment as "2.30pm on 3 March 2026", as clocks in London show it."""
    if not value:
        return ""
    at = _in_london(value)
    return f"{clock(at)} on {day(at)}"


def clock(at: datetime) -> str:
    """This function will write a time of day as "2.30pm", "9am", "midday" or "midnight"."""
    if at.minute == 0 and at.hour in {0, 12}:
        return "midday" if at.hour else "midnight"
    minutes = f".{at.minute:02}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minutes}{'pm' if at.hour >= 12 else 'am'}"


def _in_london(value: Moment) -> Moment:
    if isinstance(value, datetime) and value.tzinfo:
        return value.astimezone(LONDON)
    return value


def number(value: float | None, decimals: int | None = None, unit: str = "") -> str:
    """This function will write a number with its thousands parted and its unit where readers expect it.

    Without ``decimals`` a whole number has none and any other as many as it needs, at most two.
    """
    if value is None or not isfinite(value):
        return NOTHING
    return with_unit(figure(value, decimals), unit)


def figure(value: float, decimals: int | None = None) -> str:
    """This function will write the bare figure: true minus sign, thousands parted, never "-0"."""
    text = f"{value:,.2f}".rstrip("0").rstrip(".") if decimals is None else f"{value:,.{decimals}f}"
    if text.startswith("-"):
        bare = text.removeprefix("-")
        return bare if not bare.strip("0.,") else f"\N{MINUS SIGN}{bare}"
    return text


def with_unit(text: str, unit: str) -> str:
    """This function will set a unit to a figure."""
    word = unit.strip()
    if word.lower() in _TOUCHING:
        return f"{text}%"
    if word in {"£", "$", "€"}:
        return f"\N{MINUS SIGN}{word}{text[1:]}" if text.startswith("\N{MINUS SIGN}") else f"{word}{text}"
    return f"{text} {word}" if word else text


def ended(words: str) -> str:
    """This function will give somebody's words as a sentence that others can follow: with a full stop where none ends it."""
    words = words.strip()
    return words if words.endswith((".", "!", "?", "…")) else f"{words}."


def count_word(count: int) -> str:
    """This function will write small counts as words."""
    return _WORDS[count] if 0 <= count < len(_WORDS) else f"{count:,}"


def plural(count: int, one: str, many: str = "") -> str:
    """This function will write a count with its noun: "1 period", "3 periods"."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def listed(words: Sequence[str]) -> str:
    """This function will write a list as a sentence has it: "a, b and c", or "a, x; b and c" where commas are taken."""
    between = "; " if any("," in word for word in words) else ", "
    return " and ".join(filter(None, [between.join(words[:-1]), *words[-1:]]))
