"""What the first draft of a note is written from: who was there, and everything on record of each item."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone

from sightline.actions.models import Action
from sightline.actions.queries import LogLine, lines_of, pressing_of_group
from sightline.core.access import Actor
from sightline.core.meetings.agenda_kinds import Kind
from sightline.core.meetings.attending import time_there
from sightline.core.meetings.deciding import OUTCOME, Outcome, Side
from sightline.core.meetings.interests import ruling_on
from sightline.core.meetings.noting import (
    Absent,
    ActionSaid,
    Attendee,
    Discussed,
    Held,
    Managed,
    Result,
    Stood,
    lived_words,
    note_of_item,
    note_of_meeting,
    raised_words,
)
from sightline.core.meetings.quorum import Status, Stay
from sightline.meetings.models import (
    AgendaItem,
    BoardMatter,
    ItemInvolvement,
    ItemNote,
    ItemOutcome,
    ItemTeller,
    Presence,
    Suspicion,
)
from sightline.meetings.queries.acting import agreed_apart, items_of_actions
from sightline.meetings.queries.closing import provider_of, tellers_of
from sightline.meetings.queries.live import Room, outcomes_of, title_of
from sightline.meetings.words import How
from sightline.surveillance.queries import guidance_for, standings_of
from sightline.web.wording import clock, day

WHOLE = "The meeting as a whole"
_QUORUM: Mapping[Status, str] = {
    Status.QUORATE: "The meeting was quorate for it",
    Status.NOT_QUORATE: "The meeting was not quorate for it",
    Status.NONE_SET: "",
}


@dataclass(frozen=True, slots=True)
class Section:
    """One section as it is drafted: of an item, or of the meeting as a whole."""

    item: AgendaItem | None
    place: int
    title: str
    text: str


def sections_of(room: Room, by: Actor, on: date, seen: Collection[UUID]) -> Iterator[Section]:
    """This function will write the sections of a note from the record: of the meeting, and of the items that are seen."""
    assert room.opened_at is not None and room.ended_at is not None, "a note is of a meeting that was held"
    yield Section(None, 0, WHOLE, note_of_meeting(_held(room, room.opened_at, room.ended_at)))
    notes = {one.item_id: one.text for one in ItemNote.objects.newest().filter(item__in=list(seen))}
    levels, actions = _levels(room, on), _actions(room, by, on)
    referrals, tellers = _referrals(seen), tellers_of(room)
    lived, boards = _lived(seen), _boards(seen)
    for place, item in enumerate(room.items, 1):
        if item.pk not in seen:
            continue
        wording = list(item.wordings.all())[-1]
        found = Discussed(
            interests=tuple(_interests(room, item)),
            said=notes.get(item.pk, ""),
            inequality=wording.inequality,
            results=tuple(_result(one) for one in outcomes_of(item)),
            level=levels.get(item.pk, ""),
            actions=tuple(actions[item.pk]),
            referrals=tuple(referrals[item.pk]),
            lived=lived.get(item.pk, ""),
            boards=tuple(boards[item.pk]),
            told=_told(item, tellers.get(item.pk)),
        )
        yield Section(item, place, title_of(item), note_of_item(found))


def _held(room: Room, opened: datetime, ended: datetime) -> Held:
    stays: dict[tuple[str, UUID | None], list[tuple[Presence, Stay]]] = defaultdict(list)
    for presence, stay in zip(room.presences, room.stays, strict=True):
        stays[presence.who, presence.seat_id].append((presence, stay))
    taken = {one.seat_id for one in room.presences}
    return Held(
        opened=_at(opened),
        ended=_at(ended),
        attendees=tuple(_attendee(room, some, ended) for some in stays.values()),
        absent=tuple(Absent(one.title, one.name) for one in room.seats if one.seat not in taken),
        quorum=tuple(_quorum(room, opened, ended)),
        is_apart=room.is_apart,
    )


def _attendee(room: Room, some: Sequence[tuple[Presence, Stay]], ended: datetime) -> Attendee:
    one = some[0][0]
    seat = one.seat
    lasted = sum(time_there([stay for _, stay in some], ended).values(), timedelta())
    return Attendee(
        name=room.names[one.who],
        seat=seat.title if seat else "",
        body=seat.organisation.name if seat and seat.organisation else "",
        minutes=int(lasted.total_seconds()) // 60,
        spans=tuple(f"{_at(stay.arrived)} to {_at(stay.left or ended)}" for _, stay in some),
        deputises=one.deputises,
        has_authority=one.has_authority,
        is_online=one.how == How.ONLINE,
    )


def _quorum(room: Room, opened: datetime, ended: datetime) -> Iterator[str]:
    """How it stood at the opening, and whenever it changed because somebody came or left (QUO-07)."""
    moved = {one.arrived for one in room.stays} | {one.left for one in room.stays if one.left}
    said = ""
    for moment in [opened, *sorted(one for one in moved if opened < one < ended)]:
        found = room.quorate(None, moment)
        if found.words and found.status.value != said:
            said = found.status.value
            yield f"From {_at(moment)}: {found.words}"


def _interests(room: Room, item: AgendaItem) -> Iterator[Managed]:
    """Of those who were there, in what they are tied to the item and what followed; what they said of it stays apart."""
    there = {one.who for one in room.presences}
    ties = room.ties_to(item, there)
    for person in dict.fromkeys(one.person for one in ties):
        ruling = ruling_on(room.interests.rulings, str(item.pk), person)
        by = " ".join(dict.fromkeys(one.words for one in ties if one.person == person))
        yield Managed(room.names.get(person, ""), by, ruling.measure.minuted if ruling else "")


def _result(one: ItemOutcome) -> Result:
    is_carried_over = one.outcome == ItemOutcome.CARRIED_OVER
    return Result(
        called="Carried over" if is_carried_over else OUTCOME[Outcome(one.outcome)],
        at=_at(one.at),
        text=one.text,
        taken_by=one.taken_by.name if one.taken_by else "",
        quorum="" if is_carried_over else _QUORUM[Status(one.quorum)],
        stood=tuple(
            Stood(each.name, Side(each.side), each.reasons, each.commits_to, each.is_statutory_holder)
            for each in one.positions.all()
        ),
        next_steps=one.next_steps,
        because=tuple(one.reasons.splitlines()),
        is_carried_over=is_carried_over,
    )


def _levels(room: Room, on: date) -> dict[UUID, str]:
    """Where the subject of each item stands on the day of the meeting, where a level was decided (MTG-19)."""
    about = {one.pk: one.subject for one in room.items if one.subject is not None and room.meeting.system}
    if not about:
        return {}
    standings = standings_of({one.pk for one in about.values()}, guidance_for(room.meeting.system, on), room.on)
    found = {}
    for item, subject in about.items():
        stands = standings[subject.pk]
        if stands.since is not None:
            found[item] = f"{subject.name} stands at {stands.level.name} since {day(stands.since)}."
    return found


def _actions(room: Room, by: Actor, on: date) -> dict[UUID, list[ActionSaid]]:
    """The actions added on the day and those that were due by then: each under the item under which it was agreed.

    Of what was raised without one, or at another meeting, it is the item about its subject; what is about no subject, or
    about that of the group, stands under the item on actions. What is about a subject that had no item is left out, and
    what was agreed elsewhere under an item that is closed to somebody: who reads it may differ from who reads any item.
    """
    group = room.meeting.group
    raised = Action.objects.visible_to(by, on).filter(group=group, raised_on=room.on).select_related("group", "subject")
    lines = {one.action.pk: one for one in lines_of(list(raised.order_by("recorded_at", "pk")), by, on)}
    for one in pressing_of_group(group, by, on, room.on):
        lines.setdefault(one.action.pk, one)
    homes = {one.subject_id: one.pk for one in reversed(room.items) if one.subject_id}
    log = next((one.pk for one in room.items if one.kind == Kind.ACTIONS), None)
    agreed, apart, here = items_of_actions(lines), agreed_apart(lines), {one.pk for one in room.items}
    found: dict[UUID, list[ActionSaid]] = defaultdict(list)
    for one in lines.values():
        subject, home = one.action.subject_id, agreed.get(one.action.pk)
        if home not in here and one.action.pk in apart:
            continue
        if home not in here:
            home = homes.get(subject) if subject else None
            home = home or (log if subject in {None, group.subject_id} else None)
        if home is not None and one.hears:
            found[home].append(_action(one, room.on))
    return found


def _action(one: LogLine, on: date) -> ActionSaid:
    who = one.owner.person.display_name if one.owner.person else one.owner.name
    owner = f"{who}, {one.owner.organisation.name}"
    return ActionSaid(one.statement.resolution, owner, day(one.due_on), one.action.raised_on == on)


def _referrals(seen: Iterable[UUID]) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = defaultdict(list)
    for one in Suspicion.objects.filter(item__in=list(seen)).select_related("referral"):
        referral = getattr(one, "referral", None)
        says = (
            f"Referred to {referral.body} on {day(referral.referred_on)}, by {referral.referred_by}."
            if referral
            else "Its referral is not on record."
        )
        found[one.item_id].append(says)
    return found


def _lived(seen: Collection[UUID]) -> dict[UUID, str]:
    """Who brought lived experience into each item, or that nobody did, where that was written down (REC-15)."""
    rows = ItemInvolvement.objects.newest().filter(item__in=list(seen))
    return {one.item_id: lived_words(one.who) for one in rows}


def _boards(seen: Collection[UUID]) -> dict[UUID, list[str]]:
    """What is raised with a safeguarding board, and who does so (REC-14; QSG 2017 ¶79)."""
    found: dict[UUID, list[str]] = defaultdict(list)
    for one in BoardMatter.objects.filter(item__in=list(seen)).select_related("raised_by"):
        raises = raised_words(one.board, one.raised_by.name if one.raised_by else "")
        found[one.item_id].append(f"{' '.join(one.matter.splitlines()).rstrip('.')}. {raises}")
    return found


def _told(item: AgendaItem, teller: ItemTeller | None) -> str:
    subject = provider_of(item)
    if subject is None or teller is None:
        return ""
    if teller.told_by is not None:
        return f"{teller.told_by.name} tells {subject.name}."
    return f"Not told yet: {teller.not_yet}\nLooked at again on {day(teller.review_on)}."


def _at(moment: datetime) -> str:
    return clock(timezone.localtime(moment))
