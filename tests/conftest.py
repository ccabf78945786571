"""What every test shares: the database that was asked for, and nothing kept from one test to the next."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import hypothesis
import pytest
from django.core.cache import cache

from tests import settings as test_settings

# A busy machine is no fault of the code: properties are held against what they say, never against a clock.
hypothesis.settings.register_profile("house", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("house")
PAGES = ("pages", "page")  # how the names of the files end that hold an app's pages to what they show
LONGEST = "test_sweep"  # begun first, so that no worker is left with it alone at the end
# Not pytest-django's blocker: every test has that one, to be kept from the database.
OF_DATABASE = {"db", "transactional_db", "django_db_setup"}


def pytest_configure(config: pytest.Config) -> None:
    """This function will name the mark by which a test says that PostgreSQL would tell nothing more."""
    config.addinivalue_line("markers", "sqlite_is_enough: is not shown on PostgreSQL again (TESTING.md says when)")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """This function will begin with the longest, and leave out on PostgreSQL what SQLite showed well enough.

    Where no server could be started, it will skip, or under CI fail, what wants one.
    """
    if os.environ.get("SIGHTLINE_TEST_DATABASE") == "postgresql":
        named = {Path(word.partition("::")[0]).resolve() for word in config.args}
        again = [_asks_database(item) and not (_is_shown(item) and item.path not in named) for item in items]
        config.hook.pytest_deselected(items=[item for item, is_asked in zip(items, again, strict=True) if not is_asked])
        items[:] = [item for item, is_asked in zip(items, again, strict=True) if is_asked]
    items.sort(key=lambda item: item.path.stem != LONGEST)
    missing = test_settings.POSTGRESQL_MISSING
    if not missing:
        return
    if os.environ.get("CI", "").lower() == "true":
        raise pytest.UsageError(missing)
    for item in filter(_asks_database, items):
        item.add_marker(pytest.mark.skip(reason=missing))


def pytest_collection_finish() -> None:
    """This function will spare the collector what lives to the end anyway: the house, its rules and every test.

    Looking through all of it again and again took a sixth of the time of a run.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


def _asks_database(item: pytest.Item) -> bool:
    return bool(item.get_closest_marker("django_db")) or not OF_DATABASE.isdisjoint(getattr(item, "fixturenames", ()))


def _is_shown(item: pytest.Item) -> bool:
    """Whether SQLite showed it well enough: pages, whose reads and writes are asked for themselves beside them.

    Each page is opened on PostgreSQL all the same, by those whom ``tests/security`` sends there.
    """
    return bool(item.get_closest_marker("sqlite_is_enough")) or item.path.stem.endswith(PAGES)


@pytest.fixture(autouse=True)
def forget_cached() -> Iterator[None]:
    """This function will empty the cache, which counts attempts to sign in."""
    yield
    cache.clear()


@pytest.fixture
def outside_transaction(monkeypatch: pytest.MonkeyPatch) -> None:
    """This function will have reads kept until anything changes, as where no transaction surrounds a request."""
    monkeypatch.setattr("sightline.audit.keeping.connection", SimpleNamespace(in_atomic_block=False))
