"""Tells Django of the app."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """A meeting → its agenda → who is there → what comes of each item → its end."""

    name = "sightline.meetings"
    label = "meetings"

    def ready(self) -> None:
        """This function will make known the kinds of message, and where actions are agreed."""
        from sightline.meetings import messages
        from sightline.meetings.queries import acting

        messages.register()
        acting.make_known()
