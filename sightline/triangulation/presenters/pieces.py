"""Each piece of evidence in a line: what it is, what it says, and the page on which it can be met."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse

from sightline.core.intelligence.wording import first_line
from sightline.core.signals import Bearing, SignalKind
from sightline.core.triangulation import Cell, Certainty, Evidence, Matrix
from sightline.indicators.catalogue import Indicator
from sightline.indicators.models import Rating
from sightline.indicators.presenters.dropping import source_title
from sightline.indicators.presenters.words import TAG, sentence
from sightline.intelligence.wording import KIND
from sightline.intelligence.words import Kind
from sightline.triangulation.presenters.matrix import USUAL, anchor_of, cell_words, cells_of
from sightline.triangulation.queries import Behind, Triangulated
from sightline.triangulation.words import CERTAINTY
from sightline.web.wording import day, month

MEASURED = ("As usual", USUAL)
LOOKED_AT = ("Rated", USUAL)
LISTED = 25  # pieces of one cell
BEGINNING = 160  # letters of what somebody told
SOFT_TAG = {**TAG, Bearing.NEITHER: ("To know", "nhsuk-tag--purple")}


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of evidence; ``old`` where it no longer counts."""

    tag: tuple[str, str]
    name: str
    says: str
    href: str
    old: bool = False
    words: str = ""  # how it begins, where people told it


@dataclass(frozen=True, slots=True)
class Place:
    """The evidence of one cell, under the anchor to which the table leads."""

    anchor: str
    heading: str
    pieces: tuple[Piece, ...]
    more: int = 0  # those left out: the worries and the newest come first


def places(found: Triangulated, records: Behind, catalogue: Mapping[str, Indicator]) -> list[Place]:
    """This function will list the evidence of every cell that holds any, in the order of the table."""
    made = [_place(cell, found, records, catalogue) for row in found.matrix.rows for cell in cells_of(row)]
    rest = [key for key, one in found.evidence.items() if not one.rows]
    if rest:
        pieces = pieces_of(rest, found.evidence, records, catalogue, frozenset(_old(found.matrix)))
        made.append(Place("cell-none", "No dimension is given", pieces[:LISTED], max(0, len(pieces) - LISTED)))
    return [place for place in made if place.pieces]


def pieces_of(
    keys: Iterable[str],
    evidence: Mapping[str, Evidence],
    records: Behind,
    catalogue: Mapping[str, Indicator],
    old: frozenset[str] = frozenset(),
) -> tuple[Piece, ...]:
    """This function will put pieces of evidence into lines, concerns first and the newest of each first.

    A series of which a signal speaks is not listed beside it: it is the same figures.
    """
    chosen = [evidence[key] for key in keys if key in evidence]
    spoken = {one.label for one in chosen if one.key in records.signals}
    listed = [one for one in chosen if one.key not in records.series or one.label not in spoken]
    order = [Bearing.CONCERN, Bearing.IMPROVEMENT, Bearing.NEITHER]
    listed.sort(key=lambda one: (one.key in old, order.index(one.bearing), -one.until.toordinal(), one.label, one.key))
    made = (_piece(one, records, catalogue, one.key in old) for one in listed)
    return tuple(piece for piece in made if piece is not None)


def _place(cell: Cell, found: Triangulated, records: Behind, catalogue: Mapping[str, Indicator]) -> Place:
    pieces = pieces_of((*cell.keys, *cell.old), found.evidence, records, catalogue, frozenset(cell.old))
    left_out = max(0, len(pieces) - LISTED)
    return Place(anchor_of(cell.row, cell.quadrant), cell_words(cell).heading, pieces[:LISTED], left_out)


def _old(matrix: Matrix) -> Iterable[str]:
    return (key for cell in (*matrix.whole.cells, matrix.whole.unplaced) for key in cell.old)


def _piece(one: Evidence, records: Behind, catalogue: Mapping[str, Indicator], old: bool) -> Piece | None:
    kind, _, key = one.key.partition(":")
    match kind:
        case "item":
            sure = "" if one.certainty is Certainty.UNKNOWN else f"; {CERTAINTY[one.certainty]}"
            words = first_line(records.words.get(one.key, ""), BEGINNING)
            name, href = KIND[Kind(one.label)], reverse("item", args=[key])
            return Piece(SOFT_TAG[one.bearing], name, f"Heard on {day(one.until)}{sure}.", href, old, words)
        case "signal":
            return _signal(one, records, catalogue, old)
        case "series":
            series, indicator = records.series.get(one.key), catalogue.get(one.label)
            if series is None or indicator is None:
                return None
            href = reverse("series", args=[one.label, series.subject_id])
            says = f"Figures until {month(one.until)}, from {source_title(series.source)}. Nothing stands out."
            return Piece(MEASURED, indicator.short_name, says, href, old)
    rating = records.ratings.get(one.key)
    return _rating(rating, one, old) if rating else None


def _signal(one: Evidence, records: Behind, catalogue: Mapping[str, Indicator], old: bool) -> Piece | None:
    signal, indicator = records.signals.get(one.key), catalogue.get(one.label)
    if signal is None or indicator is None or signal.subject_id is None:
        return None
    if signal.kind == SignalKind.RATING.value:
        href = reverse("subject", args=[signal.subject_id]) + "#ratings"
    else:
        href = reverse("series", args=[signal.measure, signal.subject_id])
    return Piece(TAG[one.bearing], indicator.short_name, sentence(signal, indicator), href, old)


def _rating(rating: Rating, one: Evidence, old: bool) -> Piece:
    of_site = "" if str(rating.subject_id) == one.subject else f" {rating.subject.name}."
    before = " Given to the body before it." if rating.inherited_from else ""
    says = f"{rating.rating}, published on {day(rating.published_on)}.{of_site}{before}"
    href = reverse("subject", args=[rating.subject_id]) + "#ratings"
    return Piece(LOOKED_AT, f"Regulator’s rating: {question_words(rating.about)}", says, href, old)


def question_words(about: str) -> str:
    """This function will name what a rating is about as a reader does: "well_led" is "Well-led"."""
    return about.replace("_", "-").capitalize()
