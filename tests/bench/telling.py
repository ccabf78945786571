"""Fills a data folder with what blind spots are counted from: 200,000 items told about the made-up country.

``python -m tests.bench.telling`` writes rows at once, as no operation would: what is measured is how they are read.
"""

from __future__ import annotations

import json
import sys
import uuid
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from time import perf_counter
from typing import Any

import numpy as np
from django.utils import timezone

from sightline.cli.main import set_up_django
from tests.bench import invention

ITEMS = 200_000
BODIES = 40  # partners who tell
RESTRICTED = 0.05
AT_ONCE = 5_000
YEARS_BACK = 3
POINTS = bytes(1_200)  # about what the points of a series take, which a database must step over


def load() -> None:
    """This function will fill an empty data folder: the country, its series and ratings, and what was told of them."""
    from sightline.accounts.operator import operator
    from sightline.cli.migrate import count_roughly, ready_database
    from sightline.directory.operations import take_in
    from sightline.intake.contract import Parsed

    ready_database()
    now = timezone.now()
    take_in(by=operator(), at=now, parsed=Parsed("made_up", "A made-up country", records=invention.country()))
    subjects = _providers()
    _measure(subjects, now)
    _notice(subjects, now)
    _rate(subjects, now)
    _tell(subjects, now)
    count_roughly()


def _providers() -> list[uuid.UUID]:
    from sightline.directory.models import Subject

    known = dict(Subject.objects.values_list("key", "pk"))
    return [known[code] for code in invention.codes()]


def _measure(subjects: Sequence[uuid.UUID], now: datetime) -> None:
    """A series for each subject and known indicator, with nothing in its points: nobody reads them here."""
    from sightline.indicators.models import Series
    from sightline.indicators.queries import catalogue

    known = catalogue()
    months = invention.months_until(now.date() - timedelta(days=60))
    series = (
        Series(
            indicator=measured.id, subject_id=subject, source=measured.source, kind="month", first_on=months[0],
            last_on=months[-1 - place % 30], points=36, status="ok", variation="common_cause", worry=0, rule_set="made-up",
            screened=False, assessed_at=now, packed=POINTS,
        )
        for measured in invention.INDICATORS
        for place, subject in enumerate(subjects)
        if measured.id in known or measured.named
    )  # fmt: skip
    Series.objects.bulk_create(series, batch_size=AT_ONCE)


def _notice(subjects: Sequence[uuid.UUID], now: datetime) -> None:
    """A signal that stands for one in seven of the known series, as assessment would leave it."""
    from sightline.core.signals import Bearing, Side, SignalKind
    from sightline.indicators.models import Signal
    from sightline.indicators.queries import catalogue

    known = catalogue()
    months = invention.months_until(now.date() - timedelta(days=60))
    bearings = [Bearing.CONCERN.value, Bearing.IMPROVEMENT.value]
    signals = (
        Signal(
            subject_id=subject, measure=measured.id, kind=SignalKind.SPECIAL_CAUSE.value, bearing=bearings[place % 2],
            side=Side.HIGH.value, since=months[0], until=months[-1 - place % 30], periods=6, source=measured.source,
            raised_at=now, first_raised_at=now,
        )
        for number, measured in enumerate(invention.INDICATORS)
        for place, subject in enumerate(subjects)
        if measured.id in known and (number + place) % 7 == 0
    )  # fmt: skip
    Signal.objects.bulk_create(signals, batch_size=AT_ONCE)


def _rate(subjects: Sequence[uuid.UUID], now: datetime) -> None:
    from sightline.indicators.models import Publication, Rating

    keys = dict(zip(invention.codes(), subjects, strict=True))
    publication = Publication.objects.create(
        source="cqc_api",
        title="Made-up ratings",
        publisher="Nobody",
        sha256="0" * 64,
        recorded_at=now,
        recorded_by="bench",
    )
    rows = (
        Rating(
            subject_id=keys[one.code], about=one.about, rating=one.rating, published_on=one.published_on,
            publication=publication,
        )
        for one in invention.ratings(now.date())
    )  # fmt: skip
    Rating.objects.bulk_create(rows, batch_size=AT_ONCE)


def _tell(subjects: Sequence[uuid.UUID], now: datetime) -> None:
    from sightline.intelligence.models import About, Item, Sighting

    told = list(_told(subjects, now.date()))
    for first in range(0, ITEMS, AT_ONCE):
        some = told[first : first + AT_ONCE]
        Item.objects.bulk_create(Item(**one, recorded_at=now, recorded_by="bench") for one, _, _ in some)
        About.objects.bulk_create(About(item_id=one["id"], subject_id=subject) for one, subject, _ in some)
        Sighting.objects.bulk_create(
            Sighting(
                item_id=one["id"], subject_id=subject, row=row, counts=True,
                **{name: one[name] for name in ("quadrant", "origin", "bearing", "certainty", "heard_on", "system", "handling")},
            )
            for one, subject, rows in some
            for row in rows
        )  # fmt: skip


def _told(subjects: Sequence[uuid.UUID], today: date) -> Iterator[tuple[dict[str, Any], uuid.UUID, list[str]]]:
    """Each item's fields, its subject, and its rows of the matrix: one or two."""
    from sightline.core.signals import ROWS, Bearing, Quadrant

    rng = np.random.default_rng(invention.SEED)
    quadrants, bearings = list(Quadrant), list(Bearing)
    # Much is told of few: the squares of even chances lie close to nought.
    places = (rng.random(ITEMS) ** 2 * len(subjects)).astype(int)
    drawn = rng.integers(0, 1_000_000, (ITEMS, 6))
    for place, (row, quadrant, bearing, body, days, narrow) in zip(places.tolist(), drawn.tolist(), strict=True):
        handling = "restricted" if narrow < RESTRICTED * 1_000_000 else "members"
        fields = {
            "id": uuid.UUID(bytes=rng.bytes(16), version=4),
            "system": f"ZZS{body % invention.SYSTEMS:04}",
            "kind": "soft",
            "bearing": bearings[bearing % 3].value,
            "heard_on": today - timedelta(days=days % (YEARS_BACK * 365)),
            "quadrant": quadrants[2 + quadrant % 2].value,
            "origin": f"body:ZZB{body % BODIES:04}",
            "certainty": "fairly_sure",
            "handling": handling,
        }
        rows = {ROWS[row % 6].value, ROWS[row // 6 % 6].value}
        yield fields, subjects[place], sorted(rows)[: 1 + row % 2]


if __name__ == "__main__":
    set_up_django()
    begun = perf_counter()
    load()
    sys.stdout.write(json.dumps({"load_200k_items_seconds": perf_counter() - begun}))
