"""Loads the made-up country into the data folder named by SIGHTLINE_DATA_DIR, by the operations of real files.

``python -m tests.bench.world`` takes in the organisations and three yearly publications of each indicator, as they
would come over the years, and assesses nothing: ``sightline assess`` does that, and is measured by itself.
"""

from __future__ import annotations

import json
import sys
from datetime import date, datetime
from time import perf_counter

from django.utils import timezone

from sightline.accounts.operator import operator
from sightline.cli.main import set_up_django
from sightline.intake.contract import Parsed
from tests.bench import invention

A_YEAR = 12


def load() -> None:
    """This function will fill an empty data folder."""
    from sightline.cli.migrate import ready_database
    from sightline.directory.operations import take_in

    ready_database()
    by, now = operator(), timezone.now()
    take_in(by=by, at=now, parsed=Parsed("made_up", "A made-up country", records=invention.country()))
    months = invention.months_until(_last_month(now))
    for place, indicator in enumerate(invention.INDICATORS):
        values = invention.values_of(indicator, place)
        for first in range(0, len(months), A_YEAR):
            span = months[first : first + A_YEAR]
            rows = invention.observations(indicator, values, span, first)
            _accept(
                Parsed(
                    source=indicator.source,
                    title=f"{indicator.id}, {span[0]:%B %Y} to {span[-1]:%B %Y}",
                    observations=rows,
                    indicators=[indicator.named] if indicator.named else [],
                    published_on=span[-1],
                    rows=len(rows),
                )
            )
    _accept(Parsed("cqc_api", "Ratings", ratings=invention.ratings(months[-1]), published_on=months[-1]))


def _accept(parsed: Parsed) -> None:
    """Take in what a file would have said, as though it had just been read."""
    from sightline.indicators.operations import Arrived, accept_publication, receive_files

    by, now = operator(), timezone.now()
    delivery = receive_files(by=by, at=now, files=[Arrived(f"{parsed.title}.csv", parsed.title.encode())])[0]
    accept_publication(by=by, at=now, delivery=delivery, parsed=parsed, publisher="Nobody")


def _last_month(now: datetime) -> date:
    """The month before last: the newest that is usually out."""
    number = now.year * 12 + now.month - 1 - 2
    return date(number // 12, number % 12 + 1, 1)


if __name__ == "__main__":
    set_up_django()
    begun = perf_counter()
    load()
    sys.stdout.write(json.dumps({"load_100k_seconds": perf_counter() - begun}))
