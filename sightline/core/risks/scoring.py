"""Scores and bands by lookup, and how a risk has moved over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sightline.core.risks.facts import Score, Target
from sightline.core.rulebook.risks import RiskMatrix, ScoreBand


@dataclass(frozen=True, slots=True)
class Rated:
    """What the matrix makes of a likelihood and a consequence."""

    score: int
    band: ScoreBand


def rate(matrix: RiskMatrix, given: Score | Target) -> Rated:
    """This function will look up the score and the band of a likelihood and a consequence (RSK-03; SQG 2022 §3.13)."""
    row = matrix.likelihood[given.likelihood - 1]
    band = matrix.band(row.bands[given.consequence - 1])
    assert band is not None  # the matrix names only bands that it has
    return Rated(row.scores[given.consequence - 1], band)


def band_from(matrix: RiskMatrix, scale: str, theirs: str) -> ScoreBand | None:
    """This function will read a value of a partner's scale as a band; nothing where that scale does not have it (RSK-03).

    It is indicative: two scales never mean quite the same.
    """
    wanted = theirs.strip().casefold()
    steps = next((one.steps for one in matrix.other_scales if one.id == scale), ())
    return next((matrix.band(one.band) for one in steps if one.theirs.casefold() == wanted), None)


class Direction(StrEnum):
    """Which way a score has gone."""

    RISEN = "risen"
    FALLEN = "fallen"
    UNCHANGED = "unchanged"
    NEW = "new"  # there was no score before


@dataclass(frozen=True, slots=True)
class Movement:
    """From which score to which, between two days."""

    direction: Direction
    before: Rated | None
    after: Rated


def as_of(scores: Sequence[Score], day: date) -> Score | None:
    """This function will give the score that held at the end of a day; of two on one day the later one."""
    return next((one for one in reversed(scores) if one.on <= day), None)


def movement(matrix: RiskMatrix, scores: Sequence[Score], since: date, until: date) -> Movement | None:
    """This function will say how a risk moved between two days; nothing where it had no score by the second."""
    last, first = as_of(scores, until), as_of(scores, since)
    if last is None:
        return None
    after = rate(matrix, last)
    if first is None:
        return Movement(Direction.NEW, None, after)
    before = rate(matrix, first)
    if after.score == before.score:
        return Movement(Direction.UNCHANGED, before, after)
    return Movement(Direction.RISEN if after.score > before.score else Direction.FALLEN, before, after)


def path(matrix: RiskMatrix, scores: Sequence[Score], days: Sequence[date]) -> tuple[Rated | None, ...]:
    """This function will give the score that held on each of some days: the points of a picture over time."""
    held = [as_of(scores, day) for day in days]
    return tuple(rate(matrix, one) if one is not None else None for one in held)


def held_since(matrix: RiskMatrix, scores: Sequence[Score]) -> date | None:
    """This function will give the day since which the score has been what it is, re-scorings to the same included."""
    since: date | None = None
    now = rate(matrix, scores[-1]).score if scores else 0
    for one in reversed(scores):
        if rate(matrix, one).score != now:
            break
        since = one.on
    return since


def band_since(matrix: RiskMatrix, scores: Sequence[Score]) -> date | None:
    """This function will give the day since which a risk has been in its band or a higher one."""
    since: date | None = None
    now = matrix.rank(rate(matrix, scores[-1]).band.id) if scores else 0
    for one in reversed(scores):
        if matrix.rank(rate(matrix, one).band.id) < now:
            break
        since = one.on
    return since
