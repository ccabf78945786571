"""Tells Django of the app."""

from django.apps import AppConfig


class EscalationConfig(AppConfig):
    """A level that was set → what must be done and who must be told → done, acknowledged, answered and fed back."""

    name = "sightline.escalation"
    label = "escalation"

    def ready(self) -> None:
        """This function will make the kinds of message known, and that duties arise from concerns."""
        from sightline.escalation import messages
        from sightline.escalation.operations._arising import write_down_concern
        from sightline.surveillance.afterwards import also_does

        messages.register()
        also_does(write_down_concern)
