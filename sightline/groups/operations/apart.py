"""A change to who takes part in a review: with the providers that it is about, or without them."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from sightline.accounts.looking import why_it_stays
from sightline.audit.operation import operation
from sightline.core.access import Actor, Permission
from sightline.core.groups.apart import may_meet_apart
from sightline.core.verdict import Already, Refused, demand, refused
from sightline.groups.keeping import kept
from sightline.groups.models import Group, ProvidersApart
from sightline.groups.queries import group_types, pack_of_group
from sightline.groups.queries.apart import apart_on, sitting_for_providers


@operation(Permission.KEEP_GROUPS, on="group")
def meet_without_providers(*, by: Actor, at: datetime, group: Group, is_apart: bool, because: str) -> ProvidersApart:
    """This function will record that a review meets without providers from today on, or that they take part again (MEM-10).

    Providers are then no gap, nobody of theirs is seated, and the note says so. Raises Refused for a group of which the
    guidance does not foresee it and while somebody sits there for a provider, Already where it is on record.
    """
    today = timezone.localdate(at)
    group = kept(by, group, today)
    kind = group_types(pack_of_group(group, today), today).type(group.kind)
    if kind is None:
        raise Refused(refused("Its guidance does not know groups of this type.", "MEM-10"))
    demand(may_meet_apart(kind, sitting_for_providers(group, kind, today) if is_apart else ()))
    if is_apart == (apart_on(group, kind, today) is not None):
        raise Already("This is on record already.")
    why_it_stays([because])
    return ProvidersApart.objects.create(
        group=group,
        is_apart=is_apart,
        from_on=today,
        because=because.strip(),
        recorded_at=at,
        recorded_by=by.actor_id,
    )
