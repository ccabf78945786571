"""The shape in which every kind of record says how it goes: what goes with one, what stays, what is in the way."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model, Q, QuerySet

from sightline.core.rulebook.keeping import RecordKind
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


def whole(
    kind: RecordKind,
    model: type[Model],
    *,
    day: Callable[[Any], date],
    rows: Callable[[Any], Rows],
    models: frozenset[type[Model]],
    copies: Callable[[Any], Copies] = lambda one: [],
    rests: Sequence[tuple[type[Model], str]] = (),
) -> Going:
    """This function will say how a kind goes whose records have no versions, unless a row in ``rests`` points at one."""

    def around(records: Sequence[Any]) -> Mapping[Any, Around]:
        keys = [one.pk for one in records]
        leaned: set[Any] = set()
        for other, field in rests:
            found = other._default_manager.filter(**{f"{field}__in": keys}).order_by()
            leaned |= set(found.values_list(field, flat=True))
        return {key: Around(is_leaned_on=key in leaned) for key in keys}

    return Going(
        what=lambda one: What(kind, one.pk),
        find=lambda what: Q(pk=what.record) if what.number == 0 else Q(pk__in=[]),
        day=day,
        group=lambda one: None,
        locked=lambda one: model._default_manager.filter(pk=one.pk),
        rows=rows,
        copies=copies,
        around=around,
        models=models,
        in_the_way=frozenset(other for other, _ in rests) - models,
    )
