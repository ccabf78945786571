"""What the security tests share: the cast in its world, and quiet logs, as they are turned away thousands of times."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from sightline.accounts.models import Person
from tests.factories.house import made_once
from tests.security.personas import Cast, make_cast
from tests.security.world import WORLD

NOON = timezone.localtime().replace(hour=12)
"""The middle of the day on which these files were read: what they say of today holds, however long a run takes."""


@pytest.fixture(autouse=True, scope="module")
def one_day() -> Iterator[None]:
    """This function will keep midnight out of a file of tests, so that the day of its forms is that of its world."""
    with time_machine.travel(NOON, tick=True):
        yield


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


@pytest.fixture(scope="module")
def built(one_day: None, django_db_setup: None, django_db_blocker: Any) -> Iterator[Cast]:
    """This function will make everybody and their world once for a file of tests, in a transaction around them all."""
    yield from made_once(django_db_blocker, make_world)


@pytest.fixture
def cast(built: Cast, db: None) -> Cast:
    """This function will give everybody as they were made: what a test changes is undone with its own transaction."""
    people = Person.objects.in_bulk([one.pk for one in built.people.values()])
    return Cast({name: people[one.pk] for name, one in built.people.items()}, {}, deepcopy(built.records))


def make_world() -> Cast:
    """This function will make everybody, and the world in which they live."""
    cast = make_cast()
    for build in WORLD:
        build(cast)
    return cast
