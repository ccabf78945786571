"""Files of intelligence and names that wait, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sightline.directory.choosing import described
from sightline.intelligence.models import TextDelivery, TextFault
from sightline.intelligence.queries.placing import WaitingName
from sightline.intelligence.sources import TEXT_SOURCES
from sightline.intelligence.sources.many_items import COLUMNS_EXPLAINED
from sightline.intelligence.wording import KIND
from sightline.intelligence.words import DeliveryState, Kind
from sightline.web.exporting import csv_text
from sightline.web.wording import day, moment, plural

SHOWN = 50  # faults of one file on the page; the download has them all
_STATE = {DeliveryState.SETTLED: "Taken in", DeliveryState.REFUSED: "Refused"}
_TAG = {DeliveryState.SETTLED: "nhsuk-tag--green", DeliveryState.REFUSED: "nhsuk-tag--red"}


@dataclass(frozen=True, slots=True)
class FileLine:
    """One file that was brought in, as a line of the list."""

    id: UUID
    name: str
    at: str
    state: str
    tag: str
    source: str
    made: int
    changed: int
    known: int
    says: str


@dataclass(frozen=True, slots=True)
class FileResult:
    """One file that was brought in, with what is wrong in it."""

    line: FileLine
    faults: tuple[TextFault, ...]
    more: str


@dataclass(frozen=True, slots=True)
class NameLine:
    """One name that waits: in how many items, whom it may mean, and what was said of it before."""

    key: int
    words: str
    items: str
    candidates: tuple[str, ...]
    earlier: str


def file_line(delivery: TextDelivery) -> FileLine:
    """This function will write one file for the list."""
    state = DeliveryState(delivery.state)
    return FileLine(
        id=delivery.pk,
        name=delivery.file_name,
        at=moment(delivery.recorded_at),
        state=_STATE[state],
        tag=_TAG[state],
        source=source_title(delivery.source),
        made=delivery.made,
        changed=delivery.changed,
        known=delivery.known,
        says=delivery.says,
    )


def file_result(delivery: TextDelivery, faults: Sequence[TextFault]) -> FileResult:
    """This function will write one file with the first of its faults, and say how many there are."""
    more = f"{SHOWN} of {len(faults):,} are shown." if len(faults) > SHOWN else ""
    return FileResult(file_line(delivery), tuple(faults[:SHOWN]), more)


def source_title(name: str) -> str:
    """This function will give the title of a source; a file that none knows has none."""
    return next((source.TITLE for source in TEXT_SOURCES if name == source.NAME), "Not known")


def known_sources() -> list[tuple[str, str]]:
    """This function will say what is recognised: each source with who publishes it."""
    return [(source.TITLE, source.PUBLISHER) for source in TEXT_SOURCES]


def columns() -> tuple[tuple[str, str], ...]:
    """This function will explain the columns of the template."""
    return COLUMNS_EXPLAINED


def faults_csv(faults: Sequence[TextFault]) -> str:
    """This function will list everything wrong with one file, for whoever mends it."""
    head = ["line", "column", "what is wrong", "what to do"]
    return csv_text([head, *([str(one.line or ""), one.column, one.says, one.mend] for one in faults)])


def name_line(name: WaitingName) -> NameLine:
    """This function will write one name that waits."""
    earlier = ""
    if name.earlier:
        meant = name.earlier.subject.name if name.earlier.subject else "none that we follow"
        earlier = f"On {day(name.earlier.on)} the same words meant: {meant}."
    return NameLine(
        key=name.key,
        words=name.words,
        items=f"{plural(name.items, 'item')}, such as: {KIND[Kind(name.first.kind)]} of {day(name.first.heard_on)}",
        candidates=tuple(f"{one.name} ({described(one)})" for one in name.candidates),
        earlier=earlier,
    )
