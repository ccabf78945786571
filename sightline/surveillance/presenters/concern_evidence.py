"""The evidence of a concern in words: what counts, what was taken off, and what may be linked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse

from sightline.core.intelligence.wording import first_line
from sightline.core.signals import Bearing, SignalKind
from sightline.indicators.catalogue import Indicator
from sightline.indicators.models import Signal
from sightline.indicators.presenters.words import TAG, sentence
from sightline.intelligence.models import Item
from sightline.intelligence.wording import KIND
from sightline.intelligence.words import PUBLISHED, Kind
from sightline.profiles.models import OtherProcess, Profile
from sightline.profiles.presenters.words import stays
from sightline.surveillance.queries.concern_evidence import EvidenceSeen, Linkable, Linked, Piece
from sightline.surveillance.words import EvidenceKind
from sightline.triangulation.presenters.pieces import SOFT_TAG
from sightline.web.wording import day, moment

BEGINNING = 200
AT_ONCE = 12  # pieces of a kind that a page offers without folding them away
ASSESSED = ("Assessed", "nhsuk-tag--blue")
GROUPS = (
    (EvidenceKind.SIGNAL, "Hard evidence: what figures and ratings show"),
    (EvidenceKind.INTELLIGENCE, "Soft evidence: what people told, and what was published in words"),
    (EvidenceKind.PROFILE, "Assessments of risk: structured profiles"),
    (EvidenceKind.OTHER_PROCESS, "Assessments of risk: other processes"),
)
# What may be linked is offered in more groups: of what is published in words there is often very much.
OFFERED = (
    ("signal", "Hard evidence: figures and ratings that stand"),
    ("intelligence", "Soft evidence: what partners told"),
    ("published", "Soft evidence: what was published in words"),
    ("profile", "Assessments of risk: structured profiles"),
    ("other_process", "Assessments of risk: other processes"),
)


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """One piece of evidence."""

    tag: tuple[str, str]
    name: str
    says: str
    href: str
    words: str = ""
    remark: str = ""
    remove: str = ""
    why_removed: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceGroup:
    """Pieces of one kind under their heading."""

    heading: str
    lines: tuple[EvidenceLine, ...]


def evidence_groups(seen: EvidenceSeen, catalogue: Mapping[str, Indicator], may_remove: bool) -> list[EvidenceGroup]:
    """This function will list what counts for a concern, hard evidence before soft, the newest first."""
    made = []
    for kind, heading in GROUPS:
        chosen = [one for one in seen.linked if one.evidence.kind == kind.value]
        chosen.sort(key=lambda one: (_newest(one.piece), str(one.piece.pk)), reverse=True)
        if chosen:
            made.append(EvidenceGroup(heading, tuple(_linked(one, catalogue, may_remove) for one in chosen)))
    return made


def removed_lines(seen: EvidenceSeen, catalogue: Mapping[str, Indicator], keeps_record: bool) -> list[EvidenceLine]:
    """This function will list what was taken off a concern, with the reason."""
    return [
        replace(_linked(one, catalogue, may_remove=False), why_removed=_why(one, keeps_record)) for one in seen.removed
    ]


@dataclass(frozen=True, slots=True)
class ChoiceGroup:
    """What may be linked of one kind: key, words and hint of each piece. A long group is folded until it is opened."""

    name: str
    label: str
    pieces: tuple[tuple[str, str, str], ...]

    @property
    def is_long(self) -> bool:
        """Whether the page folds it away."""
        return len(self.pieces) > AT_ONCE


def choices(offered: Linkable, catalogue: Mapping[str, Indicator]) -> list[ChoiceGroup]:
    """This function will give what may be linked, kind by kind: worries first, and of these the newest."""
    made = []
    for name, label in OFFERED:
        found = [(key, one) for key, one in offered.pieces.items() if _group_of(one) == name]
        found.sort(key=lambda pair: (not _is_worry(pair[1]), -_newest(pair[1]).toordinal(), pair[0]))
        pieces = tuple((key, *_choice(one, offered, catalogue)) for key, one in found)
        if pieces:
            made.append(ChoiceGroup(name, f"{label} ({len(pieces)})", pieces))
    return made


def piece_words(piece: Piece, catalogue: Mapping[str, Indicator]) -> str:
    """This function will name one piece of evidence in a line."""
    _, name, says, _ = _piece_words(piece, catalogue)
    return f"{name}. {says}"


def _group_of(piece: Piece) -> str:
    match piece:
        case Signal():
            return "signal"
        case Item():
            return "published" if piece.kind in PUBLISHED else "intelligence"
        case Profile():
            return "profile"
        case OtherProcess():
            return "other_process"


def _is_worry(piece: Piece) -> bool:
    return isinstance(piece, Signal | Item) and piece.bearing == Bearing.CONCERN


def _linked(one: Linked, catalogue: Mapping[str, Indicator], may_remove: bool) -> EvidenceLine:
    tag, name, says, href = _piece_words(one.piece, catalogue)
    gone = isinstance(one.piece, Signal) and not one.piece.stands
    return EvidenceLine(
        tag=tag,
        name=name,
        says=says,
        href=href,
        words=first_line(one.begins, BEGINNING),
        remark="It no longer stands." if gone else "",
        remove=reverse("concern_evidence_remove", args=[one.evidence.concern_id, one.evidence.pk])
        if may_remove
        else "",
    )


def _why(one: Linked, keeps_record: bool) -> str:
    removal = one.evidence.removal
    says = f"Taken off at {moment(removal.recorded_at)}: {removal.because}"
    return " ".join(filter(None, [says, stays(removal.knowingly, keeps_record)]))


def _choice(piece: Piece, offered: Linkable, catalogue: Mapping[str, Indicator]) -> tuple[str, str]:
    tag, name, says, _ = _piece_words(piece, catalogue)
    begins = first_line(offered.begins.get(piece.pk, ""), BEGINNING) if isinstance(piece, Item) else ""
    return f"{tag[0]}: {name}", f"“{begins}” {says}" if begins else says


def _piece_words(piece: Piece, catalogue: Mapping[str, Indicator]) -> tuple[tuple[str, str], str, str, str]:
    match piece:
        case Signal():
            return _signal_words(piece, catalogue)
        case Item():
            tag, name = SOFT_TAG[Bearing(piece.bearing)], KIND[Kind(piece.kind)]
            return tag, name, f"Heard on {day(piece.heard_on)}.", reverse("item", args=[piece.pk])
        case Profile():
            says = f"Begun on {day(piece.started_at.date())}."
            return ASSESSED, "Structured risk profile", says, reverse("profile", args=[piece.pk])
        case OtherProcess():
            href = reverse("profiles", args=[piece.subject_id])
            return ASSESSED, piece.name, f"Held on {day(piece.held_on)}.", href


def _signal_words(signal: Signal, catalogue: Mapping[str, Indicator]) -> tuple[tuple[str, str], str, str, str]:
    indicator = catalogue.get(signal.measure)
    tag = TAG[Bearing(signal.bearing)]
    if signal.kind == SignalKind.RATING.value:
        href = reverse("subject", args=[signal.subject_id]) + "#ratings"
    else:
        href = reverse("series", args=[signal.measure, signal.subject_id])
    if indicator is None:
        return tag, signal.measure, f"Until {day(signal.until)}.", href
    return tag, indicator.short_name, sentence(signal, indicator), href


def _newest(piece: Piece) -> date:
    match piece:
        case Signal():
            return piece.until
        case Item():
            return piece.heard_on
        case Profile():
            return piece.started_at.date()
        case OtherProcess():
            return piece.held_on
