"""Where an organisation comes from and what became of it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sightline.audit.keeping import until_anything_changes
from sightline.directory.models import Organisation, Relation
from sightline.directory.queries.finding import find_organisation, names_of
from sightline.directory.words import Link


@dataclass(frozen=True, slots=True)
class Succession:
    """One body taken over by another on a day; ``is_part`` when the old one was divided."""

    old: Organisation
    new: Organisation
    on: date | None
    is_part: bool


@dataclass(frozen=True, slots=True)
class History:
    """All that is known of a body's past and future: its names, and the steps before and after it, oldest first."""

    organisation: Organisation
    names: tuple[tuple[str, date | None], ...]
    before: tuple[Succession, ...]
    after: tuple[Succession, ...]


def predecessors(code: str) -> tuple[Succession, ...]:
    """This function will give every step by which others became this body, all the way back, oldest first (ORG-02)."""
    return _walk(code, forwards=False)


def successors(code: str) -> tuple[Succession, ...]:
    """This function will give every step by which this body became others, all the way on, oldest first (ORG-02)."""
    return _walk(code, forwards=True)


def history_of(organisation: Organisation) -> History:
    """This function will gather a body's names and the steps before and after it."""
    steps = _steps()
    return History(
        organisation,
        names_of(organisation),
        _reached(organisation.pk, steps, forwards=False),
        _reached(organisation.pk, steps, forwards=True),
    )


def _walk(code: str, *, forwards: bool) -> tuple[Succession, ...]:
    organisation = find_organisation(code)
    return _reached(organisation.pk, _steps(), forwards=forwards) if organisation else ()


@until_anything_changes
def _steps() -> dict[tuple[UUID, UUID], Succession]:
    """Every succession once, though two sources may state it; the first stated day counts."""
    rows = Relation.objects.filter(link=Link.SUCCEEDED_BY).select_related("origin", "target")
    steps: dict[tuple[UUID, UUID], Succession] = {}
    for row in sorted(rows, key=lambda one: (one.valid_from or date.max, one.pk)):
        steps.setdefault(
            (row.origin_id, row.target_id), Succession(row.origin, row.target, row.valid_from, row.is_part)
        )
    return steps


def _reached(start: UUID, steps: dict[tuple[UUID, UUID], Succession], *, forwards: bool) -> tuple[Succession, ...]:
    leading: dict[UUID, list[Succession]] = defaultdict(list)
    for (old, new), step in steps.items():
        leading[old if forwards else new].append(step)
    found: dict[tuple[UUID, UUID], Succession] = {}
    waiting = [start]
    while waiting:
        for step in leading.get(waiting.pop(), ()):
            key = (step.old.pk, step.new.pk)
            if key not in found:
                found[key] = step
                waiting.append(step.new.pk if forwards else step.old.pk)
    return tuple(sorted(found.values(), key=lambda step: (step.on or date.min, step.old.code, step.new.code)))
