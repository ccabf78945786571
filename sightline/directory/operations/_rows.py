"""Adds tens of thousands of records at once: bulk_create spends most of its time on SQL that never differs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, models

_AT_ONCE = 500  # rows in one statement: one by one is slow on PostgreSQL, and SQLite takes 32,766 values at most


def add_rows(records: Sequence[models.Model]) -> None:
    """This function will insert new records of one model; those with a counted key are not told theirs."""
    if not records:
        return
    connection = connections[DEFAULT_DB_ALIAS]  # the proxy that is usually imported is slow to look through
    meta = records[0]._meta
    fields = [field for field in meta.concrete_fields if not isinstance(field, models.AutoField)]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    prepared: dict[tuple[int, Any], Any] = {}

    def prepare(at: int, value: Any) -> Any:
        """Days and moments are few and come again and again; texts need no preparing."""
        if value is None or type(value) is str:
            return value
        if (at, value) not in prepared:
            plain = str(value) if isinstance(value, str) else value  # a word of ours is a text to the driver
            prepared[(at, value)] = fields[at].get_db_prep_save(plain, connection)
        return prepared[(at, value)]

    names = list(enumerate(field.attname for field in fields))
    rows = [tuple([prepare(at, getattr(record, name)) for at, name in names]) for record in records]
    into = f"INSERT INTO {quote(meta.db_table)} ({columns}) VALUES "  # noqa: S608 - names of our own models
    with connection.cursor() as cursor:
        for at in range(0, len(rows), _AT_ONCE):
            part = rows[at : at + _AT_ONCE]
            cursor.execute(into + ", ".join([f"({places})"] * len(part)), [value for row in part for value in row])
