"""What people fill in about milestones: how one stands, what its provider says of it, and a new concern."""

from __future__ import annotations

from typing import Any

from django import forms

from sightline.core.improvement.milestones import Lasts, Noted, Progress
from sightline.web.checking import Checked
from sightline.web.fields import Choices, Keyed, Prose

LONGEST = 4_000
LONGEST_LINE = 250
PROGRESS = {
    Progress.UNDER_WAY: ("On its way", ""),
    Progress.IN_DOUBT: ("May not be reached", "Say why, and what is done about it."),
    Progress.MISSED: ("Will not be reached", "Say why, and what is done instead."),
    Progress.REACHED: ("Reached", "Give the evidence."),
}
LASTS = {
    Lasts.NOT_YET: "Too early to say",
    Lasts.YES: "Yes, it is embedded and will last",
    Lasts.NO: "No, it is slipping back",
}


class UpdateForm(Checked, Keyed):
    """How far the provider is with a milestone of its own plan (QIG-05)."""

    progress = Choices(
        label="How far is it?",
        choices=[(one.value, words) for one, (words, _) in PROGRESS.items()],
        hints={one.value: hint for one, (_, hint) in PROGRESS.items() if hint},
        error_messages={"required": "Choose how far it is."},
    )
    says = Prose(label="What is there to say?", rows=4, max_length=LONGEST, required=False)
    evidence = Prose(
        label="The evidence",
        help_text="What shows it, and where it can be read. An address of a page is enough.",
        rows=3,
        max_length=LONGEST,
        required=False,
    )

    def noted(self) -> Noted:
        """This function will give what was written, as the provider's."""
        told = self.cleaned_data
        return Noted(Progress(told["progress"]), told["says"], told["evidence"], is_providers=True)


class NoteForm(UpdateForm):
    """How a milestone stands as the group sees it, who assured it and how, and whether it lasts (PLN-07)."""

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["assured_by"] = forms.CharField(
            label="Who assured it?",
            help_text="Somebody other than whoever did the work; the role and the organisation are enough.",
            max_length=LONGEST_LINE,
            required=False,
        )
        self.fields["assured_how"] = Prose(
            label="How was it assured?", help_text="What they looked at.", rows=2, max_length=LONGEST, required=False
        )
        self.fields["lasts"] = Choices(
            label="Is it embedded, and will it last?",
            choices=[(one.value, words) for one, words in LASTS.items()],
            hints={},
            initial=Lasts.NOT_YET.value,
            error_messages={"required": "Choose whether it lasts."},
        )

    def noted(self) -> Noted:
        """This function will give what was written, as the group's."""
        told = self.cleaned_data
        return Noted(
            Progress(told["progress"]), told["says"], told["evidence"], told["assured_by"], told["assured_how"],
            Lasts(told["lasts"]),
        )  # fmt: skip


class ConcernForm(Checked, Keyed):
    """A new concern that the provider tells, with what it does about it already (QIG-05)."""

    says = Prose(
        label="What is the concern?",
        help_text="A new concern about quality or performance. Name no patient.",
        rows=4,
        max_length=LONGEST,
        error_messages={"required": "Say what the concern is."},
    )
    steps = Prose(
        label="What have you done already to keep people safe?",
        rows=4,
        max_length=LONGEST,
        error_messages={"required": "Say what you have done already."},
    )


class TakenUpForm(Checked):
    """What the group does about a new concern that the provider told (QIG-05)."""

    says = Prose(
        label="What does the group do about it?",
        rows=4,
        max_length=LONGEST,
        help_text="The provider reads that it was taken up, and not what you write here.",
        error_messages={"required": "Say what the group does about it."},
    )
