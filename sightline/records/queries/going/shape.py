"""The shape in which every kind of record says how it goes: what goes with one, what stays, what is in the way."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from sightline.groups.models import Group
from sightline.records.giving import What

Rows = Mapping[str, QuerySet[Any]]
Copies = list[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a record and is in the way of its going: older versions, what rests on it, later work."""

    older: str = ""
    is_leaned_on: bool = False
    worked_on: date | None = None


@dataclass(frozen=True, slots=True)
class Going:
    """How records of one kind go.

    ``what`` names one for its certificate, ``find`` finds it again by that, and ``day`` and ``group`` are its bare facts.
    ``locked`` are the rows that whoever works on it holds too. ``rows`` go, those that hang on others first; ``copies``
    are the SHA-256 of what was fixed or given out, each with its number; ``around`` says what is in the way, by key.
    """

    what: Callable[[Any], What]
    find: Callable[[What], Q]
    day: Callable[[Any], date]
    group: Callable[[Any], Group | None]
    locked: Callable[[Any], QuerySet[Any]]
    rows: Callable[[Any], Rows]
    copies: Callable[[Any], Copies]
    around: Callable[[Sequence[Any]], Mapping[Any, Around]]
    models: frozenset[type[Model]]  # of what goes
    in_the_way: frozenset[type[Model]] = frozenset()  # of what rests on it and is looked for by ``around``


def day_of(moment: datetime) -> date:
    """This function will give the day of a moment, where the house stands."""
    return timezone.localdate(moment)
