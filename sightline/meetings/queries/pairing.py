"""Which assurance meeting is held on the day of a group's own, and which is near it (GRP-05; SQG 2022 §2.8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sightline.core.access import Actor
from sightline.core.rulebook.groups import Use
from sightline.core.rulebook.levels import Slot
from sightline.groups.queries.standing_pages import group_types
from sightline.meetings.keeping import rules_of
from sightline.meetings.models import Meeting
from sightline.meetings.queries.meetings import MeetingView, views_of
from sightline.meetings.words import Step

NEAR = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Pairing:
    """The assurance meetings on record for the same day, and where there is none the one that is nearest to it."""

    same_day: tuple[MeetingView, ...] = ()
    nearest: MeetingView | None = None


def pairing_of(actor: Actor, on: date, view: MeetingView) -> Pairing | None:
    """This function will look for assurance meetings near a meeting of a System Quality Group, among those the reader sees.

    Of any other group, and of guidance that names no committee for assurance, it says nothing.
    """
    rules = rules_of(view.meeting.group, max(on, view.held_on))
    if rules.kind is None or rules.kind.slot is not Slot.SYSTEM_QUALITY_GROUP:
        return None
    types = group_types(rules.pack, max(on, view.held_on)).types
    assuring = [one.id for one in types if Use.ASSURANCE_COMMITTEE in one.uses]
    if not assuring:
        return None
    found = Meeting.objects.visible_to(actor, on).filter(
        group__kind__in=assuring, system=view.meeting.system, times__starts_at__date__gte=view.held_on - NEAR,
        times__starts_at__date__lte=view.held_on + NEAR,
    )  # fmt: skip
    others = views_of(list(found.select_related("group").distinct()))
    going = [one for one in others if Step.CANCELLED not in one.steps and abs(one.held_on - view.held_on) <= NEAR]
    going.sort(key=lambda one: (abs(one.held_on - view.held_on), one.time.starts_at))
    same = tuple(one for one in going if one.held_on == view.held_on)
    return Pairing(same, None if same else next(iter(going), None))
