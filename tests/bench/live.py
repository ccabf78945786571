"""Measures the page of a meeting under way with forty people in it, each of whom has it open.

``python -m tests.bench.live`` makes the meeting in an empty data folder named by SIGHTLINE_DATA_DIR, measures, and
prints one JSON object: what one reader waits for after something was written, and for the answer that nothing was.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from itertools import cycle
from typing import Any

os.environ["SIGHTLINE_HOSTS"] = "testserver"

from sightline.cli.main import set_up_django
from tests.bench.measuring import change, measured

PEOPLE, ITEMS = 40, 15


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
    }


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
