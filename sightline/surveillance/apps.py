"""Tells Django of the app."""

from django.apps import AppConfig


class SurveillanceConfig(AppConfig):
    """A concern with its evidence → a proposed level → a decision by who has the authority → the log."""

    name = "sightline.surveillance"
    label = "surveillance"
