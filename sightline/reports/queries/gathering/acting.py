"""Actions for a report, from the log of the group: what was agreed, what is overdue, and what changed because of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from sightline.actions.models import Action, ActionClosing
from sightline.actions.queries.asked import State
from sightline.actions.queries.lines import LogLine, lines_of
from sightline.actions.queries.log import actions_of_group, pressing_of_group
from sightline.core.actions.facts import Outcome
from sightline.reports.queries.gathering.found import Found, Scope
from sightline.reports.words import RecordKind
from sightline.web.wording import day, ended


def agreed(scope: Scope) -> Iterator[Found]:
    """This function will tell what the group agreed in the period should be done (ACT-01; QSG 2017 Annex F §2.0)."""
    for one in actions_of_group(scope.group, scope.actor, scope.on, State.ALL):
        if one.hears and scope.covers(one.action.raised_on):
            until = "Done" if one.closing else f"By {day(one.due_on)}"
            yield _found(
                one, scope, f"Action: {ended(one.statement.resolution)} {until}, {one.owner.organisation.name}."
            )


def overdue(scope: Scope) -> Iterator[Found]:
    """This function will tell which actions of the group are overdue, whenever they were agreed (ACT-02)."""
    for one in pressing_of_group(scope.group, scope.actor, scope.on, scope.on - timedelta(days=1)):
        if one.hears:
            says = f"Overdue since {day(one.due_on)}: {ended(one.statement.resolution)} {one.owner.organisation.name}."
            yield _found(one, scope, says)


def good_practice(scope: Scope) -> Iterator[Found]:
    """This function will tell what changed because of actions that were done in the period (LRN-03, RPT-12)."""
    seen = Action.objects.read_by(scope.actor, scope.on).filter(group=scope.group).order_by().values("pk")
    rows = ActionClosing.objects.filter(
        action__in=seen, reopening=None, outcome=Outcome.DONE.value, closed_on__range=(scope.first, scope.last)
    )
    closings = list(rows.exclude(impact="").select_related("action").order_by("closed_on", "recorded_at", "pk"))
    lines = lines_of([one.action for one in closings], scope.actor, scope.on)
    for closing, line in zip(closings, lines, strict=True):
        says = f"{ended(line.statement.resolution)} What changed: {closing.impact}"
        yield Found(RecordKind.ACTION, line.action.pk, says, closing.closed_on, _about(line, scope))


def _found(line: LogLine, scope: Scope, says: str) -> Found:
    return Found(RecordKind.ACTION, line.action.pk, says, line.action.raised_on, _about(line, scope))


def _about(line: LogLine, scope: Scope) -> tuple[UUID, ...]:
    return tuple(one for one in (line.action.subject_id, scope.group.subject_id) if one is not None)
