"""Tells Django of the app."""

from django.apps import AppConfig


class SurveillanceConfig(AppConfig):
    """A concern with its evidence → a proposed level → a decision by who has the authority → the log."""

    name = "sightline.surveillance"
    label = "surveillance"

    def ready(self) -> None:
        """This function will make known the kinds of message of this stage, and what it tells of a change of its rules."""
        from sightline.surveillance import messages, previewing

        messages.register()
        previewing.make_known()
