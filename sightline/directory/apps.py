"""Tells Django of the app."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Organisations, places, systems, regions, relations, commissioning and subjects."""

    name = "sightline.directory"
    label = "directory"
