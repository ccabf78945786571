"""Names that wait for a person to say whom they mean: each once, with those it may mean and what was said before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min, Q, QuerySet
from django.utils.timezone import localdate

from sightline.core.access import Actor, Viewer
from sightline.directory.models import Subject
from sightline.directory.queries import subjects_by_code
from sightline.groups.viewers import viewer_of
from sightline.intelligence.models import Item, Placing, Unplaced

A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Earlier:
    """What somebody said of the same words before; no subject means that it is none of ours."""

    subject: Subject | None
    on: date


@dataclass(frozen=True, slots=True)
class WaitingName:
    """One name, in how many items it waits, whom it may mean, and what was said of it before."""

    key: int
    words: str
    items: int
    first: Item
    candidates: tuple[Subject, ...]
    earlier: Earlier | None


def waiting_names(viewer: Viewer) -> QuerySet[Unplaced]:
    """This function will choose the names that wait in items which the viewer hears and whose record they keep."""
    heard = Item.objects.heard_by(viewer)
    if viewer.kept is not None:
        heard = heard.filter(system__in=viewer.kept)
    found = Unplaced.objects.filter(placing=None, item__in=heard.order_by().values("pk"))
    return found if viewer.keeps else found.none()


def names_to_place(actor: Actor, on: date, page: int = 1) -> tuple[list[WaitingName], int]:
    """This function will give a page of the names that wait, those of most items first, and how many there are."""
    waiting = waiting_names(viewer_of(actor, on))
    groups = waiting.order_by().values("words").annotate(items=Count("pk"), key=Min("pk"))
    total = groups.count()
    rows = list(groups.order_by("-items", "words")[(page - 1) * A_PAGE : page * A_PAGE])
    first = Unplaced.objects.select_related("item").in_bulk([row["key"] for row in rows])
    return _with_answers(actor, on, [(first[row["key"]], row["items"]) for row in rows]), total


def one_name(actor: Actor, on: date, key: int) -> WaitingName | None:
    """This function will give one name that waits, or None where there is none for this actor."""
    waiting = waiting_names(viewer_of(actor, on))
    found = waiting.filter(pk=key).select_related("item").first()
    if found is None:
        return None
    return _with_answers(actor, on, [(found, waiting.filter(words=found.words).count())])[0]


def unplaced_of(name: WaitingName) -> Unplaced:
    """This function will give the row of a name by which it is settled."""
    return Unplaced.objects.select_related("item").get(pk=name.key)


def _with_answers(actor: Actor, on: date, rows: list[tuple[Unplaced, int]]) -> list[WaitingName]:
    codes = {code for row, _ in rows for code in row.candidates.split()}
    subjects = subjects_by_code(codes)
    earlier = _earlier(actor, on, {row.words for row, _ in rows})
    return [
        WaitingName(
            key=row.pk,
            words=row.words,
            items=count,
            first=row.item,
            candidates=tuple(subjects[code] for code in row.candidates.split() if code in subjects),
            earlier=earlier.get(row.words),
        )
        for row, count in rows
    ]


def _earlier(actor: Actor, on: date, words: set[str]) -> dict[str, Earlier]:
    """The newest answer to the same words, in items that the actor hears, of systems whose record they keep."""
    viewer = viewer_of(actor, on)
    theirs = Q() if viewer.kept is None else Q(unplaced__item__system__in=viewer.kept)
    heard = Item.objects.heard_by(viewer).order_by().values("pk")
    rows = Placing.objects.filter(theirs, unplaced__words__in=words, unplaced__item__in=heard)
    rows = rows.order_by("recorded_at", "subject_id")
    # One answer may have settled thousands of items.
    answers = list(rows.values_list("unplaced__words", "subject", "recorded_at").distinct())
    subjects = Subject.objects.select_related("organisation").in_bulk([one for _, one, _ in answers if one])
    return {said: Earlier(subjects[one] if one else None, localdate(at)) for said, one, at in answers}
