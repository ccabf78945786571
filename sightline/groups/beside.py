"""Who reads what a group keeps beside its seats, and what an interest closes of it: conditions of the database."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from sightline.core.access import Actor, Permission
from sightline.groups.hearing import bodies_provided_for
from sightline.groups.queries.interests import conflicts_of
from sightline.groups.sight import NOTHING, in_systems, sits_there
from sightline.groups.viewers import viewer_of


def closed(*paths: str, actor: Actor, on: date, keeps: Q) -> Q:
    """This function will give what is about a subject that is closed to the actor: an interest, or work for the one concerned.

    Each of ``paths`` leads to a subject. Under ``keeps`` one's own organisation closes nothing.
    """
    conflicts, provided = conflicts_of(actor, on), bodies_provided_for(actor, on)
    own, found = viewer_of(actor, on).organisations, NOTHING
    for path in paths:
        if conflicts:
            found |= Q(**{f"{path}__in": conflicts})
        if provided:
            found |= Q(**{f"{path}__organisation__code__in": provided})
        if own:
            found |= Q(**{f"{path}__organisation__code__in": own}) & ~keeps
    return found


def belongs_there(actor: Actor, on: date) -> Q:
    """This function will give the condition that the actor sits in the group of a record, keeps its papers or audits them."""
    keeps = in_systems(actor, Permission.KEEP_MEETINGS, on)
    return sits_there(actor, on) | keeps | in_systems(actor, Permission.READ_AUDIT, on)


def beside_seen(actor: Actor, on: date) -> Q:
    """This function will give the condition under which the actor reads what a group keeps beside its meetings.

    That is what was said of a subject between them, whom its plan of business names, and what a sub-group reported: for
    whoever reads the items of the group about that subject, but for guests, who are invited to a meeting's item.
    """
    keeps = in_systems(actor, Permission.KEEP_MEETINGS, on)
    tied = closed("subject", "group__subject", actor=actor, on=on, keeps=keeps)
    return belongs_there(actor, on) & ~tied
