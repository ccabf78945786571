"""What these tests share: an empty house to begin with, and both sides of one provider."""

from __future__ import annotations

import pytest

from tests.factories.house import clock, folder, house
from tests.factories.profiles import Two, two_sides

__all__ = ["clock", "folder", "house", "two"]


@pytest.fixture
def two(house: None) -> Two:
    """This function will make a provider, and the people of both sides."""
    return two_sides()
