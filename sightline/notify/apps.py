"""Tells Django of the app."""

from django.apps import AppConfig


class NotifyConfig(AppConfig):
    """What a person ought to look at → a message that says so, checked again at the moment at which it is sent."""

    name = "sightline.notify"
    label = "notify"
