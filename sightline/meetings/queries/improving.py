"""A Quality Improvement Group at one glance: its outstanding actions, its meetings, and what it took to others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sightline.actions.queries import LogLine, actions_about
from sightline.actions.queries.log import actions_of_group
from sightline.core.access import Actor
from sightline.escalation.queries.exchanges import Asked, Line, Shown, exchanges_for
from sightline.improvement.models import ImprovementGroup
from sightline.meetings.queries.meetings import MeetingView
from sightline.meetings.queries.rapid import meetings_of_one

ACTIONS = 20


@dataclass(frozen=True, slots=True)
class AroundGroup:
    """What other stages hold about a group, as far as one reader may see it; of the actions the first, and how many."""

    actions: tuple[LogLine, ...]
    actions_in_all: int
    exchanges: tuple[Line, ...]
    meetings: tuple[MeetingView, ...]


def around_improving(actor: Actor, on: date, improving: ImprovementGroup) -> AroundGroup:
    """This function will gather what is outstanding, what was escalated since it was convened, and when it met (QIG-04)."""
    about = [*actions_of_group(improving.group, actor, on), *actions_about(improving.subject, actor, on)]
    actions = sorted({one.action.pk: one for one in about}.values(), key=lambda one: (one.due_on, str(one.action.pk)))
    sent = exchanges_for(actor, on, Asked(shown=Shown.ALL, subject=improving.subject))
    since = [one for one in (*sent.to_us, *sent.from_us) if one.exchange.sent_on >= improving.convened_on]
    return AroundGroup(
        tuple(actions[:ACTIONS]),
        len(actions),
        tuple({one.exchange.pk: one for one in since}.values()),
        tuple(meetings_of_one(actor, on, improving.group_id)),
    )
