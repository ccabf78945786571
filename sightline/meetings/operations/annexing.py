"""What is kept beside a note: entries of its restricted annex, who reads them, and to whom the meeting was fed back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from sightline.accounts.looking import why_it_stays
from sightline.audit.guarding import demand_guarded_rows
from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.verdict import Already, Invalid, Refused, refused
from sightline.directory.models import Organisation
from sightline.groups.models import Group
from sightline.meetings.guarding import opening_annex_of
from sightline.meetings.models import AgendaItem, AnnexEntry, AnnexReader, FedBack, Meeting, NoteSharing
from sightline.meetings.operations._held import held_meeting
from sightline.meetings.operations._live import CLOSED_TO_YOU
from sightline.meetings.queries.annexing import could_read, recipients_of

NOT_SHARED = refused("Share the note with the members first. Then feed the meeting back.", "REC-04; QSG 2017 ¶132")


@operation(Permission.KEEP_MEETINGS, on="result")
def add_to_annex(
    *, by: Actor, at: datetime, meeting: Meeting, item: UUID | None, text: str, form_key: UUID, knowingly: str = ""
) -> AnnexEntry:
    """This function will add an entry to the restricted annex of a note: on an item, or on the meeting as a whole (REC-12).

    Raises Invalid on a database without row-level security, unless its operator has accepted that.
    """
    held = held_meeting(by, at, meeting)
    demand_guarded_rows()
    seen = AgendaItem.objects.visible_to(by, timezone.localdate(at)).filter(meeting=held)
    if item is not None and not seen.filter(pk=item).exists():
        raise Refused(CLOSED_TO_YOU)
    if not text.strip():
        raise Invalid("Say what is for the annex.")
    with opening_annex_of(held.pk):
        kept = AnnexEntry.objects.filter(meeting=held)
        if kept.filter(form_key=form_key).exists():
            raise Already("This entry is on record already.")
        return AnnexEntry.objects.create(
            meeting=held,
            item_id=item,
            number=kept.count() + 1,
            text=text.strip(),
            knowingly=why_it_stays([text], knowingly),
            form_key=form_key,
            recorded_at=at,
            recorded_by=by.actor_id,
        )


@operation(Permission.KEEP_MEETINGS, on="meeting")
def name_annex_readers(*, by: Actor, at: datetime, meeting: Meeting, people: Collection[UUID]) -> int:
    """This function will name who reads the annex of a note beside those who keep it, and say how many that changes.

    Whoever is named must sit in the group or deputise there; whoever is not named any more reads it no longer.
    """
    held = held_meeting(by, at, meeting)
    newest = {one.person_id: one for one in AnnexReader.objects.newest().filter(meeting=held)}
    now = {pk for pk, one in newest.items() if one.reads}
    wanted, known = set(people), could_read(held, timezone.localdate(at))
    if any(str(one) not in known for one in wanted - now):
        raise Invalid("Name somebody who sits in the group, or who deputises there.")
    if wanted == now:
        raise Already("They are the readers already.")
    changed = sorted(wanted ^ now)
    AnnexReader.objects.bulk_create(
        AnnexReader(
            meeting=held,
            person_id=one,
            number=newest[one].number + 1 if one in newest else 1,
            reads=one in wanted,
            recorded_at=at,
            recorded_by=by.actor_id,
        )
        for one in changed
    )
    return len(changed)


@operation(Permission.KEEP_MEETINGS, on="meeting")
def feed_back(
    *,
    by: Actor,
    at: datetime,
    meeting: Meeting,
    told_on: date,
    group: Group | None = None,
    organisation: Organisation | None = None,
) -> FedBack:
    """This function will record that a meeting was fed back to a group or a body of the group's terms, on a day (GRP-06)."""
    held, today = held_meeting(by, at, meeting), timezone.localdate(at)
    if not NoteSharing.objects.filter(meeting=held).exists():
        raise Refused(NOT_SHARED)
    if FedBack.objects.filter(meeting=held, group=group, organisation=organisation).exists():
        raise Already("That is on record already.")
    if not any((one.group, one.organisation) == (group, organisation) for one in recipients_of(held, today)):
        raise Invalid("Choose a group or a body to which the group reports by its terms.")
    if told_on > today:
        raise Invalid("It is recorded once it was done. Give that day.")
    closed = timezone.localdate(held.steps.latest("at").at)
    if told_on < closed:
        raise Invalid("That is before the meeting. Correct the day.")
    return FedBack.objects.create(
        meeting=held,
        group=group,
        organisation=organisation,
        told_on=told_on,
        recorded_at=at,
        recorded_by=by.actor_id,
    )
