"""Fields that the forms of a risk share: one of several, some of several, a scale, a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from sightline.core.rulebook.tools import ScaleStep
from sightline.web.fields import Choices, Prose, Ticks


def one_of(label: str, options: Sequence[tuple[str, str, str]], **given: Any) -> Choices:
    """This function will ask for one of several, each with a line that says when to choose it."""
    hints = {key: hint for key, _, hint in options if hint}
    return Choices(label=label, choices=[(key, name) for key, name, _ in options], hints=hints, **given)


def some_of(label: str, options: Sequence[tuple[str, str, str]], **given: Any) -> forms.MultipleChoiceField:
    """This function will ask for any of several."""
    hints = {key: hint for key, _, hint in options if hint}
    named = [(key, name) for key, name, _ in options]
    return Ticks(label=label, choices=named, hints=hints, required=False, **given)


def steps(scale: Sequence[ScaleStep]) -> list[tuple[str, str, str]]:
    """This function will give the steps of a scale as they are chosen from."""
    return [(str(one.value), f"{one.value} – {one.name}", one.says) for one in scale]


def briefly(label: str, steps: Sequence[tuple[str, str, str]]) -> forms.ChoiceField:
    """This function will ask for a step of a scale where room is short."""
    choices = [("", "Not scored"), *((key, name) for key, name, _ in steps)]
    return forms.ChoiceField(label=label, choices=choices, required=False)


def lines(label: str, hint: str) -> Prose:
    """This function will ask for a list, one line each."""
    return Prose(label=label, help_text=hint, max_length=2_000, required=False, rows=2)
