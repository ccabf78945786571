"""One demonstration, loaded once for all tests of this folder by the road of ``sightline demo``, and rolled back."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.test import override_settings

from sightline.accounts.models import Person
from sightline.cli.demo import load
from sightline.demonstration import PEOPLE, Part
from sightline.demonstration.geography import MAIN
from sightline.directory.models import Subject
from sightline.directory.queries import subjects_by_code
from sightline.triangulation.queries import Triangulated, picture_of
from tests.factories.house import made_once

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
TODAY = NOW.date()


class World:
    """The demonstration as its people see it."""

    def __init__(self, printed: str) -> None:
        self.printed = printed
        self._emails = {one.part: one.email for one in PEOPLE}

    def person(self, part: Part) -> Person:
        return Person.objects.get(email=self._emails[part])

    def subject(self, code: str) -> Subject:
        return subjects_by_code([code])[code]

    def picture(self, code: str, part: Part = Part.QUALITY_LEAD) -> Triangulated:
        return picture_of(self.person(part), TODAY, self.subject(code))


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Callable[[], str]]:
    """The house with the demonstration in it; what was printed to say that a file could not be used."""
    folder = tmp_path_factory.mktemp("house")
    settings = override_settings(DATA_DIR=folder, HOME_SYSTEM=MAIN.code, ANNEX_ON_SQLITE=True)
    with settings, time_machine.travel(NOW, tick=False):
        yield from made_once(django_db_blocker, _load)


def _load() -> Callable[[], str]:
    said = io.StringIO()
    with contextlib.redirect_stderr(said):
        load()
    return said.getvalue


@pytest.fixture
def world(db: None, loaded: Callable[[], str]) -> World:
    """This function will give the demonstration on the day after it was loaded."""
    return World(loaded())
