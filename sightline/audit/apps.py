"""Tells Django of the app, re-makes the append-only triggers after every migrate, and checks them at start."""

from typing import Any

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    """The audit app."""

    name = "sightline.audit"
    label = "audit"

    def ready(self) -> None:
        """This function will hook the triggers to migrations: an altered SQLite table silently loses them."""
        from sightline.audit.triggers import check_triggers

        post_migrate.connect(_remake_triggers, sender=self, dispatch_uid="audit-triggers")
        register(check_triggers, Tags.database)


def _remake_triggers(sender: object, **facts: Any) -> None:
    from sightline.audit.triggers import make_triggers

    make_triggers(facts["using"])
