"""Groups made known to the public: listed by whoever chairs them, and taken off again."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from sightline.accounts.looking import why_it_stays
from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.verdict import Already, Invalid, Refused, refused
from sightline.groups.models import Group
from sightline.meetings.giving import Overtaken
from sightline.publication.models import GroupEntry, Listing, PublicGroup, Unlisting
from sightline.publication.operations._words import fit, person
from sightline.publication.queries.key_points import system_name
from sightline.publication.queries.listing import GroupWork, group_to_list

NOT_TO_LIST = refused("There is no such group that the public could be told of.", "REC-08")
NOT_THE_CHAIR = refused("Whoever chairs a group decides what the public is told of it.", "REC-08; REC-12")


@operation(Permission.PRESIDE, on="group")
def list_group(
    *,
    by: Actor,
    at: datetime,
    group: Group,
    seen: int,
    purpose: str,
    tells_days: bool,
    form_key: UUID,
    knowingly: str = "",
) -> Listing:
    """This function will make a group known to the public, or word anew what the public is told of it (REC-08).

    ``seen`` is how often it was listed when its chair read what stands; raises Overtaken where it was listed since,
    and Refused for a group about one subject: that it exists would tell about whom there is worry.
    """
    work = _work(by, at, group)
    if not work.presides:
        raise Refused(NOT_THE_CHAIR)
    if Listing.objects.filter(form_key=form_key).exists():
        raise Already("The group is listed already.")
    if seen != len(work.listings):
        raise Overtaken("Somebody else changed meanwhile what the public is told. Look at theirs first.")
    if not purpose.strip():
        raise Invalid("Say in a sentence what the group is for.")
    public, _ = PublicGroup.objects.get_or_create(
        system=group.system,
        name=group.name,
        defaults={"system_name": system_name(group), "recorded_at": at, "recorded_by": by.actor_id},
    )
    entry = GroupEntry.objects.create(
        group=public,
        number=public.entries.count() + 1,
        purpose=fit(purpose),
        tells_days=tells_days,
        recorded_at=at,
        recorded_by=by.actor_id,
    )
    return Listing.objects.create(
        group=work.group,
        entry=entry,
        listed_by=person(by),
        knowingly=why_it_stays([purpose], knowingly),
        form_key=form_key,
        recorded_at=at,
        recorded_by=by.actor_id,
    )


@operation(Permission.SEE_MEETINGS, on="group")
def unlist_group(*, by: Actor, at: datetime, group: Group, because: str, knowingly: str = "") -> Unlisting:
    """This function will take a group off what the public reads; its key points stay, for they are told by themselves.

    It is for whoever keeps the papers of the group or chairs it, so that nobody waits for the other.
    """
    work = _work(by, at, group)
    if not work.may_take_off:
        raise Refused(NOT_THE_CHAIR)
    if work.public is None:
        raise Already("The public is not told of this group.")
    if not because.strip():
        raise Invalid("Say why it is taken off.")
    return Unlisting.objects.create(
        listing=work.public,
        unlisted_by=person(by),
        because=because.strip(),
        knowingly=why_it_stays([because], knowingly),
        recorded_at=at,
        recorded_by=by.actor_id,
    )


def _work(by: Actor, at: datetime, group: Group) -> GroupWork:
    """A group held against others who write; Refused for whoever has no part in what the public is told of it."""
    Group.objects.select_for_update(of=("self",)).get(pk=group.pk)
    found = group_to_list(by, timezone.localdate(at), group.pk)
    if found is None:
        raise Refused(NOT_TO_LIST)
    return found
