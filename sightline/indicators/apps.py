"""Tells Django of the app."""

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    """Sources → publications → observations → assessment → signals."""

    name = "sightline.indicators"
    label = "indicators"
