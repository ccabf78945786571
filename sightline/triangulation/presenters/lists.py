"""Blind spots of many subjects, one-sided concerns, and ratings that wait, as rows of pages and files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.urls import reverse

from sightline.core.signals import ROWS, Bearing
from sightline.core.triangulation import CELLS
from sightline.directory.models import Subject
from sightline.directory.models.choices import label
from sightline.directory.words import Kind, SubjectKind
from sightline.indicators.catalogue import Indicator
from sightline.indicators.models import Rating, Signal
from sightline.indicators.presenters.words import TAG, sentence
from sightline.triangulation.models import RatingReview
from sightline.triangulation.presenters.deliberating import SOMEBODY
from sightline.triangulation.presenters.pieces import question_words
from sightline.triangulation.queries import BlindRow, Judged, OneSided
from sightline.triangulation.words import ABOUT
from sightline.web.quality import DIMENSION
from sightline.web.wording import day, plural

BLIND_HEADER = ("Subject", "Code", "Kind", "No information", "Only old information", "One source alone", "Of")


@dataclass(frozen=True, slots=True)
class BlindWords:
    """One subject of the page of blind spots."""

    name: str
    href: str
    kind: str
    code: str
    nothing: int
    stale: int
    single: int


def blind_words(found: Iterable[BlindRow]) -> list[BlindWords]:
    """This function will put counts of blind spots into a row for each subject."""
    return [
        BlindWords(
            name=one.subject.name,
            href=reverse("picture", args=[one.subject.pk]) + "#blind",
            kind=kind_of(one.subject),
            code=one.subject.key,
            nothing=one.tally.nothing,
            stale=one.tally.stale,
            single=one.tally.single,
        )
        for one in found
    ]


def blind_rows(found: Iterable[BlindRow], cells: int) -> list[tuple[str, ...]]:
    """This function will write counts of blind spots as rows of a file, its header first."""
    rows = blind_words(found)
    body = [(r.name, r.code, r.kind, str(r.nothing), str(r.stale), str(r.single), str(cells)) for r in rows]
    return [BLIND_HEADER, *body]


def cells_counted(has_row: bool) -> int:
    """This function will say of how many cells blind spots are counted."""
    return len(CELLS) // len(ROWS) if has_row else len(CELLS)


def kind_of(subject: Subject) -> str:
    """This function will say what a subject is, in a word or two."""
    if subject.kind == SubjectKind.ORGANISATION and subject.organisation is not None:
        return label(Kind(subject.organisation.kind))
    return label(SubjectKind(subject.kind))


@dataclass(frozen=True, slots=True)
class BlindLine:
    """One line of what is missing: a concern that only figures, or only words, speak of."""

    subject: str
    href: str
    says: str


def blind_lines(found: Iterable[OneSided], subjects: Mapping[UUID, Subject]) -> list[BlindLine]:
    """This function will say where a concern stands and one half of the evidence is missing (INT-14; QSG 2017 ¶114)."""
    return [
        BlindLine(
            subject=subjects[one.subject].name,
            href=reverse("picture", args=[one.subject]) + "#blind",
            says=f"A concern about {ABOUT[one.row]} stands, and {_lacking(one)}.",
        )
        for one in found
        if one.subject in subjects
    ]


def _lacking(one: OneSided) -> str:
    if one.lacks_figures and one.lacks_words:
        return "its source is not placed: there are neither figures nor words about it"
    return "there are no figures about it at all" if one.lacks_figures else "nobody has said anything about it"


@dataclass(frozen=True, slots=True)
class RatingWords:
    """One published rating that a person reviews: what it says, of whom, and what lies behind it."""

    key: str
    subject: str
    href: str
    code: str
    tag: tuple[str, str]
    says: str
    behind: tuple[str, ...]
    inherited: str
    reviewed: str


def rating_words(
    signals: Sequence[Signal],
    judged: Judged,
    reviews: Mapping[UUID, RatingReview],
    catalogue: Mapping[str, Indicator],
    names: Mapping[str, str],
) -> list[RatingWords]:
    """This function will put ratings into words, and say where one was given to the body before."""
    made = []
    for one in signals:
        if one.subject is None or one.measure not in catalogue:
            continue
        own = judged.own.get(one.subject.pk, [])
        made.append(
            RatingWords(
                key=str(one.pk),
                subject=one.subject.name,
                href=reverse("subject", args=[one.subject.pk]) + "#ratings",
                code=one.subject.key,
                tag=TAG[Bearing(one.bearing)],
                says=sentence(one, catalogue[one.measure]),
                behind=tuple(f"{question_words(r.about)}: {r.rating}, {day(r.published_on)}" for r in _in_order(own)),
                inherited=_inherited(own),
                reviewed=_reviewed(reviews.get(one.pk), names),
            )
        )
    return made


def _in_order(ratings: Iterable[Rating]) -> list[Rating]:
    return sorted(ratings, key=lambda one: (one.about != "overall", one.about))


def _inherited(ratings: Iterable[Rating]) -> str:
    codes = sorted({one.inherited_from for one in ratings if one.inherited_from})
    if not codes:
        return ""
    return f"Given to the body before it ({', '.join(codes)}). Does it still speak of the one that is there now?"


def _reviewed(review: RatingReview | None, names: Mapping[str, str]) -> str:
    if review is None:
        return ""
    what = "Counts" if review.counts else "Set aside"
    why = f": {review.because}" if review.because else ""
    return f"{what}, by {names.get(review.recorded_by, SOMEBODY)} on {day(review.recorded_at)}{why}"


def row_choices() -> list[tuple[str, str]]:
    """This function will give the dimensions as a filter offers them."""
    return [(one.value, DIMENSION[one]) for one in ROWS]


def choices(words: type[StrEnum]) -> list[tuple[str, str]]:
    """This function will give the words of an enumeration as a filter offers them."""
    return [(word.value, label(word)) for word in words]


def reviewed_words(count: int, counts: bool) -> str:
    """This function will say what was done with so many ratings."""
    verb = "is" if count == 1 else "are"
    return (
        f"{plural(count, 'rating')} {verb} {'confirmed and now' if counts else 'set aside and'} {_ends(count, counts)}"
    )


def _ends(count: int, counts: bool) -> str:
    if counts:
        return "counts." if count == 1 else "count."
    return "proposes nothing." if count == 1 else "propose nothing."
