"""What becomes of the note of a meeting: drafted from the record, reworded, shared, agreed at a later meeting, corrected."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from sightline.accounts.looking import why_it_stays
from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.verdict import Already, Invalid, Refused, demand, refused
from sightline.meetings import keeping
from sightline.meetings.giving import Overtaken
from sightline.meetings.models import (
    AgendaItem,
    AgreedPassage,
    Meeting,
    MeetingStep,
    NoteAgreement,
    NotePassage,
    NoteSharing,
)
from sightline.meetings.operations._freezing import hash_of_passage
from sightline.meetings.operations._held import held_meeting
from sightline.meetings.operations._live import CLOSED_TO_YOU, fitting, held_for_chair
from sightline.meetings.queries.live import Room, room_of, seen_items
from sightline.meetings.queries.noting import sections_of
from sightline.meetings.words import Step

NO_DRAFT = refused("There is no draft of this note yet.", "REC-01; QSG 2017 ¶130")
NOT_SHARED = refused(
    "Share the draft with the members first: the group agrees what it has read.", "REC-04; QSG 2017 ¶132"
)
NOT_LATER = refused("A note is agreed at a later meeting of the same group.", "REC-04; QSG 2017 ¶132")
REWORDED_MEANWHILE = "Somebody else reworded this section while you were at it. Both are below: join them."


@operation(Permission.KEEP_MEETINGS, on="meeting")
def draft_note(*, by: Actor, at: datetime, meeting: Meeting) -> int:
    """This function will write the draft of a note from what happened, and say how many sections it wrote (REC-01, REC-02).

    A section that there is already stays as it is. An item that is closed to whoever drafts is left to another.
    """
    today = timezone.localdate(at)
    room = room_of(held_meeting(by, at, meeting))
    seen = seen_items(by, today, meeting)
    there = set(NotePassage.objects.filter(meeting=meeting).values_list("item", flat=True))
    made = [
        NotePassage(
            meeting=room.meeting,
            item=one.item,
            place=one.place,
            number=1,
            title=one.title,
            text=one.text,
            recorded_at=at,
            recorded_by=by.actor_id,
        )
        for one in sections_of(room, by, today, seen)
        if (one.item.pk if one.item else None) not in there
    ]
    if not made:
        raise Already("The draft is written already.")
    NotePassage.objects.bulk_create(made)
    return len(made)


@operation(Permission.KEEP_MEETINGS, on="meeting")
def write_passage(
    *,
    by: Actor,
    at: datetime,
    meeting: Meeting,
    item: UUID | None,
    seen: int,
    text: str,
    because: str = "",
    knowingly: str = "",
) -> NotePassage:
    """This function will reword a section, as a new version of its passage; earlier ones stay on record (REC-16).

    Once the draft is shared it needs a reason, and once it was agreed it is a correction of what was (REC-04). ``seen``
    is the version that the writer had before them. Raises Overtaken where it is not the newest.
    """
    held = held_meeting(by, at, meeting)
    if item is not None and not AgendaItem.objects.visible_to(by, timezone.localdate(at)).filter(pk=item).exists():
        raise Refused(CLOSED_TO_YOU)
    rows = NotePassage.objects.filter(meeting=held, item=item).select_related("agreed").order_by("number")
    versions = list(rows)
    if not versions:
        raise Refused(NO_DRAFT)
    newest = versions[-1]
    if newest.number != seen:
        raise Overtaken(REWORDED_MEANWHILE)
    if text.strip() == newest.text:
        raise Already("The section is the same as before.")
    if not text.strip():
        raise Invalid("A section says something. Write that nothing came of it, if so.")
    agreed = next((one for one in reversed(versions) if hasattr(one, "agreed")), None)
    if agreed is not None and not because.strip():
        raise Invalid("The group agreed this section. Say what is corrected, and why.")
    is_shared = NoteSharing.objects.filter(meeting=held).exists()
    if is_shared and not because.strip():
        raise Invalid("The members have read this draft. Say what is changed, and why.")
    why = because.strip() if is_shared else ""
    before = "\n".join(one.text for one in versions)
    return NotePassage.objects.create(
        meeting=held,
        item_id=item,
        place=newest.place,
        number=newest.number + 1,
        title=newest.title,
        text=text.strip(),
        because=why,
        corrects=agreed,
        knowingly=why_it_stays([text, why], knowingly, before),
        recorded_at=at,
        recorded_by=by.actor_id,
    )


@operation(Permission.KEEP_MEETINGS, on="meeting")
def share_note(*, by: Actor, at: datetime, meeting: Meeting) -> NoteSharing:
    """This function will share the draft of a note with the members, each of whom reads the sections of their items."""
    held = held_meeting(by, at, meeting)
    if not NotePassage.objects.filter(meeting=held).exists():
        raise Refused(NO_DRAFT)
    if NoteSharing.objects.filter(meeting=held).exists():
        raise Already("The draft is shared already.")
    return NoteSharing.objects.create(meeting=held, at=at, recorded_at=at, recorded_by=by.actor_id)


@operation(Permission.PRESIDE, on="meeting")
def agree_note(
    *, by: Actor, at: datetime, meeting: Meeting, at_meeting: Meeting, agreed_at: datetime | None = None
) -> NoteAgreement:
    """This function will record that the group agreed a note at a later meeting, and freeze its sections (REC-04).

    It is for whoever presides over that meeting, while it is quorate. Where a quorum is only recommended, it is agreed
    without one and says so (QUO-01). They freeze the newest version of each section that they read; what is closed to
    them is left to another who presides. Raises Already where nothing is left.
    """
    today = timezone.localdate(at)
    room = held_for_chair(by, today, at_meeting)
    passages = _agreeable(by, today, meeting, room)
    moment = _while_it_met(room, agreed_at, at)
    quorate = room.quorate(None, moment)
    if not quorate.may_transact:
        demand(quorate.verdict)
    made = NoteAgreement.objects.create(
        meeting=meeting,
        at_meeting=room.meeting,
        at=moment,
        quorum=quorate.status.value,
        present=quorate.present,
        pack=room.rules.pack,
        rules_version=room.rules.version,
        recorded_at=at,
        recorded_by=by.actor_id,
    )
    AgreedPassage.objects.bulk_create(
        AgreedPassage(agreement=made, passage=one, sha256=hash_of_passage(one), recorded_at=at, recorded_by=by.actor_id)
        for one in passages
    )
    return made


# --- steps of the above


def _agreeable(by: Actor, on: date, meeting: Meeting, room: Room) -> list[NotePassage]:
    """The newest passages that are still to be agreed and that the actor reads, their meeting held against who writes."""
    held = keeping.held(meeting)
    if held.group_id != room.meeting.group_id or held.pk == room.meeting.pk:
        raise Refused(NOT_LATER)
    closed = MeetingStep.objects.filter(meeting=held, step=Step.CLOSED.value).first()
    if closed is None or room.opened_at is None or room.opened_at < closed.at:
        raise Refused(NOT_LATER)
    if not NoteSharing.objects.filter(meeting=held).exists():
        raise Refused(NOT_SHARED)
    done = set(AgreedPassage.objects.filter(passage__meeting=held).values_list("passage__item", flat=True))
    seen = NotePassage.objects.visible_to(by, on).newest().filter(meeting=held).order_by("place")
    left = [one for one in seen if one.item_id not in done]
    if not left:
        raise Already("The note is agreed already.")
    return left


def _while_it_met(room: Room, agreed_at: datetime | None, at: datetime) -> datetime:
    """When the group agreed: now while it meets; of a meeting that is over the time must be given."""
    if agreed_at is None and room.is_over:
        raise Invalid("That meeting is over. Give the time at which the group agreed the note.")
    moment = fitting(agreed_at, at, room.on)
    opened, ended = room.opened_at, room.ended_at
    if opened is None or moment < opened or (ended is not None and moment > ended):
        raise Invalid("The group did not meet at that time. Correct it.")
    return moment
