"""What the measures of pages share: medians of several rounds, and what happens between two readers."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from time import perf_counter, process_time
from typing import Any

ROUNDS = 5


def measured(name: str, act: Callable[[], object], before: Callable[[], object] = lambda: None) -> dict[str, float]:
    """This function will give two medians of several rounds, in milliseconds, after one that warms up.

    That is by the clock, and in the processor's own time, which a busy machine does not stretch.
    """
    from django.db import connections

    act()
    waited, worked = [], []
    for _ in range(ROUNDS):
        before()
        connections.close_all()
        begun, own = perf_counter(), process_time()
        act()
        waited.append(perf_counter() - begun)
        worked.append(process_time() - own)
    return {f"{name}_ms": median(waited) * 1000, f"{name}_processor_ms": median(worked) * 1000}


def visit(client: Any, address: str) -> Callable[[], None]:
    """This function will make the act of reading a page; whoever does not get it has nothing to measure."""

    def act() -> None:
        answer = client.get(address)
        if answer.status_code != 200:
            raise SystemExit(f"{address} answered {answer.status_code}")

    return act


def change(verb: str = "bench", on: str = "") -> None:
    """This function will write one more event, after which whatever it may have changed is read anew."""
    from django.db import transaction
    from django.utils import timezone

    from sightline.audit.operation import append

    with transaction.atomic():
        append(system="bench", at=timezone.now(), actor="bench", verb=verb, on_kind="", on_id=on, facts={})
