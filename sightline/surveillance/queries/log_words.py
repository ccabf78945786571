"""What a level was called when it was set: by the guidance, and the house's version of it, of that time (FRW-02)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from sightline.core.rulebook.levels import Levels
from sightline.groups.queries import pack_of
from sightline.rulebook.queries import local_versions, pack, packs, part_of
from sightline.surveillance.queries.log_entries import SetLevel


@dataclass(frozen=True, slots=True)
class LevelWord:
    """A level in the words of its own guidance; ``is_unmoved`` where nobody had set one, so that it is the lowest."""

    level: str
    code: str
    name: str
    pack: str
    guidance: str
    since: date | None = None
    is_unmoved: bool = False


@dataclass(slots=True)
class Words:
    """Reads each guidance once for a whole log; old levels keep the words of their own day."""

    system: str
    _read: dict[tuple[str, date], Levels | None] = field(default_factory=dict)
    _changes: dict[str, list[date]] = field(default_factory=dict)
    _lowest: dict[date, LevelWord] = field(default_factory=dict)

    def of(self, found: SetLevel) -> LevelWord:
        """This function will give the word under which a level was set."""
        return self._word(found.pack, found.level, timezone.localdate(found.decided_at), found.effective_on)

    def lowest_on(self, day: date) -> LevelWord:
        """This function will give the lowest level of the guidance by which the system worked on a day."""
        if day not in self._lowest:
            name = pack_of(self.system, day)
            levels = self._levels(name, day)
            level, code, word = (levels.lowest.id, levels.lowest.code, levels.lowest.name) if levels else ("", "", "")
            self._lowest[day] = LevelWord(level, code, word, name, _title(name), is_unmoved=True)
        return self._lowest[day]

    def _word(self, pack_id: str, level_id: str, decided: date, since: date) -> LevelWord:
        levels = self._levels(pack_id, decided)
        level = levels.level(level_id) if levels else None
        name, code = (level.name, level.code) if level else (level_id, level_id)
        return LevelWord(level_id, code, name, pack_id, _title(pack_id), since)

    def _levels(self, pack_id: str, decided: date) -> Levels | None:
        """The levels of a guidance as they stood on a day; between two changes of the house they are the same."""
        if pack_id not in self._changes:
            self._changes[pack_id] = [timezone.localdate(one.at) for one in local_versions(pack_id, "levels")]
        key = pack_id, max((day for day in self._changes[pack_id] if day <= decided), default=date.min)
        if key not in self._read:
            part = part_of(pack_id, "levels", key[1])
            self._read[key] = part.content if part and isinstance(part.content, Levels) else None
        return self._read[key]


def _title(pack_id: str) -> str:
    return pack(pack_id).title if any(one.id == pack_id for one in packs()) else pack_id
