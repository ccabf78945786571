"""What is asked of whoever chairs a group about one subject, in each form that sets such a group up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from sightline.accounts.models import Person
from sightline.directory.choosing import SubjectWords
from sightline.improvement.reviews_given import ChairGiven

NONE = "none"


class Chaired(forms.Form):
    """In whose name a group is chaired; the other fields are ``chair_fields``."""

    chairs_for = SubjectWords(
        label="In whose name do they chair?",
        help_text="The organisation that they speak for: its name or a part of it, or the code.",
    )


def chair_fields(
    people: Mapping[str, Person], triggers: Mapping[str, str], *, is_met: bool, what: str
) -> dict[str, forms.Field]:
    """This function will make the fields for who chairs, and on which trigger; ``is_met`` says that none has to be cited."""
    met = f" It need not be cited here: what the {what} is about is a trigger by itself." if is_met else ""
    return {
        "chair": forms.ChoiceField(
            label="Who chairs it?",
            choices=[("", "Choose a person"), *((key, one.display_name) for key, one in people.items())],
        ),
        "trigger": forms.ChoiceField(
            label="Which trigger for the involvement of NHS England’s region is met?",
            choices=[*triggers.items(), (NONE, "None is cited")],
            widget=forms.RadioSelect,
            required=False,
            initial=NONE,
            help_text=f"Only where they chair in the name of NHS England’s region.{met}",
        ),
    }


def chair_given(told: Mapping[str, Any], people: Mapping[str, Person]) -> ChairGiven:
    """This function will give who chairs, as it was chosen."""
    cited = str(told["trigger"])
    return ChairGiven(people[told["chair"]], told["chairs_for"].organisation, "" if cited == NONE else cited)
