"""Who had a frozen report, in words."""

from __future__ import annotations

from sightline.reports.queries.given import Given
from sightline.reports.words import FORM, Form
from sightline.web.wording import day, plural


def given_lines(found: Given) -> list[str]:
    """This function will say who had a version, in which form and when, the newest first."""
    return [f"{name}: {_in_passing(FORM[Form(one.form)])}, {day(one.on)}" for name, one in found.rows]


def _in_passing(words: str) -> str:
    return f"{words[:1].lower()}{words[1:]}"


def earlier_words(found: Given) -> str:
    """This function will say how many stand in no line; nothing where each has one."""
    more = found.in_all - len(found.rows)
    return f"{plural(more, 'earlier one is', 'earlier ones are')} in the event log." if more > 0 else ""
