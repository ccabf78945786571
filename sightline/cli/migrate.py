"""``sightline migrate``: bring the database up to date, its append-only triggers included."""

from __future__ import annotations

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """This function will add nothing: the database's address comes from the environment."""


def handle(arguments: argparse.Namespace) -> int:
    """This function will run every migration that is due."""
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=1)
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
