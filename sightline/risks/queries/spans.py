"""How risks stood on each day by what was then on record, from their rows: what is kept for registers to be read from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from sightline.core.risks import Status
from sightline.risks.models import Acceptance, Place, RiskEnding, RiskReview, RiskScore, RiskStatement
from sightline.risks.queries.ledgers import Cell
from sightline.risks.words import ScoreKind


class _Said(NamedTuple):
    """One statement. Of every row ``counts`` is the first day on which it both held and was on record."""

    counts: date
    pk: int
    category: str
    severity: str
    owner: UUID | None
    review_on: date | None
    recorded_at: datetime


class _Scored(NamedTuple):
    """One score of a risk as it is."""

    counts: date
    cell: Cell
    recorded_at: datetime


class _Named(NamedTuple):
    """The day of the next review that a review named."""

    counts: date
    review_on: date
    recorded_at: datetime


class _Accepted(NamedTuple):
    """That somebody bears the risk."""

    counts: date
    recorded_at: datetime


class _Stands(NamedTuple):
    """That it stands on a register; until the first day on which that was over, and on record."""

    counts: date
    tier: str
    body: UUID
    until: date | None


class _Ended(NamedTuple):
    """That it was closed."""

    counts: date


Row = TypeVar("Row", bound="_Said | _Scored | _Named | _Accepted | _Stands | _Ended")


@dataclass(frozen=True, slots=True)
class State:
    """How a risk stands: by what a register is filtered and ordered."""

    statement: int
    owner: UUID | None
    status: Status
    category: str
    severity: str
    cell: Cell | None
    review_on: date | None


@dataclass(frozen=True, slots=True)
class Span:
    """How a risk stood on one register from a day until another; None while it still does."""

    tier: str
    body: UUID
    since: date
    until: date | None
    state: State


@dataclass(frozen=True, slots=True)
class Story:
    """Everything of one risk on which its standing rests; ``scores`` in the order in which the last one counts."""

    said: Sequence[_Said]
    scores: Sequence[_Scored]
    named: Sequence[_Named]
    accepted: Sequence[_Accepted]
    ended: Sequence[_Ended]
    places: Sequence[_Stands]

    def on(self, day: date) -> State | None:
        """This function will say how the risk stood at the end of a day; None where nothing was said of it yet."""
        said = _last(self.said, day)
        if said is None:
            return None
        score = _last(self.scores, day)
        return State(
            statement=said.pk,
            owner=said.owner,
            status=self._status(day, score),
            category=said.category,
            severity=said.severity,
            cell=score.cell if score else None,
            review_on=self._review_on(day, said),
        )

    def now(self) -> State | None:
        """This function will say how the risk stands by all that is on record."""
        return self.on(date.max)

    def spans(self) -> Iterator[Span]:
        """This function will give how it stood on each register, from change to change."""
        parts = (self.said, self.scores, self.named, self.accepted, self.ended)
        changes = {row.counts for rows in parts for row in rows}
        days = sorted(changes | {day for one in self.places for day in (one.counts, one.until) if day is not None})
        states = [(day, self.on(day)) for day in days]
        for tier, body in sorted({(one.tier, one.body) for one in self.places}):
            there = [one for one in self.places if (one.tier, one.body) == (tier, body)]
            held = [(day, state if any(_holds(one, day) for one in there) else None) for day, state in states]
            yield from (Span(tier, body, since, until, state) for since, until, state in _runs(held))

    def _status(self, day: date, score: _Scored | None) -> Status:
        """What was accepted is the risk as it then was: once its score is another, nobody has accepted that."""
        if _last(self.ended, day) is not None:
            return Status.CLOSED
        accepted = _last(self.accepted, day)
        if accepted is None:
            return Status.OPEN
        before = [one for one in self.scores if one.counts <= day and one.recorded_at <= accepted.recorded_at]
        held = before[-1].cell if before else None
        return Status.ACCEPTED if held == (score.cell if score else None) else Status.OPEN

    def _review_on(self, day: date, said: _Said) -> date | None:
        """The day that was named last, in what is said of the risk or at a review of it."""
        named = [(said.recorded_at, said.review_on)] if said.review_on else []
        named += [(one.recorded_at, one.review_on) for one in self.named if one.counts <= day]
        return sorted(named, key=lambda one: one[0])[-1][1] if named else None


def stories_of(risks: Collection[UUID]) -> dict[UUID, Story]:
    """This function will read what the standing of some risks rests on: one query for each table."""
    said = _rows(RiskStatement, risks, "number", "pk", "category", "severity", "owner", "review_on")
    current = RiskScore.objects.filter(kind=ScoreKind.CURRENT.value)
    scores = _rows(current, risks, "holds_from recorded_at pk", "holds_from", "likelihood", "consequence")
    reviews = _rows(
        RiskReview.objects.exclude(next_review_on=None), risks, "recorded_at pk", "reviewed_on", "next_review_on"
    )
    accepted, ended = _rows(Acceptance, risks, "recorded_at pk"), _rows(RiskEnding, risks, "pk", "ended_on")
    ends = ("ending__ended_on", "ending__recorded_at")
    places = _rows(Place, risks, "since pk", "since", "tier", "body", *ends)
    return {
        key: Story(
            said=[
                _Said(_day(at), pk, kind, grave, owner, due, at)
                for at, pk, kind, grave, owner, due in said.get(key, ())
            ],
            scores=[_Scored(max(day, _day(at)), (one, other), at) for at, day, one, other in scores.get(key, ())],
            named=[_Named(max(day, _day(at)), named, at) for at, day, named in reviews.get(key, ())],
            accepted=[_Accepted(_day(at), at) for (at,) in accepted.get(key, ())],
            ended=[_Ended(max(day, _day(at))) for at, day in ended.get(key, ())],
            places=[_stands(*row) for row in places.get(key, ())],
        )
        for key in risks
    }


def _rows(table: Any, risks: Collection[UUID], order: str, *names: str) -> Mapping[UUID, list[tuple[Any, ...]]]:
    """The rows of a table by risk, each with when it was recorded first."""
    rows: QuerySet[Any] = table if isinstance(table, QuerySet) else table.objects.all()
    found: dict[UUID, list[tuple[Any, ...]]] = {}
    asked = rows.filter(risk__in=risks).order_by(*order.split()).values_list("risk", "recorded_at", *names)
    for key, *row in asked:
        found.setdefault(key, []).append(tuple(row))
    return found


def _stands(
    at: datetime, since: date, tier: str, body: UUID, ended_on: date | None, told_at: datetime | None
) -> _Stands:
    until = max(ended_on, _day(told_at)) if ended_on and told_at else None
    return _Stands(max(since, _day(at)), tier, body, until)


def _holds(place: _Stands, day: date) -> bool:
    return place.counts <= day and (place.until is None or day < place.until)


def _runs(held: Iterable[tuple[date, State | None]]) -> Iterator[tuple[date, date | None, State]]:
    """The days from which something held, joined where nothing changed; gaps are left out."""
    since: date | None = None
    before: State | None = None
    for day, state in held:
        if state == before:
            continue
        if before is not None and since is not None:
            yield since, day, before
        since, before = day, state
    if before is not None and since is not None:
        yield since, None, before


def _last(rows: Sequence[Row], day: date) -> Row | None:
    return next((one for one in reversed(rows) if one.counts <= day), None)


def _day(at: datetime) -> date:
    return timezone.localdate(at)
