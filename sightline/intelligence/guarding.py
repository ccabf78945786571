"""The second wall around identities: on PostgreSQL the rows of annexes guard themselves, whatever our code asks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

READER, COMPARING = "sightline.reader", "sightline.comparing"

# FORCE binds the owner of the table too. A superuser, or a role with BYPASSRLS, still reads everything.
POLICIES = (
    "ALTER TABLE intelligence_annextext ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE intelligence_annextext FORCE ROW LEVEL SECURITY",
    """
    CREATE POLICY annex_is_written ON intelligence_annextext FOR INSERT
    WITH CHECK (coalesce(current_setting('sightline.reader', true), '') <> '')
    """,
    """
    CREATE POLICY annex_is_read ON intelligence_annextext FOR SELECT
    USING (
      current_setting('sightline.comparing', true) = 'yes'
      OR annex_id = ANY (ARRAY (
        SELECT named.annex_id FROM intelligence_annexreader AS named
        WHERE named.actor_id = nullif(current_setting('sightline.reader', true), '') AND named.struck_off_on IS NULL
      ))
    )
    """,
)


def guard_annexes(apps: object, editor: object) -> None:
    """This function will make the policies, as a step of a migration; on SQLite there are none to make."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for statement in POLICIES:
                cursor.execute(statement)


@contextmanager
def reading_as(actor_id: str) -> Iterator[None]:
    """This function will let the database know who reads or writes an annex, inside the operation's transaction."""
    with _told(READER, actor_id):
        yield


@contextmanager
def comparing() -> Iterator[None]:
    """This function will let a release be compared with identities that its writer may not read."""
    with _told(COMPARING, "yes"):
        yield


@contextmanager
def _told(name: str, value: str) -> Iterator[None]:
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
