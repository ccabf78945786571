"""The database knows how its tables are filled once much has come in, so that it plans its reads by what is there."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection

from sightline.cli import assess, import_, migrate
from sightline.cli.migrate import count_roughly
from sightline.directory.models import Subject
from tests.factories.directory import an_organisation
from tests.factories.indicators import sickness, usual

TABLE = Subject._meta.db_table


@pytest.fixture(autouse=True)
def ready(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """This function will spare each command the look at its migrations, which the test database has had."""
    monkeypatch.setattr("sightline.cli.migrate.ready_database", lambda: None)


def known_rows() -> int:
    """This function will say how many subjects the database takes there to be."""
    if connection.vendor == "postgresql":
        return int(_one(f"SELECT reltuples FROM pg_class WHERE relname = '{TABLE}'"))
    is_there = _one("SELECT count(*) FROM sqlite_master WHERE name = 'sqlite_stat1'")
    rows = _one(f"SELECT max(stat) FROM sqlite_stat1 WHERE tbl = '{TABLE}'") if is_there else None
    return int(str(rows).split()[0]) if rows else 0


def _one(sql: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


def _run(command: Any, *words: str) -> None:
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    assert command.handle(parser.parse_args(list(words))) == 0


def _migrated(_: Path) -> None:
    _run(migrate)


def _assessed(_: Path) -> None:
    _run(assess)


def _imported(folder: Path) -> None:
    file = sickness({"ZR1": usual(24)})
    (folder / file.name).write_bytes(file.content)
    _run(import_, str(folder / file.name), "--quiet")


@pytest.mark.parametrize("command", [_migrated, _assessed, _imported])
def test_each_command_that_fills_the_database_lets_it_look(command: Callable[[Path], None], tmp_path: Path) -> None:
    for number in range(7):
        an_organisation(f"ZR{number}")
    before = known_rows()
    command(tmp_path)
    if connection.vendor == "sqlite":
        assert known_rows() >= 7 > before
    else:  # inside a transaction, as tests are, PostgreSQL is not asked to look
        assert known_rows() == before


def test_where_somebody_writes_meanwhile_nothing_is_spoiled() -> None:
    def busy(*_: Any) -> None:
        raise OperationalError("database is locked")

    with connection.execute_wrapper(busy):
        count_roughly()
    an_organisation("ZR1")
    assert Subject.objects.filter(key="ZR1").exists()
