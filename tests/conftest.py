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
NEEDS_DATABASE = ("django_db",)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """This function will skip, or under CI fail, what wants a PostgreSQL that could not be started."""
    missing = test_settings.POSTGRESQL_MISSING
    if not missing:
        return
    if os.environ.get("CI", "").lower() == "true":
        raise pytest.UsageError(missing)
    for item in items:
        if any(item.get_closest_marker(name) for name in NEEDS_DATABASE):
            item.add_marker(pytest.mark.skip(reason=missing))


@pytest.fixture(autouse=True)
def forget_cached() -> Iterator[None]:
    """This function will empty the cache, which counts attempts to sign in."""
    yield
    cache.clear()
