"""How a register moved: its risks by score at the end of each month, and what moved most since a day (RSK-01)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from heapq import nsmallest
from uuid import UUID

from django.db.models import Case, CharField, Count, Q, Value, When
from django.db.models.functions import Cast

from sightline.audit.keeping import until_changed_by
from sightline.core.access import Actor
from sightline.core.risks import Status
from sightline.core.rulebook.risks import RiskMatrix
from sightline.risks.models import RegisterLine, RegisterLineQuerySet
from sightline.risks.queries.ledgers import Cell, Ledger, hidden_on, scores_of
from sightline.risks.queries.record import MENDS
from sightline.risks.words import WRITTEN_BY

MONTHS = 13
AT_MOST = 50  # risks of one kind of movement that are listed
SETTLED_AFTER = timedelta(days=2)
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
        return _months(_ever(ledger).visible_to(actor, on), ends_of_months(on))
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


def _shared_months(ledger: Ledger, on: date, hidden: frozenset[UUID]) -> tuple[Month, ...]:
    """What stood at the end of a day is told by what was on record then, so that what is done later changes nothing of it.

    The last two days are counted anew, because an operation may have begun before midnight and be seen only after it.
    """
    days = ends_of_months(on)
    past = tuple(day for day in days if day < on - SETTLED_AFTER)
    return (*_past_months(ledger, past, hidden), *_last_months(ledger, days[len(past) :], hidden))


def _as_it_was(
    kept: tuple[Month, ...], risks: Sequence[str], ledger: Ledger, days: tuple[date, ...], hidden: frozenset[UUID]
) -> tuple[Month, ...]:
    return kept


@until_changed_by(*WRITTEN_BY, mends=dict.fromkeys(MENDS, _as_it_was))
def _past_months(ledger: Ledger, days: tuple[date, ...], hidden: frozenset[UUID]) -> tuple[Month, ...]:
    return _months(_ever(ledger).exclude(risk__in=hidden), days)


@until_changed_by(*WRITTEN_BY)
def _last_months(ledger: Ledger, days: tuple[date, ...], hidden: frozenset[UUID]) -> tuple[Month, ...]:
    return _months(_ever(ledger).exclude(risk__in=hidden), days)


@until_changed_by(*WRITTEN_BY)
def _shared_moved(
    ledger: Ledger, on: date, hidden: frozenset[UUID], scores: tuple[tuple[Cell, int], ...], since: date
) -> Movements:
    return _moved(_ever(ledger).exclude(risk__in=hidden), scores, since)


def _months(lines: RegisterLineQuerySet, days: Sequence[date]) -> tuple[Month, ...]:
    """Counted by the database by the first of the days on which lines were there, and the first on which they were not."""
    by_day: list[dict[Cell | None, int]] = [defaultdict(int) for _ in days]
    some = lines.filter(Q(until=None) | Q(until__gt=days[0]))
    parted = some.annotate(came=_first_of(days, "since"), left=_first_of(days, "until"))
    groups = parted.values_list("likelihood", "consequence", "came", "left").annotate(many=Count("pk"))
    for likelihood, consequence, came, left, many in groups:
        for place in range(came, left):
            by_day[place][_cell(likelihood, consequence)] += many
    return tuple(Month(day, by_cell) for day, by_cell in zip(days, by_day, strict=True))


def _first_of(days: Sequence[date], name: str) -> Case:
    """The place of the first of some days by which a day had come; after them all where it had not, or is none."""
    steps = (When(**{f"{name}__lte": day}, then=Value(place)) for place, day in enumerate(days))
    return Case(*steps, default=Value(len(days)))


def _moved(lines: RegisterLineQuerySet, scores: tuple[tuple[Cell, int], ...], since: date) -> Movements:
    """What has stood as it does since before the day did not move, and its line is not read."""
    before = _cells(lines.filter(since__lte=since, until__gt=since))
    after, score = _cells(lines.filter(until=None, since__gt=since)), dict(scores)
    found: dict[How, list[tuple[int, str]]] = {how: [] for how in How}
    for key in before.keys() | after.keys():
        old, new = before.get(key), after.get(key)
        by = _by(old, new, score)
        if (how := _how(key in before, key in after, old, new, by)) is not None:
            found[how].append((-abs(by), key))
    furthest = ((how, key) for how, some in found.items() for _, key in nsmallest(AT_MOST, some))
    ends = ((how, UUID(key), before.get(key), after.get(key)) for how, key in furthest)
    moved = (Moved(key, how, old, new, _by(old, new, score)) for how, key, old, new in ends)
    return Movements(since, tuple(moved), {how: len(some) for how, some in found.items()})


def _by(old: Cell | None, new: Cell | None, score: Mapping[Cell, int]) -> int:
    return (score[new] if new else 0) - (score[old] if old else 0)


def _cells(lines: RegisterLineQuerySet) -> dict[str, Cell | None]:
    """By the keys of risks as text: of thousands those of the ones that are shown are made into keys again."""
    rows = lines.annotate(key=Cast("risk", CharField())).values_list("key", "likelihood", "consequence")
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
