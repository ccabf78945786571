"""Where an action was agreed, as a later stage can tell: it makes itself known here, for the log knows no meeting.

Whoever does gives, when the apps are ready, a function that finds where actions come from, as far as somebody may read
it, and a condition under which what they come from closes them:

    origins.tells(where_agreed, closed_by_items)
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from sightline.core.access import Actor


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an action was agreed: on which day, under what, and the address at which that is read."""

    on: date
    title: str
    path: str


Finds = Callable[[Collection[UUID], Actor, date], Mapping[UUID, Origin]]
Closes = Callable[[Actor, date], Q]

_TOLD: list[tuple[Finds, Closes]] = []


def tells(finds: Finds, closes: Closes) -> None:
    """This function will have a stage asked where actions come from, and whom that closes them to."""
    if (finds, closes) not in _TOLD:
        _TOLD.append((finds, closes))


def origins_of(actions: Collection[UUID], actor: Actor, on: date) -> dict[UUID, Origin]:
    """This function will give where actions were agreed; what the actor may not read there is left out (COI-04)."""
    return {key: one for finds, _ in _TOLD for key, one in finds(actions, actor, on).items()}


def closed_there(actor: Actor, on: date) -> Q:
    """This function will give the condition under which an action was agreed where the actor may not read (COI-04)."""
    found = Q(pk__in=[])
    for _, closes in _TOLD:
        found |= closes(actor, on)
    return found
