"""Who reads who the members of a group are and how they are reached: its keepers, and whoever sits or stands in there."""

from __future__ import annotations

from datetime import date

from sightline.core.access import Actor
from sightline.groups.hearing import groups_seen
from sightline.groups.keeping import keeps_system
from sightline.groups.models import Group
from sightline.groups.queries import conflicts_of, one_group, own_seatings


def reads_members(actor: Actor, group: Group, on: date) -> bool:
    """This function will say whether somebody reads the contact list of a group (MEM-16; PER-03).

    Whoever sits there does, a provider's own member in a group about it too: that it exists they know. A declared
    interest in the one it is about closes it, as everything else about them.
    """
    if keeps_members(actor, group, on):
        return True
    closed = group.subject_id is not None and group.subject_id in conflicts_of(actor, on)
    return not closed and bool(own_seatings(actor, group, on))


def keeps_members(actor: Actor, group: Group, on: date) -> bool:
    """This function will say whether somebody keeps a group and may see that there is one."""
    return keeps_system(actor, group.system, on) and one_group(group.pk, groups_seen(actor, on)) is not None
