"""One thing that a person of the cast tells, in their own words, and everything that they say about it."""

from __future__ import annotations

from dataclasses import dataclass

from sightline.core.access import Handling
from sightline.core.signals import Bearing, Dimension
from sightline.demonstration.cast import Part
from sightline.intelligence.words import Certainty, Channel, Kind, ReferralKind, Safeguarding, TagKind, Wish

SAFE, EFFECTIVE, EXPERIENCE = Dimension.SAFE, Dimension.EFFECTIVE, Dimension.PERSONALISED
LED, RESOURCED, EQUITABLE = Dimension.WELL_LED, Dimension.SUSTAINABLE, Dimension.EQUITABLE
GOOD, BAD, EITHER = Bearing.IMPROVEMENT, Bearing.CONCERN, Bearing.NEITHER
SURE, FAIRLY, HUNCH = Certainty.SURE, Certainty.FAIRLY_SURE, Certainty.HUNCH


@dataclass(frozen=True, slots=True)
class Tale:
    """One item: by whom, about which codes, in which words, and how many days before the demonstration it was heard.

    ``fewer`` is a passage for the ``readers`` alone; where the handling is restricted, so is all of it, and
    ``why_fewer`` says why. ``onward``
    says to whom the giver would have it passed. ``tags`` are those beside the dimensions of quality.
    """

    key: str
    by: Part
    about: tuple[str, ...]
    text: str
    days: int
    source: str = ""
    rows: tuple[Dimension, ...] = (SAFE,)
    bearing: Bearing = BAD
    certainty: Certainty | None = FAIRLY
    handling: Handling = Handling.MEMBERS
    fewer: str = ""
    readers: tuple[Part, ...] = ()
    why_fewer: str = ""
    wish: Wish = Wish.NAMED
    channel: Channel = Channel.WRITTEN
    verbal_only: bool = False
    kind: Kind = Kind.SOFT
    reliability: str = ""
    credibility: str = ""
    tags: tuple[tuple[TagKind, str], ...] = ()
    safeguarding: Safeguarding = Safeguarding.NO
    practitioner: bool = False
    onward: tuple[tuple[ReferralKind, str, str], ...] = ()
