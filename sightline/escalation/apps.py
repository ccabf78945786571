"""Tells Django of the app."""

from django.apps import AppConfig


class EscalationConfig(AppConfig):
    """A level that was set → what must be done and who must be told → done, acknowledged, answered and fed back."""

    name = "sightline.escalation"
    label = "escalation"

    def ready(self) -> None:
        """This function will make the kinds of message known."""
        from sightline.escalation import messages

        messages.register()
