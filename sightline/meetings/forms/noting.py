"""What people say of the note of a meeting: other words for a section, and when the group agreed it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms

from sightline.meetings.forms.live import LONGEST_NOTE, AtForm
from sightline.meetings.forms.planning import LONGEST
from sightline.web.checking import Checked, Finds
from sightline.web.fields import Prose


class PassageForm(Checked):
    """Other words for a section; ``seen`` is the version that the writer had before them, ``before`` what it said."""

    text = Prose(
        label="What does this section say?",
        max_length=LONGEST_NOTE,
        rows=18,
        help_text="A line that ends with a colon is a heading. A line that begins with a dash is one of a list.",
    )
    because = Prose(label="What is changed, and why?", max_length=LONGEST, rows=2)
    seen = forms.IntegerField(widget=forms.HiddenInput, initial=0)

    def __init__(self, *args: Any, before: str = "", needs_reason: bool = False, **given: Any) -> None:
        super().__init__(*args, **given)
        self.before = before
        if not needs_reason:
            del self.fields["because"]

    def settles(self, finds: Finds) -> bool:
        """This function will ask only about what stood in no earlier version: whoever was there is named in a note."""
        texts = self.texts()
        new = {
            name: tuple(one for one in some if texts[name][one.start : one.end] not in self.before)
            for name, some in finds.items()
        }
        return super().settles(new)


class AgreeForm(AtForm):
    """The meeting at which the group agreed a note, and when."""

    field_order = ["met", "when"]

    def __init__(self, *args: Any, meetings: Sequence[tuple[str, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["met"] = forms.ChoiceField(label="At which meeting did the group agree it?", choices=list(meetings))
        self.order_fields(self.field_order)

    def met(self) -> UUID:
        """This function will give the meeting that was chosen."""
        return UUID(self.cleaned_data["met"])
