"""Levels and risks for a report, from the surveillance log and the registers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from uuid import UUID

from sightline.core.risks import Status
from sightline.core.rulebook.risks import RiskMatrix
from sightline.reports.queries.gathering.found import Found, Scope
from sightline.reports.words import RecordKind
from sightline.risks.models import RegisterLine, RiskSubject
from sightline.risks.queries.rules import risk_rules
from sightline.surveillance.queries import guidance_for
from sightline.surveillance.queries.log import Asked, Line, log_lines
from sightline.web.wording import day


def levels(scope: Scope) -> Iterator[Found]:
    """This function will tell who stands above the lowest level, and whose level was set in the period (RPT-30)."""
    for one in _log(scope):
        if one.standing.level.rank > 1 or (one.current.since is not None and scope.covers(one.current.since)):
            yield _level(one)


def highest(scope: Scope) -> Iterator[Found]:
    """This function will tell who stands at the highest level, Risk Summit in 2017 (SUM-03; QSG 2017 Annex G §3.2)."""
    return (_level(one) for one in _at_the_top(scope))


def those_at_the_top(scope: Scope) -> frozenset[UUID]:
    """This function will give the subjects that stand at the highest level."""
    return frozenset(one.entry.subject for one in _at_the_top(scope))


def risks(scope: Scope) -> Iterator[Found]:
    """This function will tell the open risks that stand in the upper half of the bands of the matrix (RPT-12)."""
    matrix = risk_rules(scope.on).matrix
    rows = RegisterLine.objects.visible_to(scope.actor, scope.on).on_day(None).filter(system=scope.group.system)
    rows = rows.exclude(status=Status.CLOSED.value).select_related("statement").order_by("-score", "risk", "pk")
    high = {one.risk_id: one for one in reversed(rows) if _is_high(matrix, one)}
    about: dict[UUID, list[UUID]] = defaultdict(list)
    for risk, subject in RiskSubject.objects.filter(risk__in=high).order_by("pk").values_list("risk", "subject"):
        about[risk].append(subject)
    for one in sorted(high.values(), key=lambda line: (-line.score, line.statement.title, str(line.risk_id))):
        subjects = tuple(sorted(about[one.risk_id], key=lambda subject: not scope.concerns(subject)))
        if subjects and scope.concerns(subjects[0]):
            says = f"Risk: {one.statement.title}. It scores {one.score}."
            yield Found(RecordKind.RISK, one.risk_id, says, one.since, subjects)


def _at_the_top(scope: Scope) -> Iterator[Line]:
    top = len(guidance_for(scope.group.system, scope.on).levels.levels.levels)
    return (one for one in _log(scope) if one.standing.level.rank == top)


def _log(scope: Scope) -> Iterator[Line]:
    found = log_lines(scope.actor, scope.on, Asked(scope.on, scope.group.system))
    return (one for one in found.lines if one.entry.decision and scope.concerns(one.entry.subject))


def _level(one: Line) -> Found:
    since = one.current.since
    assert since is not None, "a level that was decided has a day"
    says = f"{one.entry.name}: {one.current.name} since {day(since)}."
    if one.actions:
        says += f" What is done: {'; '.join(action.rstrip('.') for action in one.actions)}."
    return Found(RecordKind.DECISION, UUID(one.entry.decision), says, since, (one.entry.subject,))


def _is_high(matrix: RiskMatrix, line: RegisterLine) -> bool:
    if line.likelihood is None or line.consequence is None:
        return False
    band = matrix.likelihood[line.likelihood - 1].bands[line.consequence - 1]
    return matrix.rank(band) >= len(matrix.bands) / 2
