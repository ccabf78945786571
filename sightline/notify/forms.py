"""Forms of the outbox: they parse and validate, and save nothing."""

from __future__ import annotations

from django import forms

AT_ONCE, TOGETHER = "at_once", "together"


class WhenForm(forms.Form):
    """How somebody wants to be told."""

    when = forms.ChoiceField(
        label="When do you want to be told by e-mail?",
        choices=[
            (TOGETHER, "Once a day, all together"),
            (AT_ONCE, "At once, each by itself"),
        ],
        widget=forms.RadioSelect,
        help_text="What is urgent comes at once in either case.",
    )

    @property
    def at_once(self) -> bool:
        """This function will say whether each message is to come at once."""
        return bool(self.cleaned_data["when"] == AT_ONCE)
