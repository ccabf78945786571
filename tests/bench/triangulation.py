"""Measures what is read across sources in the folder that ``tests.bench.telling`` filled: pictures and blind spots.

``python -m tests.bench.triangulation`` prints one JSON object. What has a goal is measured twice: as whoever comes first
after a change finds it, when everything is counted anew, and as all later readers do.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from statistics import median
from time import perf_counter, process_time
from typing import Any

os.environ["SIGHTLINE_HOSTS"] = "testserver"

from sightline.cli.main import set_up_django

ROUNDS = 5
AREA = "ZZS0007"


def measure() -> dict[str, float]:
    """This function will measure the pages that lay sources side by side."""
    from django.db.models import Count

    from sightline.intelligence.models import About

    client = _signed_in()
    told = About.objects.values("subject").annotate(items=Count("pk")).order_by("-items", "subject")
    most, middle = told[0]["subject"], told[len(told) // 2]["subject"]
    pages = {
        "picture_of_most_told": f"/subjects/{most}/picture/",
        "picture": f"/subjects/{middle}/picture/",
        "blind_spots": "/blind-spots/?area=",
        "blind_spots_of_row": "/blind-spots/?area=&row=safe",
        "proposals_of_area": f"/proposals/?area={AREA}",
    }
    figures: dict[str, float] = {}
    for name, address in pages.items():
        figures |= _measured(client, f"triangulation_{name}", address, _nothing)
    for name in ("picture", "blind_spots", "proposals_of_area"):
        figures |= _measured(client, f"triangulation_{name}_anew", pages[name], _change)
    return figures


def _signed_in() -> Any:
    from sightline.accounts.models import Person
    from sightline.core.access import Role
    from tests.factories.accounts import a_person, signed_in

    email = "bench@example.org"
    return signed_in(Person.objects.filter(email=email).first() or a_person(Role.MEMBER, email=email))


def _measured(client: Any, name: str, address: str, before: Callable[[], None]) -> dict[str, float]:
    from django.db import connections

    client.get(address)  # warms up
    waited, worked = [], []
    for _ in range(ROUNDS):
        before()
        connections.close_all()
        begun, own = perf_counter(), process_time()
        answer = client.get(address)
        waited.append(perf_counter() - begun)
        worked.append(process_time() - own)
        if answer.status_code != 200:
            raise SystemExit(f"{address} answered {answer.status_code}")
    return {f"{name}_ms": median(waited) * 1000, f"{name}_processor_ms": median(worked) * 1000}


def _nothing() -> None:
    """Nobody does anything between two readers."""


def _change() -> None:
    """One more event, after which whatever was kept is read anew."""
    from django.db import transaction
    from django.utils import timezone

    from sightline.audit.operation import append

    with transaction.atomic():
        append(system="bench", at=timezone.now(), actor="bench", verb="bench", on_kind="", on_id="", facts={})


if __name__ == "__main__":
    set_up_django()
    sys.stdout.write(json.dumps(measure()))
