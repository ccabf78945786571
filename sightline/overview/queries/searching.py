"""What search finds among what people told: by words that the reader may read, and by theme."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sightline.core.access import Actor
from sightline.core.rulebook import Themes
from sightline.intelligence.queries.lists import Asked, Row, keys_of_items, rows_of
from sightline.rulebook.queries import part

AT_MOST = 20
SHORTEST = 3  # letters; fewer stand in every text


@dataclass(frozen=True, slots=True)
class Found:
    """Items that the reader may see, the newest first, with the themes that bear the words looked for."""

    rows: tuple[Row, ...] = ()
    themes: tuple[str, ...] = ()


def search(actor: Actor, on: date, words: str) -> Found:
    """This function will find items by what the reader may read of them, and by theme; what is hidden leaves no trace."""
    if len(words) < SHORTEST:
        return Found()
    themes = _themes(on, words)
    keys = dict.fromkeys(keys_of_items(actor, on, Asked(words=words))[:AT_MOST])
    for theme, _ in themes:
        keys |= dict.fromkeys(keys_of_items(actor, on, Asked(theme=theme))[:AT_MOST])
    rows = rows_of(actor, on, list(keys))
    newest = sorted(rows, key=lambda row: (row.item.heard_on, row.item.recorded_at), reverse=True)
    return Found(tuple(newest[:AT_MOST]), tuple(name for _, name in themes))


def _themes(on: date, words: str) -> list[tuple[str, str]]:
    found = part("themes", on)
    known = found.themes if isinstance(found, Themes) else ()
    return [(one.id, one.name) for one in known if words.casefold() in one.name.casefold()]
