"""What several parts of a subject's page need, read once for them all."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from sightline.core.access import Actor, Viewer
from sightline.core.signals import Bearing, Dimension, SignalKind
from sightline.core.signals import Signal as Noticed
from sightline.core.triangulation import Evidence, oldest_that_counts
from sightline.directory.models import Subject
from sightline.directory.queries import with_those_it_runs
from sightline.groups.viewers import viewer_of
from sightline.indicators.models import Rating, Signal
from sightline.triangulation.queries import Picture, Triangulated, picture_of
from sightline.triangulation.queries.worry import NEWEST_FIRST, weighed

ITEM = "item:"  # how the keys of evidence begin that people told


class Past(NamedTuple):
    """A signal that is no longer so, without what it said: of hundreds only a page is ever put into words."""

    key: UUID
    kind: str
    continues: UUID | None
    raised_at: datetime
    ended_at: datetime | None
    because: str | None


@dataclass(frozen=True, slots=True)
class Gathered:
    """A subject with all that was ever noticed and judged about it, and its picture, for one reader."""

    subject: Subject
    viewer: Viewer
    picture: Triangulated
    standing: tuple[Signal, ...]  # the newest first
    past: tuple[Past, ...]
    ratings: tuple[Rating, ...]  # of the sites that it runs too, the newest first


def gathered(actor: Actor, on: date, subject: Subject) -> Gathered:
    """This function will read what the parts of a subject's page have in common."""
    signals = Signal.objects.visible_to(actor, on).filter(subject=subject)
    standing = list(signals.current().order_by(*NEWEST_FIRST))
    for one in standing:
        one.subject = subject
    past = signals.filter(stands=False).order_by().values_list(
        "pk", "kind", "continues", "raised_at", "ending__ended_at", "ending__because"
    )  # fmt: skip
    ratings = Rating.objects.filter(subject__in=with_those_it_runs(subject, on))
    return Gathered(
        subject,
        viewer_of(actor, on),
        picture_of(actor, on, subject),
        tuple(standing),
        tuple(Past(*row) for row in past),
        tuple(ratings.select_related("subject", "publication").order_by("-published_on", "about")),
    )


def worry_about(found: Gathered, on: date, dimensions: Mapping[str, Collection[str]]) -> Picture | None:
    """This function will weigh a subject as the home page does, from what was gathered; None where nothing speaks."""
    told = [one for piece in found.picture.evidence.values() for one in _as_told(piece, on)]
    return weighed(found.subject, found.standing, told, dimensions, on) if found.standing or told else None


def _as_told(piece: Evidence, on: date) -> Sequence[Noticed]:
    if not piece.key.startswith(ITEM) or not piece.is_concern or piece.until < oldest_that_counts(on):
        return ()
    rows: tuple[Dimension | str, ...] = piece.rows or ("",)
    return [
        Noticed(
            subject=piece.subject,
            measure=str(row),
            kind=SignalKind.CHANGED,
            bearing=Bearing.CONCERN,
            since=piece.since,
            until=piece.until,
            periods=1,
            source=piece.origin,
            publication="",
        )
        for row in rows
    ]
