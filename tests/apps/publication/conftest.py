"""What these tests share: an empty house to begin with."""

from __future__ import annotations

from tests.factories.house import clock, folder, house

__all__ = ["clock", "folder", "house"]
