"""What these tests share: an empty house to begin with, and reads that are kept as on the server."""

import pytest

from tests.factories.house import clock, folder, house
from tests.factories.readers import Cast, a_cast

__all__ = ["cast", "clock", "folder", "house"]


@pytest.fixture
def cast(house: None) -> Cast:
    """This function will make one body, and everybody who might read about it."""
    return a_cast()
