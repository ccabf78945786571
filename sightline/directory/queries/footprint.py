"""The areas of the country as they lie within one another on a day, with the mergers and divisions of boards."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sightline.audit.keeping import until_anything_changes
from sightline.directory.models import Organisation, Relation
from sightline.directory.words import AREAS, Kind, Link

_AREAS = sorted({*AREAS, Kind.UNKNOWN})  # a body known only by its code may be an area
_REMEMBERED = 20_000  # walks upwards that one footprint keeps

_Step = tuple[UUID, date | None, date | None]  # to which area, from which day, to which last day


def _holds(step: _Step, day: date) -> bool:
    return (step[1] is None or step[1] <= day) and (step[2] is None or day <= step[2])


@dataclass(slots=True)
class Footprint:
    """All areas and the steps between them, read once; every question is answered for a day."""

    kinds: dict[UUID, str]
    closed: dict[UUID, date]
    _up: dict[UUID, list[_Step]]
    _down: dict[UUID, list[_Step]]
    _heirs: dict[UUID, dict[UUID, date | None]]
    _above: dict[tuple[UUID, date], frozenset[UUID]] = field(default_factory=dict)

    @classmethod
    def load(cls) -> Footprint:
        """This function will read the areas and their steps with two queries."""
        kinds: dict[UUID, str] = {}
        closed: dict[UUID, date] = {}
        for pk, kind, end in Organisation.objects.areas().order_by().values_list("pk", "kind", "closed_on"):
            kinds[pk] = kind
            if end:
                closed[pk] = end
        up: dict[UUID, list[_Step]] = defaultdict(list)
        down: dict[UUID, list[_Step]] = defaultdict(list)
        heirs: dict[UUID, dict[UUID, date | None]] = defaultdict(dict)
        rows = Relation.objects.filter(
            link__in=[Link.PART_OF, Link.LOCATED_IN, Link.SUCCEEDED_BY], origin__kind__in=_AREAS
        ).values_list("origin_id", "target_id", "link", "valid_from", "valid_to")
        for origin, target, link, begins, ends in rows:
            if link == Link.SUCCEEDED_BY:
                heirs[origin][target] = begins
            else:
                up[origin].append((target, begins, ends))
                down[target].append((origin, begins, ends))
        for old, taken in heirs.items():
            if len(taken) == 1:  # what passed on whole counts, from then on, as lying within its heir
                for heir, day in taken.items():
                    up[old].append((heir, day, None))
                    down[heir].append((old, day, None))
        return cls(kinds, closed, dict(up), dict(down), dict(heirs))

    def heirs(self, area: UUID) -> frozenset[UUID]:
        """This function will give whoever took over from an area, wholly or in part."""
        return frozenset(self._heirs.get(area, ()))

    def divided(self) -> dict[UUID, date]:
        """This function will give the areas that several others took over, and the last day on which one did."""
        return {
            area: max(day for day in heirs.values() if day)
            for area, heirs in self._heirs.items()
            if len(heirs) > 1 and all(heirs.values())
        }

    def is_divided(self, area: UUID, on: date) -> bool:
        """This function will say whether an area had been divided by the day, so that nothing of it passes as a whole."""
        days = self._heirs.get(area, {})
        return len(days) > 1 and any(day is None or day <= on for day in days.values())

    def above(self, area: UUID, on: date) -> frozenset[UUID]:
        """This function will give an area with all that it lies within on the day, through whole successions.

        A divided area passes on nothing: who went where is known only member by member.
        """
        if (area, on) not in self._above:
            if len(self._above) >= _REMEMBERED:
                self._above.clear()
            self._above[(area, on)] = _walked([area], self._up, on)
        return self._above[(area, on)]

    def below(self, area: UUID, on: date) -> frozenset[UUID]:
        """This function will give an area with every area that lies within it on the day."""
        return _walked([area], self._down, on)

    def is_open(self, area: UUID, on: date) -> bool:
        """This function will say whether an area still exists on the day."""
        return area not in self.closed or self.closed[area] >= on

    def open_above(self, area: UUID, on: date, kind: Kind) -> frozenset[UUID]:
        """This function will give the areas of a kind, open on the day, that an area is or lies within."""
        if area not in self.kinds and area not in self._up:
            return frozenset()  # no area at all
        return frozenset(one for one in self.above(area, on) if self.kinds.get(one) == kind and self.is_open(one, on))

    def settled(self, on: date) -> frozenset[UUID]:
        """This function will give the areas of which the system on the day is known."""
        boards = [area for area, kind in self.kinds.items() if kind == Kind.ICB and self.is_open(area, on)]
        return _walked(boards, self._down, on)


@until_anything_changes
def footprint_now() -> Footprint:
    """This function will give the footprint for pages, which read far more often than areas change."""
    return Footprint.load()


def _walked(starts: list[UUID], steps: dict[UUID, list[_Step]], on: date) -> frozenset[UUID]:
    found: set[UUID] = set()
    waiting = list(starts)
    while waiting:
        here = waiting.pop()
        if here not in found:
            found.add(here)
            waiting += [step[0] for step in steps.get(here, ()) if _holds(step, on)]
    return frozenset(found)
