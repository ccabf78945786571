"""Tells Django of the app."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """A report → gathered from the records → edited → frozen → sent → acknowledged."""

    name = "sightline.reports"
    label = "reports"

    def ready(self) -> None:
        """This function will make known the kinds of message about reports."""
        from sightline.reports import messages

        messages.register()
