"""A register as it stood on an earlier day, filtered and ordered, from the rows alone (RSK-01, RSK-15)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast

from sightline.accounts.models import Person
from sightline.core.access import Actor
from sightline.core.risks import RiskRules, Status
from sightline.risks.models import Acceptance, Place, Risk, RiskEnding, RiskReview, RiskScore, RiskStatement
from sightline.risks.queries.asked import ME, NOBODY, UNLISTED, Asked, Show, Sort
from sightline.risks.queries.facts import facts_of
from sightline.risks.queries.ledgers import Cell, Ledger, cells_of, scores_of, standing
from sightline.risks.queries.rows import day_after
from sightline.risks.words import ScoreKind

KEY = Cast("risk", CharField())  # ids by the ten thousand: as text they are read in a fraction of the time


class _Said(NamedTuple):
    """What a register is filtered and ordered by, as it was said of a risk by a day."""

    key: str
    title: str
    category: str
    severity: str
    owner: UUID | None
    owner_name: str
    opened_on: date
    recorded_at: datetime
    review_on: date | None


@dataclass(frozen=True, slots=True)
class _Known:
    """What was on record of the risks of a register by the end of a day, by risk."""

    said: Mapping[str, _Said]
    cells: Mapping[str, Cell]
    reviews: Mapping[str, date | None]
    closed: frozenset[str]
    accepted: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Lookup:
    """What a rule says of the matrix, looked up once for however many risks."""

    scores: Mapping[Cell, int]
    in_band: frozenset[Cell]
    tolerated: Mapping[str, int]

    @staticmethod
    def of(rules: RiskRules, asked: Asked) -> _Lookup:
        """This function will look up what a register is asked for."""
        tolerated = {one.id: one.tolerance for one in rules.appetite.categories}
        return _Lookup(scores_of(rules.matrix), cells_of(rules.matrix, band=asked.band), tolerated)


def keys_as_of(actor: Actor, on: date, ledger: Ledger, asked: Asked, rules: RiskRules, day: date) -> list[UUID]:
    """This function will give the risks that stood on a register on a day, filtered and ordered by what was then known.

    The reader sees of them what they may see today, and no more.
    """
    stood = standing(ledger, day, day).filter(risk__in=Risk.objects.visible_to(actor, on).values("pk"))
    known = _known(stood, asked, day)
    lookup = _Lookup.of(rules, asked)
    wanted = [
        one for one in known.said.values() if _fits(one, known, asked, lookup, day) and _is_owned(one, asked, actor)
    ]

    def order(one: _Said) -> tuple[object, ...]:
        falling = -lookup.scores[known.cells[one.key]] if one.key in known.cells else 0
        match asked.sort:
            case Sort.SCORE:
                return falling, one.opened_on, one.key
            case Sort.REVIEW:
                return known.reviews[one.key] or date.min, falling, one.key
            case Sort.OPENED:
                return -one.opened_on.toordinal(), falling, one.key
            case Sort.TITLE:
                return one.title, one.key

    return [UUID(one.key) for one in sorted(wanted, key=order)]


def _fits(one: _Said, known: _Known, asked: Asked, lookup: _Lookup, day: date) -> bool:
    is_closed, cell = one.key in known.closed, known.cells.get(one.key)
    match asked.show:
        case Show.OPEN if is_closed:
            return False
        case Show.CLOSED if not is_closed:
            return False
        case Show.ACCEPTED if one.key not in known.accepted:
            return False
    if asked.category not in {"", one.category} or asked.severity not in {"", one.severity}:
        return False
    if asked.band and cell not in lookup.in_band:
        return False
    if asked.above and not (cell and lookup.scores[cell] > lookup.tolerated.get(one.category, lookup.scores[cell])):
        return False
    due = known.reviews[one.key]
    return not asked.overdue or (due is not None and due < day and not is_closed)


def _is_owned(one: _Said, asked: Asked, actor: Actor) -> bool:
    owner = asked.owner
    if not owner:
        return True
    if owner == ME:
        return isinstance(actor, Person) and one.owner == actor.pk
    if owner in {NOBODY, UNLISTED}:
        return one.owner is None and bool(one.owner_name) == (owner == UNLISTED)
    return str(one.owner) == owner


def _known(stood: QuerySet[Place], asked: Asked, day: date) -> _Known:
    mine, by_then = {"risk__in": stood.values("risk")}, {"recorded_at__lt": day_after(day)}
    names = ("title", "category", "severity", "owner", "owner_name", "risk__opened_on", "recorded_at", "review_on")
    rows = RiskStatement.objects.filter(**mine, **by_then).order_by("number").annotate(key=KEY)
    said = {row[0]: _Said(*row) for row in rows.values_list("key", *names)}
    ended = RiskEnding.objects.filter(**mine, **by_then, ended_on__lte=day).annotate(key=KEY)
    return _Known(
        said=said,
        cells=cells_then(stood, day),
        reviews=_reviews(said, stood, asked, day),
        closed=frozenset(ended.order_by().values_list("key", flat=True)),
        accepted=_accepted(stood, day) if asked.show is Show.ACCEPTED else frozenset(),
    )


def cells_then(stood: QuerySet[Place], day: date) -> dict[str, Cell]:
    """This function will give where each risk stood on a day by what was then on record; of two scores the later one."""
    rows = RiskScore.objects.filter(
        kind=ScoreKind.CURRENT.value, holds_from__lte=day, recorded_at__lt=day_after(day), risk__in=stood.values("risk")
    )
    rows = rows.order_by("holds_from", "recorded_at", "pk").annotate(key=KEY)
    found = rows.values_list("key", "likelihood", "consequence")
    return {key: (likelihood, consequence) for key, likelihood, consequence in found}


def _reviews(said: Mapping[str, _Said], stood: QuerySet[Place], asked: Asked, day: date) -> Mapping[str, date | None]:
    """The day that was named last, in what is said of a risk or at a review of it."""
    found = {key: one.review_on for key, one in said.items()}
    if not asked.overdue and asked.sort is not Sort.REVIEW:
        return found
    rows = RiskReview.objects.filter(risk__in=stood.values("risk"), recorded_at__lt=day_after(day))
    rows = rows.filter(reviewed_on__lte=day).exclude(next_review_on=None)
    named = rows.order_by("recorded_at", "pk").annotate(key=KEY).values_list("key", "recorded_at", "next_review_on")
    for key, recorded_at, next_on in named:
        if key in said and (said[key].review_on is None or recorded_at >= said[key].recorded_at):
            found[key] = next_on
    return found


def _accepted(stood: QuerySet[Place], day: date) -> frozenset[str]:
    """Few are accepted, and what was accepted lapses with its score: the facts of each say whether it still was."""
    rows = Acceptance.objects.filter(risk__in=stood.values("risk"), recorded_at__lt=day_after(day))
    found = facts_of(Risk.objects.filter(pk__in=rows.values("risk")), day, day)
    accepted = [pk for pk, one in found.items() if one.status is Status.ACCEPTED]
    keys = Place.objects.filter(risk__in=accepted).order_by().annotate(key=KEY)
    return frozenset(keys.values_list("key", flat=True))
