"""What each role and each level is called by the guidance of a record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache

from sightline.core.rulebook.authority import Authorities
from sightline.core.rulebook.levels import Level, Slot
from sightline.rulebook.queries import part_of, part_with_origin
from sightline.surveillance.queries.levels import levels_on

_PLAIN = {"icb": "ICB", "nhs": "NHS"}


def roles_of(on: date) -> Callable[[str], Callable[[Slot], str]]:
    """This function will give, for each guidance, the names of its roles; each guidance is read once."""

    @cache
    def of_pack(pack: str) -> Callable[[Slot], str]:
        found = part_of(pack, "authority", on) or part_with_origin("authority", on)
        authorities = found.content if found and isinstance(found.content, Authorities) else None
        names = {one.id: one.name for one in authorities.slots} if authorities else {}
        return lambda slot: names.get(slot) or in_plain_words(slot)

    return of_pack


def in_plain_words(slot: Slot) -> str:
    """This function will name a role for which a guidance has no name of its own."""
    words = [_PLAIN.get(one, one) for one in slot.value.split("-")]
    return " ".join([words[0][:1].upper() + words[0][1:], *words[1:]])


def level_of(pack: str, level: str, on: date) -> Level | None:
    """This function will give a level in the words that its own guidance had on a day (FRW-02)."""
    known = levels_on(pack, on)
    return known.level(level) if known else None
