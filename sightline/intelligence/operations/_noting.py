"""Makes notes of keepers fit to keep: cleaned, and no longer than their place."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from sightline.core.verdict import Invalid
from sightline.intelligence.operations._writing import cleaned

LINE = 250


def needed(text: str, says: str) -> str:
    """This function will clean a text; raises Invalid with ``says`` where nothing is left of it."""
    kept = cleaned(text)
    if not kept:
        raise Invalid(says)
    return kept


def line(text: str, at_most: int = LINE) -> str:
    """This function will clean a note that has one line; raises Invalid where it is longer than its place."""
    kept = " ".join(cleaned(text).split())
    if len(kept) > at_most:
        raise Invalid(f"“{kept[:40]}…” is too long: {at_most} characters have room.")
    return kept


def not_ahead(day: date, at: datetime, says: str) -> None:
    """This function will raise Invalid with ``says`` where a day lies ahead."""
    if day > timezone.localdate(at):
        raise Invalid(says)
