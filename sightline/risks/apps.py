"""Tells Django of the app."""

from django.apps import AppConfig


class RisksConfig(AppConfig):
    """A risk with its scores, controls and owner → the registers on which it stands, which check themselves."""

    name = "sightline.risks"
    label = "risks"
