"""Measures a month of a nation: files of figures about 24,000 bodies taken in by the real road, and what they changed.

``python -m tests.bench.nation load`` fills an empty data folder named by SIGHTLINE_DATA_DIR with two years of figures
and has them assessed; ``month`` brings in the next month's files as ``sightline import`` does, then a file that corrects
that month for a few bodies, and prints one JSON object. Of a nation's hundred indicators only some are taken
(INDICATORS): each is read and assessed by itself, so that the whole takes so many times as long.
"""

from __future__ import annotations

import json
import sys
from datetime import date
from time import perf_counter, process_time
from typing import TYPE_CHECKING

import numpy as np
from django.utils import timezone

from sightline.accounts.operator import operator
from sightline.cli.main import set_up_django
from sightline.core.access import Actor
from sightline.directory.records import OrganisationRecord
from sightline.directory.words import Kind
from sightline.indicators.sources import tidy
from sightline.intake.contract import NamedIndicator, Observation, Parsed, PeriodKind

if TYPE_CHECKING:
    from sightline.indicators.operations import Arrived

BODIES, INDICATORS, CORRECTED = 24_000, 1, 50
MONTHS = 24
SEED = 2027
STORY = 0.08  # the share of series whose last months lie higher than before
TITLE = "Nation"


def codes() -> list[str]:
    """This function will give the codes of all bodies."""
    return [f"ZZY{number:05}" for number in range(BODIES)]


def names() -> list[str]:
    """This function will name the indicators."""
    return [f"nation-{number:03}" for number in range(1, INDICATORS + 1)]


def months() -> list[date]:
    """This function will give the first days of the months of history, and then that of the month that comes."""
    now = timezone.localdate()
    last = now.year * 12 + now.month - 1 - 2
    return [date(m // 12, m % 12 + 1, 1) for m in range(last - MONTHS, last + 1)]


def values_of(place: int) -> np.ndarray:
    """This function will invent an indicator: one row for each body, one column for each month, the newest last."""
    rng = np.random.default_rng([SEED, place])
    values = rng.uniform(45, 55, (BODIES, 1)) + rng.normal(0, 3, (BODIES, MONTHS + 1))
    values[rng.random(BODIES) < STORY, -8:] += 7.5
    return np.round(values, 2)


def load() -> dict[str, float]:
    """This function will fill an empty data folder."""
    from sightline.cli.migrate import count_roughly, ready_database
    from sightline.directory.operations import take_in
    from sightline.indicators.operations import Arrived, accept_publication, receive_files

    ready_database()
    by, now, days = operator(), timezone.now(), months()
    bodies = [OrganisationRecord(code, f"Made-up practice {code}", Kind.GP_PRACTICE) for code in codes()]
    take_in(by=by, at=now, parsed=Parsed("made_up", "A made-up nation", records=bodies))
    for place, name in enumerate(names()):
        values = values_of(place)
        rows = [
            Observation(name, code, day, PeriodKind.MONTH, value)
            for code, row in zip(codes(), values.tolist(), strict=True)
            for day, value in zip(days[:-1], row[:-1], strict=True)
        ]
        parsed = Parsed(
            source=tidy.NAME,
            title=TITLE,
            observations=rows,
            indicators=[NamedIndicator(name, f"Made-up {name}", direction="decrease")],
            published_on=days[-2],
            rows=len(rows),
        )
        delivery = receive_files(by=by, at=now, files=[Arrived(f"{name}.csv", name.encode())])[0]
        accept_publication(by=by, at=now, delivery=delivery, parsed=parsed, publisher="Nobody")
    begun = process_time()
    _confirm(by, Arrived("columns.csv", _file(codes()[:1], names(), days[-2])))
    count_roughly()
    return {"nation_first_assessment_processor_seconds": process_time() - begun}


def _confirm(by: Actor, file: Arrived) -> None:
    """Say what the columns are, once, by a file of one body; with it, all that was loaded is assessed."""
    from sightline.indicators.drop import work_through
    from sightline.indicators.operations import confirm_mapping, receive_files
    from sightline.indicators.queries import catalogue, received_file

    delivery = receive_files(by=by, at=timezone.now(), files=[file])[0]
    work_through(delivery.batch, by=by)
    delivery.refresh_from_db()
    mapping = tidy.guess_of(received_file(delivery))
    if mapping is None:
        raise SystemExit(f"Its columns were not guessed: {delivery.says}")
    known = catalogue()
    meant = [known[one.id] for one in mapping.indicators]
    confirm_mapping(by=by, at=timezone.now(), delivery=delivery, mapping=mapping, indicators=meant)
    work_through(delivery.batch, by=by)


def _file(bodies: list[str], indicators: list[str], day: date) -> bytes:
    """A tidy table of one month's figures, the indicators as the made-up nation numbers them."""
    place = {name: values_of(at)[:, months().index(day)].tolist() for at, name in enumerate(names())}
    rows = [
        f"{code},{day:%Y-%m},{name},{value}"
        for name in indicators
        for code, value in zip(bodies, place[name], strict=False)
    ]
    return "\n".join(["Practice code,Month,Indicator,Value", *rows]).encode()


def month() -> dict[str, float]:
    """This function will bring the newest month in, one file for each indicator, and then correct it for a few bodies."""
    from sightline.indicators.models import Series

    day = months()[-1]
    found = _brought("month", {f"{name}-{day:%Y-%m}.csv": _file(codes(), [name], day) for name in names()})
    if Series.objects.filter(indicator__in=names(), last_on=day).count() != BODIES * INDICATORS:
        raise SystemExit("Not every series reaches to the new month.")
    corrected = _file(codes()[:CORRECTED], names(), day).replace(b".", b"0.")  # ten times as high
    return found | _brought("correction", {"corrected.csv": corrected})


def _brought(what: str, contents: dict[str, bytes]) -> dict[str, float]:
    """Bring files in, and give what that took until all were taken in and until all was assessed."""
    from sightline.indicators.drop import Step, work_through
    from sightline.indicators.operations import Arrived, receive_files

    by, taken = operator(), 0.0

    def watch(step: Step) -> None:
        nonlocal taken
        if step.says == "assessing":
            taken = process_time()

    begun, own = perf_counter(), process_time()
    files = [Arrived(name, content) for name, content in contents.items()]
    deliveries = receive_files(by=by, at=timezone.now(), files=files)
    settled = work_through(deliveries[0].batch, by=by, watch=watch)
    seconds, ended = perf_counter() - begun, process_time()
    if any(one.state != "accepted" for one in settled):
        raise SystemExit(f"Not accepted: {[(one.file_name, one.state, one.says) for one in settled]}")
    figures = sum(content.count(b"\n") for content in contents.values())
    return {
        f"nation_{what}_figures": figures,
        f"nation_{what}_seconds": seconds,
        f"nation_{what}_processor_seconds": ended - own,
        f"nation_{what}_taking_in_processor_seconds": taken - own,
        f"nation_{what}_assessing_processor_seconds": ended - taken,
    }


if __name__ == "__main__":
    set_up_django()
    sys.stdout.write(json.dumps({"load": load, "month": month}[sys.argv[1]]()))
