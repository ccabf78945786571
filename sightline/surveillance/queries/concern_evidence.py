"""The evidence of a concern: each piece for whoever may see it where it stands, and what may be linked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

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
    """What a reader sees of a concern's evidence: the pieces that count, those taken off, and how many they may not read."""

    linked: tuple[Linked, ...] = ()
    removed: tuple[Linked, ...] = ()
    unseen: int = 0


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
    """This function will give what the actor sees of a concern's evidence; what they may not read is only counted."""
    rows = list(concern.evidence.select_related("removal", *_FIELD.values()).order_by("recorded_at", "pk"))
    for row in rows:
        row.concern = concern
    seen = _seen(actor, on, rows)
    begins = beginnings_of(viewer_of(actor, on), [row.item_id for row in seen if row.item_id])
    linked = [Linked(row, piece_of(row), begins.get(row.item_id, "") if row.item_id else "") for row in seen]
    keys = {row.pk for row in seen}
    return EvidenceSeen(
        linked=tuple(one for one in linked if not hasattr(one.evidence, "removal")),
        removed=tuple(one for one in linked if hasattr(one.evidence, "removal")),
        unseen=sum(1 for row in rows if row.pk not in keys and not hasattr(row, "removal")),
    )


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
    visible: set[object] = set()
    if keys := {row.signal_id for row in rows if row.signal_id}:
        visible |= set(Signal.objects.visible_to(actor, on).filter(pk__in=keys).values_list("pk", flat=True))
    if keys := {row.item_id for row in rows if row.item_id}:
        visible |= set(Item.objects.visible_to(actor, on).filter(pk__in=keys).values_list("pk", flat=True))
    if keys := {row.profile_id for row in rows if row.profile_id}:
        visible |= set(Profile.objects.heard_by(actor, on).filter(pk__in=keys).values_list("pk", flat=True))
    if keys := {row.other_process_id for row in rows if row.other_process_id}:
        visible |= set(OtherProcess.objects.visible_to(actor, on).filter(pk__in=keys).values_list("pk", flat=True))
    return [row for row in rows if piece_of(row).pk in visible]
