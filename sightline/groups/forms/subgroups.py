"""What people say of sub-groups: what is asked of one, and what it reports. Parsed and checked, never saved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from sightline.core.groups.reporting_back import MOST_MONTHS, Rhythm, problems
from sightline.directory.choosing import CHOSEN, ChoosesSubjects, SubjectWords
from sightline.groups.models import Group, Seat
from sightline.groups.operations.subgroups import Asked
from sightline.web.checking import Checked
from sightline.web.fields import Choices, DayField, Keyed, Prose

LONGEST = 4_000
NONE = "none"
_A_DAY = "For example 31 3 2026."


class AskForm(ChoosesSubjects, Checked):
    """To which group one reports and what is asked of it; ``parents`` are those that it may report to, ``seats`` who may lead."""

    task = Prose(
        label="What is it asked to do?",
        required=False,
        max_length=LONGEST,
        help_text="In one or two sentences. Whoever sits in either group reads it.",
    )
    first_on = DayField(label="By when does it report for the first time?", required=False, help_text=_A_DAY)
    every_months = forms.IntegerField(
        label="After how many months does it report again?",
        required=False,
        min_value=1,
        max_value=MOST_MONTHS,
        help_text="Empty where it reports once.",
    )
    done_by = DayField(
        label="By when is the work to be done?",
        required=False,
        help_text=f"{_A_DAY} A last report is due then. Empty for a group that goes on.",
    )
    provider = SubjectWords(
        label="Does it follow one provider’s action plan and indicators? Whose?",
        required=False,
        help_text="The name or a part of it, or the code. Empty where it does not. Monitoring stays with the regulator.",
    )
    because = Prose(
        label="Why, or where was it agreed?",
        max_length=LONGEST,
        rows=2,
        help_text="Such as: agreed at the meeting of 3 March. Those who keep the groups read it.",
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)
    field_order = [
        "parent", "lead", "task", "first_on", "every_months", "done_by", "provider", "provider" + CHOSEN, "because",
    ]  # fmt: skip

    def __init__(self, *args: Any, parents: Iterable[Group], seats: Mapping[Seat, str], **given: Any) -> None:
        super().__init__(*args, **given)
        self._parents = {str(one.pk): one for one in parents}
        self._seats = {str(one.pk): one for one in seats}
        self.fields["parent"] = forms.ChoiceField(
            label="To which group does it report?",
            choices=[
                ("", "Choose a group"),
                *((key, one.name) for key, one in self._parents.items()),
                (NONE, "To none any more"),
            ],
            error_messages={"required": "Choose the group to which it reports, or that it reports to none any more."},
        )
        self.fields["lead"] = Choices(
            label="Who leads it and reports back?",
            choices=[(str(one.pk), one.title) for one in seats],
            hints={str(one.pk): says for one, says in seats.items()},
            required=False,
            help_text="Whoever sits on the seat leads, and whoever follows them.",
        )
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        """This function will give what is asked as one; nothing where it reports to none any more."""
        given = super().clean() or {}
        given["asked"] = None
        if "parent" not in given or given["parent"] == NONE:
            return given
        for name, says in (
            ("lead", "Choose the seat that leads and reports back."),
            ("task", "Say what it is asked to do."),
            ("first_on", "Give the day by which it reports for the first time."),
        ):
            if not given.get(name) and name not in self.errors:
                self.add_error(name, says)
        if self.errors:
            return given
        rhythm = Rhythm(given["first_on"], given["every_months"], given["done_by"])
        for one in problems(rhythm):
            self.add_error("done_by", one)
        given["asked"] = Asked(
            self._parents[given["parent"]], self._seats[given["lead"]], given["task"], rhythm, given["provider"]
        )
        return given


class ReportForm(ChoosesSubjects, Checked, Keyed):
    """What a sub-group reports; ``parent`` is to whom. About whom it is, is asked only where nothing says so already."""

    text = Prose(
        label="What was done, and what was found?",
        rows=8,
        max_length=LONGEST,
        error_messages={"required": "Say what was done and what was found."},
    )
    asks = Prose(label="What do you need of the group?", rows=3, required=False, max_length=LONGEST)
    subject = SubjectWords(
        label="Is it about one provider, place or theme? Which?",
        required=False,
        help_text="Whoever has an interest there then does not read it. Empty where it is about none alone.",
    )
    field_order = ["text", "asks", "subject", "subject" + CHOSEN]

    def __init__(self, *args: Any, parent: str, asks_whom: bool, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["text"].help_text = f"Read by whoever sits in {parent}, and by those who keep its papers."
        if not asks_whom:
            del self.fields["subject"]
        self.order_fields(self.field_order)
