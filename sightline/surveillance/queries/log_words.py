"""What a level was called when it was set: by the guidance, and the house's version of it, of that time (FRW-02)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone

from sightline.core.rulebook.levels import Level, Levels
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
    _named: dict[tuple[str, date, str], tuple[str, str, str]] = field(default_factory=dict)
    _lowest: dict[date, LevelWord] = field(default_factory=dict)

    def of(self, found: SetLevel) -> LevelWord:
        """This function will give the word under which a level was set."""
        key = found.pack, self._version_on(found.pack, found.decided_at), found.level
        if key not in self._named:  # of thousands of lines there are a handful of words
            levels = self._levels(*key[:2])
            level = levels.level(found.level) if levels else None
            self._named[key] = _words_of(found, level)
        code, name, title = self._named[key]
        return LevelWord(found.level, code, name, found.pack, title, found.effective_on)

    def lowest_on(self, day: date) -> LevelWord:
        """This function will give the lowest level of the guidance by which the system worked on a day."""
        if day not in self._lowest:
            name = pack_of(self.system, day)
            levels = self._levels(name, self._version_on(name, day))
            level, code, word = (levels.lowest.id, levels.lowest.code, levels.lowest.name) if levels else ("", "", "")
            self._lowest[day] = LevelWord(level, code, word, name, _title(name), is_unmoved=True)
        return self._lowest[day]

    def _version_on(self, pack_id: str, at: datetime | date) -> date:
        """The day of the house's last change to the levels of a guidance; between two they are the same."""
        if pack_id not in self._changes:
            self._changes[pack_id] = [timezone.localdate(one.at) for one in local_versions(pack_id, "levels")]
        if not (changes := self._changes[pack_id]):
            return date.min
        on = timezone.localdate(at) if isinstance(at, datetime) else at
        return max((day for day in changes if day <= on), default=date.min)

    def _levels(self, pack_id: str, version: date) -> Levels | None:
        if (pack_id, version) not in self._read:
            part = part_of(pack_id, "levels", version)
            self._read[pack_id, version] = part.content if part and isinstance(part.content, Levels) else None
        return self._read[pack_id, version]


def _words_of(found: SetLevel, level: Level | None) -> tuple[str, str, str]:
    """Code, name and guidance; of a level that the guidance no longer knows, what it was kept under."""
    return (*((level.code, level.name) if level else (found.level, found.level)), _title(found.pack))


def _title(pack_id: str) -> str:
    return pack(pack_id).title if any(one.id == pack_id for one in packs()) else pack_id
