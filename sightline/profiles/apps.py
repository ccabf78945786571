"""Tells Django of the app."""

from django.apps import AppConfig


class ProfilesConfig(AppConfig):
    """Signals that stand → a suggested level, a recommended step, a profile that both sides sign."""

    name = "sightline.profiles"
    label = "profiles"
