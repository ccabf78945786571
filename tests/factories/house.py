"""An empty house for tests: a data folder of its own, and a clock that stands still."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from django.test import override_settings

from tests.factories.indicators import NOW


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
