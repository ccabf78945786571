"""Whether the logs of groups are looked at as often as their guidance asks: whoever knows their meetings says so here.

The log knows of no meeting. The stage that does gives, when the apps are ready, a function that is asked whenever the
log is shown:

    reviewed.known_by(unreviewed_logs)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sightline.core.access import Actor
from sightline.core.actions.reviewing import Unreviewed


@dataclass(frozen=True, slots=True)
class UnreviewedLog:
    """A group whose log waits to be looked at; ``keeps`` is whether the reader keeps it."""

    group: UUID
    name: str
    found: Unreviewed
    keeps: bool


Knows = Callable[[Actor, date], Sequence[UnreviewedLog]]

_KNOWN: list[Knows] = []


def known_by(knows: Knows) -> None:
    """This function will have a stage say which logs wait to be looked at, as far as the reader may read them."""
    if knows not in _KNOWN:
        _KNOWN.append(knows)


def unreviewed(actor: Actor, on: date, group: UUID | None = None) -> list[UnreviewedLog]:
    """This function will give the logs that wait to be looked at, of one group where it is named."""
    found = [one for knows in _KNOWN for one in knows(actor, on)]
    return [one for one in found if group is None or one.group == group]
