"""Tells Django of the app."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """A meeting → its agenda → who is there → what comes of each item → its end."""

    name = "sightline.meetings"
    label = "meetings"

    def ready(self) -> None:
        """This function will make known the kinds of message, where actions are agreed, and which logs wait to be seen."""
        from sightline.actions import reviewed
        from sightline.meetings import messages
        from sightline.meetings.queries import acting
        from sightline.meetings.queries.reviewing import unreviewed_logs

        messages.register()
        acting.make_known()
        reviewed.known_by(unreviewed_logs)
