"""Fields that may wait: a plan is kept while it still lacks them, and is not approved without them."""

from __future__ import annotations

from typing import Any

from django import forms

from sightline.web.fields import Choices, DayField, Prose


class _Later(forms.Field):
    """A field that may be left for later, and says as loudly as any other that it is asked for."""

    def validate(self, value: Any) -> None:
        """This function will let nothing pass."""
        if value:
            super().validate(value)


class LaterWords(_Later, forms.CharField):
    """A line that may be left for later."""


class LaterProse(_Later, Prose):
    """A stretch of words that may be left for later."""


class LaterDay(_Later, DayField):
    """A day that may be left for later."""


class LaterChoice(_Later, Choices):
    """One of several that may be left for later."""


class LaterSelect(_Later, forms.ChoiceField):
    """One of a long list that may be left for later."""
