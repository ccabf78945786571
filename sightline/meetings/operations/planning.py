"""What the secretariat does with a meeting before it begins: plan it, move it, cancel it."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from sightline.accounts.looking import why_it_stays
from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.verdict import Already, Invalid, Refused, refused
from sightline.groups.models import Group, GroupEnding
from sightline.meetings.giving import Overtaken, When
from sightline.meetings.keeping import kept_group, kept_meeting, rules_of
from sightline.meetings.models import Meeting, MeetingStep, MeetingTime
from sightline.meetings.operations._telling import tell_cancelled, tell_moved, tell_planned
from sightline.meetings.words import Mode, Step
from sightline.web.wording import day

LONGEST = timedelta(hours=12)
_FURTHEST = timedelta(days=3 * 366)


@operation(Permission.KEEP_MEETINGS, on="result")
def plan_meeting(
    *,
    by: Actor,
    at: datetime,
    group: Group,
    when: When,
    form_key: UUID,
    is_extraordinary: bool = False,
    because: str = "",
    knowingly: str = "",
) -> Meeting:
    """This function will plan a meeting of a group; no notice is too short (MTG-05, MTG-06; CHR-10).

    Raises Refused for whoever does not keep the group's meetings, Invalid for times that cannot be, Already for a form
    that was sent before.
    """
    today = timezone.localdate(at)
    group = kept_group(by, group, today)
    if Meeting.objects.filter(form_key=form_key).exists():
        raise Already("This meeting was planned already.")
    if is_extraordinary and not because.strip():
        raise Invalid("Say why an extraordinary meeting is called.")
    if problems := [*_unfit(when, at), *_outside(group, when)]:
        raise Invalid(*problems)
    made = Meeting.objects.create(
        group=group,
        system=group.system,
        is_extraordinary=is_extraordinary,
        because=because.strip() if is_extraordinary else "",
        knowingly=why_it_stays([because, *when.words], knowingly),
        form_key=form_key,
        recorded_at=at,
        recorded_by=by.actor_id,
    )
    tell_planned(made, _write(made, 1, when, by, at), at)
    return made


@operation(Permission.KEEP_MEETINGS, on="meeting")
def move_meeting(
    *, by: Actor, at: datetime, meeting: Meeting, seen: int, when: When, because: str, knowingly: str = ""
) -> MeetingTime:
    """This function will move a meeting to another time or place, with the reason; the earlier ones stay on record.

    ``seen`` is the number of the time that the writer had before them. Raises Overtaken where it is not the newest,
    Refused once the meeting began or is over.
    """
    meeting = kept_meeting(by, meeting, timezone.localdate(at))
    if MeetingStep.objects.filter(meeting=meeting, step=Step.OPENED.value).exists():
        raise Refused(refused("This meeting has begun, and so it is not moved.", "REC-16"))
    newest = MeetingTime.objects.filter(meeting=meeting).latest("number")
    if newest.number != seen:
        raise Overtaken("Somebody else moved this meeting while you were at it. Look at its time first.")
    if not because.strip():
        raise Invalid("Say why the meeting is moved.")
    if problems := [*_unfit(when, at), *_outside(meeting.group, when)]:
        raise Invalid(*problems)
    kept = why_it_stays([because, *when.words], knowingly)
    moved = _write(meeting, newest.number + 1, when, by, at, because.strip(), kept)
    tell_moved(meeting, moved, at)
    return moved


@operation(Permission.KEEP_MEETINGS, on="meeting")
def cancel_meeting(*, by: Actor, at: datetime, meeting: Meeting, because: str, knowingly: str = "") -> MeetingStep:
    """This function will cancel a meeting that has not begun, with the reason."""
    today = timezone.localdate(at)
    meeting = kept_meeting(by, meeting, today)
    if MeetingStep.objects.filter(meeting=meeting, step=Step.OPENED.value).exists():
        raise Refused(refused("This meeting has begun. Close it instead.", "REC-16"))
    if not because.strip():
        raise Invalid("Say why the meeting is cancelled.")
    rules = rules_of(meeting.group, today)
    tell_cancelled(meeting, MeetingTime.objects.filter(meeting=meeting).latest("number"), at)
    return MeetingStep.objects.create(
        meeting=meeting,
        step=Step.CANCELLED.value,
        at=at,
        because=because.strip(),
        knowingly=why_it_stays([because], knowingly),
        pack=rules.pack,
        rules_version=rules.version,
        recorded_at=at,
        recorded_by=by.actor_id,
    )


# --- shared by the above


def _unfit(when: When, at: datetime) -> list[str]:
    """What is wrong with a time; across a change of the clocks hours are counted as they pass."""
    problems = []
    lasts = when.ends_at - when.starts_at
    if lasts <= timedelta():
        problems.append("The meeting ends before it begins: correct one of the two times.")
    elif lasts > LONGEST:
        problems.append("A meeting lasts half a day at most: correct one of the two times.")
    if when.starts_at > at + _FURTHEST:
        problems.append("Plan a meeting within the next three years.")
    if when.mode is not Mode.VIRTUAL and not when.place.strip():
        problems.append("Say where people come together in person.")
    return problems


def _outside(group: Group, when: When) -> list[str]:
    """Whether the group is there on that day."""
    starts = timezone.localdate(when.starts_at)
    if starts < group.begun_on:
        return [f"The group began on {day(group.begun_on)}: give that day or a later one."]
    ending = GroupEnding.objects.filter(group=group).first()
    if ending is not None and starts >= ending.ends_on:
        return [f"The group was ended from {day(ending.ends_on)} on."]
    return []


def _write(
    meeting: Meeting, number: int, when: When, by: Actor, at: datetime, because: str = "", knowingly: str = ""
) -> MeetingTime:
    return MeetingTime.objects.create(
        meeting=meeting,
        number=number,
        starts_at=when.starts_at,
        ends_at=when.ends_at,
        mode=when.mode.value,
        place=when.place.strip(),
        link=when.link.strip(),
        paired_with=when.paired_with.strip(),
        facilitator=when.facilitator.strip(),
        communications=when.communications.strip(),
        because=because,
        knowingly=knowingly,
        recorded_at=at,
        recorded_by=by.actor_id,
    )
