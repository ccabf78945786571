"""What the security tests share: the cast in its world, and quiet logs, as they are turned away thousands of times."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from tests.security.examples import WORLD
from tests.security.personas import Cast, make_cast


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """This function will keep the log of refused requests out of a failure's report."""
    log = logging.getLogger("django.request")
    before = log.level
    log.setLevel(logging.CRITICAL)
    yield
    log.setLevel(before)


@pytest.fixture(autouse=True)
def no_work_in_the_background(monkeypatch: pytest.MonkeyPatch) -> None:
    """This function will keep a dropped file from being worked through in a thread that outlives the request."""
    monkeypatch.setattr("sightline.indicators.working.start", lambda batch, by: None)


@pytest.fixture
def cast() -> Cast:
    """This function will make everybody, and the world in which they live."""
    cast = make_cast()
    for build in WORLD:
        build(cast)
    return cast
