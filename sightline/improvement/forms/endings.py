"""What people fill in when a plan ends."""

from __future__ import annotations

from django import forms

from sightline.core.improvement.finishing import Finish, Outcome
from sightline.web.checking import Checked
from sightline.web.fields import Choices, Prose

LONGEST = 6_000
OUTCOMES = {
    Outcome.WORKED: "It had the desired effect",
    Outcome.PARTLY: "It had some of the desired effect",
    Outcome.FAILED: "It did not have the desired effect",
    Outcome.REPLACED: "Another plan or process took its place",
}


class EndPlanForm(Checked):
    """What a plan changed, what was learned, and where that is embedded (PLN-08, PLN-09)."""

    outcome = Choices(
        label="What became of it?",
        choices=[(one.value, words) for one, words in OUTCOMES.items()],
        hints={},
        error_messages={"required": "Choose what became of it."},
    )
    impact = Prose(
        label="What did it change for people, and how does one know?",
        help_text="The evidence, also where it changed nothing.",
        rows=4,
        max_length=LONGEST,
        error_messages={"required": "Give the evidence of what it changed for people, also where it changed nothing."},
    )
    learning = Prose(
        label="What was learned?",
        help_text="What others should do, or not do, in the same place.",
        rows=4,
        max_length=LONGEST,
        error_messages={"required": "Say what was learned from it."},
    )
    embedded = Prose(
        label="Where is the learning embedded in continuous improvement, and by whom?",
        rows=3,
        max_length=LONGEST,
        error_messages={
            "required": "Say where the learning is embedded in continuous improvement, and by whom.",
        },
    )
    because = Prose(
        label="Why does it end now?",
        help_text="Needed where it did not have the desired effect, or something of it is still open.",
        rows=2,
        max_length=LONGEST,
        required=False,
    )
    is_good_practice = forms.BooleanField(label="It is good practice that others can learn from", required=False)

    def finish(self) -> Finish:
        """This function will give what was written."""
        told = self.cleaned_data
        return Finish(
            Outcome(told["outcome"]), told["impact"], told["learning"], told["embedded"], told["because"],
            told["is_good_practice"],
        )  # fmt: skip
