"""Who reads holds and requests for information, as conditions of the database."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from sightline.core.access import Actor, Permission
from sightline.groups.beside import closed
from sightline.groups.sight import NOTHING, in_systems


def kept_there(actor: Actor, on: date) -> Q:
    """This function will give the condition that the actor keeps the formal record of a system, or audits it (PER-13)."""
    return in_systems(actor, Permission.SEE_RECORDS, on)


def holds_seen(actor: Actor, on: date) -> Q:
    """This function will give the condition under which the actor reads a hold: an interest in its subject closes it."""
    tied = closed("subject", actor=actor, on=on, keeps=NOTHING)
    return kept_there(actor, on) & ~tied if tied else kept_there(actor, on)
