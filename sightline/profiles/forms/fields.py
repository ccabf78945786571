"""Fields that the forms here share: somebody's own words, one of several, a scale, a reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from sightline.core.rulebook.tools import Option, ScaleStep
from sightline.web.fields import Choices, Prose

NOT_JUDGED = ("", "Cannot be judged yet")


def reason(label: str, says: str) -> Prose:
    """This function will ask for a reason in a sentence."""
    return Prose(label=label, max_length=2_000, error_messages={"required": says})


def options_field(label: str, options: Sequence[Option], **given: Any) -> Choices:
    """This function will ask for one of the options of a tool."""
    return Choices(
        label=label,
        choices=[(one.id, one.name) for one in options],
        hints={one.id: one.says for one in options},
        **given,
    )


def scale(label: str, steps: Sequence[ScaleStep], last: str = "") -> forms.TypedChoiceField:
    """This function will ask for a step of a scale; ``last`` says what was chosen in an earlier profile."""
    field = forms.TypedChoiceField(
        label=label,
        help_text=last,
        choices=[*((str(one.value), f"{one.value} – {one.name}") for one in steps), NOT_JUDGED],
        coerce=int,
        empty_value=None,
        widget=forms.RadioSelect,
        required=False,
    )
    field.hints = {str(one.value): one.says for one in steps}  # type: ignore[attr-defined]  # read by web.forms
    return field


def lines_of(text: str) -> tuple[str, ...]:
    """This function will part a text into its lines, each once."""
    return tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
