"""What is published: key points, from written to withdrawn, and a group that was listed, taken off and listed again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from sightline.meetings.models import AgendaItem, Meeting
from sightline.meetings.words import Step
from sightline.publication.models import (
    Clearance,
    Edition,
    Follower,
    GroupEntry,
    KeyPoint,
    KeyPoints,
    Listing,
    PublicGroup,
    PublicPage,
    Release,
    Unlisting,
    Withdrawal,
)
from tests.security.personas import HOME, Cast
from tests.security.world.met import a_meeting, one_item, one_step


def build(cast: Cast) -> None:
    """This function will hold four meetings of the group that meets, each with its key points further on their way."""
    wrote: dict[str, Any] = {"recorded_at": timezone.now(), "recorded_by": cast.people["secretariat"].actor_id}
    _version(cast, _held(cast, "worded meeting", 40, wrote), 1, wrote)
    _cleared(cast, _version(cast, _held(cast, "cleared meeting", 50, wrote), 1, wrote), wrote)
    public = _held(cast, "public meeting", 60, wrote)
    cast.records["public page"] = _released(cast, _cleared(cast, _version(cast, public, 1, wrote), wrote), wrote).page
    _version(cast, public, 2, wrote)
    back = _held(cast, "withdrawn meeting", 70, wrote)
    edition = _released(cast, _cleared(cast, _version(cast, back, 1, wrote), wrote), wrote)
    cast.records["withdrawn page"] = edition.page
    by = cast.people["secretariat"]
    Withdrawal.objects.create(edition=edition, withdrawn_by=by, because="x", knowingly="x", **wrote)
    _listed(cast, wrote)
    _followed(cast)


def _listed(cast: Cast, wrote: dict[str, Any]) -> None:
    group = cast.records["listed group"] = cast.records["meeting"].group
    chair = cast.people["conflicted_chair"]
    public = PublicGroup.objects.create(system=HOME, system_name="A system", name="A group", **wrote)
    cast.records["public group"] = public
    for number in (1, 2):
        entry = GroupEntry.objects.create(group=public, number=number, purpose="It meets.", tells_days=True, **wrote)
        made = Listing.objects.create(
            group=group, entry=entry, listed_by=chair, knowingly="x", form_key=uuid4(), **wrote
        )
        if number == 1:
            Unlisting.objects.create(listing=made, unlisted_by=chair, because="x", knowingly="x", **wrote)


def _followed(cast: Cast) -> None:
    """One address waits to be confirmed, and one is told of what is released."""
    at, group = timezone.now(), cast.records["public group"]
    for record, confirmed_at in (("asked", None), ("follower", at)):
        cast.records[record] = Follower.objects.create(
            group=group, address=f"{record}@example.org", asked_at=at, confirmed_at=confirmed_at
        )


def _held(cast: Cast, record: str, days: int, wrote: dict[str, Any]) -> tuple[Meeting, AgendaItem]:
    group = cast.records["meeting"].group
    meeting = cast.records[record] = a_meeting(group, timezone.now() - timedelta(days=days), wrote)
    for step in (Step.OPENED, Step.CLOSED):
        one_step(meeting, step, wrote)
    return meeting, one_item(meeting, wrote)


def _version(cast: Cast, held: tuple[Meeting, AgendaItem], number: int, wrote: dict[str, Any]) -> KeyPoints:
    made = KeyPoints.objects.create(
        meeting=held[0], number=number, wrote=cast.people["secretariat"], opening="x", changed="x", knowingly="x",
        form_key=uuid4(), **wrote,
    )  # fmt: skip
    KeyPoint.objects.create(key_points=made, place=1, text="x", rests_on=held[1], **wrote)
    return made


def _cleared(cast: Cast, version: KeyPoints, wrote: dict[str, Any]) -> KeyPoints:
    Clearance.objects.create(
        key_points=version, cleared_by=cast.people["conflicted_chair"], remarks=["x"], answer="x", knowingly="x",
        pack="sqg-2022", rules_version="sqg-2022 v1", **wrote,
    )  # fmt: skip
    return version


def _released(cast: Cast, version: KeyPoints, wrote: dict[str, Any]) -> Edition:
    """A public copy, whose words are not those that are kept within."""
    page = PublicPage.objects.create(
        system=HOME, system_name="A system", group_name="A group", held_on=timezone.localdate(), **wrote
    )
    made = Edition.objects.create(page=page, number=1, opening="It met.", points=["It spoke."], **wrote)
    Release.objects.create(key_points=version, edition=made, released_by=cast.people["secretariat"], **wrote)
    return made
