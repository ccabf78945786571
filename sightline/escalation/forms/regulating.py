"""What is filled in to record a decision on regulatory action (RPT-07). Never saved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from sightline.core.escalation.regulating import Outcome
from sightline.escalation.regulating_given import BodyInRole, RegulationGiven
from sightline.web.checking import Checked
from sightline.web.fields import Choices, DayField, Keyed, Prose, Ticks

OUTCOMES = {
    Outcome.ACTION: ("NHS England takes regulatory action", "Say which, below."),
    Outcome.NONE: ("NHS England takes none", "That it was considered, and why not, stays on record."),
}


class RegulationForm(Checked, Keyed):
    """Who decided, after whom was asked, what, on which day and why (RPT-07)."""

    def __init__(
        self,
        *args: Any,
        deciders: Sequence[tuple[BodyInRole, str]],
        asked: Sequence[tuple[BodyInRole, str]],
        **given: Any,
    ) -> None:
        super().__init__(*args, **given)
        self._bodies = {one.key: one for one, _ in (*deciders, *asked)}
        self.fields["decider"] = Choices(
            label="Who decided?",
            choices=[(one.key, name) for one, name in deciders],
            hints={},
            error_messages={"required": "Choose the body that decided."},
        )
        self.fields["consulted"] = Ticks(
            label="Who was consulted before?",
            choices=[(one.key, name) for one, name in asked],
            hints={},
            required=False,
        )
        self.fields["also_asked"] = forms.CharField(
            label="Who else was consulted?", max_length=250, required=False, help_text="A regulator, for instance."
        )
        self.fields["outcome"] = Choices(
            label="What was decided?",
            choices=[(one.value, name) for one, (name, _) in OUTCOMES.items()],
            hints={one.value: hint for one, (_, hint) in OUTCOMES.items()},
            error_messages={"required": "Choose what was decided."},
        )
        self.fields["action"] = Prose(label="Which action?", required=False, help_text="Needed if action is taken.")
        self.fields["because"] = Prose(
            label="Why?", max_length=4_000, error_messages={"required": "Say in a sentence why it was decided so."}
        )
        self.fields["decided_on"] = DayField(
            label="On which day was it decided?", error_messages={"required": "Give the day on which it was decided."}
        )

    def clean(self) -> dict[str, Any]:
        """This function will ask for the action, where one is taken."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("outcome") == Outcome.ACTION and not given.get("action") and "action" not in self.errors:
            self.add_error("action", "Say which action NHS England takes.")
        return given

    def given(self) -> RegulationGiven:
        """This function will give what was filled in, as the operation takes it."""
        said = self.cleaned_data
        return RegulationGiven(
            decider=self._bodies[said["decider"]],
            consulted=tuple(self._bodies[one] for one in said["consulted"]),
            outcome=Outcome(said["outcome"]),
            decided_on=said["decided_on"],
            form_key=said["form_key"],
            action=said["action"],
            also_asked=said["also_asked"],
            knowingly=self.knowingly,
        )
