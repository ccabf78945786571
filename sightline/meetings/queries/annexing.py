"""Reads beside the note: the annex and who reads it, and the bodies to which a meeting is fed back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from sightline.accounts.models import Person
from sightline.core.access import Actor
from sightline.directory.models import Organisation
from sightline.groups.models import Group, TermsRecipient
from sightline.groups.queries import members_on
from sightline.groups.queries.terms import terms_of
from sightline.meetings.guarding import opening_annex_of
from sightline.meetings.keeping import keeps_meetings
from sightline.meetings.models import AnnexEntry, AnnexReader, FedBack, Meeting


@dataclass(frozen=True, slots=True)
class Recipient:
    """A group or a body to which a meeting is fed back, and that it was, if it was."""

    group: Group | None
    organisation: Organisation | None
    done: FedBack | None = None

    @property
    def key(self) -> str:
        """By which a form names it."""
        return f"group:{self.group.pk}" if self.group else f"body:{self.organisation.pk if self.organisation else ''}"

    @property
    def name(self) -> str:
        """What it is called."""
        return self.group.name if self.group else self.organisation.name if self.organisation else ""


def annex_of(actor: Actor, on: date, meeting: Meeting) -> list[AnnexEntry]:
    """This function will give the entries of an annex that somebody reads, in the order in which they were written."""
    with opening_annex_of(meeting.pk):
        return list(AnnexEntry.objects.visible_to(actor, on).filter(meeting=meeting).order_by("number"))


def reads_annex(actor: Actor, on: date, meeting: Meeting) -> bool:
    """This function will say whether somebody finds the page of an annex: who keeps it, and who is named to read it."""
    if keeps_meetings(actor, meeting.system, on):
        return True
    return isinstance(actor, Person) and readers_of(meeting).filter(person=actor.pk).exists()


def readers_of(meeting: Meeting) -> QuerySet[AnnexReader]:
    """This function will give who is named to read an annex now."""
    return AnnexReader.objects.newest().filter(meeting=meeting, reads=True)


def could_read(meeting: Meeting, on: date) -> Mapping[str, str]:
    """This function will name whoever sits in the group, or deputises there, and so may be named as a reader."""
    found: dict[str, str] = {}
    for seat in members_on(meeting.group, on):
        if seat.person:
            found[str(seat.person)] = seat.name
        found |= {str(one.person): one.name for one in seat.deputies}
    return dict(sorted(found.items(), key=lambda pair: pair[1]))


def recipients_of(meeting: Meeting, on: date) -> list[Recipient]:
    """This function will list the groups and bodies of the terms in force, and whether each was fed back to (GRP-06)."""
    version = terms_of(meeting.group, on).in_force
    rows = version.recipients.select_related("group", "organisation") if version else []
    done = {(one.group_id, one.organisation_id): one for one in fed_back_of(meeting)}
    named: dict[tuple[UUID | None, UUID | None], TermsRecipient | FedBack] = {**done}
    named |= {(one.group_id, one.organisation_id): one for one in rows}
    return [Recipient(one.group, one.organisation, done.get(key)) for key, one in named.items()]


def fed_back_of(meeting: Meeting) -> list[FedBack]:
    """This function will list to whom a meeting was fed back."""
    rows = FedBack.objects.filter(meeting=meeting).select_related("group", "organisation")
    return list(rows.order_by("told_on", "recorded_at", "pk"))
