"""A Rapid Quality Review at one glance: what the record holds about its subject, and who came to its meetings."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from sightline.actions.queries import LogLine, actions_about
from sightline.core.access import Actor
from sightline.core.meetings.attending import minimum_missing
from sightline.core.verdict import Reason
from sightline.directory.models import Subject
from sightline.escalation.queries.exchanges import Asked, Line, Shown, exchanges_for
from sightline.escalation.queries.interventions import Intervention, interventions
from sightline.groups.viewers import viewer_of
from sightline.improvement.models import RapidReview
from sightline.improvement.queries.plans import AskedPlans, PlanRow, page_of_plans
from sightline.indicators.models import Signal
from sightline.intelligence.models import About, Item
from sightline.intelligence.queries.items import beginnings_of
from sightline.meetings.models import Meeting
from sightline.meetings.queries.live import Room, room_of
from sightline.meetings.queries.meetings import MeetingView, views_of
from sightline.meetings.words import Step
from sightline.risks.queries.about import Stands, live_risks_about
from sightline.surveillance.queries.concerns import ConcernRow, concerns_about
from sightline.surveillance.queries.seen import SeenLevel, levels_seen
from sightline.triangulation.queries.worry import NEWEST_FIRST, counting, current_signals

SHOWN = 5  # of each kind; their own pages have the rest
MEETINGS = 20
_LOOKS_BACK = timedelta(days=730)


@dataclass(frozen=True, slots=True)
class Told:
    """An item that the reader may hear of, with its first words."""

    item: Item
    begins: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the record holds about a subject, as far as one reader may see it; of each kind its first, and how many."""

    level: SeenLevel | None
    signals: tuple[Signal, ...]
    signals_in_all: int
    told: tuple[Told, ...]
    told_in_all: int
    concerns: tuple[ConcernRow, ...]
    risks: tuple[Stands, ...]
    actions: tuple[LogLine, ...]
    plans: tuple[PlanRow, ...]
    exchanges: tuple[Line, ...]
    interventions: tuple[Intervention, ...]


@dataclass(frozen=True, slots=True)
class Came:
    """Who came to the meeting of a review that was held last, for which seat, and which minimum members did not."""

    meeting: MeetingView
    people: tuple[tuple[str, str], ...]  # by name, and the seat for which they were there
    missing: tuple[Reason, ...]


def evidence_about(actor: Actor, on: date, review: RapidReview) -> Evidence:
    """This function will gather what is known about the subject of a review, by as many reads whatever there is (RQR-03)."""
    subject, viewer = review.subject, viewer_of(actor, on)
    signals = counting(current_signals(actor, on, Subject.objects.filter(pk=subject.pk)), on)
    items = Item.objects.heard_by(viewer).counting()
    items = items.filter(pk__in=About.objects.filter(subject=subject).values("item"))
    newest = list(items.order_by("-heard_on", "pk")[:SHOWN])
    begins = beginnings_of(viewer, [one.pk for one in newest])
    risks: dict[UUID, Stands] = {}
    for one in live_risks_about(actor, on, [subject.pk]).get(subject.pk, ()):
        risks.setdefault(one.risk, one)
    plans, _ = page_of_plans(actor, on, AskedPlans(subject=subject.pk), 1)
    sent = exchanges_for(actor, on, Asked(shown=Shown.ALL, subject=subject))
    since = [one for one in (*sent.to_us, *sent.from_us) if one.exchange.sent_on >= review.called_on]
    return Evidence(
        level=levels_seen(actor, on, [subject.pk], review.system).get(subject.pk),
        signals=tuple(signals.order_by(*NEWEST_FIRST)[:SHOWN]),
        signals_in_all=signals.count(),
        told=tuple(Told(one, begins.get(one.pk, "")) for one in newest),
        told_in_all=items.count(),
        concerns=tuple(concerns_about(actor, on, subject)),
        risks=tuple(risks.values()),
        actions=tuple(actions_about(subject, actor, on)),
        plans=tuple(plans),
        exchanges=tuple({one.exchange.pk: one for one in since}.values()),
        interventions=tuple(interventions(actor, on, on - _LOOKS_BACK, on, subject=subject.pk)),
    )


def meetings_of_one(actor: Actor, on: date, group: UUID) -> list[MeetingView]:
    """This function will give the meetings of a group about one subject that the actor may see, the latest first."""
    found = Meeting.objects.visible_to(actor, on).filter(group=group).select_related("group")
    views = views_of(list(found.order_by("-recorded_at", "pk")[:MEETINGS]))
    return sorted(views, key=lambda one: (one.time.starts_at, str(one.meeting.pk)), reverse=True)


def who_came(views: list[MeetingView]) -> Came | None:
    """This function will say who came to the meeting that was opened last, and which minimum members did not (MEM-08)."""
    held = next((one for one in views if Step.OPENED in one.steps), None)
    if held is None:
        return None
    room = room_of(held.meeting)
    titles = {one.seat: one.title for one in room.seats}
    people = {
        one.who: (room.names.get(one.who, ""), titles.get(one.seat_id, "") if one.seat_id else "a guest")
        for one in room.presences
    }
    return Came(held, tuple(people.values()), _never_there(room))


def _never_there(room: Room) -> tuple[Reason, ...]:
    """The minimum members who were there at no time; whoever came and left was there."""
    moment = room.opened_at
    if room.rules.kind is None or moment is None:
        return ()
    came = [replace(one, arrived=moment, left=None) for one in room.stays]
    return minimum_missing(room.rules.kind, room.members, came, moment, without_providers=room.is_apart)
