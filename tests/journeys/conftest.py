"""What journeys share: one served demonstration for the run, one browser for each file, and a watch on every page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.journeys import chromium, server
from tests.journeys.house import House
from tests.journeys.looking import Looker

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """This function will mark everything beneath this folder as a journey, which is walked again where it fails once."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.journey)
            item.add_marker(pytest.mark.flaky(reruns=1))  # a browser on a busy machine is late now and then


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """This function will give a folder that every worker of the run has in common."""
    base = tmp_path_factory.getbasetemp()
    return (base if worker_id == "master" else base.parent) / "journeys"


@pytest.fixture(scope="session")
def address(shared: Path) -> Iterator[str]:
    """This function will give the address of the demonstration."""
    chromium.find_chromium()  # without it nothing needs to be loaded
    yield server.join(shared)
    server.leave(shared)


# For each file, not for the session: while Playwright runs, Django takes the thread for an event loop and refuses
# the database to the tests of other folders that come later in the same process.
@pytest.fixture(scope="module")
def browser(address: str) -> Iterator[Browser]:
    """This function will give a browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find_chromium(), args=list(chromium.ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture
def house(address: str, browser: Browser, shared: Path) -> Iterator[House]:
    """This function will give the house, and fail afterwards if any page of the journey misbehaved."""
    with ExitStack() as visits:
        house = House(address, browser, shared, visits)
        yield house
    found = [words for watch in house.watches for words in watch.found]
    assert not found, "\n".join(found)


@pytest.fixture(scope="session")
def looker() -> Looker:
    """This function will give whoever looks at pages for all readers."""
    return Looker(chromium.read_axe())
