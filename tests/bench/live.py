"""Measures the page of a meeting under way with forty people in it, each of whom has it open.

``python -m tests.bench.live`` makes the meeting in an empty data folder named by SIGHTLINE_DATA_DIR, measures, and
prints one JSON object: what one reader waits for after something was written, and for the answer that nothing was; and
what each of forty waits for who ask a server in a process of its own, as their pages do, while somebody keeps writing.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from itertools import cycle
from pathlib import Path
from statistics import median, quantiles
from threading import Thread
from time import monotonic, perf_counter, sleep
from typing import Any

os.environ["SIGHTLINE_HOSTS"] = "testserver,127.0.0.1"

from sightline.cli.main import set_up_django
from tests.bench.measuring import change, measured

PEOPLE, ITEMS = 40, 15
EVERY, LASTS, WRITES_EVERY = 5, 30, 6  # seconds: as the pages ask, how long it is watched, how often somebody writes
START = 60  # seconds that a server may take to begin


def measure() -> dict[str, float]:
    """This function will open a meeting of forty, and measure what its page answers to one after the other."""
    from django.urls import reverse
    from django.utils import timezone

    from sightline.cli.migrate import ready_database
    from tests.factories.accounts import signed_in
    from tests.factories.meetings_live import a_live_meeting, a_presence, opened

    ready_database()
    live = a_live_meeting(count=PEOPLE, items=ITEMS)
    opened(live, timezone.now())
    for name in live.people:
        a_presence(live, name)
    clients = [signed_in(one) for one in live.people.values()]
    path = reverse("meeting_live", args=[live.meeting.pk])
    next_client = cycle(clients).__next__
    return {
        **measured("live_page", lambda: _got(next_client(), path, 200), before=change),
        **measured("live_page_still_stands", _still(clients[0], path)),
        **_room(path, [one.cookies["session"].value for one in clients]),
    }


def _room(path: str, sessions: list[str]) -> dict[str, float]:
    """Forty readers, each with a connection that stays open, who begin spread over five seconds and ask every five."""
    waits: dict[int, list[float]] = {200: [], 304: []}
    with _served() as (port, worked):
        _of_server(port, path, sessions[0])  # what a process does once
        before, ends = worked(), monotonic() + LASTS
        readers = [
            Thread(target=_reads, args=(port, path, one, place * EVERY / len(sessions), ends, waits))
            for place, one in enumerate(sessions)
        ]
        for one in readers:
            one.start()
        while monotonic() < ends:
            sleep(WRITES_EVERY)
            change(on="somebody")
        for one in readers:
            one.join()
        processor = worked() - before
    every = waits[200] + waits[304]
    if len(every) < PEOPLE * (LASTS // EVERY - 1) // 2 or not all(map(len, waits.values())):
        raise SystemExit(f"Forty readers were answered {len(every)} times only")
    return {
        "live_room_answers": float(len(every)),
        "live_room_ms": median(every) * 1000,
        "live_room_95_in_100_ms": quantiles(every, n=20)[-1] * 1000,
        "live_room_page_ms": median(waits[200]) * 1000,
        "live_room_page_95_in_100_ms": quantiles(waits[200], n=20)[-1] * 1000,
        "live_room_processor_ms": processor / len(every) * 1000,
        "live_room_processor_in_100": processor / LASTS * 100,
    }


def _reads(port: int, path: str, session: str, after: float, ends: float, waits: dict[int, list[float]]) -> None:
    """One reader; waits longer than five seconds are waited for, as the page does, and counted whole."""
    sleep(after)
    line, stamp = HTTPConnection("127.0.0.1", port, timeout=START), ""
    while (begun := perf_counter()) and monotonic() < ends:
        line.request("GET", path, headers={"Cookie": f"session={session}", "If-None-Match": stamp})
        answer = line.getresponse()
        answer.read()
        waits[answer.status].append(perf_counter() - begun)
        stamp = answer.headers.get("ETag", stamp)
        sleep(max(0.0, EVERY - (perf_counter() - begun)))
    line.close()


@contextmanager
def _served() -> Iterator[tuple[int, Callable[[], float]]]:
    """A server as ``sightline serve`` runs it; gives its port, and how much processor time its processes took so far."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "sightline", "serve", "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        ends = monotonic() + START
        while not _answers(port):
            if monotonic() > ends or server.poll() is not None:
                raise SystemExit("The server did not begin")
            sleep(0.2)
        yield port, lambda: _worked(server.pid)
    finally:
        server.terminate()
        server.wait(START)


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _of_server(port: int, path: str, session: str) -> None:
    line = HTTPConnection("127.0.0.1", port, timeout=START)
    line.request("GET", path, headers={"Cookie": f"session={session}"})
    answer = line.getresponse()
    if answer.status != 200 or not answer.read():
        raise SystemExit(f"{path} answered {answer.status}")
    line.close()


def _worked(process: int) -> float:
    """Seconds of the processor that a process and those below it took; nothing where the machine does not tell (no /proc)."""
    found, left = 0, [process]
    while left:
        folder = Path(f"/proc/{left.pop()}")
        if not folder.exists():
            continue
        told = (folder / "stat").read_text().rpartition(")")[2].split()
        found += int(told[11]) + int(told[12])
        for task in (folder / "task").iterdir():
            left += [int(one) for one in (task / "children").read_text().split()]
    return found / os.sysconf("SC_CLK_TCK")


def _got(client: Any, path: str, status: int, stamp: str = "") -> Any:
    answer = client.get(path, headers={"If-None-Match": stamp} if stamp else {})
    if answer.status_code != status:
        raise SystemExit(f"{path} answered {answer.status_code}")
    return answer


def _still(client: Any, path: str) -> Callable[[], object]:
    """Ask as a page does that has just been read; it is read anew where a minute passed in between."""
    stamp = _got(client, path, 200)["ETag"]

    def act() -> object:
        nonlocal stamp
        answer = client.get(path, headers={"If-None-Match": stamp})
        stamp = answer.get("ETag", stamp)
        return answer

    return act


if __name__ == "__main__":
    set_up_django()
    sys.stdout.write(json.dumps(measure()) + "\n")
