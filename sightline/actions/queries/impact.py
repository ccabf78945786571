"""What changed because of actions that were closed: to be searched, and learned from (ACT-04, LRN-03; SQG 2022 §3.10)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from sightline.actions.models import Action, ActionClosing, ActionStatement
from sightline.actions.queries.lines import LogLine, lines_of
from sightline.core.access import Actor

A_PAGE = 25


@dataclass(frozen=True, slots=True)
class ImpactsAsked:
    """What is looked for: words of the impact or of the action, a group, a type, an outcome."""

    words: str = ""
    group: UUID | None = None
    kind: str = ""
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class ImpactLine:
    """One closed action and what changed because of it."""

    closing: ActionClosing
    line: LogLine


def page_of_impacts(actor: Actor, on: date, asked: ImpactsAsked, page: int = 1) -> tuple[list[ImpactLine], int, int]:
    """This function will give one page of what closed actions changed, the newest first, how many fit, and of how many."""
    seen = Action.objects.visible_to(actor, on).order_by().values("pk")
    everything = ActionClosing.objects.filter(action__in=seen, reopening=None)
    found = _fitting(everything, asked)
    rows = found.select_related("action__group", "action__subject").order_by("-closed_on", "-recorded_at", "pk")
    closings = list(rows[(page - 1) * A_PAGE : page * A_PAGE])
    lines = lines_of([one.action for one in closings], actor, on)
    told = [ImpactLine(*pair) for pair in zip(closings, lines, strict=True)]
    return told, found.count(), everything.count()


def _fitting(found: QuerySet[ActionClosing], asked: ImpactsAsked) -> QuerySet[ActionClosing]:
    worded = ActionStatement.objects.newest().filter(action=OuterRef("action"))
    if asked.group:
        found = found.filter(action__group=asked.group)
    if asked.outcome:
        found = found.filter(outcome=asked.outcome)
    if asked.kind:
        found = found.filter(Exists(worded.filter(kind=asked.kind)))
    for word in asked.words.split():
        holds = worded.filter(Q(issue__icontains=word) | Q(resolution__icontains=word))
        found = found.filter(Q(impact__icontains=word) | Exists(holds))
    return found
