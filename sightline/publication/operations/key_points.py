"""Key points: proposed, cleared, released as a copy to the public, and withdrawn."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from sightline.accounts.looking import why_it_stays
from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.verdict import Already, Invalid, Refused, refused
from sightline.meetings.giving import Overtaken
from sightline.meetings.models import Meeting
from sightline.publication.giving import Written
from sightline.publication.models import (
    Clearance,
    Edition,
    KeyPoint,
    KeyPoints,
    PublicPage,
    Release,
    Withdrawal,
)
from sightline.publication.operations._telling import tell_followers
from sightline.publication.operations._words import fit, person
from sightline.publication.queries.key_points import Work, public_name, rule_of, system_name, work_on

NOT_YOURS = refused("Key points are written by whoever keeps the meetings of the group.", "PER-01; REC-08")
NOT_THE_CHAIR = refused("Key points are cleared by whoever chairs the group.", "REC-12")
WROTE_IT = refused("You wrote these key points. Another person who chairs the group clears them.", "REC-12")
MOST_POINTS = 12


@operation(Permission.KEEP_MEETINGS, on="meeting")
def propose_key_points(
    *, by: Actor, at: datetime, meeting: Meeting, seen: int, written: Written, form_key: UUID, knowingly: str = ""
) -> KeyPoints:
    """This function will write a new version of the key points of a meeting that was held (REC-08, REC-12).

    ``seen`` is the version that the writer had before them; raises Overtaken where it is not the newest.
    """
    work = _work(by, at, meeting)
    if not work.keeps:
        raise Refused(NOT_YOURS)
    if KeyPoints.objects.filter(form_key=form_key).exists():
        raise Already("These key points are on record already.")
    if seen != work.number:
        raise Overtaken("Somebody else wrote a newer version meanwhile. Look at theirs first.")
    _demand_words(work, written)
    items = {one.pk: one for one in meeting.items.filter(withdrawal=None)}
    if any(one.rests_on is not None and one.rests_on not in items for one in written.points):
        raise Invalid("A point rests on an item that is not on the agenda. Choose it again.")
    made = KeyPoints.objects.create(
        meeting=work.meeting,
        number=seen + 1,
        wrote=person(by),
        opening=fit(written.opening),
        changed=fit(written.changed),
        knowingly=why_it_stays(written.words, knowingly),
        form_key=form_key,
        recorded_at=at,
        recorded_by=by.actor_id,
    )
    for place, one in enumerate(written.points, 1):
        KeyPoint.objects.create(
            key_points=made,
            place=place,
            text=fit(one.text),
            rests_on=items[one.rests_on] if one.rests_on else None,
            recorded_at=at,
            recorded_by=by.actor_id,
        )
    return made


@operation(Permission.PRESIDE, on="meeting")
def clear_key_points(
    *, by: Actor, at: datetime, meeting: Meeting, seen: int, answer: str = "", knowingly: str = ""
) -> Clearance:
    """This function will clear the version that its reader saw; whoever wrote it does not clear it (REC-12).

    Raises Refused for whoever does not chair the group or may not clear by its guidance, and Invalid while nobody says
    why what was remarked upon may stay.
    """
    work = _work(by, at, meeting)
    if not work.presides:
        raise Refused(NOT_THE_CHAIR)
    newest = _newest(work, seen)
    if hasattr(newest, "clearance"):
        raise Already("This version was cleared already.")
    who = person(by)
    rule, pack, version = rule_of(work.meeting.group, timezone.localdate(at))
    wrote = newest.wrote_id == who.pk
    if not (rule.may_clear(wrote=wrote, chairs=True) if rule else not wrote):
        raise Refused(WROTE_IT)
    if any(one.must_be_answered for one in work.remarks) and not answer.strip():
        raise Invalid("Say why what was remarked upon may stay, or have it written anew.")
    return Clearance.objects.create(
        key_points=newest,
        cleared_by=who,
        remarks=[one.words for one in work.remarks],
        answer=answer.strip(),
        knowingly=why_it_stays([answer], knowingly),
        pack=pack,
        rules_version=version,
        recorded_at=at,
        recorded_by=by.actor_id,
    )


@operation(Permission.KEEP_MEETINGS, on="meeting")
def release_key_points(*, by: Actor, at: datetime, meeting: Meeting, seen: int) -> Release:
    """This function will make a public copy of the version that was cleared (REC-08; PER-12)."""
    work = _work(by, at, meeting)
    if not work.keeps:
        raise Refused(NOT_YOURS)
    newest = _newest(work, seen)
    if hasattr(newest, "release"):
        raise Already("This version was released already.")
    if not hasattr(newest, "clearance"):
        raise Refused(refused("This version has not been cleared. Whoever chairs clears it first.", "REC-12"))
    page = _page(work, at, by)
    newest_copy = page.editions.last()
    edition = Edition.objects.create(
        page=page,
        number=(newest_copy.number if newest_copy else 0) + 1,
        opening=newest.opening,
        points=[one.text for one in newest.points.all()],
        changed=newest.changed,
        recorded_at=at,
        recorded_by=by.actor_id,
    )
    release = Release.objects.create(
        key_points=newest, edition=edition, released_by=person(by), recorded_at=at, recorded_by=by.actor_id
    )
    tell_followers(edition, at)
    return release


@operation(Permission.SEE_MEETINGS, on="meeting")
def withdraw_key_points(*, by: Actor, at: datetime, meeting: Meeting, because: str, knowingly: str = "") -> Withdrawal:
    """This function will take key points back from the public, who are told the day and nothing else.

    It is for whoever keeps the meetings of the group or chairs it, so that nobody waits for the other.
    """
    work = _work(by, at, meeting)
    if not (work.keeps or work.presides):
        raise Refused(NOT_YOURS)
    if work.public is None:
        raise Already("Nothing of this meeting is public.")
    return Withdrawal.objects.create(
        edition=work.public,
        withdrawn_by=person(by),
        because=because.strip(),
        knowingly=why_it_stays([because], knowingly),
        recorded_at=at,
        recorded_by=by.actor_id,
    )


# --- steps of the above


def _work(by: Actor, at: datetime, meeting: Meeting) -> Work:
    """The key points of a meeting, held against others who write; Refused for whoever does not work on them."""
    Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    found = work_on(by, timezone.localdate(at), meeting.pk)
    if found is None:
        raise Refused(NOT_YOURS)
    return found


def _newest(work: Work, seen: int) -> KeyPoints:
    """The version that somebody had before them; a newer one was read by nobody who would act on it here."""
    if work.newest is None or work.newest.number != seen:
        raise Overtaken("There is a newer version than the one that you read. Read that first.")
    return work.newest


def _demand_words(work: Work, written: Written) -> None:
    if not written.opening.strip():
        raise Invalid("Begin with a sentence that says which group met, and when.")
    if not written.points or not all(one.text.strip() for one in written.points):
        raise Invalid("Write at least one key point.")
    if len(written.points) > MOST_POINTS:
        raise Invalid(f"Keep it to {MOST_POINTS} key points.")
    if work.was_public and not written.changed.strip():
        raise Invalid("The public read an earlier version. Say in a sentence what has changed since.")


def _page(work: Work, at: datetime, by: Actor) -> PublicPage:
    """The public address of a meeting: the one that it has, or a new one."""
    released = [one.release.edition.page for one in work.versions if hasattr(one, "release")]
    if released:
        return released[0]
    group = work.meeting.group
    return PublicPage.objects.create(
        system=group.system,
        system_name=system_name(group),
        group_name=public_name(group, work.held_on),
        held_on=work.held_on,
        recorded_at=at,
        recorded_by=by.actor_id,
    )
