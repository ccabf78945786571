"""The wall behind our own code: on PostgreSQL, rows that are for few guard themselves, whatever is asked of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection

from sightline.core.verdict import Invalid

NO_GUARD = (
    "Annexes are not kept on this database: SQLite cannot hold them apart from everybody who can read its file. Use "
    "PostgreSQL, or have your operator accept this with SIGHTLINE_ANNEX_ON_SQLITE=1."
)


def guarding(policies: Iterable[str]) -> Callable[[object, object], None]:
    """This function will give the step of a migration that makes policies; on SQLite there are none to make."""

    def make(apps: object, editor: object) -> None:
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                for statement in policies:
                    cursor.execute(statement)

    return make


def demand_guarded_rows() -> None:
    """This function will raise Invalid on a database whose rows cannot guard themselves, unless its operator accepts that."""
    if connection.vendor != "postgresql" and not settings.ANNEX_ON_SQLITE:
        raise Invalid(NO_GUARD)


@contextmanager
def told(name: str, value: str) -> Iterator[None]:
    """This function will let the database know something while a block runs, inside the transaction that is open."""
    if connection.vendor != "postgresql":
        yield
        return
    _set(name, value)
    try:
        yield
    finally:
        # After an error the transaction is over, and what was set for it is gone with it.
        if not connection.needs_rollback:
            _set(name, "")


def _set(name: str, value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [name, value])
