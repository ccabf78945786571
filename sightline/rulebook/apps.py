"""Tells Django of the app."""

from django.apps import AppConfig


class RulebookConfig(AppConfig):
    """Guidance packs → local versions → the part in force on a day."""

    name = "sightline.rulebook"
    label = "rulebook"
