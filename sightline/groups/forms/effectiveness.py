"""What is asked about a group's own work: which questionnaire, the answers to it, what the group agreed. Parsed, never saved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms

from sightline.core.groups.effectiveness import Answers, Step
from sightline.core.intelligence.checking import Remedy
from sightline.groups.effectiveness_words import STEPS
from sightline.web.checking import Checked
from sightline.web.fields import Choices, DayField, Prose

LONGEST = 2_000
_FIELD = "statement-"


class _Unnamed(Checked):
    """Words in which nobody is named."""

    remedies = (Remedy.MASK, Remedy.CHANGE)


class OpenReviewForm(forms.Form):
    """Which questionnaire the members are asked, and until when."""

    last_day = DayField(
        label="Until when can they answer?",
        help_text="The last day. Two or three weeks suit most groups. For example, 31 3 2026.",
        error_messages={"required": "Give the last day on which it can be answered."},
    )

    def __init__(self, *given: Any, offered: Sequence[tuple[str, str, str]], **more: Any) -> None:
        """``offered`` are the questionnaires: the key, the name, and a line about each."""
        super().__init__(*given, **more)
        self.fields["instrument"] = Choices(
            label="What are they asked?",
            choices=[(key, name) for key, name, _ in offered],
            hints={key: says for key, _, says in offered},
            initial=offered[0][0],
            error_messages={"required": "Choose a questionnaire."},
        )
        self.order_fields(["instrument", "last_day"])


class AnswersForm(_Unnamed):
    """How far somebody agrees with each statement, and what they would change."""

    words = Prose(
        label="What should change?",
        required=False,
        max_length=LONGEST,
        help_text="Your own words, if you like. Name nobody, and write so that nobody knows you by it.",
    )

    def __init__(self, *given: Any, statements: Iterable[Mapping[str, str]], help_words: str = "", **more: Any) -> None:
        super().__init__(*given, **more)
        for one in statements:
            self.fields[_FIELD + one["id"]] = Choices(
                label=one["says"],
                choices=[(str(step.value), words) for step, words in STEPS.items()],
                hints={},
                error_messages={"required": f"Say how far you agree: {one['name']}."},
            )
        if help_words:
            self.fields["words"].help_text = help_words
        self.order_fields([name for name in self.fields if name != "words"] + ["words"])

    def answers(self) -> Answers:
        """This function will give what was answered, once it is valid."""
        given = self.cleaned_data
        steps = {
            name.removeprefix(_FIELD): Step(int(chosen)) for name, chosen in given.items() if name.startswith(_FIELD)
        }
        return Answers(steps, given.get("words", ""))


class ReflectionForm(_Unnamed):
    """What a group agreed about its own work, and where."""

    meeting = forms.CharField(
        label="At which meeting was it agreed?",
        max_length=200,
        help_text="Such as: the meeting of the group in March.",
        error_messages={"required": "Say at which meeting it was agreed."},
    )
    agreed_on = DayField(label="On which day?", required=False, help_text="For example, 31 3 2026. Empty for today.")
    words = Prose(
        label="What did the group agree?",
        rows=5,
        max_length=LONGEST,
        help_text="What works, and what the group will do differently. Name nobody.",
        error_messages={"required": "Say what the group agreed."},
    )
