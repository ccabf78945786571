"""Measures packs: one of sixty pages as a PDF, the same for thirty readers, and the page on which each reads theirs.

``python -m tests.bench.packs`` makes a meeting of a group of thirty in an empty data folder named by SIGHTLINE_DATA_DIR,
measures, and prints one JSON object. Nothing that was set before is kept: the first of the thirty is set anew.
"""

from __future__ import annotations

import io
import json
import os
import sys
from time import perf_counter
from typing import Any
from uuid import uuid4

os.environ["SIGHTLINE_HOSTS"] = "testserver"

from sightline.cli.main import set_up_django
from tests.bench.measuring import measured, visit

READERS, ITEMS, PAGES = 30, 15, 60
SAID = "Two wards still have nights with one nurse, and families say that calls go unanswered for longer than an hour."


def measure() -> dict[str, float]:
    """This function will make the meeting and measure what its readers ask for."""
    from django.urls import reverse
    from pypdf import PdfReader

    from sightline.cli.migrate import ready_database
    from sightline.web.typesetting import _set
    from tests.factories.accounts import signed_in
    from tests.factories.meetings_live import a_live_meeting

    ready_database()
    live = a_live_meeting(count=READERS, items=ITEMS)
    for item in live.items:
        _paper(item)
    clients = [signed_in(one) for one in live.people.values()]
    path = reverse("pack_pdf", args=[live.meeting.pk])
    clients[0].post(path)
    _set.cache_clear()
    begun = perf_counter()
    first = _sent(clients[0], path)
    one = perf_counter() - begun
    pages = len(PdfReader(io.BytesIO(first)).pages)
    if pages < PAGES:
        raise SystemExit(f"The pack has {pages} pages, and {PAGES} were to be measured")
    _set.cache_clear()
    begun, own = perf_counter(), _worked()
    for client in clients:
        _sent(client, path)
    every, worked = perf_counter() - begun, _worked() - own
    page = measured("pack_page", visit(clients[0], reverse("pack", args=[live.meeting.pk])))
    return {
        "pack_pages": float(pages),
        "pack_pdf_seconds": one,
        "packs_of_30_seconds": every * READERS / len(clients),
        "packs_of_30_processor_seconds": worked * READERS / len(clients),
        **page,
    }


def _worked() -> float:
    """Seconds of the processor, of this process and of those that it began and that ended."""
    return sum(os.times()[:4])


def _paper(item: Any) -> None:
    """A paper made from the record that fills some four pages."""
    from sightline.meetings.models import Paper, PaperRecord, PaperVersion
    from sightline.meetings.words import PaperFor
    from tests.factories.meetings_live import MADE

    paper = Paper.objects.create(item=item, place=1, **MADE)
    version = PaperVersion.objects.create(
        paper=paper, number=1, title="What the record holds", purpose=PaperFor.INFORMATION.value, sha256="x",
        form_key=uuid4(), **MADE,
    )  # fmt: skip
    sections = [
        {"heading": f"Part {number}", "lines": [f"{place}. {SAID}" for place in range(30)], "none": ""}
        for number in range(4)
    ]
    PaperRecord.objects.create(version=version, as_of=MADE["recorded_at"], content={"sections": sections}, **MADE)


def _sent(client: Any, path: str) -> bytes:
    answer = client.post(path)
    if answer.status_code != 200:
        raise SystemExit(f"{path} answered {answer.status_code}")
    return bytes(answer.content)


if __name__ == "__main__":
    set_up_django()
    sys.stdout.write(json.dumps(measure()) + "\n")
