"""Tells Django of the app."""

from django.apps import AppConfig


class ImprovementConfig(AppConfig):
    """A subject above the lowest level → a plan in versions → its approval by who may → milestones → its end."""

    name = "sightline.improvement"
    label = "improvement"
