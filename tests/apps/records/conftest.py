"""What these tests share: an empty house to begin with, and the log of a group."""

from __future__ import annotations

import pytest

from tests.factories.actions import Log, a_log
from tests.factories.house import clock, folder, house

__all__ = ["clock", "folder", "house"]


@pytest.fixture
def log(house: None) -> Log:
    """This function will make a group with its log, and the world around it."""
    return a_log()
