"""What people say of safeguarding in a group: who answers for it, what is confirmed, which boards. Parsed, never saved."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from sightline.accounts.models import Person
from sightline.core.intelligence.checking import Remedy
from sightline.groups.models import Seat
from sightline.groups.safeguarding_words import MOST_MONTHS, REPRESENTED, CouncilBodyKind, Represented
from sightline.web.checking import Checked
from sightline.web.fields import Choices, DayField, Prose

LONGEST = 2_000
_A_DAY = "For example, 31 3 2026."
_HINTS = {
    Represented.SAME.value: "Nothing else is asked.",
    Represented.ANOTHER.value: "Say below how the two keep each other informed.",
    Represented.NOBODY.value: "Such as an organisation that is a member here alone.",
}


class _Reasoned(Checked):
    """A change for a reason, which those who keep the groups read; nobody is named in it."""

    remedies = (Remedy.MASK, Remedy.CHANGE)
    because = Prose(
        label="Why, or where was it agreed?",
        help_text="Such as: agreed at the meeting of 3 March. Those who keep the groups read it.",
        rows=2,
        max_length=LONGEST,
        error_messages={"required": "Say in a sentence why, or where it was agreed."},
    )


class LeadForm(_Reasoned):
    """Which seat answers for safeguarding; ``seats`` by their keys, each with who sits there."""

    field_order = ["seat", "from_on", "because"]
    from_on = DayField(label="From which day on?", required=False, help_text=f"{_A_DAY} Empty for today.")

    def __init__(self, *args: Any, seats: Mapping[Seat, str], **given: Any) -> None:
        super().__init__(*args, **given)
        self._seats = {str(one.pk): one for one in seats}
        self.fields["seat"] = Choices(
            label="Which seat answers for it?",
            choices=[(str(one.pk), one.title) for one in seats],
            hints={str(one.pk): says for one, says in seats.items()},
            error_messages={"required": "Choose the seat that answers for it."},
        )
        self.order_fields(self.field_order)

    def clean_seat(self) -> Seat:
        """This function will give the seat that was chosen."""
        return self._seats[self.cleaned_data["seat"]]


class PeriodForm(_Reasoned):
    """After how many months an organisation is asked again."""

    field_order = ["months", "from_on", "because"]
    months = forms.IntegerField(
        label="After how many months is each organisation asked again?",
        min_value=1,
        max_value=MOST_MONTHS,
        help_text=f"From 1 to {MOST_MONTHS}.",
        error_messages={"required": "Give the number of months."},
    )
    from_on = DayField(label="From which day on?", required=False, help_text=f"{_A_DAY} Empty for today.")


class ConfirmForm(Checked):
    """What an organisation confirms; ``people`` are asked for only where somebody writes it down for others."""

    knows_accountability = forms.BooleanField(
        label="It knows what it answers for in keeping children and adults safe in this area",
        error_messages={"required": "Tick this once it is so. Until then there is nothing to confirm."},
    )
    knows_processes = forms.BooleanField(
        label="It knows how local safeguarding works for people at risk, or who are being harmed",
        error_messages={"required": "Tick this once it is so. Until then there is nothing to confirm."},
    )
    represented = Choices(
        label="Who speaks for it on the safeguarding boards?",
        choices=[(one.value, words) for one, words in REPRESENTED.items()],
        hints=_HINTS,
        error_messages={"required": "Choose who speaks for it on the safeguarding boards."},
    )
    briefs = Prose(
        label="If somebody else: how do the two brief each other?",
        help_text="By their roles, not their names. Empty where there is no such way yet: it is then shown as missing. "
        "Read by those who keep the groups and by whoever sits here for the organisation.",
        required=False,
        rows=3,
        max_length=LONGEST,
    )
    confirmed_on = DayField(label="On which day?", required=False, help_text=f"{_A_DAY} Empty for today.")

    def __init__(self, *args: Any, people: Mapping[Person, str] | None, **given: Any) -> None:
        super().__init__(*args, **given)
        self._people = {str(one.pk): one for one in people or ()}
        if people is not None:
            self.fields["person"] = forms.ChoiceField(
                label="Who confirmed it?",
                choices=[("", "Choose a person"), *((str(one.pk), says) for one, says in people.items())],
                error_messages={"required": "Choose who confirmed it."},
            )
            self.order_fields(["person"])

    def clean_person(self) -> Person:
        """This function will give the person who was chosen."""
        return self._people[self.cleaned_data["person"]]

    def clean_confirmed_on(self) -> date | None:
        """This function will refuse a day that is still to come."""
        return _past(self.cleaned_data["confirmed_on"])

    def clean(self) -> dict[str, Any]:
        """This function will ask for words only where two people speak for the organisation."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("represented"):
            given["represented"] = Represented(given["represented"])
            if given.get("briefs") and given["represented"] is not Represented.ANOTHER:
                self.add_error(
                    "briefs", "This is asked only where somebody else speaks for it. Empty it, or choose that."
                )
        return {key: value for key, value in given.items() if not key.startswith("knows_")}


class CouncilBodyForm(Checked):
    """A board or committee of a council; ``seats`` are those through which the group may keep in touch."""

    name = forms.CharField(
        label="What is it called?", max_length=250, error_messages={"required": "Say what it is called."}
    )
    reached_by = forms.CharField(
        label="How does a matter reach it?",
        help_text="A page, an office or a team; no person’s own address.",
        max_length=500,
        required=False,
    )
    priorities = Prose(
        label="Which priorities has it set?",
        help_text="From its joint health and wellbeing strategy. Every member of the group reads them.",
        rows=5,
        required=False,
    )
    as_of = DayField(label="On which day was this so?", required=False, help_text=f"{_A_DAY} Empty for today.")

    def __init__(self, *args: Any, kind: CouncilBodyKind, seats: Mapping[Seat, str], **given: Any) -> None:
        super().__init__(*args, **given)
        if kind is not CouncilBodyKind.WELLBEING_BOARD:
            del self.fields["priorities"]
        self._seats = {str(one.pk): one for one in seats}
        named = [(str(one.pk), f"{one.title}: {says}") for one, says in seats.items()]
        self.fields["seat"] = forms.ChoiceField(
            label="Through which seat does the group keep in touch with it?",
            choices=[("", "Through none yet"), *named],
            help_text="As a rule the council’s own.",
            required=False,
        )
        self.order_fields(["name", "reached_by", "seat", "priorities", "as_of"])

    def clean_seat(self) -> Seat | None:
        """This function will give the seat that was chosen, if one was."""
        return self._seats.get(self.cleaned_data["seat"])

    def clean_as_of(self) -> date | None:
        """This function will refuse a day that is still to come."""
        return _past(self.cleaned_data["as_of"])


def _past(given: date | None) -> date | None:
    if given and given > timezone.localdate():
        raise forms.ValidationError("This day is still to come. Give the day on which it was so.")
    return given
