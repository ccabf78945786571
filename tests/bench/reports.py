"""Measures reports: one of thirty pages gathered, shown and taken as each file, and twenty charts in data packs.

``python -m tests.bench.reports`` makes a group with its log, and figures of its trusts, in an empty data folder named by
SIGHTLINE_DATA_DIR, measures, and prints one JSON object. Nothing that was set before is kept.
"""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable
from datetime import date, timedelta
from statistics import median
from time import perf_counter
from typing import Any
from uuid import uuid4

os.environ["SIGHTLINE_HOSTS"] = "testserver"

from sightline.cli.main import set_up_django
from tests.bench.measuring import ROUNDS, measured, visit

ACTIONS, BODIES, PAGES = 120, 20, 30
CHARTS, PACKS = 10, 2  # in each data pack, and how many of them a meeting has
MONTHS = 36
SAID = "Two wards still have nights with one nurse, and families say that calls go unanswered for longer than an hour. "


def measure() -> dict[str, float]:
    """This function will make what there is to tell, and measure what its keepers and readers ask for."""
    from sightline.cli.migrate import ready_database
    from tests.factories.accounts import a_person
    from tests.factories.actions import Log
    from tests.factories.meetings_live import a_live_meeting

    ready_database()
    live = a_live_meeting()
    bodies = _bodies(live.world)
    log = Log(live.world, live.group, live.people["icb"], a_person(display_name="Una Unseated"))
    return {**_report(log), **_data_packs(live, bodies)}


def _report(log: Any) -> dict[str, float]:
    """A report of what the group agreed and of what was written, gathered, and taken in every form."""
    from django.urls import reverse
    from django.utils import timezone
    from pypdf import PdfReader

    from sightline.reports import operations
    from sightline.reports.models import ReportLine
    from sightline.web.typesetting import _set
    from tests.factories.accounts import signed_in
    from tests.factories.reports import begun, frozen, wrote

    today, secretary = timezone.localdate(), log.world.secretary
    _actions(log, today)
    report = begun(log, begins_on=today - timedelta(days=90), ends_on=today)
    gathered = measured(
        "report_gather", lambda: operations.gather_again(by=secretary, at=timezone.now(), report=report)
    )
    for section in ("concerns", "good-practice", "needs"):
        wrote(log, report, section, "\n".join([SAID * 4] * 72))
    frozen(log, report)
    client, path = signed_in(secretary), [report.pk, 1]
    first = _sent(client, reverse("report_pdf", args=path))
    pages = len(PdfReader(io.BytesIO(first)).pages)
    if pages < PAGES:
        raise SystemExit(f"The report has {pages} pages, and {PAGES} were to be measured")
    lines = ReportLine.objects.filter(gathering=report.gatherings.last()).count()
    figures = {"report_lines": float(lines), "report_pages": float(pages), **gathered}
    for name in ("pdf", "word", "xlsx", "csv"):
        figures |= _timed(f"report_{name}", client, reverse(f"report_{name}", args=path), _set.cache_clear)
    figures |= measured("report_page", visit(client, reverse("report_version", args=path)))
    return figures | measured("report_draft_page", visit(client, reverse("report", args=[report.pk])))


def _data_packs(live: Any, bodies: list[Any]) -> dict[str, float]:
    """Twenty charts in two data packs of one meeting, made, and set in one PDF with everything else of the pack."""
    from django.urls import reverse
    from django.utils import timezone
    from pypdf import PdfReader

    from sightline.indicators.models import Series
    from sightline.meetings import operations
    from sightline.meetings.giving import PaperSays
    from sightline.meetings.words import PaperFor
    from sightline.web.typesetting import _set
    from tests.factories.accounts import signed_in
    from tests.factories.indicators import SICKNESS, dropped, sickness, usual, worsening

    said = {body.code: (worsening if place % 2 else usual)(MONTHS) for place, body in enumerate(bodies)}
    dropped(sickness(said, first=date(2023, 1, 1)))
    series = list(Series.objects.filter(indicator=SICKNESS, subject__organisation__in=bodies).order_by("subject__name"))
    if len(series) < CHARTS * PACKS:
        raise SystemExit(f"There are {len(series)} series, and {CHARTS * PACKS} were to be drawn")

    def made(number: int) -> object:
        some = series[number * CHARTS : (number + 1) * CHARTS]
        says = PaperSays("Data pack", PaperFor.INFORMATION)
        return operations.make_data_pack(
            by=live.secretary, at=timezone.now(), item=live.items[number], series=some, says=says, form_key=uuid4()
        )

    took = []
    for number in range(PACKS):
        begun = perf_counter()
        made(number)
        took.append(perf_counter() - begun)
    client, path = signed_in(live.secretary), reverse("pack_pdf", args=[live.meeting.pk])
    pages = len(PdfReader(io.BytesIO(_sent(client, path))).pages)
    return {
        "data_pack_made_ms": median(took) * 1000,
        "data_packs_pages": float(pages),
        **_timed("data_packs_pdf", client, path, _set.cache_clear),
        **measured("data_packs_page", visit(client, reverse("pack", args=[live.meeting.pk]))),
    }


def _bodies(world: Any) -> list[Any]:
    """Trusts within the board of the world, each with figures of its own."""
    from sightline.directory.words import Link
    from tests.factories.directory import a_relation, an_organisation

    made = [an_organisation(f"ZQ{number}", f"Lantern Trust {number}") for number in range(BODIES)]
    for one in made:
        a_relation(one, Link.PART_OF, world.board)
    return made


def _actions(log: Any, today: date) -> None:
    """Actions that the group agreed in the period, each as long as people write them."""
    from tests.factories.actions import a_stated, an_action

    for number in range(ACTIONS):
        stated = a_stated(resolution=f"{number}. {SAID}The rota of every ward is to show two nurses from ten at night.")
        an_action(log, stated=stated, due_on=today + timedelta(days=30))


def _timed(name: str, client: Any, path: str, before: Callable[[], object]) -> dict[str, float]:
    """Two medians of several rounds, in seconds: by the clock, and of the processor with the processes that were begun."""
    waited, worked = [], []
    for _ in range(ROUNDS):
        before()
        begun, own = perf_counter(), sum(os.times()[:4])
        _sent(client, path)
        waited.append(perf_counter() - begun)
        worked.append(sum(os.times()[:4]) - own)
    return {f"{name}_seconds": median(waited), f"{name}_processor_seconds": median(worked)}


def _sent(client: Any, path: str) -> bytes:
    answer = client.post(path)
    if answer.status_code != 200:
        raise SystemExit(f"{path} answered {answer.status_code}")
    return bytes(answer.content)


if __name__ == "__main__":
    set_up_django()
    sys.stdout.write(json.dumps(measure()) + "\n")
