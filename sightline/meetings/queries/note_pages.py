"""What the pages of a note are drawn from: its sections as one reader reads them, and what they may do with it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sightline.accounts.models import Person
from sightline.core.access import Actor, Permission, may
from sightline.core.groups.chairing import PRESIDING
from sightline.groups.queries import members_on
from sightline.meetings.keeping import keeps_meetings
from sightline.meetings.models import (
    AgendaItem,
    Meeting,
    MeetingStep,
    NoteAgreement,
    NotePassage,
    NoteSharing,
)
from sightline.meetings.queries.meetings import MeetingView, meetings_for, one_meeting
from sightline.meetings.words import Step


@dataclass(frozen=True, slots=True)
class NoteSection:
    """One section of a note that its reader reads: every version of it, and the one that the group agreed."""

    versions: tuple[NotePassage, ...]

    @property
    def newest(self) -> NotePassage:
        """The version that holds."""
        return self.versions[-1]

    @property
    def agreed(self) -> NotePassage | None:
        """The version that the group agreed, if it did."""
        return next((one for one in self.versions if hasattr(one, "agreed")), None)

    @property
    def changes(self) -> tuple[NotePassage, ...]:
        """What was changed after the draft was shared, each with its reason, up to what was agreed (REC-04)."""
        return tuple(one for one in self.versions if one.because and one.corrects_id is None)

    @property
    def corrections(self) -> tuple[NotePassage, ...]:
        """What was corrected since the group agreed it."""
        return tuple(one for one in self.versions if one.corrects_id is not None)


@dataclass(frozen=True, slots=True)
class NoteView:
    """A note as one reader reads it: nothing in it tells of an item that is closed to them."""

    view: MeetingView
    sections: tuple[NoteSection, ...]
    sharing: NoteSharing | None
    agreements: tuple[NoteAgreement, ...]
    keeps: bool
    presides: bool
    is_lacking: bool  # an item that the reader reads has no section yet

    @property
    def meeting(self) -> Meeting:
        """The meeting that was held."""
        return self.view.meeting

    @property
    def is_agreed(self) -> bool:
        """Whether the group agreed every section that the reader reads."""
        return bool(self.sections) and all(one.agreed for one in self.sections)

    def section(self, item: UUID | None) -> NoteSection | None:
        """This function will give the section of an item, or of the meeting as a whole."""
        return next((one for one in self.sections if one.newest.item_id == item), None)


def note_view(actor: Actor, on: date, meeting: UUID) -> NoteView | None:
    """This function will give the note of a meeting as somebody reads it; nothing where there is none for them."""
    view = one_meeting(actor, on, meeting)
    if view is None or Step.CLOSED not in view.steps:
        return None
    rows = NotePassage.objects.visible_to(actor, on).filter(meeting=meeting)
    found: dict[UUID | None, list[NotePassage]] = defaultdict(list)
    for one in rows.select_related("agreed").order_by("place", "number"):
        found[one.item_id].append(one)
    keeps = keeps_meetings(actor, view.meeting.system, on)
    if not found and not keeps:
        return None
    items = AgendaItem.objects.visible_to(actor, on).standing().filter(meeting=meeting)
    sections = tuple(NoteSection(tuple(some)) for some in found.values())
    seen = {one.agreed.agreed.agreement_id for one in sections if one.agreed is not None}
    agreements = NoteAgreement.objects.filter(pk__in=seen).prefetch_related("at_meeting__times")
    return NoteView(
        view=view,
        sections=sections,
        sharing=NoteSharing.objects.filter(meeting=meeting).first(),
        agreements=tuple(agreements),
        keeps=keeps,
        presides=_presides(actor, on, view.meeting),
        is_lacking=keeps and not {None, *items.values_list("pk", flat=True)} <= set(found),
    )


def has_note(actor: Actor, on: date, meeting: Meeting) -> bool:
    """This function will say whether there is a page of a meeting's note for somebody."""
    if NotePassage.objects.visible_to(actor, on).filter(meeting=meeting).exists():
        return True
    keeps = keeps_meetings(actor, meeting.system, on)
    return keeps and MeetingStep.objects.filter(meeting=meeting, step=Step.CLOSED.value).exists()


def meetings_after(actor: Actor, on: date, note: NoteView) -> list[MeetingView]:
    """This function will list the later meetings of the group that were opened, at which its note may be agreed."""
    coming, past = meetings_for(actor, on, note.meeting.group_id)
    closed = note.view.steps[Step.CLOSED].at
    return [one for one in (*coming, *past) if Step.OPENED in one.steps and one.steps[Step.OPENED].at >= closed]


def _presides(actor: Actor, on: date, meeting: Meeting) -> bool:
    """Whether somebody presides over the group's meetings on this day."""
    if not isinstance(actor, Person) or not may(actor, Permission.PRESIDE, on):
        return False
    seats = [one for one in members_on(meeting.group, on) if one.part in PRESIDING]
    return any(actor.pk in {one.person, *(deputy.person for deputy in one.deputies)} for one in seats)
