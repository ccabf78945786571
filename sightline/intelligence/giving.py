"""What a person gives: everything that one item is made of, once a form or a file has been understood."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sightline.core.access import Handling
from sightline.core.signals import Bearing
from sightline.directory.models import Subject
from sightline.intelligence.words import Certainty, Channel, Kind, ReferralKind, Safeguarding, TagKind, Wish


@dataclass(frozen=True, slots=True)
class Words:
    """One stretch of narrative and how far it may travel."""

    text: str
    handling: Handling


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that was looked at and may be kept: its safe name, what it is, its bytes, and what was changed in it."""

    name: str
    media_type: str
    data: bytes = field(repr=False)
    handling: Handling
    remarks: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """Where the giver would have a matter go: who could settle it, or why it cannot be settled where it arose."""

    kind: ReferralKind
    body: str = ""
    because: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """One item as its giver means it. ``organisation`` is the code of the body they speak for, empty for none.

    ``readers`` are actor ids, and needed where the handling is restricted, with ``why_fewer``: why the group as a
    whole may not read it (IGV-05). ``source`` names an entry of the source list. ``form_key`` makes a form that is
    sent twice one item. ``knowingly`` says why what looks like personal data was left in; empty where nothing was.
    """

    subjects: tuple[Subject, ...]
    words: tuple[Words, ...]
    heard_on: date
    handling: Handling
    system: str
    bearing: Bearing = Bearing.CONCERN
    kind: Kind = Kind.SOFT
    organisation: str = ""
    wish: Wish = Wish.NAMED
    verbal_only: bool = False
    channel: Channel = Channel.WRITTEN
    source: str = ""
    certainty: Certainty | None = None
    reliability: str = ""
    credibility: str = ""
    tags: tuple[tuple[TagKind, str], ...] = ()
    readers: tuple[str, ...] = ()
    why_fewer: str = ""
    safeguarding: Safeguarding = Safeguarding.NO
    practitioner: bool = False
    onward: tuple[Way, ...] = ()
    files: tuple[Kept, ...] = ()
    form_key: UUID | None = None
    knowingly: str = ""
