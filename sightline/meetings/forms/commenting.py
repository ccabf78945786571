"""What people say of a draft note, and what is answered."""

from __future__ import annotations

from django import forms

from sightline.meetings.forms.planning import LONGEST
from sightline.web.checking import Checked
from sightline.web.fields import Choices, Keyed, Prose

TAKEN, NOT_TAKEN = "taken", "not_taken"


class CommentForm(Checked, Keyed):
    """A comment on a section."""

    text = Prose(
        label="What should be changed, and why?",
        max_length=LONGEST,
        help_text="Whoever keeps the record reads it and answers. It stays on record and is no part of the note.",
        error_messages={"required": "Say what should be changed in this section."},
    )


class AnswerForm(Checked, forms.Form):
    """What became of a comment."""

    became = Choices(
        label="What became of it?",
        choices=[(TAKEN, "It is taken in"), (NOT_TAKEN, "It is not taken in")],
        hints={TAKEN: "Reword the section so that it says so.", NOT_TAKEN: "The section stays as it is."},
    )
    says = Prose(
        label="What do you say to whoever made it?",
        max_length=LONGEST,
        rows=2,
        required=False,
        help_text="If it is not taken in, say why.",
    )

    def is_taken_in(self) -> bool:
        """This function will say whether the comment was taken in."""
        return bool(self.cleaned_data["became"] == TAKEN)
