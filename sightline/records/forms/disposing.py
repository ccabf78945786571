"""What is filled in when a record is disposed of: the proposal of one, and the answer of another."""

from __future__ import annotations

from django import forms

from sightline.web.checking import Checked
from sightline.web.fields import Keyed, Prose

AGREE, KEEP = "agree", "keep"


class ProposeForm(Keyed):
    """Nothing but that it is proposed; sent twice, it proposes once."""


class SecondForm(Checked):
    """Whether a second person agrees, and why not."""

    answer = forms.ChoiceField(
        label="Do you agree?",
        choices=[(AGREE, "Dispose of it. It cannot be brought back."), (KEEP, "Keep it")],
        widget=forms.RadioSelect,
    )
    because = Prose(label="Why is it kept?", required=False, rows=2, help_text="Only where you keep it.")

    @property
    def agreed(self) -> bool:
        """Whether the second person agrees."""
        return bool(self.cleaned_data["answer"] == AGREE)
