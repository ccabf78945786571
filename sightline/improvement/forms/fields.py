"""Fields that may wait: a plan is kept while it still lacks them, and is not approved without them."""

from __future__ import annotations

from typing import Any

from django import forms

from sightline.web.fields import Choices, DayField, Prose


class LaterWords(forms.CharField):
    """A line that may be left for later."""

    def validate(self, value: Any) -> None:
        """This function will let nothing pass."""
        if value:
            super().validate(value)


class LaterProse(Prose):
    """A stretch of words that may be left for later."""

    def validate(self, value: Any) -> None:
        """This function will let nothing pass."""
        if value:
            super().validate(value)


class LaterDay(DayField):
    """A day that may be left for later."""

    def validate(self, value: Any) -> None:
        """This function will let nothing pass."""
        if value is not None:
            super().validate(value)


class LaterChoice(Choices):
    """One of several that may be left for later."""

    def validate(self, value: Any) -> None:
        """This function will let nothing pass."""
        if value:
            super().validate(value)


class LaterSelect(forms.ChoiceField):
    """One of a long list that may be left for later."""

    def validate(self, value: Any) -> None:
        """This function will let nothing pass."""
        if value:
            super().validate(value)
