"""The records behind evidence, so that a page can say what each piece is and lead to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sightline.core.access import Actor, Viewer
from sightline.directory.models import Subject
from sightline.groups.viewers import viewer_of
from sightline.indicators.models import Rating, Series, Signal
from sightline.intelligence.queries import beginnings_of
from sightline.triangulation.queries.picture import Triangulated
from sightline.triangulation.queries.worry import current_signals

QUOTED = 250  # the newest items of a picture are quoted; of one much spoken of, the older ones are only named


@dataclass(frozen=True, slots=True)
class Behind:
    """The signals and ratings of a picture by the keys of its evidence; of items, how the newest begin."""

    signals: Mapping[str, Signal]
    ratings: Mapping[str, Rating]
    series: Mapping[str, Series]
    words: Mapping[str, str]


def behind(actor: Actor, on: date, picture: Triangulated) -> Behind:
    """This function will read what the evidence of a picture rests on; whole items are met on their own pages."""
    signals = current_signals(actor, on).filter(pk__in=[UUID(key) for key in _keys(picture, "signal")])
    visible = Subject.objects.visible_to(actor, on)
    ratings = Rating.objects.filter(pk__in=_keys(picture, "rating"), subject__in=visible).select_related("subject")
    series = Series.objects.visible_to(actor, on).filter(pk__in=_keys(picture, "series")).defer("packed")
    return Behind(
        {f"signal:{one.pk}": one for one in signals.select_related("subject")},
        {f"rating:{one.pk}": one for one in ratings},
        {f"series:{one.pk}": one for one in series},
        _beginnings(viewer_of(actor, on), picture),
    )


def _beginnings(viewer: Viewer, picture: Triangulated) -> dict[str, str]:
    told = [one for key, one in picture.evidence.items() if key.startswith("item:")]
    newest = sorted(told, key=lambda one: (-one.until.toordinal(), one.key))[:QUOTED]
    keys = [UUID(one.key.partition(":")[2]) for one in newest]
    return {f"item:{key}": text for key, text in beginnings_of(viewer, keys).items()}


def _keys(picture: Triangulated, kind: str) -> list[str]:
    return [key.partition(":")[2] for key in picture.evidence if key.startswith(f"{kind}:")]
