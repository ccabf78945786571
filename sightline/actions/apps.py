"""Tells Django of the app."""

from django.apps import AppConfig


class ActionsConfig(AppConfig):
    """What a group agreed → who does it, by when → what came of it."""

    name = "sightline.actions"
    label = "actions"

    def ready(self) -> None:
        """This function will make known the kinds of message of this stage."""
        from sightline.actions import messages

        messages.register()
