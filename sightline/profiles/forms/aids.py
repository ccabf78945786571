"""What people fill in with the aids: the heat map, the trigger tool, another process. Parsed, never saved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone

from sightline.core.rulebook.tools import HeatMap, Question, TriggerTool
from sightline.core.triangulation.triggering import Answer
from sightline.profiles.forms.fields import options_field, reason
from sightline.profiles.giving import Answered
from sightline.web.checking import Checked
from sightline.web.fields import DayField, Keyed, Prose

ANSWERS = ((Answer.YES.value, "Yes"), (Answer.NO.value, "No"), (Answer.NOT_KNOWN.value, "Not known"))


class HeatMapForm(Checked, Keyed):
    """The three inputs of the heat map; ``counted`` fills in the first."""

    def __init__(self, *args: Any, heat_map: HeatMap, counted: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.counted = counted
        self.fields["issues"] = forms.IntegerField(
            label="Number of quality issues",
            help_text=f"{counted} concerns stand in the signals listed above. Change it where you know of others, or of fewer.",
            min_value=0,
            max_value=999,
            initial=counted,
        )
        self.fields["issues_because"] = Prose(
            label="Why is the number another than the count?", required=False, max_length=2_000, rows=2
        )
        self.fields["risk"] = options_field("Level of risk", heat_map.risk)
        self.fields["confidence"] = options_field("Confidence in the provider", heat_map.confidence)
        self.fields["because"] = reason("Why do you see it so?", "Say in a sentence why you see it so.")

    def clean(self) -> dict[str, Any]:
        """This function will ask for a reason where the count was changed."""
        given: dict[str, Any] = super().clean() or {}
        changed = given.get("issues") is not None and given["issues"] != self.counted
        if changed and not given.get("issues_because"):
            self.add_error("issues_because", f"{self.counted} concerns stand. Say why the number is another.")
        return given


class TriggerForm(Checked, Keyed):
    """Every question of the trigger tool; ``suggested`` says, by question, what the signals suggest."""

    def __init__(self, *args: Any, tool: TriggerTool, suggested: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tool = tool
        for question in tool.questions:
            self.fields[f"q-{question.id}"] = forms.ChoiceField(
                label=question.asks,
                help_text=_why(question, suggested.get(question.id, "")),
                choices=ANSWERS,
                widget=forms.RadioSelect,
                error_messages={
                    "required": f"“{question.asks}” is not answered. Choose “Not known” if nobody can say."
                },
            )
            self.fields[f"note-{question.id}"] = Prose(
                label="What do you know of it?", required=False, max_length=2_000, rows=1
            )
        self.fields["because"] = reason("What do you make of the answers?", "Say in a sentence what you make of them.")

    def groups(self) -> list[tuple[str, list[Any]]]:
        """This function will give the fields under the headings of their groups."""
        return [
            (group.name, [self[f"{kind}-{one.id}"] for one in group.questions for kind in ("q", "note")])
            for group in self.tool.groups
        ]

    def answers(self) -> tuple[Answered, ...]:
        """This function will give what was answered."""
        given = self.cleaned_data
        return tuple(
            Answered(one.id, Answer(given[f"q-{one.id}"]), given[f"note-{one.id}"]) for one in self.tool.questions
        )


def _why(question: Question, suggested: str) -> str:
    source = "a local question" if question.is_local else question.cites
    return " ".join(filter(None, [question.why, f"({source})", suggested]))


class OtherProcessForm(Checked, Keyed):
    """Another process by which risk was assessed (RSK-09)."""

    name = forms.CharField(
        label="What is the process called?",
        max_length=250,
        error_messages={"required": "Give the process its name."},
    )
    held_on = DayField(
        label="When was it held?",
        help_text="For example, 31 3 2026.",
        error_messages={"required": "Give the date on which it was held."},
    )
    reference = forms.CharField(
        label="Reference", help_text="Where its result is kept.", max_length=250, required=False
    )
    because = reason(
        "What makes it as robust as a structured risk profile?", "Say in a sentence what makes it as robust."
    )

    def clean_held_on(self) -> Any:
        """This function will refuse a day that is still to come."""
        day = self.cleaned_data["held_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("This day is still to come. Record the process once it has been held.")
        return day
