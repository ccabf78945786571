"""A drop of files in words: how far it is, and exactly what was refused."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sightline.directory import sources as directory_sources
from sightline.indicators import sources as indicator_sources
from sightline.indicators.models import Delivery
from sightline.intake.contract import Table
from sightline.web.exporting import csv_text

TAG = {
    "waiting": "nhsuk-tag--grey",
    "reading": "nhsuk-tag--grey",
    "mapping": "nhsuk-tag--yellow",
    "accepted": "nhsuk-tag--green",
    "unchanged": "nhsuk-tag--white",
    "refused": "nhsuk-tag--red",
    "unknown": "nhsuk-tag--orange",
}
SHOWN = 50  # faults of one file on the page; the download has them all


def source_title(name: str) -> str:
    """This function will give the title of a source by its name."""
    every = (*directory_sources.SOURCES, *indicator_sources.SOURCES)
    return next((source.TITLE for source in every if name == source.NAME), name)


def freshness(rows: Sequence[tuple[str, date | None, datetime]]) -> list[tuple[str, date | None, datetime]]:
    """This function will name each source that was brought in, with its last period."""
    return [(source_title(name), last, brought) for name, last, brought in rows]


def drop_context(batch: uuid.UUID, deliveries: Sequence[Delivery], running: bool, unassessed: bool) -> dict[str, Any]:
    """This function will gather what the page of a drop says."""
    waiting = [d for d in deliveries if d.state in {"waiting", "reading"}]
    settled = len(deliveries) - len(waiting)
    counts: dict[str, int] = {}
    for delivery in deliveries:
        counts[delivery.get_state_display()] = counts.get(delivery.get_state_display(), 0) + 1
    to_mend = [d for d in deliveries if d.state in {"refused", "unknown", "mapping"}]
    return {
        "batch": batch,
        "running": running,
        "stopped": (bool(waiting) or unassessed) and not running,
        "settled": settled,
        "total": len(deliveries),
        "counts": counts,
        "to_mend": [(d, TAG[d.state], list(d.faults.all())[:SHOWN], d.faults.count()) for d in to_mend],
        "fine": [(d, TAG[d.state], source_title(d.source)) for d in deliveries if d not in to_mend],
    }


def faults_csv(delivery: Delivery) -> str:
    """This function will list everything wrong with one file, for whoever mends it."""
    head = ["line", "column", "what is wrong", "what to do"]
    rows = ([str(fault.line or ""), fault.column, fault.says, fault.mend] for fault in delivery.faults.all())
    return csv_text([head, *rows])


def sample(table: Table, rows: int = 6) -> list[tuple[str, ...]]:
    """This function will give the first rows of a table, its header among them."""
    return list(table.rows[:rows])
