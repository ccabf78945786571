"""Tells Django of the app."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """A meeting → its agenda → who is there → what comes of each item → its end."""

    name = "sightline.meetings"
    label = "meetings"
