"""Who reads the actions of a group, as a condition of the database."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from sightline.actions.origins import closed_there
from sightline.core.access import Actor, Permission
from sightline.groups.hearing import bodies_provided_for
from sightline.groups.queries import conflicts_of
from sightline.groups.sight import in_systems, sits_there
from sightline.groups.viewers import viewer_of


def read_by(actor: Actor, on: date) -> Q:
    """This function will give the condition under which the actor reads a group's action log (COI-03; PER-10, PER-13).

    That is whoever sits in the group, whoever keeps its log, and the auditor of its system; somebody invited to single
    items reads no log. A declared interest closes what is about its subject, and so does working for the one concerned;
    whoever keeps the log must hold what is in it about their own board, but never where they are the provider's. What
    was agreed where they may not read is closed to them too (COI-04).
    """
    kept = in_systems(actor, Permission.KEEP_ACTIONS, on)
    seen = sits_there(actor, on) | kept | in_systems(actor, Permission.READ_AUDIT, on)
    if conflicts := conflicts_of(actor, on):
        seen &= ~Q(subject__in=conflicts) & ~Q(group__subject__in=conflicts)
    if provided := bodies_provided_for(actor, on):
        seen &= _not_about(provided)
    if own := viewer_of(actor, on).organisations:
        seen &= _not_about(own) | kept
    return seen & ~closed_there(actor, on)


def _not_about(codes: frozenset[str]) -> Q:
    own, groups = (f"{name}organisation__code__in" for name in ("subject__", "group__subject__"))
    return ~Q(**{own: codes}) & ~Q(**{groups: codes})
