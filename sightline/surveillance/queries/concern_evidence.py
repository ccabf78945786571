"""The evidence of a concern: each piece for whoever may see it where it stands, and what may be linked.

What a reader may not see leaves no trace here either: it is neither shown nor counted (PER-09).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from sightline.core.access import Actor
from sightline.groups.viewers import viewer_of
from sightline.indicators.models import Signal
from sightline.intelligence.models import Item
from sightline.intelligence.models.items import ItemQuerySet
from sightline.intelligence.queries import beginnings_of
from sightline.profiles.models import OtherProcess, Profile
from sightline.profiles.queries import standing_signals
from sightline.surveillance.models import Concern, Evidence
from sightline.surveillance.words import EvidenceKind

AT_MOST = 200  # items of intelligence to choose from, the newest first

Piece = Signal | Item | Profile | OtherProcess
_FIELD = {
    EvidenceKind.SIGNAL: "signal",
    EvidenceKind.INTELLIGENCE: "item",
    EvidenceKind.PROFILE: "profile",
    EvidenceKind.OTHER_PROCESS: "other_process",
}


@dataclass(frozen=True, slots=True)
class Linked:
    """One piece of evidence that the reader may see, and how it begins where people told it."""

    evidence: Evidence
    piece: Piece
    begins: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceSeen:
    """What a reader sees of a concern's evidence: the pieces that count, and those taken off."""

    linked: tuple[Linked, ...] = ()
    removed: tuple[Linked, ...] = ()


@dataclass(frozen=True, slots=True)
class Linkable:
    """What may still be linked, by key ("signal:…"), the newest first; and how the items begin."""

    pieces: Mapping[str, Piece]
    begins: Mapping[UUID, str] = field(default_factory=dict)
    more: bool = False


def key_of(kind: EvidenceKind, piece: Piece) -> str:
    """This function will name a piece so that a form can send it back."""
    return f"{kind.value}:{piece.pk}"


def field_of(kind: EvidenceKind) -> str:
    """This function will name the field of a record of evidence that holds a piece of a kind."""
    return _FIELD[kind]


def piece_of(evidence: Evidence) -> Piece:
    """This function will give the record that a piece of evidence is."""
    found: Piece = getattr(evidence, _FIELD[EvidenceKind(evidence.kind)])
    return found


def one_evidence(actor: Actor, on: date, evidence: int) -> Evidence | None:
    """This function will give a piece that counts on a concern that the actor hears of, or None."""
    heard = Concern.objects.visible_to(actor, on).values("pk")
    rows = Evidence.objects.filter(pk=evidence, concern__in=heard, removal__isnull=True)
    found = rows.select_related("concern__subject", "concern__ending", *_FIELD.values()).first()
    return found if found and _seen(actor, on, [found]) else None


def evidence_of(actor: Actor, on: date, concern: Concern) -> EvidenceSeen:
    """This function will give what the actor sees of a concern's evidence."""
    rows = list(concern.evidence.select_related("removal", *_FIELD.values()).order_by("recorded_at", "pk"))
    for row in rows:
        row.concern = concern
    seen = _seen(actor, on, rows)
    begins = beginnings_of(viewer_of(actor, on), [row.item_id for row in seen if row.item_id])
    linked = [Linked(row, piece_of(row), begins.get(row.item_id, "") if row.item_id else "") for row in seen]
    return EvidenceSeen(
        linked=tuple(one for one in linked if not hasattr(one.evidence, "removal")),
        removed=tuple(one for one in linked if hasattr(one.evidence, "removal")),
    )


def counted_evidence(actor: Actor, on: date, concerns: Collection[UUID]) -> dict[UUID, int]:
    """This function will count the pieces of each concern that count and that the actor may see."""
    rows = list(Evidence.objects.filter(concern__in=concerns, removal__isnull=True).order_by())
    return Counter(row.concern_id for row in _seen(actor, on, rows))


def linkable(actor: Actor, on: date, concern: Concern) -> Linkable:
    """This function will give what the actor may link: all of it about the subject, seen by them, and not linked yet."""
    subject = concern.subject
    items = list(_items(actor, on, concern).order_by("-heard_on", "-recorded_at", "pk")[: AT_MOST + 1])
    profiles = Profile.objects.heard_by(actor, on).filter(subject=subject).order_by("-started_at", "pk")
    processes = OtherProcess.objects.visible_to(actor, on).filter(subject=subject).order_by("-held_on", "pk")
    pieces: list[tuple[EvidenceKind, Piece]] = [
        *((EvidenceKind.SIGNAL, one) for one in standing_signals(actor, on, subject)),
        *((EvidenceKind.INTELLIGENCE, one) for one in items[:AT_MOST]),
        *((EvidenceKind.PROFILE, one) for one in profiles),
        *((EvidenceKind.OTHER_PROCESS, one) for one in processes),
    ]
    taken = _linked_keys(concern)
    found = {key: piece for kind, piece in pieces if (key := key_of(kind, piece)) not in taken}
    begins = beginnings_of(viewer_of(actor, on), [one.pk for one in items[:AT_MOST]])
    return Linkable(found, begins, more=len(items) > AT_MOST)


def _items(actor: Actor, on: date, concern: Concern) -> ItemQuerySet:
    return Item.objects.visible_to(actor, on).counting().filter(about__subject=concern.subject)


def _linked_keys(concern: Concern) -> set[str]:
    rows = concern.evidence.filter(removal__isnull=True)
    return {f"{row.kind}:{getattr(row, _FIELD[EvidenceKind(row.kind)] + '_id')}" for row in rows}


def _seen(actor: Actor, on: date, rows: list[Evidence]) -> list[Evidence]:
    """Those of the rows whose piece the actor may see where it stands, asked once for each kind."""
    visible: set[tuple[str, object]] = set()
    for kind in EvidenceKind:
        if keys := {_piece_key(row) for row in rows if row.kind == kind.value}:
            found = _visible(kind, actor, on).filter(pk__in=keys).values_list("pk", flat=True)
            visible |= {(kind.value, key) for key in found}
    return [row for row in rows if (row.kind, _piece_key(row)) in visible]


def _piece_key(row: Evidence) -> object:
    return getattr(row, f"{_FIELD[EvidenceKind(row.kind)]}_id")


def _visible(kind: EvidenceKind, actor: Actor, on: date) -> QuerySet[Any]:
    match kind:
        case EvidenceKind.SIGNAL:
            return Signal.objects.visible_to(actor, on)
        case EvidenceKind.INTELLIGENCE:
            return Item.objects.visible_to(actor, on)
        case EvidenceKind.PROFILE:
            return Profile.objects.heard_by(actor, on)
        case EvidenceKind.OTHER_PROCESS:
            return OtherProcess.objects.visible_to(actor, on)
