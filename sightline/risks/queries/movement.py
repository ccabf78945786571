"""How a register moved: its risks by score at the end of each month, and what moved most since a day (RSK-01)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from django.utils import timezone

from sightline.audit.keeping import until_anything_changes
from sightline.core.access import Actor
from sightline.core.rulebook.risks import RiskMatrix
from sightline.risks.models import Place, RiskEnding, RiskScore
from sightline.risks.queries.ledgers import Cell, Ledger, hidden_on, scores_of
from sightline.risks.queries.then import KEY
from sightline.risks.words import ScoreKind

MONTHS = 13
AT_MOST = 50  # risks of one kind of movement that are listed


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


class _Stood(NamedTuple):
    """That a risk stood on the register, and from when to when that was on record."""

    key: str
    since: date
    known: date
    until: date | None  # the first day on which it no longer stood there, as far as that was on record

    def holds(self, day: date) -> bool:
        return self.since <= day and self.known <= day and (self.until is None or day < self.until)


class _Scored(NamedTuple):
    """A score, and the first day on which it both held and was on record."""

    counts_from: date
    cell: Cell


@dataclass(frozen=True, slots=True)
class _Past:
    """All that ever stood on a register."""

    stood: tuple[_Stood, ...]
    scored: Mapping[str, Sequence[_Scored]]
    closed: Mapping[str, date]

    def cells_on(self, day: date) -> dict[str, Cell | None]:
        """This function will give where each open risk stood on a day, by what was then on record."""
        return {
            one.key: self._cell(one.key, day)
            for one in self.stood
            if one.holds(day) and not (one.key in self.closed and self.closed[one.key] <= day)
        }

    def _cell(self, key: str, day: date) -> Cell | None:
        return next((one.cell for one in reversed(self.scored.get(key, ())) if one.counts_from <= day), None)


def months_of(actor: Actor, on: date, ledger: Ledger) -> tuple[Month, ...]:
    """This function will give a register at the ends of the last twelve months and on the day itself."""
    return _months(ledger, on, hidden_on(actor, on, ledger))


def moved_since(actor: Actor, on: date, ledger: Ledger, matrix: RiskMatrix, since: date) -> Movements:
    """This function will say what came, rose, fell and left between a day and today, the furthest first."""
    scores = tuple(sorted(scores_of(matrix).items()))
    return _moved(ledger, on, hidden_on(actor, on, ledger), scores, since)


def ends_of_months(on: date, many: int = MONTHS) -> tuple[date, ...]:
    """This function will name the last days of the months before a day, and the day itself, the oldest first."""
    days = [on]
    first = on.replace(day=1)
    while len(days) < many:
        days.append(first - timedelta(days=1))
        first = days[-1].replace(day=1)
    return tuple(reversed(days))


@until_anything_changes
def _months(ledger: Ledger, on: date, hidden: frozenset[UUID]) -> tuple[Month, ...]:
    past = _past(ledger, hidden)
    return tuple(Month(day, Counter(past.cells_on(day).values())) for day in ends_of_months(on))


@until_anything_changes
def _moved(
    ledger: Ledger, on: date, hidden: frozenset[UUID], scores: tuple[tuple[Cell, int], ...], since: date
) -> Movements:
    past, score = _past(ledger, hidden), dict(scores)
    before, after = past.cells_on(since), past.cells_on(on)
    found: dict[How, list[Moved]] = defaultdict(list)
    for key in before.keys() | after.keys():
        old, new = before.get(key), after.get(key)
        by = (score[new] if new else 0) - (score[old] if old else 0)
        if (how := _how(key in before, key in after, old, new, by)) is not None:
            found[how].append(Moved(UUID(key), how, old, new, by))
    some = [sorted(found[how], key=lambda one: (-abs(one.by), one.risk.hex))[:AT_MOST] for how in How]
    return Movements(since, tuple(one for group in some for one in group), {how: len(found[how]) for how in How})


def _how(was: bool, is_there: bool, old: Cell | None, new: Cell | None, by: int) -> How | None:
    """A risk that was scored for the first time did not rise."""
    if not was:
        return How.CAME
    if not is_there:
        return How.LEFT
    if old is None or new is None or by == 0:
        return None
    return How.RISEN if by > 0 else How.FALLEN


def _past(ledger: Ledger, hidden: frozenset[UUID]) -> _Past:
    leaves_out = {key.hex for key in hidden} | {str(key) for key in hidden}
    ever = Place.objects.filter(tier=ledger.tier.value, body=ledger.body.pk).order_by()
    names = ("key", "since", "recorded_at", "ending__ended_on", "ending__recorded_at")
    stood = tuple(
        _Stood(key, since, _day(at), max(ended, _day(told)) if ended else None)
        for key, since, at, ended, told in ever.annotate(key=KEY).values_list(*names)
        if key not in leaves_out
    )
    scored: dict[str, list[_Scored]] = defaultdict(list)
    rows = RiskScore.objects.filter(kind=ScoreKind.CURRENT.value, risk__in=ever.values("risk"))
    names = ("key", "holds_from", "recorded_at", "likelihood", "consequence")
    in_order = rows.order_by("holds_from", "recorded_at", "pk").annotate(key=KEY)
    for key, holds_from, at, likelihood, consequence in in_order.values_list(*names):
        scored[key].append(_Scored(max(holds_from, _day(at)), (likelihood, consequence)))
    ends = RiskEnding.objects.filter(risk__in=ever.values("risk")).order_by().annotate(key=KEY)
    rows_of_ends = ends.values_list("key", "ended_on", "recorded_at")
    return _Past(stood, scored, {key: max(ended, _day(at)) for key, ended, at in rows_of_ends})


def _day(at: datetime) -> date:
    return timezone.localdate(at)
