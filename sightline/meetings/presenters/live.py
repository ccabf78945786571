"""A meeting under way in words: who is here since when, what may be decided now, what is still open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.utils import timezone

from sightline.core.meetings.attending import time_there
from sightline.core.meetings.closing import Came, ClosingFacts, may_close, remarks
from sightline.core.meetings.quorum import Quorate, Status
from sightline.core.meetings.words import lasting
from sightline.core.verdict import Reason
from sightline.meetings.happening import who_sits
from sightline.meetings.models import AgendaItem, Presence
from sightline.meetings.queries.closing import came_of
from sightline.meetings.queries.live import Room, title_of
from sightline.meetings.queries.live_pages import LiveView
from sightline.meetings.words import HOW, How, Mode
from sightline.web.wording import clock

Tag = tuple[str, str]
CAME: dict[Came, Tag] = {
    Came.NOTHING_YET: ("Open", "nhsuk-tag--blue"),
    Came.DISCUSSED: ("Discussed", "nhsuk-tag--grey"),
    Came.DECIDED: ("Decided", "nhsuk-tag--green"),
    Came.CARRIED_OVER: ("Comes again", "nhsuk-tag--yellow"),
}
_STANDS = Reason(
    "A quorum is recommended here and not asked for: what is decided now stands, and is marked as decided without it.",
    "QUO-01; SQG 2022 §3.20",
)
_LEVEL = {Status.QUORATE: "success", Status.NOT_QUORATE: "warning", Status.NONE_SET: "info"}


@dataclass(frozen=True, slots=True)
class HereLine:
    """Somebody who is here, or was: since when, for how long in all, and as whom."""

    id: UUID
    name: str
    seat: str
    since: str
    left: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AwayLine:
    """A seat for which nobody is here, with whoever sits on it, and what the button sends that says they came."""

    title: str
    name: str
    who: str
    how: str
    key: UUID


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One item as the list shows it; ``bars`` is why it cannot be decided now."""

    id: UUID
    number: int
    title: str
    tag: Tag
    is_now: bool
    is_next: bool
    bars: str


@dataclass(frozen=True, slots=True)
class QuorumLine:
    """How the meeting stands at a moment, in words; nothing where the group has no quorum (QUO-12).

    ``marked`` says what is marked on a decision where the quorum is only recommended, and ``bars`` that none is taken.
    """

    says: str
    level: str
    tag: str
    reasons: tuple[Reason, ...]
    minimum: tuple[Reason, ...]
    bars: bool
    marked: tuple[Reason, ...]


def came_tag(item: AgendaItem) -> Tag:
    """This function will say what came of an item so far."""
    return CAME[came_of(item)]


def at_words(moment: datetime) -> str:
    """This function will write a time of day."""
    return clock(timezone.localtime(moment))


def quorum_line(room: Room, item: AgendaItem | None, number: int, moment: datetime) -> QuorumLine:
    """This function will say how the meeting stands for an item, or for itself where none is named."""
    found = room.quorate(item, moment)
    says = found.words_for(f"item {number}" if item else "")
    return QuorumLine(
        says=says,
        level=_LEVEL[found.status],
        tag=_tag(found),
        reasons=found.verdict.reasons,
        minimum=room.minimum(item, moment),
        bars=not found.may_transact,
        marked=(_STANDS,) if not found.is_reached and found.may_transact else (),
    )


def _tag(found: Quorate) -> str:
    match found.status:
        case Status.QUORATE:
            return "Quorate"
        case Status.NOT_QUORATE:
            return "Not quorate"
        case Status.NONE_SET:
            return ""


def here_lines(room: Room, moment: datetime) -> list[HereLine]:
    """This function will list who is here at a moment in the order in which they came, or all who came once it is over."""
    return [_here(one, room) for one in _there(room, moment)]


def _there(room: Room, moment: datetime) -> tuple[Presence, ...]:
    return room.presences if room.ended_at else room.here(moment)


def left_lines(room: Room, moment: datetime) -> list[HereLine]:
    """This function will list who was here and left, or has not come yet, by what is on record."""
    here = {one.pk for one in _there(room, moment)}
    return [_here(one, room) for one in room.presences if one.pk not in here]


def _here(one: Presence, room: Room) -> HereLine:
    notes = [HOW[How(one.how)]]
    if one.deputises:
        notes.append("stands in, and may decide" if one.has_authority else "stands in, and may not decide")
    departure = getattr(one, "departure", None)
    left = departure.left_at if departure else room.ended_at
    return HereLine(
        id=one.pk,
        name=room.names[one.who],
        seat=one.seat.title if one.seat else "Guest",
        since=at_words(one.arrived_at),
        left=at_words(left) if left else "",
        notes=tuple(notes),
    )


def away_lines(room: Room, moment: datetime) -> list[AwayLine]:
    """This function will list the seats for which nobody is here, or came at all; whoever sits there is named."""
    taken = {one.seat_id for one in _there(room, moment)}
    online = room.time is not None and room.time.mode == Mode.VIRTUAL
    how = How.ONLINE if online else How.IN_ROOM
    away = [one for one in room.seats if one.seat not in taken]
    return [AwayLine(one.title, one.name, who_sits(one) if one.person else "", how.value, uuid4()) for one in away]


def item_lines(view: LiveView) -> list[ItemLine]:
    """This function will list the items that the reader may read, with what came of each and what bars it now."""
    now = view.room.now_at(view.moment)
    after = next_item(view)
    return [
        ItemLine(
            id=one.pk,
            number=number,
            title=title_of(one),
            tag=came_tag(one),
            is_now=now is not None and now.pk == one.pk,
            is_next=after is not None and after.pk == one.pk,
            bars=_bars(view, one, number),
        )
        for number, one in enumerate(view.seen, 1)
    ]


def _bars(view: LiveView, item: AgendaItem, number: int) -> str:
    """Why an item that has no decision yet cannot get one now."""
    if not view.room.is_under_way or came_of(item) is Came.DECIDED:
        return ""
    found = view.room.quorate(item, view.moment)
    return "" if found.may_transact else found.words_for(f"item {number}")


@dataclass(frozen=True, slots=True)
class Declaring:
    """Who has not declared for the meeting: all of them for whoever keeps the record or presides, and whether oneself."""

    names: tuple[str, ...]
    is_own: bool


def declaring_of(view: LiveView, waiting: Sequence[str]) -> Declaring:
    """This function will name who has not declared, as far as the reader is told (MTG-22)."""
    names = sorted(view.room.names[one] for one in waiting) if view.keeps or view.presides else []
    return Declaring(tuple(names), view.own in waiting)


def next_item(view: LiveView) -> AgendaItem | None:
    """This function will give the first item after this one of which nothing came yet."""
    now = view.room.now_at(view.moment)
    places = [place for place, one in enumerate(view.seen) if now is not None and one.pk == now.pk]
    later = view.seen[places[0] + 1 :] if places else view.seen
    return next((one for one in later if came_of(one) is Came.NOTHING_YET), None)


def stays_words(room: Room, until: datetime) -> list[tuple[str, str]]:
    """This function will say for how long each was there in all (REC-03; QSG 2017 ¶130)."""
    found = time_there(room.stays, until)
    return [(room.names[who], lasting(int(span.total_seconds()) // 60)) for who, span in found.items()]


def open_ends(facts: ClosingFacts) -> tuple[Sequence[Reason], Sequence[Reason]]:
    """This function will give what keeps a meeting from being closed, and what else is worth a look."""
    return may_close(facts).reasons, remarks(facts)
