"""Tells Django of the app."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """Records → kept for their period → held → asked for → decided → cleared → given out."""

    name = "sightline.records"
    label = "records"
