"""What is filled in where abuse or neglect is suspected: what it is, and to whom it was referred."""

from __future__ import annotations

from typing import Any

from django import forms

from sightline.web.checking import Checked
from sightline.web.fields import DayField, Keyed, Prose


class SuspicionForm(Checked, Keyed):
    """What is suspected."""

    detail = Prose(
        label="What is suspected?",
        help_text="In a sentence, without the name of a patient or of whoever told it.",
        error_messages={"required": "Say in a sentence what is suspected."},
    )


class ReferralForm(Checked):
    """To whom it was referred."""

    body = forms.CharField(label="To which body was it referred?", max_length=250)
    referred_by = forms.CharField(label="Who referred it, of which organisation?", max_length=250)
    referred_on = DayField(label="On which day?", help_text="For example 27 3 2026.")
    reference = forms.CharField(label="Under which reference?", max_length=100, required=False)

    def referral(self) -> dict[str, Any]:
        """This function will give what was filled in as the operation takes it."""
        return {name: self.cleaned_data[name] for name in ("body", "referred_by", "referred_on", "reference")}
