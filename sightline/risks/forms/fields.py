"""Fields that the forms of a risk share: one of several, some of several, a scale, a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from django import forms

from sightline.core.rulebook.tools import ScaleStep

LONGEST = 8_000


class Prose(forms.CharField):
    """A stretch of somebody's own words."""

    def __init__(self, *, rows: int = 3, **given: Any) -> None:
        given.setdefault("max_length", LONGEST)
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **given)


class Choices(forms.ChoiceField):
    """One of several, each with a line that says when to choose it."""

    def __init__(self, *, hints: Mapping[str, str], **given: Any) -> None:
        super().__init__(widget=forms.RadioSelect, **given)
        self.hints = hints


class Keyed(forms.Form):
    """A form that, sent twice, does one thing."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


def one_of(label: str, options: Sequence[tuple[str, str, str]], **given: Any) -> Choices:
    """This function will ask for one of several, each with a line that says when to choose it."""
    hints = {key: hint for key, _, hint in options if hint}
    return Choices(label=label, choices=[(key, name) for key, name, _ in options], hints=hints, **given)


def some_of(label: str, options: Sequence[tuple[str, str, str]], **given: Any) -> forms.MultipleChoiceField:
    """This function will ask for any of several."""
    field = forms.MultipleChoiceField(
        label=label,
        choices=[(key, name) for key, name, _ in options],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        **given,
    )
    field.hints = {key: hint for key, _, hint in options if hint}  # type: ignore[attr-defined]  # read when drawn
    return field


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
