"""What recurs across systems in words: each line says why, and every reason opens what it rests on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sightline.escalation.queries.across import Reason, Recurring, What
from sightline.web.wording import day, plural

_HEADINGS = {
    What.TRIGGER: "The same trigger",
    What.SEVERITY: "The same severity",
    What.SECTOR: "The same sector",
}


@dataclass(frozen=True, slots=True)
class Why:
    """One reason."""

    system: str
    says: str
    decision: UUID | None
    exchange: UUID | None


@dataclass(frozen=True, slots=True)
class Block:
    """One thing that recurs."""

    name: str
    says: str
    cites: str
    reasons: tuple[Why, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """All that recurs of one sort."""

    heading: str
    blocks: tuple[Block, ...]


def parts(found: Iterable[Recurring]) -> list[Part]:
    """This function will write what recurs, by what it is."""
    listed = list(found)
    return [
        Part(heading, tuple(_block(one) for one in listed if one.what is what))
        for what, heading in _HEADINGS.items()
        if any(one.what is what for one in listed)
    ]


def _block(one: Recurring) -> Block:
    says = f"It stands in {plural(len(one.systems), 'system')}: {', '.join(one.systems)}."
    return Block(one.name, says, one.cites, tuple(_why(reason) for reason in one.reasons))


def _why(one: Reason) -> Why:
    about = one.subject or "no one subject"
    if one.decision is not None:
        return Why(one.system, f"{about}: {one.level} since {day(one.since)}", one.decision, None)
    return Why(one.system, f"Sent to the region on {day(one.sent_on)}, about {about}", None, one.exchange)
