"""Who reads what is kept about a group of one subject: a condition of the database that reviews and groups share."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from sightline.core.access import Actor
from sightline.groups.hearing import bodies_provided_for, heard_by
from sightline.groups.queries import conflicts_of
from sightline.groups.sight import sits_there


def heard_or_sits(actor: Actor, on: date) -> Q:
    """This function will give the condition under which the actor reads the record of a group about one subject.

    That is whoever hears of the subject in the system's group, and whoever sits there. A declared interest denies both,
    and so does working for the one concerned: its people read the papers of the meetings to which they are asked, and
    not what others wrote about them (COI-03, PER-10).
    """
    heard = heard_by(actor, on)
    if not heard:  # no condition at all: they hear everything, and an empty one joined to another would vanish
        return Q()
    sits = sits_there(actor, on) & ~Q(subject__in=conflicts_of(actor, on))
    if own := bodies_provided_for(actor, on):
        sits &= Q(subject__organisation=None) | ~Q(subject__organisation__code__in=own)
    return heard | sits
