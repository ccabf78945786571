"""When a council that cannot come to each meeting is needed at one: the triggers that were agreed, against an agenda."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Triggers:
    """When a council comes: its sectors, words by which an item is known, and whether any provider in its area is one.

    ``sectors`` has the name of each sector by its id.
    """

    sectors: dict[str, str] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    in_area: bool = False


@dataclass(frozen=True, slots=True)
class About:
    """What an item of an agenda is about, as far as triggers ask."""

    title: str
    sector: str = ""
    subject: str = ""
    lies_in_area: bool = False


def met(triggers: Triggers, item: About) -> tuple[str, ...]:
    """This function will say which triggers an item meets, each in a sentence; nothing where the council is not needed.

    A word is met as a whole word, whatever its case, in the title of the item (MEM-21; QSG 2017 ¶70).
    """
    return tuple(_met(triggers, item))


def _met(triggers: Triggers, item: About) -> Iterator[str]:
    if item.sector and item.sector in triggers.sectors:
        yield f"it is about a provider of its sector “{triggers.sectors[item.sector]}”"
    if triggers.in_area and item.lies_in_area:
        yield f"{item.subject} lies in its area"
    for one in triggers.words:
        if one and re.search(rf"(?<!\w){re.escape(one)}(?!\w)", item.title, re.IGNORECASE):
            yield f"its title has “{one}”"
