"""Members say that they told their organisation what came of a meeting, and bring back what it says."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from sightline.accounts.looking import why_it_stays
from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.verdict import Already, Invalid, Refused, refused
from sightline.meetings.models import Meeting, ToldOrganisation
from sightline.meetings.queries.telling import own_telling

NOTHING_TO_TELL = refused(
    "Whoever sits for an organisation says so, once the note of the meeting is shared.", "MEM-17; QSG 2017 ¶41"
)


@operation(Permission.SHARE_INTELLIGENCE, on="result")
def tell_organisation(
    *, by: Actor, at: datetime, meeting: Meeting, seat: UUID, told_on: date, says: str = "", knowingly: str = ""
) -> ToldOrganisation:
    """This function will record that whoever sits on a seat told their organisation what came of a meeting (MEM-17).

    ``says`` is what the organisation says to it, which goes back into the group. Raises Refused for whoever does not sit
    for an organisation or reads no note of the meeting, Already where it is on record, Invalid for a day that does not fit.
    """
    today = timezone.localdate(at)
    if ToldOrganisation.objects.filter(meeting=meeting, seat=seat).exists():
        raise Already("That is on record already.")
    _, owed = own_telling(by, today, meeting)
    found = next((one for one in owed if one.seating.seat_id == seat), None)
    if found is None:
        raise Refused(NOTHING_TO_TELL)
    if told_on > today:
        raise Invalid("It is recorded once it was done. Give that day.")
    if told_on < found.view.held_on:
        raise Invalid("That is before the meeting. Correct the day.")
    organisation = found.seating.seat.organisation
    assert organisation is not None
    return ToldOrganisation.objects.create(
        meeting=meeting,
        seat=found.seating.seat,
        organisation=organisation,
        told_on=told_on,
        says=says.strip(),
        knowingly=why_it_stays([says], knowingly),
        recorded_at=at,
        recorded_by=by.actor_id,
    )
