"""What people fill in when they raise an action, or do something about one."""

from __future__ import annotations

from typing import Any

from django import forms

from sightline.actions.stating import OwnerFields, StatedFields
from sightline.actions.words import OUTCOME, OUTCOME_MEANS
from sightline.core.actions.facts import Outcome
from sightline.directory.choosing import CHOSEN
from sightline.web.checking import Checked
from sightline.web.fields import Choices, DayField, Keyed, Prose

LONGEST_REASON = 2_000


def because(label: str, **given: Any) -> Prose:
    """This function will ask for a reason, which stays in the action's history."""
    given.setdefault("error_messages", {"required": "Say in a sentence why."})
    return Prose(label=label, max_length=LONGEST_REASON, rows=2, **given)


class RestateForm(StatedFields):
    """An action in other words; ``seen`` is the wording that the writer had before them."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    because = because("Why is it worded anew?")


class OwnerForm(OwnerFields, Keyed):
    """Another owner."""

    because = because("Why is it handed over?")
    field_order = ["owner", "owner_name", "organisation", "organisation" + CHOSEN, "because"]

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.order_fields(self.field_order)


class DueForm(Checked, Keyed):
    """Another due date."""

    due_on = DayField(label="By which day is it to be done now?", help_text="For example 27 3 2026.")
    because = because("Why on another day?")


class ReportForm(Checked, Keyed):
    """How it goes."""

    says = Prose(
        label="How does it go?",
        help_text="What was done, what is next, and what stands in the way.",
        error_messages={"required": "Say in a sentence how it goes."},
    )


class ReviewForm(Checked, Keyed):
    """That the group looked at it."""

    reviewed_on = DayField(label="On which day did the group look at it?", help_text="For example 27 3 2026.")
    comment = Prose(label="What was said of it?", required=False)


class CloseForm(Checked, Keyed):
    """What became of it, and what changed because of it (ACT-04)."""

    outcome = Choices(
        label="What became of it?",
        choices=[(one.value, name) for one, name in OUTCOME.items()],
        hints={one.value: says for one, says in OUTCOME_MEANS.items()},
    )
    impact = Prose(
        label="What changed because of it?",
        help_text="For people who use care, or for those who give it. Others learn from it: say too if nothing changed.",
        rows=5,
        error_messages={"required": "Say what changed because of it: an action is not closed without its impact."},
    )
    closed_on = DayField(label="When was it closed?", help_text="Today, if left empty.", required=False)

    def given(self) -> dict[str, Any]:
        """This function will give what was filled in as the operation takes it."""
        told = self.cleaned_data
        return {"outcome": Outcome(told["outcome"]), "impact": told["impact"], "closed_on": told["closed_on"]}


class ReopenForm(Checked, Keyed):
    """Why it is open again."""

    because = because("Why is it opened again?")
    due_on = DayField(label="By when is it to be done now?", help_text="As before, if left empty.", required=False)
