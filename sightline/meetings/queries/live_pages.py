"""What the pages of a meeting under way are drawn from: the room, what its reader may do there, and each item."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.crypto import salted_hmac

from sightline.accounts.models import Person
from sightline.actions.queries import LogLine
from sightline.audit.queries import chain_ends
from sightline.core.access import Actor, Permission, may
from sightline.core.meetings.closing import ClosingFacts
from sightline.core.meetings.quorum import MEMBERS
from sightline.directory.models import Subject
from sightline.groups.words import SeatPart
from sightline.meetings.happening import Voice
from sightline.meetings.keeping import keeps_meetings
from sightline.meetings.models import (
    AgendaItem,
    BoardMatter,
    ItemInvolvement,
    ItemNote,
    ItemTeller,
    Presence,
    Suspicion,
)
from sightline.meetings.queries.acting import actions_of_item
from sightline.meetings.queries.closing import closing_facts, provider_of, tellers_of
from sightline.meetings.queries.live import Room, room_of, seen_items
from sightline.meetings.queries.meetings import seen_meeting
from sightline.meetings.queries.writing import is_asked_in_writing

_STAMP = 32


@dataclass(frozen=True, slots=True)
class LiveView:
    """A meeting as one reader sees it at a moment: ``seen`` are the items that are open to them, in their order."""

    room: Room
    moment: datetime
    seen: tuple[AgendaItem, ...]
    keeps: bool
    presides: bool
    own: str  # the reader's key
    stamp: str

    @property
    def writes(self) -> bool:
        """Whether the reader writes down what happens now."""
        return self.keeps and self.room.is_under_way

    @property
    def ends(self) -> bool:
        """Whether the reader is told what is left open before the meeting is closed."""
        return (self.keeps or self.presides) and self.room.is_under_way

    def number(self, item: AgendaItem) -> int:
        """This function will give the number of an item as its reader counts them."""
        return next(number for number, one in enumerate(self.seen, 1) if one.pk == item.pk)


@dataclass(frozen=True, slots=True)
class ItemView:
    """One item of a meeting as its page tells of it."""

    live: LiveView
    item: AgendaItem
    notes: tuple[ItemNote, ...]
    teller: ItemTeller | None
    provider: Subject | None
    suspicions: tuple[Suspicion, ...]
    actions: tuple[LogLine, ...]  # agreed under it, as far as the reader may read them
    involvement: ItemInvolvement | None = None  # the newest, which holds
    boards: tuple[BoardMatter, ...] = ()
    is_in_writing: bool = False  # the members are asked about it in writing

    @property
    def rules(self) -> bool:
        """Whether the reader rules on interests in it: while the meeting lasts, or the members are asked in writing."""
        return self.live.presides and (self.is_in_writing or not self.live.room.is_over)


def live_view(actor: Actor, on: date, meeting: UUID, now: datetime) -> LiveView | None:
    """This function will give a meeting as somebody sees it now, or as it ended; nothing for whoever may not see it."""
    stamp = stamp_of(actor, now)  # before anything is read: what is written meanwhile makes it another
    found = seen_meeting(actor, on, meeting)
    if found is None:
        return None
    room = room_of(found)
    open_to = seen_items(actor, on, found)
    own = str(actor.pk) if isinstance(actor, Person) else ""
    presides = own in room.presiding and bool(may(actor, Permission.PRESIDE, on))
    return LiveView(
        room=room,
        moment=room.ended_at or now,
        seen=tuple(one for one in room.items if one.pk in open_to),
        keeps=keeps_meetings(actor, found.system, on),
        presides=presides,
        own=own,
        stamp=stamp,
    )


def stamp_of(actor: Actor, moment: datetime) -> str:
    """This function will give a word that is another once anything was written anywhere, and each minute anew.

    By it a page asks whether it still stands. It tells its reader nothing of what was written, nor of which meeting.
    """
    told = [actor.actor_id, moment.strftime("%Y-%m-%d %H:%M"), *(one.hash for one in chain_ends())]
    found = salted_hmac("sightline.meetings.live", " ".join(told)).hexdigest()[:_STAMP]
    return f'"{found}"'


def facts_of(live: LiveView) -> ClosingFacts:
    """This function will gather what decides whether a meeting may be closed, as its reader may be told."""
    return closing_facts(live.room, {one.pk for one in live.seen})


def item_view(live: LiveView, item: UUID, actor: Actor, on: date) -> ItemView | None:
    """This function will give one item of a meeting that its reader may read."""
    found = next((one for one in live.seen if one.pk == item), None)
    if found is None:
        return None
    notes = tuple(ItemNote.objects.filter(item=found).order_by("-number"))
    teller = tellers_of(live.room).get(found.pk)
    return ItemView(
        live,
        found,
        notes,
        teller,
        provider_of(found),
        suspicions_of(found),
        tuple(actions_of_item(found, actor, on)),
        ItemInvolvement.objects.newest().filter(item=found).first(),
        tuple(BoardMatter.objects.filter(item=found).select_related("raised_by")),
        is_asked_in_writing(found),
    )


def suspicions_of(item: AgendaItem) -> tuple[Suspicion, ...]:
    """This function will give what was suspected under an item, each with its referral where there is one (SAF-01)."""
    return tuple(Suspicion.objects.filter(item=item).select_related("referral"))


def one_presence(room: Room, presence: UUID) -> Presence | None:
    """This function will find an arrival that was not struck out."""
    return next((one for one in room.presences if one.pk == presence), None)


def person_here(key: UUID, room: Room) -> Person | None:
    """This function will find somebody who sits in the group or was there."""
    return Person.objects.filter(pk=key).first() if str(key) in room.names else None


def voices_of(room: Room, item: AgendaItem, moment: datetime) -> list[Voice]:
    """This function will list the voices for an item: each body has one, a lay member their own (QUO-07; REC-13).

    They are of those who were there, count, and take part in it; of those who are there now before any other.
    """
    away, found = room.apart(item, moment), dict[str, Voice]()
    here = room.here(moment)
    for one in [*here, *(one for one in room.presences if one not in here)]:
        is_member = one.seat is not None and SeatPart(one.seat.part) in MEMBERS
        if one.seat is None or not is_member or one.who in away or (one.deputises and not one.has_authority):
            continue
        body = one.seat.organisation
        name = body.name if body else f"{room.names[one.who]} ({one.seat.title})"
        found.setdefault(str(body.pk) if body else one.who, Voice(one.who, name, body))
    return list(found.values())
