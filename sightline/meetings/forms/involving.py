"""What is filled in on who else is heard of an item: lived experience, and a safeguarding board."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms

from sightline.directory.models import Organisation
from sightline.web.checking import Checked
from sightline.web.fields import Keyed, Prose

_CHAIR = "chair"


class InvolvementForm(Checked):
    """Who brought lived experience in, or that nobody did."""

    who = Prose(
        label="Who brought lived experience in, and how?",
        rows=3,
        required=False,
        help_text="As they wish to be named. For example: two mothers of the maternity voices partnership told their "
        "stories. Without the name of a patient.",
    )
    nobody = forms.BooleanField(label="Nobody this time", required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, initial=0)

    def clean(self) -> dict[str, Any]:
        """This function will ask for one answer, and not for both or neither."""
        given = super().clean() or {}
        if given.get("who") and given.get("nobody"):
            self.add_error("nobody", "Say who it was, or tick that it was nobody, and not both.")
        if not given.get("who") and not given.get("nobody"):
            self.add_error("who", "Say who it was, or tick that it was nobody this time.")
        return given


class BoardForm(Checked, Keyed):
    """A matter for a safeguarding board, and who raises it."""

    board = forms.CharField(
        label="Which safeguarding board?", max_length=250, help_text="For example the safeguarding adults board."
    )
    matter = Prose(
        label="What is raised with it?",
        help_text="A matter of strategy, in words that stand by themselves. A suspicion of abuse or neglect is "
        "referred instead, at once.",
    )
    field_order = ["board", "matter", "raised_by"]

    def __init__(self, *args: Any, bodies: Mapping[UUID, Organisation], **given: Any) -> None:
        super().__init__(*args, **given)
        self.bodies = {str(key): one for key, one in bodies.items()}
        named = sorted(((key, one.name) for key, one in self.bodies.items()), key=lambda pair: pair[1])
        self.fields["raised_by"] = forms.ChoiceField(
            label="Who raises it with the chair of the board?",
            choices=[("", "Choose"), (_CHAIR, "The chair of this group writes"), *named],
        )
        self.order_fields(self.field_order)

    def raised(self) -> dict[str, Any]:
        """This function will give what was filled in as the operation takes it."""
        given = self.cleaned_data
        return {
            "board": given["board"],
            "matter": given["matter"],
            "raised_by": self.bodies.get(given["raised_by"]),
            "form_key": given["form_key"],
        }
