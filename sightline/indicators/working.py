"""Work that a page asked for and nobody waits for: a drop worked through in a thread of this process.

A process that is killed in the middle loses nothing: what was settled is settled, the rest still waits in the
database, and the drop's page offers to take it up again.
"""

from __future__ import annotations

import logging
import threading
import uuid

from django.db import close_old_connections, connection

from sightline.core.access import Actor
from sightline.indicators.drop import work_through
from sightline.indicators.models import Delivery
from sightline.indicators.queries import received_file, tidy_table
from sightline.intake.contract import Table

_log = logging.getLogger(__name__)
_running: set[uuid.UUID] = set()
_guard = threading.Lock()
_one_at_a_time = threading.Lock()  # two drops at once would only wait for each other at the database


def start(batch: uuid.UUID, by: Actor) -> None:
    """This function will begin to work through a drop, unless that is under way already."""
    with _guard:
        if batch in _running:
            return
        _running.add(batch)
    threading.Thread(target=_work, args=(batch, by), name=f"drop-{batch}", daemon=True).start()


def is_running(batch: uuid.UUID) -> bool:
    """This function will say whether a drop is being worked through in this process."""
    return batch in _running


def _work(batch: uuid.UUID, by: Actor) -> None:
    try:
        with _one_at_a_time:
            close_old_connections()
            work_through(batch, by=by)
    except Exception:
        _log.exception("A drop stopped in the middle; its page offers to take it up again.")
    finally:
        with _guard:
            _running.discard(batch)
        connection.close()


def table_of(delivery: Delivery) -> Table:
    """This function will read the table of a file that waits for its columns to be confirmed."""
    return tidy_table(received_file(delivery))
