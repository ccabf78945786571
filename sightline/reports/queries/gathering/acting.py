"""Actions for a report, from the log of the group: what was agreed, what is overdue, and what changed because of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from uuid import UUID

from sightline.actions.models import Action, ActionClosing
from sightline.actions.queries.asked import State
from sightline.actions.queries.lines import LogLine, lines_of
from sightline.actions.queries.log import actions_of_group, pressing_of_group
from sightline.core.actions.facts import Outcome
from sightline.reports.queries.gathering.found import Found, Scope
from sightline.reports.queries.gathering.levelling import those_at_the_top
from sightline.reports.words import RecordKind
from sightline.web.wording import day, ended

_CLOSED: Mapping[Outcome, str] = {Outcome.DONE: "Done", Outcome.PARTLY: "Done in part", Outcome.DROPPED: "Dropped"}


def agreed(scope: Scope) -> Iterator[Found]:
    """This function will tell what the group agreed in the period should be done (ACT-01; QSG 2017 Annex F §2.0)."""
    for one in actions_of_group(scope.group, scope.actor, scope.on, State.ALL):
        if one.hears and scope.covers(one.action.raised_on):
            yield _found(one, scope)


def progress(scope: Scope) -> Iterator[Found]:
    """This function will tell how far the actions about those at the highest level are: open, or closed in the period."""
    there = those_at_the_top(scope)
    for one in actions_of_group(scope.group, scope.actor, scope.on, State.ALL) if there else ():
        is_news = one.closing is None or scope.covers(one.closing.closed_on)
        if one.hears and is_news and there & set(_about(one, scope)):
            yield _found(one, scope)


def overdue(scope: Scope) -> Iterator[Found]:
    """This function will tell which actions of the group are overdue, whenever they were agreed (ACT-02)."""
    for one in pressing_of_group(scope.group, scope.actor, scope.on, scope.on - timedelta(days=1)):
        if one.hears:
            yield _found(one, scope)


def good_practice(scope: Scope) -> Iterator[Found]:
    """This function will tell what changed because of actions that were done in the period (LRN-03, RPT-12)."""
    seen = Action.objects.read_by(scope.actor, scope.on).filter(group=scope.group).order_by().values("pk")
    rows = ActionClosing.objects.filter(
        action__in=seen, reopening=None, outcome=Outcome.DONE.value, closed_on__range=(scope.first, scope.last)
    )
    closings = list(rows.exclude(impact="").select_related("action").order_by("closed_on", "recorded_at", "pk"))
    lines = lines_of([one.action for one in closings], scope.actor, scope.on)
    for closing, line in zip(closings, lines, strict=True):
        done = f"Done on {day(closing.closed_on)}: {ended(line.statement.resolution)}"
        says = f"{done} What changed: {closing.impact}"
        yield Found(RecordKind.ACTION, line.action.pk, says, closing.closed_on, _about(line, scope))


def _words(line: LogLine, on: date) -> str:
    """What is done, who sees to it, and how far it is."""
    if line.closing is not None:
        state = f"{_CLOSED[Outcome(line.closing.outcome)]} on {day(line.closing.closed_on)}"
    else:
        state = f"Overdue since {day(line.due_on)}" if line.due_on < on else f"Due by {day(line.due_on)}"
    return f"{ended(line.statement.resolution)} Owner: {line.owner.organisation.name}. {state}."


def _found(line: LogLine, scope: Scope) -> Found:
    words = _words(line, scope.on)
    about = f" about {line.action.subject.name}" if line.action.subject else ""
    return Found(
        RecordKind.ACTION, line.action.pk, f"Action{about}: {words}", line.action.raised_on, _about(line, scope),
        beneath=f"Action: {words}",
    )  # fmt: skip


def _about(line: LogLine, scope: Scope) -> tuple[UUID, ...]:
    return tuple(one for one in (line.action.subject_id, scope.group.subject_id) if one is not None)
