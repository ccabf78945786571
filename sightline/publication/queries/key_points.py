"""Reads of key points as they are worked on: every version of a meeting’s, what is remarked upon, what is proposed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from django.utils import timezone

from sightline.core.access import Actor, Permission, may
from sightline.core.publication.checking import Remark, remarks_on
from sightline.core.rulebook.publishing import KeyPoints as Rule
from sightline.core.rulebook.publishing import Publication
from sightline.directory.models import Organisation, Subject
from sightline.directory.words import AREAS
from sightline.groups.models import Group
from sightline.groups.queries.standing_pages import pack_of_group
from sightline.meetings.keeping import keeps_meetings, rules_of
from sightline.meetings.models import Meeting, MeetingStep
from sightline.meetings.queries.live import room_of, title_of
from sightline.publication.models import Edition, KeyPoints
from sightline.publication.sight import meetings_worked_on, presides_there
from sightline.rulebook.queries import part_of
from sightline.web.wording import day

GROUP, OPENING, CHANGED = "The name of the group", "The opening", "What has changed"


@dataclass(frozen=True)
class Work:
    """The key points of one meeting as somebody who works on them sees them: every version, and what came of each."""

    meeting: Meeting
    held_on: date
    versions: tuple[KeyPoints, ...]
    keeps: bool
    presides: bool

    @property
    def newest(self) -> KeyPoints | None:
        """The version that holds."""
        return self.versions[-1] if self.versions else None

    @property
    def number(self) -> int:
        """The number of the version that holds, 0 before there is one."""
        return self.newest.number if self.newest else 0

    @property
    def public(self) -> Edition | None:
        """The copy that the public can read, where there is one."""
        released = [one.release.edition for one in self.versions if hasattr(one, "release")]
        return released[-1] if released and not hasattr(released[-1], "withdrawal") else None

    @property
    def was_public(self) -> bool:
        """Whether a version was ever released."""
        return any(hasattr(one, "release") for one in self.versions)

    @cached_property
    def remarks(self) -> tuple[Remark, ...]:
        """What is to be looked at in the version that holds."""
        return remarks_of(self.newest) if self.newest else ()


@dataclass(frozen=True, slots=True)
class Proposed:
    """What the record itself proposes, without a word of what was said: the opening, and how many items may be told."""

    opening: str
    items: int


def work_on(actor: Actor, on: date, meeting: UUID) -> Work | None:
    """This function will give the key points of a meeting to somebody who works on them; else nothing."""
    found = meetings_worked_on(actor, on).filter(pk=meeting).select_related("group__area", "group__subject").first()
    return _works(actor, on, [found])[0] if found else None


def all_work(actor: Actor, on: date) -> list[Work]:
    """This function will give every meeting whose key points somebody works on, the latest first."""
    found = meetings_worked_on(actor, on).select_related("group__area", "group__subject")
    return sorted(_works(actor, on, list(found)), key=lambda one: (one.held_on, str(one.meeting.pk)), reverse=True)


def _works(actor: Actor, on: date, meetings: Sequence[Meeting]) -> list[Work]:
    rows = KeyPoints.objects.filter(meeting__in=meetings).order_by("number")
    rows = rows.select_related(
        "meeting__group", "wrote", "clearance__cleared_by", "release__edition__withdrawal", "release__released_by"
    )
    versions: dict[UUID, list[KeyPoints]] = {one.pk: [] for one in meetings}
    for row in rows.prefetch_related("points__rests_on"):
        versions[row.meeting_id].append(row)
    presides = set(Meeting.objects.filter(presides_there(actor, on)).values_list("pk", flat=True))
    writes = bool(may(actor, Permission.KEEP_MEETINGS, on))
    days = _days([one.pk for one in meetings])
    return [
        Work(
            one,
            days[one.pk],
            tuple(versions[one.pk]),
            writes and keeps_meetings(actor, one.system, on),
            one.pk in presides,
        )
        for one in meetings
    ]


def _days(meetings: Sequence[UUID]) -> dict[UUID, date]:
    """The days on which meetings were held: on which they were opened."""
    rows = MeetingStep.objects.filter(meeting__in=meetings).order_by("at").values_list("meeting", "at")
    return {meeting: timezone.localdate(at) for meeting, at in reversed(rows)}


def items_of(meeting: Meeting) -> list[tuple[UUID, str]]:
    """This function will give the items on which a point may rest, for whoever reads them all."""
    return [(one.pk, title_of(one)) for one in room_of(meeting).items]


def proposed_of(meeting: Meeting) -> Proposed:
    """This function will propose an opening from what is safe: group, day, kinds of members, items that are about nobody.

    It copies no title, no note and no outcome. A group about one subject is called by what it is, never by its name,
    and none of its items is counted.
    """
    room = room_of(meeting)
    titles = room.titles
    seats = {one.seat: one.category for one in room.seats}
    there = {seats.get(one.seat_id) for one in room.presences if one.seat_id}
    kinds = [titles[one] for one in titles if one in there]
    told = [one for one in room.items if one.subject_id is None and not room.ties_to(one)]
    count = 0 if meeting.group.subject_id else len(told)
    opening = f"{public_name(meeting.group, room.on)} met on {day(room.on)}."
    if kinds:
        opening += f" There for the group were: {'; '.join(kinds)}."
    return Proposed(opening, count)


def public_name(group: Group, on: date) -> str:
    """This function will name a group as the public may know it: one about a single subject by its type alone."""
    if group.subject_id is None:
        return group.name
    kind = rules_of(group, on).kind
    return kind.name if kind else "A group about one subject"


def system_name(group: Group) -> str:
    """This function will name the system of a group, as the public knows it."""
    found = Organisation.objects.filter(code=group.system).values_list("name", flat=True).first()
    return found or group.area.name


def remarks_of(points: KeyPoints) -> tuple[Remark, ...]:
    """This function will look through a version, and say what has to be looked at before it is public."""
    meeting = points.meeting
    texts = {
        GROUP: public_name(meeting.group, _days([meeting.pk])[meeting.pk]),
        OPENING: points.opening,
        CHANGED: points.changed,
    }
    texts |= {f"Point {number}": one.text for number, one in enumerate(points.points.all(), 1)}
    bodies = Subject.objects.exclude(organisation=None).exclude(organisation__kind__in=[one.value for one in AREAS])
    names = set(bodies.order_by().values_list("name", flat=True))
    return remarks_on({where: text for where, text in texts.items() if text}, sorted(names))


def rule_of(group: Group, on: date) -> tuple[Rule | None, str, str]:
    """This function will give what the guidance of a group says of key points, with its name and version."""
    pack = pack_of_group(group, on)
    found = part_of(pack, "publication", on)
    content = found.content if found else None
    rule = content.key_points if isinstance(content, Publication) else None
    return rule, pack, str(found.version) if found else ""
