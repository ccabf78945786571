"""Who plans and writes down the meetings of a group, and under which guidance the group meets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sightline.core.access import Actor, Permission, systems_where
from sightline.core.rulebook.groups import GroupType
from sightline.core.rulebook.meeting import IntakeCheck, Prompt, WritingAdvice
from sightline.core.verdict import Refused, refused
from sightline.groups.hearing import groups_seen
from sightline.groups.models import Group
from sightline.groups.queries.standing_pages import group_types, pack_of_group
from sightline.meetings.models import Meeting, MeetingStep
from sightline.meetings.words import Step
from sightline.rulebook.queries import part_of

NOT_YOURS = refused("You keep the meetings of the groups of your own system.", "Roles and permissions (PER-01)")
OVER = refused("This meeting is over. What was written stays as it is.", "REC-16")


@dataclass(frozen=True, slots=True)
class Rules:
    """What the guidance of a group says of its type on a day, and the version that is recorded with what is decided."""

    pack: str
    version: str
    kind: GroupType | None
    writing: tuple[WritingAdvice, ...] = ()

    @property
    def prompts(self) -> tuple[Prompt, ...]:
        """The questions that the group looks to answer in each meeting (MTG-27)."""
        return self.kind.prompts if self.kind else ()

    @property
    def intake(self) -> tuple[IntakeCheck, ...]:
        """What is asked of whoever brings a matter to the group (MTG-30)."""
        return self.kind.intake if self.kind else ()


def rules_of(group: Group, on: date) -> Rules:
    """This function will give the guidance by which a group meets on a day; of a type that it does not know it says nothing."""
    pack = pack_of_group(group, on)
    part = part_of(pack, "group_types", on)
    assert part is not None, f"{pack} has no types of group"
    types = group_types(pack, on)
    return Rules(pack, str(part.version), types.type(group.kind), types.writing)


def keeps_meetings(actor: Actor, system: str, on: date) -> bool:
    """This function will say whether somebody keeps the meetings of a system's groups."""
    kept = systems_where(actor, Permission.KEEP_MEETINGS, on)
    return kept is None or system in kept


def kept_group(by: Actor, group: Group, on: date) -> Group:
    """This function will give a group whose meetings the actor keeps, held against whoever writes at the same time."""
    seen = Group.objects.filter(groups_seen(by, on), pk=group.pk).exists()
    if not keeps_meetings(by, group.system, on) or not seen:
        raise Refused(NOT_YOURS)
    return Group.objects.select_for_update().get(pk=group.pk)


def kept_meeting(by: Actor, meeting: Meeting, on: date) -> Meeting:
    """This function will give a meeting that the actor keeps and that is not over, held against others who write.

    Raises Refused for whoever does not keep it, and where it was cancelled or closed.
    """
    if not keeps_meetings(by, meeting.system, on) or not comes_to(by, meeting, on):
        raise Refused(NOT_YOURS)
    return going_on(held(meeting))


def comes_to(by: Actor, meeting: Meeting, on: date) -> bool:
    """This function will say whether somebody may see a meeting."""
    return Meeting.objects.visible_to(by, on).filter(pk=meeting.pk).exists()


def held(meeting: Meeting) -> Meeting:
    """This function will read a meeting anew and hold it against others who write."""
    return Meeting.objects.select_for_update(of=("self",)).select_related("group__subject").get(pk=meeting.pk)


def going_on(meeting: Meeting) -> Meeting:
    """This function will give a meeting back; Refused where it was cancelled or closed."""
    if MeetingStep.objects.filter(meeting=meeting, step__in=[Step.CANCELLED.value, Step.CLOSED.value]).exists():
        raise Refused(OVER)
    return meeting
