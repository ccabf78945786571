"""The areas of the country as they lie within one another on a day, with the mergers and divisions of boards."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sightline.directory.models import Organisation, Relation
from sightline.directory.words import AREAS, Kind, Link

_AREAS = sorted({*AREAS, Kind.UNKNOWN})  # a body known only by its code may be an area


@dataclass(frozen=True, slots=True)
class _Step:
    to: UUID
    link: str
    valid_from: date | None
    valid_to: date | None

    def holds_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass(slots=True)
class Footprint:
    """All areas and the steps between them, read once; every question is answered for a day."""

    kinds: dict[UUID, str]
    closed: dict[UUID, date]
    _up: dict[UUID, list[_Step]]
    _heirs: dict[UUID, dict[UUID, date | None]]
    _above: dict[tuple[UUID, date], frozenset[UUID]] = field(default_factory=dict)

    @classmethod
    def load(cls) -> Footprint:
        """This function will read the areas and their steps with two queries."""
        kinds: dict[UUID, str] = {}
        closed: dict[UUID, date] = {}
        for pk, kind, end in Organisation.objects.areas().values_list("pk", "kind", "closed_on"):
            kinds[pk] = kind
            if end:
                closed[pk] = end
        up: dict[UUID, list[_Step]] = defaultdict(list)
        heirs: dict[UUID, dict[UUID, date | None]] = defaultdict(dict)
        rows = Relation.objects.filter(
            link__in=[Link.PART_OF, Link.LOCATED_IN, Link.SUCCEEDED_BY], origin__kind__in=_AREAS
        ).values_list("origin_id", "target_id", "link", "valid_from", "valid_to")
        for origin, target, link, begins, ends in rows:
            if link == Link.SUCCEEDED_BY:
                heirs[origin][target] = begins
            else:
                up[origin].append(_Step(target, link, begins, ends))
        return cls(kinds, closed, dict(up), dict(heirs))

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
            found: set[UUID] = set()
            waiting = [area]
            while waiting:
                here = waiting.pop()
                if here in found:
                    continue
                found.add(here)
                waiting += [step.to for step in self._up.get(here, ()) if step.holds_on(on)]
                heirs = self._heirs.get(here, {})
                if len(heirs) == 1:
                    waiting += [heir for heir, day in heirs.items() if day is None or day <= on]
            self._above[(area, on)] = frozenset(found)
        return self._above[(area, on)]

    def below(self, area: UUID, on: date) -> frozenset[UUID]:
        """This function will give an area with every area that lies within it on the day."""
        return frozenset(one for one in {area, *self.kinds, *self._up} if area in self.above(one, on))

    def is_open(self, area: UUID, on: date) -> bool:
        """This function will say whether an area still exists on the day."""
        return area not in self.closed or self.closed[area] >= on

    def systems_above(self, area: UUID, on: date) -> frozenset[UUID]:
        """This function will give the boards' areas, open on the day, that an area lies within."""
        return frozenset(
            one for one in self.above(area, on) if self.kinds.get(one) == Kind.ICB and self.is_open(one, on)
        )

    def settled(self, on: date) -> frozenset[UUID]:
        """This function will give the areas of which the system on the day is known."""
        return frozenset(area for area in {*self.kinds, *self._up} if self.systems_above(area, on))
