"""What was agreed in writing and comes to the next meeting: whether it was ratified there, and what waits for it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.utils import timezone

from sightline.core.access import Actor
from sightline.core.meetings.agenda import Matter
from sightline.core.meetings.agenda_kinds import Kind
from sightline.core.meetings.deciding import Outcome
from sightline.core.meetings.outside import to_ratify
from sightline.groups.models import Group
from sightline.meetings.models import ItemOutcome, WrittenQuestion
from sightline.meetings.queries.live import title_of
from sightline.meetings.queries.writing import Written, written
from sightline.meetings.words import Result
from sightline.web.wording import day

_PREFIX = f"{Kind.RATIFYING.value}:"


class Ratified(StrEnum):
    """What the next meeting made of what was agreed in writing."""

    WAITS = "waits"
    RATIFIED = "ratified"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Ratification:
    """Whether something agreed in writing was ratified, and the outcome that says so."""

    state: Ratified
    outcome: ItemOutcome | None = None


def ratifications(questions: Collection[UUID]) -> dict[UUID, Ratification]:
    """This function will say of questions that were agreed in writing whether a meeting ratified them (QUO-08).

    Only what a meeting decided does. What was only discussed, as without a quorum that is asked for, or carried over,
    waits for the next.
    """
    found = {one: Ratification(Ratified.WAITS) for one in questions}
    keys = {f"{_PREFIX}{one}": one for one in questions}
    rows = ItemOutcome.objects.filter(item__key__in=keys, item__kind=Kind.RATIFYING.value)
    for row in rows.select_related("item").order_by("at", "recorded_at", "pk"):
        if row.outcome not in set(Outcome):
            continue
        outcome, question = Outcome(row.outcome), keys[row.item.key]
        if outcome.is_decision:
            found[question] = Ratification(Ratified.RATIFIED, row)
        elif outcome is Outcome.NOT_DECIDED:
            found[question] = Ratification(Ratified.REFUSED, row)
    return found


def ratification_of(view: Written) -> Ratification | None:
    """This function will say whether what was agreed in writing was ratified; nothing where it was not agreed."""
    if view.result is None or view.result.result != Result.CARRIED.value:
        return None
    return ratifications([view.question.pk])[view.question.pk]


def not_yet_ratified(actor: Actor, on: date, group: Group | None = None) -> list[Written]:
    """This function will give what was agreed in writing and waits for a meeting, as far as somebody reads it."""
    carried = WrittenQuestion.objects.visible_to(actor, on).filter(result__result=Result.CARRIED.value)
    if group is not None:
        carried = carried.filter(item__group=group)
    questions = list(carried.order_by("result__at", "pk"))
    states = ratifications([one.pk for one in questions])
    done = {str(one) for one, found in states.items() if found.state is not Ratified.WAITS}
    waiting = set(to_ratify((str(one.pk) for one in questions), done))
    return list(written([one for one in questions if str(one.pk) in waiting]))


def matters_to_ratify(actor: Actor, group: Group, on: date) -> Iterator[Matter]:
    """This function will bring what was agreed in writing to the next agenda, one item each, with its very words (QUO-08)."""
    for view in not_yet_ratified(actor, on, group):
        item, result = view.item, view.result
        assert result is not None, "only what has a result waits for being ratified"
        told = f"It was agreed in writing on {day(timezone.localdate(result.at))}: “{view.question.text}”"
        yield Matter(
            kind=Kind.RATIFYING,
            id=str(view.question.pk),
            title=f"Ratify: {title_of(item)}",
            about=str(item.subject_id or ""),
            is_single=item.subject is not None and item.subject.organisation_id is not None,
            why=" ".join(told.split()),
        )


def ratified_by(key: str) -> UUID | None:
    """This function will give the question that an item is to ratify, by what brought the item; else nothing."""
    return UUID(key.removeprefix(_PREFIX)) if key.startswith(_PREFIX) else None
