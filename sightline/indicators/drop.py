"""A drop of files worked through to the end: each is read, recognised, parsed, verified, and settled by itself.

Files of organisations go first, so that figures find their bodies whatever the order in which files were given.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone

from sightline.core.access import Actor
from sightline.core.verdict import Refused
from sightline.directory import sources as directory_sources
from sightline.directory.operations import take_in
from sightline.indicators import sources as indicator_sources
from sightline.indicators.models import Delivery, Publication
from sightline.indicators.operations import assess, await_mapping
from sightline.indicators.operations.taking_in import (
    accept_publication,
    settle_directory_file,
    settle_without_change,
)
from sightline.indicators.queries import mapping_for, received_file, unassessed, unknown_codes
from sightline.indicators.rating import MEASURES
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


_log = logging.getLogger(__name__)

Watch = Callable[[Step], None]


def work_through(
    batch: uuid.UUID,
    *,
    by: Actor,
    watch: Watch = lambda step: None,
    clock: Callable[[], datetime] = timezone.now,
) -> list[Delivery]:
    """This function will settle every waiting file of a drop and assess what it touched.

    What a drop before this one left unassessed, because it was stopped in the middle, is assessed with it.
    """
    waiting = list(Delivery.objects.filter(batch=batch, state__in=[State.WAITING, State.READING]).order_by("position"))
    work = _Work(by, clock)
    total = len(waiting) + 1
    later: list[Delivery] = []
    done = 0
    for delivery in waiting:
        if work.guarded(work.is_directory_file_settled, delivery):
            done += 1
            watch(Step(done, total, delivery.file_name, delivery.get_state_display()))
        else:
            later.append(delivery)
    for delivery in later:
        work.guarded(work.take_in_figures, delivery)
        done += 1
        watch(Step(done, total, delivery.file_name, delivery.get_state_display()))
    touched = None if work.changed_directory else work.touched | unassessed()
    if touched is None or touched:
        watch(Step(done, total, "", "assessing"))
        assess(by=by, at=clock(), indicators=touched)
    watch(Step(total, total, "", "done"))
    return waiting


@dataclass(slots=True)
class _Work:
    """One drop on its way: who brought it, by which clock, and what it has touched so far."""

    by: Actor
    clock: Callable[[], datetime]
    touched: set[str] = field(default_factory=set)
    changed_directory: bool = False

    def guarded(self, step: Callable[[Delivery], bool], delivery: Delivery) -> bool:
        """Take one step with a file; one that trips the program itself is refused, and does not stop the others."""
        try:
            return step(delivery)
        except Refused:
            raise
        except Exception:
            _log.exception("Delivery %s could not be read: a fault of the program.", delivery.pk)
            mend = (
                "Tell whoever runs Sightline when you tried; its log holds the details. Other files were not stopped."
            )
            self._refuse(delivery, [Fault("The program itself failed on this file.", mend)])
            return True

    def is_directory_file_settled(self, delivery: Delivery) -> bool:
        """Settle a file of organisations, or one that cannot be read; leave any other for later."""
        file = self._open(delivery)
        if file is None:
            return True
        source = directory_sources.recognise(file)
        if source is None:
            return False
        parsed = source.parse(file, self._today())
        faults = list(parsed.faults) or list(source.verify(parsed))
        if faults:
            self._refuse(delivery, faults)
            return True
        taken = take_in(by=self.by, at=self.clock(), parsed=parsed, source=source.NAME)
        if taken.is_unchanged:
            self._leave(delivery, State.UNCHANGED, "Nothing in it is new.")
        else:
            settle_directory_file(by=self.by, at=self.clock(), delivery=delivery, source=source.NAME, says=taken.words)
            self.changed_directory = True
        return True

    def take_in_figures(self, delivery: Delivery) -> bool:
        """Settle one file of figures or ratings."""
        file = self._open(delivery)
        if file is None:
            return True
        source = indicator_sources.recognise(file)
        if source is None:
            says = "No source knows a file of this kind. It was passed over; the other files were not stopped."
            self._leave(delivery, State.UNKNOWN, says)
        elif Publication.objects.filter(source=source.NAME, sha256=file.sha256).exists():
            self._leave(delivery, State.UNCHANGED, "This very file was taken in before; nothing changed.")
        elif source.NAME == tidy.NAME and mapping_for(file) is None:
            await_mapping(by=self.by, at=self.clock(), delivery=delivery)
        else:
            self._accept(delivery, source, self._parse(source, file))
        return True

    def _accept(self, delivery: Delivery, source: Source, parsed: Parsed) -> None:
        faults = list(parsed.faults) or list(source.verify(parsed)) or unknown_codes(parsed)
        if faults:
            self._refuse(delivery, faults)
            return
        accept_publication(by=self.by, at=self.clock(), delivery=delivery, parsed=parsed, publisher=source.PUBLISHER)
        self.touched |= {observation.indicator for observation in parsed.observations}
        if parsed.ratings:
            self.touched |= set(MEASURES)

    def _parse(self, source: Source, file: ReceivedFile) -> Parsed:
        mapping = mapping_for(file) if source.NAME == tidy.NAME else None
        return tidy.parse_with(file, mapping, self._today()) if mapping else source.parse(file, self._today())

    def _today(self) -> date:
        return timezone.localdate(self.clock())

    def _open(self, delivery: Delivery) -> ReceivedFile | None:
        """Read a file's bytes, or settle it as refused."""
        try:
            return received_file(delivery)
        except Unreadable as problem:
            self._refuse(delivery, problem.faults)
        except FileNotFoundError:
            self._refuse(delivery, [Fault("Its bytes are no longer here.", "Drop the file again.")])
        return None

    def _refuse(self, delivery: Delivery, faults: Sequence[Fault]) -> None:
        count = len(faults)
        says = f"Refused whole: {count} thing{'s' if count != 1 else ''} to mend."
        self._leave(delivery, State.REFUSED, says, faults)

    def _leave(self, delivery: Delivery, state: Delivery.State, says: str, faults: Sequence[Fault] = ()) -> None:
        settle_without_change(by=self.by, at=self.clock(), delivery=delivery, state=state, says=says, faults=faults)
