"""``sightline migrate``: bring the database up to date, its append-only triggers included."""

from __future__ import annotations

import argparse
from contextlib import suppress

ROWS_LOOKED_AT = 1_000  # of each index, by SQLite; PostgreSQL draws its own sample


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """This function will add nothing: the database's address comes from the environment."""


def handle(arguments: argparse.Namespace) -> int:
    """This function will run every migration that is due."""
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=1)
    count_roughly()
    return 0


def ready_database() -> None:
    """This function will make an empty database ready, and stop with the mend when an old one is behind."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from sightline.audit.triggers import missing_triggers
    from sightline.core.verdict import Invalid

    executor = MigrationExecutor(connection)
    due = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if due and not executor.loader.applied_migrations:
        call_command("migrate", interactive=False, verbosity=0)
    elif due:
        raise Invalid(f"The database is {len(due)} migrations behind. Make a backup, then run: sightline migrate")
    if missing := missing_triggers("default"):
        raise Invalid(
            f"The event log is not protected: {', '.join(missing)} is missing. "
            "Find out who removed it; then run: sightline migrate && sightline audit verify"
        )


def count_roughly() -> None:
    """This function will let the database look at how its tables are filled, by which it plans how to read them.

    After much has come in, and when a server starts: SQLite never looks by itself, PostgreSQL only after a while. Until
    then a list that is narrowed to one subject may be read from end to end. To look at a sample takes milliseconds.
    """
    from django.db import OperationalError, connection

    if connection.vendor != "sqlite" and connection.in_atomic_block:
        return  # what is learned of a table stays, though what was put into it be taken back
    with connection.cursor() as cursor, suppress(OperationalError):  # somebody writes; it is advice, and comes again
        if connection.vendor == "sqlite":
            cursor.execute(f"PRAGMA analysis_limit = {ROWS_LOOKED_AT}")
        cursor.execute("ANALYZE")
