"""Lines of the action log in Annex D's sense: each action with its newest words, owner and day, and how it stands."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from sightline.actions.models import (
    Action,
    ActionClosing,
    ActionDue,
    ActionOwner,
    ActionReport,
    ActionReview,
    ActionStatement,
)
from sightline.core.access import Actor
from sightline.core.actions.standing import Pressing, Standing, pressing, standing


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody said of how an action goes, or that the group looked at it."""

    on: date
    by: str  # the actor id of whoever wrote it down
    says: str
    is_review: bool = False


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line of the log (ACT-01; QSG 2017 Annex D)."""

    action: Action
    statement: ActionStatement
    owner: ActionOwner
    due_on: date
    moves: int  # how often its due date was changed
    standing: Standing
    pressing: Pressing
    closing: ActionClosing | None
    comments: tuple[Comment, ...]  # the oldest first; for an owner who does not read the log, their own alone
    hears: bool  # whether the reader is one of the group, or keeps its log, and so reads what the group says

    @property
    def last_reviewed_on(self) -> date | None:
        """When the group looked at it last."""
        return max((one.on for one in self.comments if one.is_review), default=None)


def lines_of(actions: Sequence[Action], actor: Actor, on: date) -> list[LogLine]:
    """This function will make a line of each action, in their order; the actor may read them all, as was asked before.

    Whoever owns an action that is otherwise closed to them reads what they are to do, and not what the group says of it.
    """
    keys = [one.pk for one in actions]
    statements = {one.action_id: one for one in ActionStatement.objects.newest().filter(action__in=keys)}
    owned = ActionOwner.objects.newest().filter(action__in=keys).select_related("organisation", "person")
    owners = {one.action_id: one for one in owned}
    dues = {one.action_id: one for one in ActionDue.objects.newest().filter(action__in=keys)}
    closings = {one.action_id: one for one in ActionClosing.objects.filter(action__in=keys, reopening=None)}
    heard = set(Action.objects.read_by(actor, on).filter(pk__in=keys).values_list("pk", flat=True))
    comments = _comments(keys, heard, actor)

    def line(one: Action) -> LogLine:
        due, closing = dues[one.pk], closings.get(one.pk)
        is_closed = closing is not None
        return LogLine(
            action=one,
            statement=statements[one.pk],
            owner=owners[one.pk],
            due_on=due.due_on,
            moves=due.number - 1,
            standing=standing(due.due_on, on, is_closed=is_closed),
            pressing=pressing(due.due_on, on, is_closed=is_closed),
            closing=closing,
            comments=tuple(comments[one.pk]),
            hears=one.pk in heard,
        )

    return [line(one) for one in actions]


def log_line(action: Action, actor: Actor, on: date) -> LogLine:
    """This function will make a line of one action that the actor may read."""
    return lines_of([action], actor, on)[0]


def _comments(keys: Sequence[UUID], heard: Collection[UUID], actor: Actor) -> dict[UUID, list[Comment]]:
    found: dict[UUID, list[Comment]] = {key: [] for key in keys}
    for report in ActionReport.objects.filter(action__in=keys):
        if report.action_id in heard or report.recorded_by == actor.actor_id:
            day = timezone.localdate(report.recorded_at)
            found[report.action_id].append(Comment(day, report.recorded_by, report.says))
    for review in ActionReview.objects.filter(action__in=heard):
        one = Comment(review.reviewed_on, review.recorded_by, review.comment, is_review=True)
        found[review.action_id].append(one)
    return {key: sorted(some, key=lambda one: one.on) for key, some in found.items()}
