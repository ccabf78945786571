"""Meetings and agendas in words: when they are, by when a group meets next, and what each item is for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from sightline.core.meetings.agenda_kinds import ABOUT, PURPOSE, Kind, Purpose
from sightline.core.meetings.cadence import Pace
from sightline.meetings.models import IntakeAnswer
from sightline.meetings.queries import AgendaLine, GroupMeets, MeetingView
from sightline.meetings.queries.councils import Needed
from sightline.meetings.queries.cycle import GroupCycle
from sightline.meetings.queries.pairing import Pairing
from sightline.meetings.words import DUE, MODE, STEP, Mode, Step
from sightline.web.wording import clock, day, plural

Tag = tuple[str, str]
_TAGS = {
    None: "nhsuk-tag--blue",
    Step.CANCELLED: "nhsuk-tag--grey",
    Step.OPENED: "nhsuk-tag--green",
    Step.CLOSED: "nhsuk-tag--grey",
}
PACE: dict[Pace, Tag] = {
    Pace.IN_TIME: ("In time", "nhsuk-tag--green"),
    Pace.NOT_PLANNED: ("Not planned", "nhsuk-tag--yellow"),
    Pace.PLANNED_LATE: ("Planned late", "nhsuk-tag--yellow"),
    Pace.OVERDUE: ("Overdue", "nhsuk-tag--red"),
}


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """One meeting of a list."""

    id: UUID
    group: str
    when: str
    how: str
    tag: Tag
    is_extraordinary: bool
    paired: str  # the assurance meeting of the same day, as it was named


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group with by when it meets next."""

    id: UUID
    name: str
    says: str
    source: str
    tag: Tag | None
    keeps: bool
    cycle: bool  # whether the reader reads of its cycle of business
    due: tuple[Tag, ...] = ()  # what the group was to look at again by now


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One item of an agenda."""

    id: UUID
    number: int
    title: str
    time: str
    minutes: str
    why: tuple[str, ...]
    purpose: str
    inequality: str
    responsible: str
    subject: UUID | None
    subject_name: str
    intake: tuple[tuple[str, str], ...]
    may_come_off: bool
    sub_group: str  # the key of the sub-group whose report it is, or nothing


def when_words(view: MeetingView) -> str:
    """This function will say when a meeting is; a change of the clocks within it is told."""
    starts, ends = timezone.localtime(view.time.starts_at), timezone.localtime(view.time.ends_at)
    until = clock(ends) if starts.date() == ends.date() else f"{clock(ends)} on {day(ends.date())}"
    changed = " (the clocks change in between)" if starts.utcoffset() != ends.utcoffset() else ""
    return f"{starts:%A} {day(starts.date())}, {clock(starts)} to {until}{changed}"


def meeting_lines(views: Iterable[MeetingView]) -> list[MeetingLine]:
    """This function will write meetings for a list."""
    return [meeting_line(one) for one in views]


def meeting_line(view: MeetingView) -> MeetingLine:
    """This function will write one meeting."""
    mode = MODE[Mode(view.time.mode)]
    how = f"{mode}: {view.time.place}" if view.time.place else mode
    tag = (STEP[view.step], _TAGS[view.step])
    return MeetingLine(
        view.meeting.pk,
        view.meeting.group.name,
        when_words(view),
        how,
        tag,
        view.meeting.is_extraordinary,
        view.time.paired_with,
    )


@dataclass(frozen=True, slots=True)
class PairingLines:
    """The assurance meetings of the same day, and what is suggested where there is none; each with its page, if it has one."""

    named: str
    same_day: tuple[tuple[UUID, str], ...]
    suggests: str  # for whoever keeps the meeting
    nearest: UUID | None


@dataclass(frozen=True, slots=True)
class NeededLine:
    """A council whose trigger an item meets: why, who of it is invited, and who could be."""

    says: str
    invited: str
    offers: tuple[tuple[UUID, str], ...]
    lacks: bool


def needed_lines(found: Mapping[UUID, Sequence[Needed]]) -> dict[UUID, list[NeededLine]]:
    """This function will say at each item which council is needed there by what was agreed with it (MEM-21)."""
    return {item: [_needed(one) for one in some] for item, some in found.items()}


def _needed(one: Needed) -> NeededLine:
    coming = [person.display_name for person in one.people if person.pk in one.invited]
    return NeededLine(
        says=f"{one.council.name} is needed here, as was agreed with it: {' and '.join(one.because)}.",
        invited=f"Invited: {', '.join(coming)}." if coming else "",
        offers=() if coming else tuple((person.pk, person.display_name) for person in one.people),
        lacks=not one.people,
    )


def pairing(view: MeetingView, found: Pairing | None) -> PairingLines:
    """This function will say which assurance meeting is held on the same day, or suggest that one is (GRP-05)."""
    named = view.time.paired_with
    if found is None:
        return PairingLines(named, (), "", None)
    same = tuple((one.meeting.pk, f"{one.meeting.group.name}, {when_words(one)}") for one in found.same_day)
    if named or same or view.is_over:
        return PairingLines(named, same, "", None)
    near = f" {found.nearest.meeting.group.name} meets on {day(found.nearest.held_on)}." if found.nearest else ""
    says = f"No assurance meeting is named for this day. Consider holding one on it, in common with the local authority.{near}"
    return PairingLines("", (), says, found.nearest.meeting.pk if found.nearest else None)


def group_lines(groups: Iterable[GroupMeets], cycles: Mapping[UUID, GroupCycle]) -> list[GroupLine]:
    """This function will write groups with their clocks; where the guidance lays none down, that is said."""
    return [_group_line(one, cycles.get(one.group.pk)) for one in groups]


def _group_line(one: GroupMeets, cycle: GroupCycle | None) -> GroupLine:
    source = one.meets.remark.source if one.meets and one.meets.remark else ""
    return GroupLine(
        id=one.group.pk,
        name=one.group.name,
        says=one.meets.words if one.meets else "No interval counts for it.",
        source=source,
        tag=PACE[one.meets.pace] if one.meets else None,
        keeps=one.keeps,
        cycle=cycle is not None,
        due=tuple(_cycle_tags(cycle)) if cycle else (),
    )


def _cycle_tags(cycle: GroupCycle) -> Iterable[Tag]:
    if cycle.holds is None:
        yield "No cycle agreed", "nhsuk-tag--yellow"
    for of in cycle.due:
        yield DUE[of], "nhsuk-tag--red"


def live_words(view: MeetingView) -> str:
    """This function will say what the page of a meeting under way has to show: how it goes, or how it went."""
    if Step.CANCELLED in view.steps:
        return ""
    if Step.CLOSED in view.steps:
        return "What happened, item by item"
    return "Follow the meeting" if Step.OPENED in view.steps else "To the meeting, on its day"


def item_lines(lines: Sequence[AgendaLine]) -> list[ItemLine]:
    """This function will write the items of an agenda."""
    return [_item_line(one) for one in lines]


def _item_line(line: AgendaLine) -> ItemLine:
    item, wording = line.item, line.wording
    return ItemLine(
        id=item.pk,
        number=line.number,
        title=wording.title,
        time=clock(timezone.localtime(line.starts_at)) if line.starts_at else "",
        minutes=plural(wording.minutes, "minute"),
        why=tuple(one for one in wording.why.splitlines() if one.strip()),
        purpose=PURPOSE[Purpose(wording.purpose)],
        inequality=wording.inequality,
        responsible=wording.responsible.display_name if wording.responsible else "",
        subject=item.subject_id,
        subject_name=item.subject.name if item.subject else "",
        intake=tuple(_intake(one) for one in item.intake.all()),
        may_come_off=ABOUT[Kind(item.kind)].may_wait,
        sub_group=item.key.partition(":")[2] if item.kind == Kind.REPORT else "",
    )


def _intake(one: IntakeAnswer) -> tuple[str, str]:
    """An answer that was given when an item was brought, with where its question comes from (MTG-30)."""
    says = "Yes." if one.holds else f"No. Brought all the same, because: {one.because}"
    return f"{one.asks} {says}", one.cites


def length_words(lines: Sequence[AgendaLine], view: MeetingView) -> str:
    """This function will say how long the agenda takes, and whether the meeting is long enough for it."""
    takes = sum(one.wording.minutes for one in lines)
    has = int((view.time.ends_at - view.time.starts_at).total_seconds() // 60)
    says = f"The items take {plural(takes, 'minute')}, and the meeting lasts {has}."
    return f"{says} That is {takes - has} too many." if takes > has else says
