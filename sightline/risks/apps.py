"""Tells Django of the app."""

from django.apps import AppConfig


class RisksConfig(AppConfig):
    """A risk with its scores, controls and owner → the registers on which it stands, which check themselves."""

    name = "sightline.risks"
    label = "risks"

    def ready(self) -> None:
        """This function will make known the kind of message of this stage."""
        from sightline.risks import messages

        messages.register()
