"""The hash chain: how an event's hash is made, and what a broken chain looks like."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC

from sightline.audit.models import Event

START = "0" * 64


@dataclass(frozen=True, slots=True)
class Break:
    """One place where the chain does not hold."""

    system: str
    sequence: int
    says: str


def hash_of(event: Event) -> str:
    """This function will hash an event with its predecessor's hash: SHA-256 of canonical JSON, as hex."""
    return hashlib.sha256(
        json.dumps(
            [
                event.previous,
                event.system,
                event.sequence,
                event.recorded_at.astimezone(UTC).isoformat(timespec="microseconds"),
                event.actor,
                event.verb,
                event.on_kind,
                event.on_id,
                event.facts,
            ],
            ensure_ascii=False,
            allow_nan=False,
            separators=(",", ":"),
        ).encode()
    ).hexdigest()


def breaks_in(events: Iterable[Event], system: str) -> tuple[list[Break], int, str]:
    """This function will walk one system's events in order and give its breaks, last sequence and last hash.

    An edited event no longer gives its hash; a deleted one leaves a hole in the sequence; an inserted or
    reordered one does not name the hash of the event before it.
    """
    breaks: list[Break] = []
    sequence, last = 0, START
    for event in events:
        if event.sequence != sequence + 1:
            breaks.append(Break(system, event.sequence, f"Events {sequence + 1} to {event.sequence - 1} are missing."))
        if event.previous != last:
            breaks.append(Break(system, event.sequence, "Does not follow from the event before it."))
        if hash_of(event) != event.hash:
            breaks.append(Break(system, event.sequence, "Was changed after it was written."))
        sequence, last = event.sequence, event.hash
    return breaks, sequence, last
