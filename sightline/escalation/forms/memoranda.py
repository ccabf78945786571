"""What is filled in of a memorandum: the way, the region, and from which severity on it acts (ORG-13). Never saved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from sightline.core.rulebook.circumstances import Severity
from sightline.directory.models import Organisation
from sightline.escalation.forms.exchanges import BodyField
from sightline.web.fields import Choices, Keyed


class TermsForm(Keyed):
    """What a memorandum says of escalation."""

    def __init__(
        self,
        *args: Any,
        routes: Sequence[tuple[str, str, str]],
        regions: Sequence[Organisation],
        severities: Sequence[tuple[str, str]],
        **given: Any,
    ) -> None:
        super().__init__(*args, **given)
        self.fields["route"] = Choices(
            label="Who passes matters on to the region, and to whom?",
            choices=[(key, name) for key, name, _ in routes],
            hints={key: says for key, _, says in routes},
            error_messages={"required": "Choose the way."},
        )
        self.fields["region"] = BodyField(regions, label="Which region?")
        self.fields["acts_from"] = forms.ChoiceField(
            label="From which concern on is the region asked to act?",
            choices=[("", "Whoever sends decides each time"), *severities],
            required=False,
            help_text="Below it, what is sent is for information, unless whoever sends says otherwise.",
        )

    def acts_from(self) -> Severity | None:
        """This function will give the severity that was chosen."""
        chosen = self.cleaned_data["acts_from"]
        return Severity(chosen) if chosen else None
