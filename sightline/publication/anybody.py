"""Anybody: whoever reads what is public, as rules and the event log know them; they have no account and no name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sightline.core.access import Grant, Role


@dataclass(frozen=True, slots=True)
class Anybody:
    """An Actor of whom nothing is known; one cannot be told from another."""

    actor_id: str = "public"
    grants: Sequence[Grant] = (Grant(Role.PUBLIC),)
