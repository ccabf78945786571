"""Tells Django of the app."""

from django.apps import AppConfig


class GroupsConfig(AppConfig):
    """The groups app."""

    name = "sightline.groups"
    label = "groups"
