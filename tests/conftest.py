"""What every test shares: the database that was asked for, and nothing kept from one test to the next."""

from __future__ import annotations

import os
from collections.abc import Iterator

import hypothesis
import pytest
from django.core.cache import cache

from tests import settings as test_settings

# A busy machine is no fault of the code: properties are held against what they say, never against a clock.
hypothesis.settings.register_profile("house", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("house")
OF_DATABASE = {"db", "transactional_db", "django_db_setup", "django_db_blocker"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """This function will leave out, where PostgreSQL was asked for, what asks no database: SQLite showed all of it.

    Where no server could be started, it will skip, or under CI fail, what wants one.
    """
    if os.environ.get("SIGHTLINE_TEST_DATABASE") == "postgresql":
        config.hook.pytest_deselected(items=[item for item in items if not _asks_database(item)])
        items[:] = filter(_asks_database, items)
    missing = test_settings.POSTGRESQL_MISSING
    if not missing:
        return
    if os.environ.get("CI", "").lower() == "true":
        raise pytest.UsageError(missing)
    for item in filter(_asks_database, items):
        item.add_marker(pytest.mark.skip(reason=missing))


def _asks_database(item: pytest.Item) -> bool:
    return bool(item.get_closest_marker("django_db")) or not OF_DATABASE.isdisjoint(getattr(item, "fixturenames", ()))


@pytest.fixture(autouse=True)
def forget_cached() -> Iterator[None]:
    """This function will empty the cache, which counts attempts to sign in."""
    yield
    cache.clear()
