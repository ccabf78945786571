"""Tells Django of the app."""

from django.apps import AppConfig


class OverviewConfig(AppConfig):
    """Pages that look across stages; it keeps no records of its own."""

    name = "sightline.overview"
    label = "overview"
