"""Forms of look-backs: why one looks back and as of when, what was found, and what it comes to. Parsed, never saved."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from sightline.core.intelligence.checking import Remedy
from sightline.risks.words import FindingKind
from sightline.web.checking import Checked
from sightline.web.fields import Choices, DayField

LONGEST = 4_000
FINDINGS = (
    (FindingKind.KNOWN.value, "What was known"),
    (FindingKind.MISSED.value, "What was missed"),
    (FindingKind.LESSON.value, "What is learned"),
)
HINTS = {
    FindingKind.KNOWN.value: "It was on record, or somebody had said so.",
    FindingKind.MISSED.value: "It could have been seen or asked about, and was not. Say so without blame.",
    FindingKind.LESSON.value: "What you will do otherwise.",
}


def _prose(label: str, missing: str, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": missing},
    )


class OpenForm(Checked):
    """Why one looks back, and as of which day. What looks like personal data is taken out: here it never stays."""

    remedies = (Remedy.MASK, Remedy.CHANGE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["as_of"] = DayField(
            label="Look back as of", help_text="The last day on which what came was not known yet, for example."
        )
        self.fields["because"] = _prose("Why do you look back?", "Say in a sentence why you look back.")

    def clean_as_of(self) -> Any:
        """This function will ask for a day that has passed."""
        found = self.cleaned_data["as_of"]
        if found > timezone.localdate():
            raise ValidationError("This day is still to come. Look back at one that has passed.")
        return found


class FindingForm(Checked):
    """One thing that was found."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"] = Choices(
            label="What did you find?",
            choices=FINDINGS,
            hints=HINTS,
            error_messages={"required": "Choose whether it was known, was missed, or is learned."},
        )
        self.fields["says"] = _prose("Say it in a sentence or two", "Say in a sentence what was found.")


class FinishForm(Checked):
    """What a look-back comes to. What looks like personal data is taken out: here it never stays."""

    remedies = (Remedy.MASK, Remedy.CHANGE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["because"] = _prose(
            "What does it come to?",
            "Say in a sentence what it comes to.",
            "What is done otherwise from now on, and by whom. It cannot be changed afterwards.",
        )
