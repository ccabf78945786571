"""Tells Django of the app."""

from django.apps import AppConfig


class PublicationConfig(AppConfig):
    """Key points → cleared by another → released as a copy → public, until they are withdrawn."""

    name = "sightline.publication"
    label = "publication"

    def ready(self) -> None:
        """This function will make known the letters to those who follow a group."""
        from sightline.publication import messages

        messages.register()
