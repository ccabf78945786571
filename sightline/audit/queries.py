"""Reads of the event log: is the chain whole, and where does it end?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sightline.audit.chain import Break, breaks_in
from sightline.audit.models import Event, Head

LOOKED_AT = 1_000  # events between two looks at the log; of more it is quicker to read anew what was kept


@dataclass(frozen=True, slots=True)
class ChainEnd:
    """The last event of a system's chain: what an outside witness keeps."""

    system: str
    sequence: int
    hash: str


@dataclass(frozen=True, slots=True)
class Change:
    """One operation as its event tells of it: its name, and the id of the record that it was done to."""

    verb: str
    on: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What a walk along every chain found."""

    events: int
    breaks: tuple[Break, ...]
    ends: tuple[ChainEnd, ...]


def verify_chains(witnessed: tuple[ChainEnd, ...] = ()) -> Verification:
    """This function will walk every chain and hold it against its head and against heads kept by witnesses.

    A cut tail leaves a whole chain that is shorter than its head says; a full rewrite leaves a whole chain
    whose event at the witnessed place has another hash.
    """
    breaks: list[Break] = []
    ends: list[ChainEnd] = []
    count = 0
    heads = {head.system: head for head in Head.objects.all()}
    systems = sorted(set(heads) | set(Event.objects.values_list("system", flat=True).distinct()))
    for system in systems:
        events = Event.objects.filter(system=system).order_by("sequence", "id").iterator(chunk_size=5000)
        found, sequence, last = breaks_in(events, system)
        breaks += found
        count += sequence
        head = heads.get(system)
        if head is None or (head.sequence, head.hash) != (sequence, last):
            breaks.append(Break(system, sequence, "The chain does not end where its head says: events were cut off."))
        ends.append(ChainEnd(system, sequence, last))
    return Verification(count, tuple(breaks + _against(witnessed)), tuple(ends))


def _against(witnessed: tuple[ChainEnd, ...]) -> list[Break]:
    breaks = []
    for end in witnessed:
        kept = Event.objects.filter(system=end.system, sequence=end.sequence).values_list("hash", flat=True).first()
        if end.sequence and kept != end.hash:
            breaks.append(Break(end.system, end.sequence, "Is not the event that the witness's head names."))
    return breaks


def chain_ends() -> tuple[ChainEnd, ...]:
    """This function will give every chain's end, as kept by its head."""
    return tuple(ChainEnd(head.system, head.sequence, head.hash) for head in Head.objects.order_by("system"))


def changes_between(before: Sequence[ChainEnd], now: Sequence[ChainEnd]) -> tuple[Change, ...] | None:
    """This function will give what was done between two looks at where the log ends.

    None where one does not follow from the other, or where more was done than is worth a look.
    """
    known = {end.system: end for end in before}
    if known.keys() - {end.system for end in now}:
        return None
    found: list[Change] = []
    for end in now:
        some = _between(known.get(end.system, ChainEnd(end.system, 0, "")), end)
        if some is None:
            return None
        found += some
    return tuple(found)


def _between(before: ChainEnd, now: ChainEnd) -> list[Change] | None:
    if before == now:
        return []
    if not 0 < now.sequence - before.sequence <= LOOKED_AT:
        return None
    events = Event.objects.filter(system=now.system, sequence__range=(before.sequence, now.sequence))
    rows = list(events.order_by("sequence").values_list("sequence", "hash", "verb", "on_id"))
    if before.sequence and (not rows or rows.pop(0)[:2] != (before.sequence, before.hash)):
        return None
    return [Change(verb, on_id) for _, _, verb, on_id in rows]
