"""What people say about their interests. Parsed and checked, never saved."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from sightline.accounts.models import Person
from sightline.accounts.words import role_words
from sightline.core.access import Actor, Role
from sightline.directory.choosing import CHOSEN, ChoosesSubjects, SubjectWords
from sightline.groups.words import KIND, KIND_MEANS, InterestKind
from sightline.web.fields import DayField

LONGEST = 2000
NOT_PRIVATE = "Do not name others, such as the relative whose interest it is."


class _KindField(forms.TypedChoiceField):
    """The kind of interest, each with what it means."""

    def __init__(self) -> None:
        self.hints = {kind.value: means for kind, means in KIND_MEANS.items()}
        super().__init__(
            label="What kind of interest is it?",
            choices=[(kind.value, words) for kind, words in KIND.items()],
            coerce=InterestKind,
            widget=forms.RadioSelect,
        )


class InterestForm(ChoosesSubjects):
    """An interest of one's own."""

    subject = SubjectWords(label="In whom or what is the interest?")
    kind = _KindField()
    detail = forms.CharField(
        label="What is it?",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=f"A sentence is enough. {NOT_PRIVATE}",
    )
    since = DayField(label="Since when?", required=False, help_text="For example 27 3 2026. Empty for today.")
    until = DayField(label="Last day", required=False, help_text="Where it is known already. Empty while it goes on.")

    def clean(self) -> dict[str, Any]:
        """This function will see that it does not end before it begins."""
        given = super().clean()
        begins, ends = given.get("since"), given.get("until")
        if begins and ends and ends < begins:
            self.add_error("until", "The last day lies before the first: correct one of the two.")
        return given


class RecordForm(InterestForm):
    """An interest that another told of, for whoever keeps the register."""

    field_order = [
        "person",
        "subject",
        "subject" + CHOSEN,
        "kind",
        "detail",
        "declared_on",
        "since",
        "until",
        "because",
    ]
    person = forms.ChoiceField(label="Whose interest is it?")
    declared_on = DayField(label="When did they say so?", required=False, help_text="Empty for today.")
    because = forms.CharField(
        label="How did it become known?",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Such as: said at the start of the meeting. The person will read this.",
    )

    def __init__(self, *args: Any, people: Iterable[Person], actor: Actor, on: date, **given: Any) -> None:
        self._people = {str(person.pk): person for person in people}
        super().__init__(*args, actor=actor, on=on, **given)
        named = [(pk, _named(person, on)) for pk, person in self._people.items()]
        self.fields["person"] = forms.ChoiceField(
            label=self.fields["person"].label, choices=[("", "Choose a person"), *named]
        )
        self.fields["since"].help_text = "For example 27 3 2026. Empty for the day on which they said so."
        self.order_fields(self.field_order)

    def clean_person(self) -> Person:
        """This function will give the person who was chosen."""
        return self._people[self.cleaned_data["person"]]


class EndForm(forms.Form):
    """The end of an interest."""

    ends_on = DayField(
        label="From which day on does it no longer hold?", required=False, help_text="Empty for today, at once."
    )
    because = forms.CharField(label="Why does it end?", max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2}))


def _named(person: Person, on: date) -> str:
    held = [Role(grant.role) for grant in person.role_grants.all() if grant.as_grant().holds_on(on)]
    return f"{person.display_name} ({', '.join(dict.fromkeys(role_words(role) for role in held))})"
