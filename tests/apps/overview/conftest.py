"""What these tests share: an empty house to begin with, and reads that are kept as on the server."""

from types import SimpleNamespace

import pytest

from tests.factories.house import clock, folder, house
from tests.factories.readers import Cast, a_cast

__all__ = ["cast", "clock", "folder", "house", "outside_transaction"]


@pytest.fixture
def cast(house: None) -> Cast:
    """This function will make one body, and everybody who might read about it."""
    return a_cast()


@pytest.fixture
def outside_transaction(monkeypatch: pytest.MonkeyPatch) -> None:
    """This function will have reads kept until anything changes, as where no transaction surrounds a request."""
    monkeypatch.setattr("sightline.audit.keeping.connection", SimpleNamespace(in_atomic_block=False))
