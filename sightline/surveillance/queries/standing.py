"""By which guidance a system works on a day, and at which level a subject stands by it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from sightline.core.rulebook.authority import Authorities
from sightline.core.rulebook.clocks import Clocks
from sightline.core.rulebook.duties import LevelMap, Notices
from sightline.core.rulebook.levels import Levels, Triggers
from sightline.core.rulebook.shapes import Part
from sightline.core.surveillance.facts import Dated, History, LevelRules, Standing
from sightline.directory.models import Subject
from sightline.groups.queries import pack_of
from sightline.rulebook.queries import pack, part_of, part_with_origin, rules_on
from sightline.surveillance.models import LevelDecision

P = TypeVar("P", bound=Part)


@dataclass(frozen=True, slots=True)
class Guidance:
    """All that one guidance says of levels on one day, local changes applied, with the version to be recorded (FRW-01)."""

    pack: str
    name: str
    version: str
    levels: LevelRules
    clocks: Clocks
    notices: Notices | None

    def level_name(self, level: str) -> str:
        """This function will name a level by this guidance's own word, or give its id where it is another's."""
        found = self.levels.levels.level(level)
        return found.name if found else level


def guidance_for(system: str, on: date) -> Guidance:
    """This function will gather the rules by which a system's group works on a day (FRW-01, FRW-02).

    What a guidance does not have, as the one of 2013 has no triggers of its own, is taken from the next that has it.
    """
    name = pack_of(system, on)
    levels = _part(name, "levels", Levels, on)
    triggers = _part(name, "triggers", Triggers, on)
    authority = _part(name, "authority", Authorities, on)
    clocks = _part(name, "clocks", Clocks, on)
    assert levels and triggers and authority and clocks, f"{name} has no levels"
    found = part_of(name, "levels", on)
    version = str(found.version) if found else str(rules_on(on).pack.version)
    mapping = _own(name, "mapping", LevelMap, on)
    rules = LevelRules(name, levels, triggers, authority, mapping)
    return Guidance(name, pack(name).title, version, rules, clocks, _own(name, "notices", Notices, on))


def _own(pack_id: str, name: str, shape: type[P], on: date) -> P | None:
    found = part_of(pack_id, name, on)
    return found.content if found and isinstance(found.content, shape) else None


def _part(pack_id: str, name: str, shape: type[P], on: date) -> P | None:
    found = _own(pack_id, name, shape, on)
    if found is None:
        later = part_with_origin(name, on)
        found = later.content if later and isinstance(later.content, shape) else None
    return found


def history_of(subject: UUID, *, known_on: date | None = None) -> History:
    """This function will give every level of a subject, or those that had been decided by the end of a day."""
    return _histories([subject], known_on)[subject]


def standing_of(subject: Subject, guidance: Guidance, on: date) -> Standing:
    """This function will say where a subject stands on a day, in the words of one guidance."""
    return history_of(subject.pk).standing(guidance.levels, on)


def standings_of(
    subjects: Collection[UUID], guidance: Guidance, on: date, *, known_on: date | None = None
) -> Mapping[UUID, Standing]:
    """This function will say where each of many subjects stands on a day; ``known_on`` leaves out what came later."""
    found = _histories(subjects, known_on)
    return {pk: found[pk].standing(guidance.levels, on) for pk in subjects}


def histories_of(subjects: Collection[UUID], *, known_on: date | None = None) -> Mapping[UUID, History]:
    """This function will give every level of many subjects, or those that had been decided by the end of a day."""
    return _histories(subjects, known_on)


def _histories(subjects: Collection[UUID], known_on: date | None) -> defaultdict[UUID, History]:
    rows = LevelDecision.objects.filter(subject__in=subjects).order_by("subject", "number")
    if known_on is not None:
        rows = rows.filter(decided_at__date__lte=known_on)
    dated: dict[UUID, list[Dated]] = defaultdict(list)
    for subject, level, name, since in rows.values_list("subject", "level_to", "pack", "effective_on"):
        dated[subject].append(Dated(level, name, since))
    return defaultdict(History, {pk: History.of(levels) for pk, levels in dated.items()})
