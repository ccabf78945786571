"""How a register moved: its risks by score at the end of each month, and what moved most since a day (RSK-01)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import Count, Q

from sightline.audit.keeping import until_anything_changes
from sightline.core.access import Actor
from sightline.core.risks import Status
from sightline.core.rulebook.risks import RiskMatrix
from sightline.risks.models import RegisterLine, RegisterLineQuerySet
from sightline.risks.queries.ledgers import Cell, Ledger, hidden_on, scores_of

MONTHS = 13
AT_MOST = 50  # risks of one kind of movement that are listed
SHARED = 500  # who may not see more risks than these of a register does not share what is kept of it


class How(StrEnum):
    """How a risk moved between two days."""

    RISEN = "risen"
    CAME = "came"  # it stands here now, and did not then
    FALLEN = "fallen"
    LEFT = "left"  # it was closed, or no longer stands here


@dataclass(frozen=True, slots=True)
class Month:
    """A register at the end of a month, or on the day itself: its open risks by likelihood and consequence."""

    on: date
    by_cell: Mapping[Cell | None, int]

    @property
    def open(self) -> int:
        """All that were open."""
        return sum(self.by_cell.values())


@dataclass(frozen=True, slots=True)
class Moved:
    """One risk that moved, from where to where; None where it had no score or did not stand here."""

    risk: UUID
    how: How
    before: Cell | None
    after: Cell | None
    by: int


@dataclass(frozen=True, slots=True)
class Movements:
    """What moved since a day, the furthest first; ``counts`` holds all, ``moved`` at most fifty of a kind."""

    since: date
    moved: tuple[Moved, ...]
    counts: Mapping[How, int]


def months_of(actor: Actor, on: date, ledger: Ledger) -> tuple[Month, ...]:
    """This function will give a register at the ends of the last twelve months and on the day itself."""
    hidden = hidden_on(actor, on, ledger)
    if len(hidden) > SHARED:
        return _months(_ever(ledger).visible_to(actor, on), on)
    return _shared_months(ledger, on, hidden)


def moved_since(actor: Actor, on: date, ledger: Ledger, matrix: RiskMatrix, since: date) -> Movements:
    """This function will say what came, rose, fell and left between a day and today, the furthest first."""
    scores, hidden = tuple(sorted(scores_of(matrix).items())), hidden_on(actor, on, ledger)
    if len(hidden) > SHARED:
        return _moved(_ever(ledger).visible_to(actor, on), scores, since)
    return _shared_moved(ledger, on, hidden, scores, since)


def ends_of_months(on: date, many: int = MONTHS) -> tuple[date, ...]:
    """This function will name the last days of the months before a day, and the day itself, the oldest first."""
    days = [on]
    first = on.replace(day=1)
    while len(days) < many:
        days.append(first - timedelta(days=1))
        first = days[-1].replace(day=1)
    return tuple(reversed(days))


def _ever(ledger: Ledger) -> RegisterLineQuerySet:
    """How all that ever stood on a register and was open did so."""
    lines = RegisterLine.objects.filter(tier=ledger.tier.value, body=ledger.body.pk)
    return lines.exclude(status=Status.CLOSED.value).order_by()


@until_anything_changes
def _shared_months(ledger: Ledger, on: date, hidden: frozenset[UUID]) -> tuple[Month, ...]:
    return _months(_ever(ledger).exclude(risk__in=hidden), on)


@until_anything_changes
def _shared_moved(
    ledger: Ledger, on: date, hidden: frozenset[UUID], scores: tuple[tuple[Cell, int], ...], since: date
) -> Movements:
    return _moved(_ever(ledger).exclude(risk__in=hidden), scores, since)


def _months(lines: RegisterLineQuerySet, on: date) -> tuple[Month, ...]:
    """Counted by the database, all days at once."""
    days = ends_of_months(on)
    counts = {
        f"day_{place}": Count("pk", filter=Q(since__lte=day) & (Q(until=None) | Q(until__gt=day)))
        for place, day in enumerate(days)
    }
    by_day: list[dict[Cell | None, int]] = [{} for _ in days]
    some = lines.filter(Q(until=None) | Q(until__gt=days[0])).values_list("likelihood", "consequence")
    for likelihood, consequence, *many in some.annotate(**counts):
        for place, count in enumerate(many):
            by_day[place] |= {_cell(likelihood, consequence): count} if count else {}
    return tuple(Month(day, by_cell) for day, by_cell in zip(days, by_day, strict=True))


def _moved(lines: RegisterLineQuerySet, scores: tuple[tuple[Cell, int], ...], since: date) -> Movements:
    before, after, score = _cells(lines.on_day(since)), _cells(lines.on_day(None)), dict(scores)
    found: dict[How, list[Moved]] = defaultdict(list)
    for key in before.keys() | after.keys():
        old, new = before.get(key), after.get(key)
        by = (score[new] if new else 0) - (score[old] if old else 0)
        if (how := _how(key in before, key in after, old, new, by)) is not None:
            found[how].append(Moved(key, how, old, new, by))
    some = [sorted(found[how], key=lambda one: (-abs(one.by), one.risk.hex))[:AT_MOST] for how in How]
    return Movements(since, tuple(one for group in some for one in group), {how: len(found[how]) for how in How})


def _cells(lines: RegisterLineQuerySet) -> dict[UUID, Cell | None]:
    rows = lines.values_list("risk", "likelihood", "consequence")
    return {key: _cell(likelihood, consequence) for key, likelihood, consequence in rows}


def _cell(likelihood: int | None, consequence: int | None) -> Cell | None:
    return (likelihood, consequence) if likelihood and consequence else None


def _how(was: bool, is_there: bool, old: Cell | None, new: Cell | None, by: int) -> How | None:
    """A risk that was scored for the first time did not rise."""
    if not was:
        return How.CAME
    if not is_there:
        return How.LEFT
    if old is None or new is None or by == 0:
        return None
    return How.RISEN if by > 0 else How.FALLEN
