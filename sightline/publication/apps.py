"""Tells Django of the app."""

from django.apps import AppConfig


class PublicationConfig(AppConfig):
    """Key points → cleared by another → released as a copy → public, until they are withdrawn."""

    name = "sightline.publication"
    label = "publication"
