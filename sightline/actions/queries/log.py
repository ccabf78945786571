"""The action log of the groups in which somebody sits: what fits, in which order, and how many are left out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from sightline.actions.models import Action, ActionQuerySet
from sightline.actions.queries.asked import Asked, Sort, State
from sightline.actions.queries.lines import LogLine, lines_of
from sightline.core.access import Actor
from sightline.core.actions.standing import SOON
from sightline.directory.models import Subject
from sightline.groups.models import Group

A_PAGE = 50
_ORDER = {
    Sort.DUE: ("due_on", "raised_on"),
    Sort.RAISED: ("-raised_on", "-recorded_at"),
    Sort.GROUP: ("group__name", "due_on"),
    Sort.OWNER: ("owner_body_name", "due_on"),
}


@dataclass(frozen=True, slots=True)
class LogPage:
    """Some lines of the log, how many fit, and how many of the others are in the state asked for or in another."""

    lines: tuple[LogLine, ...]
    fitting: int
    total: int  # of all that the reader may read
    closed: int  # of these, those that are closed


def log_page(actor: Actor, on: date, asked: Asked, page: int = 1) -> LogPage:
    """This function will give one page of the log, as far as the actor may read it."""
    return _read(actor, on, asked, (page - 1) * A_PAGE, page * A_PAGE)


def log_lines(actor: Actor, on: date, asked: Asked) -> LogPage:
    """This function will give all of the log that fits, for a copy of it."""
    return _read(actor, on, asked, 0, None)


def actions_of_group(group: Group, reader: Actor, on: date, state: State = State.OPEN) -> list[LogLine]:
    """This function will give the actions of a group that the reader may read, what is due first."""
    return list(log_lines(reader, on, Asked(state, group=group.pk)).lines)


def pressing_of_group(group: Group, reader: Actor, on: date, until: date) -> list[LogLine]:
    """This function will give a group's open actions that are due by a day, a meeting's for instance, or overdue."""
    found = Action.objects.visible_to(reader, on).filter(group=group).now_open().now_due(None, until)
    rows = found.select_related("group", "subject").in_order("due_on", "raised_on")
    return lines_of(list(rows), reader, on)


def actions_about(subject: Subject, reader: Actor, on: date, state: State = State.OPEN) -> list[LogLine]:
    """This function will give the actions about a subject that the reader may read, what is due first."""
    return list(log_lines(reader, on, Asked(state, subject=subject.pk)).lines)


def my_open_actions(person: Actor, on: date) -> list[LogLine]:
    """This function will give the open actions that somebody owns, what is due first."""
    return list(log_lines(person, on, Asked(is_mine=True)).lines)


def _read(actor: Actor, on: date, asked: Asked, first: int, last: int | None) -> LogPage:
    visible = Action.objects.visible_to(actor, on)
    fitting = _fitting(visible, actor, on, asked)
    rows = fitting.select_related("group", "subject").in_order(*_ORDER[asked.sort])
    total = visible.order_by().count()
    return LogPage(
        lines=tuple(lines_of(list(rows[first:last]), actor, on)),
        fitting=fitting.order_by().count(),
        total=total,
        closed=visible.order_by().now_closed().count() if total else 0,
    )


def _fitting(visible: ActionQuerySet, actor: Actor, on: date, asked: Asked) -> ActionQuerySet:
    found = _in_state(visible, asked.state, on)
    if asked.is_mine:
        found = found.owned_by(actor)
    if asked.group:
        found = found.filter(group=asked.group)
    if asked.subject:
        found = found.filter(Q(subject=asked.subject) | Q(group__subject=asked.subject))
    if asked.body:
        found = found.now_owned_for(asked.body)
    if asked.words:
        found = found.saying(*asked.words.split())
    return found


def _in_state(found: ActionQuerySet, state: State, on: date) -> ActionQuerySet:
    match state:
        case State.OPEN:
            return found.now_open()
        case State.OVERDUE:
            return found.now_open().now_due(None, on - timedelta(days=1))
        case State.SOON:
            return found.now_open().now_due(on, on + timedelta(days=SOON))
        case State.CLOSED:
            return found.now_closed()
        case State.ALL:
            return found
