"""Who chairs a group about one subject: who it is, in whose name, and the trigger where the region does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from sightline.directory.choosing import CHOSEN, SubjectWords
from sightline.groups.forms.standing import BODY_HELP, ChoosesBodies, SeatingForm

NO_TRIGGER = "none"


class ChairForm(SeatingForm, ChoosesBodies):
    """Who sits on the seat of a chair; ``triggers`` are those for the involvement of NHS England's region (CHR-05)."""

    bodies = ("chairs_for",)
    chairs_for = SubjectWords(
        label="In whose name do they chair?", help_text=f"The organisation that they speak for. {BODY_HELP}"
    )
    field_order = [
        "person", "chairs_for", "chairs_for" + CHOSEN, "trigger", "is_deputy", "valid_from", "valid_to", "why_both",
    ]  # fmt: skip

    def __init__(self, *args: Any, triggers: Mapping[str, str], is_met: bool, **given: Any) -> None:
        super().__init__(*args, **given)
        hint = "Only where they chair in the name of NHS England’s region."
        met = " It need not be cited here: what the group is about is a trigger by itself."
        self.fields["trigger"] = forms.ChoiceField(
            label="Which trigger for the involvement of NHS England’s region is met?",
            choices=[*triggers.items(), (NO_TRIGGER, "None is cited")],
            widget=forms.RadioSelect,
            required=False,
            initial=NO_TRIGGER,
            help_text=hint + (met if is_met else ""),
        )
        self.order_fields(self.field_order)

    def clean_trigger(self) -> str:
        """This function will give the trigger that was cited, empty where none was."""
        cited = str(self.cleaned_data["trigger"])
        return "" if cited == NO_TRIGGER else cited
