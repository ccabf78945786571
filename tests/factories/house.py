"""An empty house for tests: a data folder of its own, and a clock that stands still."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest
import time_machine
from django.db import connection, transaction
from django.test import override_settings

from tests.factories.indicators import NOW

Made = TypeVar("Made")


def made_once(django_db_blocker: Any, make: Callable[[], Made]) -> Iterator[Made]:
    """What one test changes is undone with its own transaction inside.

    PostgreSQL looks at foreign keys late, and would look at all of these again at the end of each test: here it is done
    once for all.
    This function will keep what several tests read in one transaction around them all, and take it out at its end.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        made = make()
        connection.check_constraints()
        yield made
        transaction.set_rollback(True)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """This function will give an empty data folder."""
    with override_settings(DATA_DIR=tmp_path):
        yield tmp_path


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """This function will stop the clock on a day that the invented figures fit."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def house(db: None, folder: Path, clock: time_machine.Traveller) -> Path:
    """This function will make an empty house: a database, a data folder, a day."""
    return folder
