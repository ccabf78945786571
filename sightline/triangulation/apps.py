"""The app of triangulation."""

from __future__ import annotations

from django.apps import AppConfig


class TriangulationConfig(AppConfig):
    """The picture of a subject from all sources, what is not known of it, and what the rules propose."""

    name = "sightline.triangulation"
    label = "triangulation"
