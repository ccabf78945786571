"""Tells Django of the app."""

from django.apps import AppConfig


class GroupsConfig(AppConfig):
    """The groups app."""

    name = "sightline.groups"
    label = "groups"

    def ready(self) -> None:
        """This function will make known the kind of message of this stage."""
        from sightline.groups import messages

        messages.register()
