"""New limits and the rules of a chart, as people give them. Parsed and checked, never saved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from sightline.core.statistics.kinds import ChartKind
from sightline.core.statistics.rulesets import RULE_SETS
from sightline.web.fields import DayField


class RebaseForm(forms.Form):
    """From when new limits are to start, and why."""

    asked_for = DayField(
        label="When did the process change?",
        help_text="A date between two periods takes effect from the next period. For example, 31 3 2026.",
        error_messages={"required": "Give the date on which the process changed."},
    )
    baseline_points = forms.IntegerField(
        label="Fixed baseline",
        help_text="Draw the limits from so many first figures, at least 12; leave empty to use them all.",
        required=False,
        min_value=12,
        max_value=200,
    )
    because = forms.CharField(
        label="Why? What is different since then?",
        help_text="Your name and reason are shown beside the chart.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        error_messages={"required": "Say in a sentence what changed."},
    )

    def clean_asked_for(self) -> date:
        """This function will refuse a day that is still to come."""
        day: date = self.cleaned_data["asked_for"]
        if day > timezone.localdate():
            raise forms.ValidationError("This day is still to come. Give the date on which the process changed.")
        return day


class MethodForm(forms.Form):
    """By which rules an indicator's charts are read."""

    rule_set_name = forms.ChoiceField(
        label="Rule set",
        choices=[(rules.name, f"{rules.title} ({rules.name})") for rules in RULE_SETS.values()],
        widget=forms.RadioSelect,
    )
    screen = forms.TypedChoiceField(
        label="Leave outlying moving ranges out when limits are drawn?",
        help_text="One extreme figure then does not widen the usual range of all the others.",
        choices=[("yes", "Yes"), ("no", "No")],
        coerce=lambda word: word == "yes",
        widget=forms.RadioSelect,
    )
    because = forms.CharField(
        label="Why?",
        help_text="Your reason is shown beside the choice.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        error_messages={"required": "Say in a sentence why these rules fit this indicator."},
    )


class ChartForm(forms.Form):
    """On which chart an indicator's figures are drawn; ``kinds`` are those that it can stand on, each with its words."""

    kind = forms.TypedChoiceField(
        label="Which chart?",
        coerce=ChartKind,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the chart on which the figures are to be drawn."},
    )
    because = forms.CharField(
        label="Why?",
        help_text="Your name and reason are shown with every chart of this indicator.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        error_messages={"required": "Say in a sentence why this chart is more honest for these figures."},
    )

    def __init__(self, *args: Any, kinds: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(kinds)
