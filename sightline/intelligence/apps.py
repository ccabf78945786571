"""The app of soft intelligence."""

from __future__ import annotations

from django.apps import AppConfig


class IntelligenceConfig(AppConfig):
    """Soft intelligence: items, their handling, their themes, and feedback to the giver."""

    name = "sightline.intelligence"
    label = "intelligence"
