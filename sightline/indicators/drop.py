"""A drop of files worked through to the end: each is read, recognised, parsed, verified, and settled by itself.

Files of organisations go first, so that figures find their bodies whatever the order in which files were given.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from sightline.core.access import Actor
from sightline.directory import sources as directory_sources
from sightline.directory.operations import take_in
from sightline.indicators import sources as indicator_sources
from sightline.indicators.models import Delivery, Publication
from sightline.indicators.operations import assess, await_mapping
from sightline.indicators.operations.taking_in import (
    accept_publication,
    settle_directory_file,
    settle_without_change,
    unknown_codes,
)
from sightline.indicators.queries import mapping_for, received_file
from sightline.indicators.sources import tidy
from sightline.intake.contract import Fault, Parsed, ReceivedFile, Source
from sightline.intake.reading import Unreadable

State = Delivery.State


@dataclass(frozen=True, slots=True)
class Step:
    """One thing done on the way, for whoever watches: how many of how many, which file, what became of it."""

    done: int
    total: int
    name: str
    says: str


Watch = Callable[[Step], None]


def work_through(batch: uuid.UUID, *, by: Actor, watch: Watch = lambda step: None) -> list[Delivery]:
    """This function will settle every waiting file of a drop and assess what it touched."""
    waiting = list(Delivery.objects.filter(batch=batch, state__in=[State.WAITING, State.READING]).order_by("position"))
    total = len(waiting) + 1
    later: list[Delivery] = []
    done = 0
    for delivery in waiting:
        file = _open(delivery, by)
        if file is not None and _directory_source(file) is None:
            later.append(delivery)
            continue
        if file is not None:
            _take_in_directory(delivery, file, by)
        done += 1
        watch(Step(done, total, delivery.file_name, delivery.get_state_display()))
    touched: set[str] = set()
    for delivery in later:
        touched |= _take_in_figures(delivery, by)
        done += 1
        watch(Step(done, total, delivery.file_name, delivery.get_state_display()))
    if touched or any(d.state == State.ACCEPTED for d in waiting):
        watch(Step(done, total, "", "assessing"))
        everything = any(d.state == State.ACCEPTED and d.publication_id is None for d in waiting)
        assess(by=by, at=timezone.now(), indicators=None if everything else touched)
    watch(Step(total, total, "", "done"))
    return waiting


def unfinished(batch: uuid.UUID) -> bool:
    """This function will say whether a drop still has files that wait for their turn."""
    return Delivery.objects.filter(batch=batch, state__in=[State.WAITING, State.READING]).exists()


def _open(delivery: Delivery, by: Actor) -> ReceivedFile | None:
    """Read a file's bytes, or settle it as refused."""
    try:
        return received_file(delivery)
    except Unreadable as problem:
        _refuse(delivery, problem.faults, by)
    except FileNotFoundError:
        _refuse(delivery, [Fault("Its bytes are no longer here.", "Drop the file again.")], by)
    return None


def _directory_source(file: ReceivedFile) -> Source | None:
    return directory_sources.recognise(file)


def _take_in_directory(delivery: Delivery, file: ReceivedFile, by: Actor) -> None:
    source = directory_sources.recognise(file)
    if source is None:
        return
    now = timezone.now()
    parsed = source.parse(file, timezone.localdate())
    faults = [*parsed.faults, *(source.verify(parsed) if not parsed.faults else ())]
    if faults:
        _refuse(delivery, faults, by)
        return
    taken = take_in(by=by, at=now, parsed=parsed, source=source.NAME)
    if taken.is_unchanged:
        settle_without_change(by=by, at=now, delivery=delivery, state=State.UNCHANGED, says="Nothing in it is new.")
    else:
        settle_directory_file(by=by, at=now, delivery=delivery, source=source.NAME, says=taken.words)


def _take_in_figures(delivery: Delivery, by: Actor) -> set[str]:
    """Settle one file of figures or ratings; give the indicators that it touched."""
    file = _open(delivery, by)
    if file is None:
        return set()
    source = indicator_sources.recognise(file)
    now = timezone.now()
    if source is None:
        _set_aside(delivery, by, now)
        return set()
    if source.NAME == tidy.NAME and mapping_for(file) is None:
        await_mapping(by=by, at=now, delivery=delivery)
        return set()
    if Publication.objects.filter(source=source.NAME, sha256=file.sha256).exists():
        says = "This very file was taken in before; nothing changed."
        settle_without_change(by=by, at=now, delivery=delivery, state=State.UNCHANGED, says=says)
        return set()
    parsed = _parse(source, file)
    faults = list(parsed.faults) or list(source.verify(parsed)) or unknown_codes(parsed)
    if faults:
        _refuse(delivery, faults, by)
        return set()
    accept_publication(by=by, at=now, delivery=delivery, parsed=parsed, publisher=source.PUBLISHER)
    return {observation.indicator for observation in parsed.observations}


def _parse(source: Source, file: ReceivedFile) -> Parsed:
    today = timezone.localdate()
    if source.NAME == tidy.NAME:
        mapping = mapping_for(file)
        if mapping is not None:
            return tidy.parse_with(file, mapping, today)
    return source.parse(file, today)


def _set_aside(delivery: Delivery, by: Actor, now: datetime) -> None:
    says = "No source knows a file of this kind. It was passed over; the other files were not stopped."
    settle_without_change(by=by, at=now, delivery=delivery, state=State.UNKNOWN, says=says)


def _refuse(delivery: Delivery, faults: Sequence[Fault], by: Actor) -> None:
    count = len(faults)
    says = f"Refused whole: {count} thing{'s' if count != 1 else ''} to mend."
    settle_without_change(by=by, at=timezone.now(), delivery=delivery, state=State.REFUSED, says=says, faults=faults)
