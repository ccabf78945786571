"""Tells Django of the app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """The accounts app."""

    name = "sightline.accounts"
    label = "accounts"
