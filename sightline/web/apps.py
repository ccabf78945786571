"""Tells Django that the shared pages are here."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    """What every page shares."""

    name = "sightline.web"
    label = "web"
