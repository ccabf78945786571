"""What the secretariat does with an agenda: have it drafted from the record, add, reword, order, take off, invite."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Max
from django.utils import timezone

from sightline.accounts.looking import why_it_stays
from sightline.accounts.models import Person
from sightline.accounts.queries import colleagues
from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.meetings.agenda import Line
from sightline.core.meetings.agenda_kinds import ABOUT, Kind
from sightline.core.rulebook.meeting import Moment
from sightline.core.verdict import Already, Invalid, Refused, refused
from sightline.directory.models import Subject
from sightline.meetings.giving import Intake, Overtaken, Wording
from sightline.meetings.keeping import kept_meeting, rules_of
from sightline.meetings.models import (
    AgendaItem,
    AgendaOrder,
    IntakeAnswer,
    ItemGuest,
    ItemOutcome,
    ItemWithdrawal,
    ItemWording,
    Meeting,
    MeetingTime,
)
from sightline.meetings.operations._items import kept_item
from sightline.meetings.operations._ratifying import bring_along
from sightline.meetings.operations._telling import tell_planned
from sightline.meetings.queries.drafting import draft_of
from sightline.meetings.queries.ordering import order_number

NOT_ASKED = Intake()
_TITLE = 250
_HOURS = 480
_UNSAID = frozenset({"", "local"})  # a fact of the record needs no source beside it
_AFTER_THE_DRAFT = 500  # what somebody adds follows what the record brought, now or later


@operation(Permission.KEEP_MEETINGS, on="meeting")
def draft_agenda(*, by: Actor, at: datetime, meeting: Meeting) -> int:
    """This function will bring everything to the agenda that the rules and the record ask for, and say how many it brought.

    What is there already is not brought again, and neither is what somebody took off; so it may be run as often as one
    likes while the record goes on (MTG-15 to MTG-22).
    """
    meeting = kept_meeting(by, meeting, timezone.localdate(at))
    there = set(AgendaItem.objects.filter(meeting=meeting).values_list("key", flat=True))
    brought = [pair for pair in enumerate(draft_of(by, meeting, at).lines) if pair[1].key not in there]
    for place, line in brought:
        _bring(meeting, line, place, by, at)
    return len(brought)


@operation(Permission.KEEP_MEETINGS, on="result")
def add_item(
    *,
    by: Actor,
    at: datetime,
    meeting: Meeting,
    wording: Wording,
    form_key: UUID,
    subject: Subject | None = None,
    intake: Intake = NOT_ASKED,
    knowingly: str = "",
) -> AgendaItem:
    """This function will put something on the agenda that somebody chose themselves, about a subject or none.

    Where the guidance of the group asks of what is brought to it, each question is answered (MTG-30). Raises Already for
    a form that was sent before, Invalid where the subject is on the agenda or a question is left open.
    """
    meeting = kept_meeting(by, meeting, timezone.localdate(at))
    key = f"{Kind.PLANNED.value}:{form_key}"
    if AgendaItem.objects.filter(meeting=meeting, key=key).exists():
        raise Already("This item is on the agenda already.")
    if subject is not None and AgendaItem.objects.standing().filter(meeting=meeting, subject=subject).exists():
        raise Invalid(f"{subject.name} is on the agenda already. Reword that item instead.")
    answered = _answered(meeting, intake, knowingly)
    last = AgendaItem.objects.filter(meeting=meeting).aggregate(last=Max("place"))["last"]
    item = AgendaItem.objects.create(
        place=max(_AFTER_THE_DRAFT, (last or 0) + 1),
        kind=Kind.PLANNED.value,
        moment=Moment.BETWEEN.value,
        key=key,
        subject=subject,
        **_of(meeting, by, at),
    )
    _word(item, 1, wording, by, at, why_it_stays([wording.title, wording.why, wording.inequality], knowingly))
    for one in answered:
        one.item, one.recorded_at, one.recorded_by = item, at, by.actor_id
    IntakeAnswer.objects.bulk_create(answered)
    return item


@operation(Permission.KEEP_MEETINGS, on="item")
def reword_item(
    *, by: Actor, at: datetime, item: AgendaItem, seen: int, wording: Wording, knowingly: str = ""
) -> ItemWording:
    """This function will word an item anew: its title, what it is for, its minutes, who is responsible (MTG-17, MTG-23).

    ``seen`` is the wording that the writer had before them. Raises Overtaken where it is not the newest.
    """
    item = kept_item(by, at, item)
    newest = ItemWording.objects.filter(item=item).latest("number")
    if newest.number != seen:
        raise Overtaken(
            "Somebody else reworded this item while you were at it. Read theirs first; yours is kept below."
        )
    kept = why_it_stays([wording.title, wording.why, wording.inequality], knowingly)
    return _word(item, newest.number + 1, wording, by, at, kept)


@operation(Permission.KEEP_MEETINGS, on="item")
def withdraw_item(*, by: Actor, at: datetime, item: AgendaItem, because: str, knowingly: str = "") -> ItemWithdrawal:
    """This function will take an item off the agenda, with the reason. What the guidance asks for each time stays on it.

    Raises Refused for an item that cannot wait, and for one that something came of already.
    """
    item = kept_item(by, at, item)
    if not ABOUT[Kind(item.kind)].may_wait:
        title = ItemWording.objects.filter(item=item).latest("number").title
        about = ABOUT[Kind(item.kind)]
        raise Refused(refused(f"“{title}” stays on the agenda. {about.says}", about.cites))
    if ItemOutcome.objects.filter(item=item).exists():
        raise Refused(refused("Something came of this item already, and so it stays.", "REC-16"))
    if not because.strip():
        raise Invalid("Say why it is taken off: whoever brought it will ask.")
    return ItemWithdrawal.objects.create(
        item=item,
        because=because.strip(),
        knowingly=why_it_stays([because], knowingly),
        recorded_at=at,
        recorded_by=by.actor_id,
    )


@operation(Permission.KEEP_MEETINGS, on="meeting")
def order_agenda(*, by: Actor, at: datetime, meeting: Meeting, items: Sequence[UUID], seen: int) -> AgendaOrder:
    """This function will put the items into an order; whatever is not named keeps its place after what precedes it.

    ``seen`` is the number of the order that the writer had before them, 0 for the one that was proposed.
    """
    meeting = kept_meeting(by, meeting, timezone.localdate(at))
    number = order_number(meeting)
    if number != seen:
        raise Overtaken("Somebody else put the items into another order while you were at it. Look at it first.")
    known = set(AgendaItem.objects.filter(meeting=meeting, pk__in=list(items)).values_list("pk", flat=True))
    chosen = [str(one) for one in dict.fromkeys(items) if one in known]
    return AgendaOrder.objects.create(
        meeting=meeting, number=number + 1, items=chosen, recorded_at=at, recorded_by=by.actor_id
    )


@operation(Permission.KEEP_MEETINGS, on="item")
def invite_to_item(*, by: Actor, at: datetime, item: AgendaItem, person: Person) -> ItemGuest:
    """This function will invite somebody to one item, of which alone they then read (MEM-03; PER-05)."""
    item = kept_item(by, at, item)
    if not colleagues(Permission.KEEP_MEETINGS, by=by, on=timezone.localdate(at)).filter(pk=person.pk).exists():
        raise Refused(refused("Somebody is invited who holds a role in this system. Ask for one first.", "PER-05"))
    made, is_new = ItemGuest.objects.get_or_create(
        item=item, person=person, defaults={"recorded_at": at, "recorded_by": by.actor_id}
    )
    if not is_new:
        raise Already("This person is invited to the item already.")
    tell_planned(item.meeting, MeetingTime.objects.filter(meeting=item.meeting).latest("number"), at)
    return made


# --- shared by the above


def _bring(meeting: Meeting, line: Line, place: int, by: Actor, at: datetime) -> None:
    subject = Subject.objects.get(pk=line.about) if line.about else None
    item = AgendaItem.objects.create(
        place=place,
        kind=line.kind.value,
        moment=line.moment.value,
        key=line.key,
        standing=line.standing,
        subject=subject,
        **_of(meeting, by, at),
    )
    why = "\n".join(one.says if one.source in _UNSAID else one.cited for one in line.because)
    _word(item, 1, Wording(line.title[:_TITLE], line.minutes, line.purpose, why), by, at, "")
    bring_along(item)


def _answered(meeting: Meeting, intake: Intake, knowingly: str) -> list[IntakeAnswer]:
    """The answers to what the guidance asks of what is brought to the group; nothing where it asks nothing."""
    newest = MeetingTime.objects.filter(meeting=meeting).latest("number")
    made, because = [], intake.because.strip()
    for one in rules_of(meeting.group, timezone.localdate(newest.starts_at)).intake:
        if one.id not in intake.answers:
            raise Invalid(f"Answer the question: {one.asks}")
        holds = intake.answers[one.id]
        if not holds and not because:
            raise Invalid("Say why it is brought all the same, or leave it to the organisations.")
        why = "" if holds else because
        made.append(
            IntakeAnswer(
                question=one.id,
                asks=one.asks,
                cites=one.cites,
                holds=holds,
                because=why,
                knowingly=why_it_stays([why], knowingly),
            )
        )
    return made


def _of(meeting: Meeting, by: Actor, at: datetime) -> dict[str, Any]:
    return {
        "meeting": meeting,
        "group": meeting.group,
        "system": meeting.system,
        "recorded_at": at,
        "recorded_by": by.actor_id,
    }


def _word(item: AgendaItem, number: int, wording: Wording, by: Actor, at: datetime, knowingly: str) -> ItemWording:
    title = wording.title.strip()
    if not title:
        raise Invalid("Say what the item is called.")
    if not 1 <= wording.minutes <= _HOURS:
        raise Invalid(f"Give an item between 1 and {_HOURS} minutes.")
    return ItemWording.objects.create(
        item=item,
        number=number,
        title=title[:_TITLE],
        why=wording.why.strip(),
        minutes=wording.minutes,
        purpose=wording.purpose.value,
        responsible_id=wording.responsible,
        inequality=wording.inequality.strip(),
        knowingly=knowingly,
        recorded_at=at,
        recorded_by=by.actor_id,
    )
