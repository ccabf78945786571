"""Levels and risks for a report, from the surveillance log and the registers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from uuid import UUID

from sightline.core.risks import Status
from sightline.core.rulebook.risks import RiskMatrix, ScoreBand
from sightline.reports.queries.gathering.found import Found, Scope
from sightline.reports.words import RecordKind
from sightline.risks.models import RegisterLine, RiskSubject
from sightline.risks.queries.rules import risk_rules
from sightline.surveillance.queries import guidance_for
from sightline.surveillance.queries.log import Asked, Line, log_lines
from sightline.web.wording import day, ended


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
    names: dict[UUID, str] = {}
    told = RiskSubject.objects.filter(risk__in=high).order_by("pk").values_list("risk", "subject", "subject__name")
    for risk, subject, name in told:
        about[risk].append(subject)
        names[subject] = name
    for one in sorted(high.values(), key=lambda line: (-line.score, line.statement.title, str(line.risk_id))):
        subjects = tuple(sorted(about[one.risk_id], key=lambda subject: not scope.concerns(subject)))
        if subjects and scope.concerns(subjects[0]):
            words = f"{ended(one.statement.title)} {_weight(matrix, one)}"
            says = f"Risk about {names[subjects[0]]}: {words}"
            yield Found(RecordKind.RISK, one.risk_id, says, one.since, subjects, beneath=f"Risk: {words}")


def _at_the_top(scope: Scope) -> Iterator[Line]:
    top = len(guidance_for(scope.group.system, scope.on).levels.levels.levels)
    return (one for one in _log(scope) if one.standing.level.rank == top)


def _log(scope: Scope) -> Iterator[Line]:
    found = log_lines(scope.actor, scope.on, Asked(scope.on, scope.group.system))
    return (one for one in found.lines if one.entry.decision and scope.concerns(one.entry.subject))


def _level(one: Line) -> Found:
    since = one.current.since
    assert since is not None, "a level that was decided has a day"
    says = f"{one.current.name} since {day(since)}."
    if one.actions:
        says += f" What is done: {'; '.join(action.rstrip('.') for action in one.actions)}."
    named = f"{one.entry.name}: {says}"
    return Found(RecordKind.DECISION, UUID(one.entry.decision), named, since, (one.entry.subject,), beneath=says)


def _is_high(matrix: RiskMatrix, line: RegisterLine) -> bool:
    band = _band(matrix, line)
    return band is not None and matrix.rank(band.id) >= len(matrix.bands) / 2


def _weight(matrix: RiskMatrix, line: RegisterLine) -> str:
    """How much a risk weighs, for whoever does not know the matrix: of how many, and the name of its band."""
    band = _band(matrix, line)
    return f"It scores {line.score} of {matrix.likelihood[-1].scores[-1]}{f' ({band.name})' if band else ''}."


def _band(matrix: RiskMatrix, line: RegisterLine) -> ScoreBand | None:
    if line.likelihood is None or line.consequence is None:
        return None
    return matrix.band(matrix.likelihood[line.likelihood - 1].bands[line.consequence - 1])
