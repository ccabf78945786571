"""Tells Django of the app."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """A meeting → its agenda → who is there → what comes of each item → its end."""

    name = "sightline.meetings"
    label = "meetings"

    def ready(self) -> None:
        """This function will make the kinds of message known."""
        from sightline.meetings import messages

        messages.register()
