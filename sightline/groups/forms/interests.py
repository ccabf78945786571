"""What people say about their interests, and about agreements to share. Parsed and checked, never saved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms

from sightline.accounts.models import Person
from sightline.accounts.words import role_words
from sightline.core.access import Actor, Role
from sightline.directory.choosing import CHOSEN, ChoosesSubjects, SubjectWords
from sightline.groups.words import AGREEMENT, KIND, KIND_MEANS, AgreementStatus, InterestKind
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


class AgreementForm(forms.Form):
    """How it stands with an organisation's agreement; which group is asked only where there are several."""

    system = forms.ChoiceField(label="In which group?")
    status = forms.TypedChoiceField(
        label="How does it stand?",
        choices=[(one.value, words) for one, words in AGREEMENT.items()],
        coerce=AgreementStatus,
        widget=forms.RadioSelect,
    )
    agreed_on = DayField(label="When was it agreed?", required=False, help_text="Only where it was agreed.")
    review_on = DayField(label="When is it due for review?", required=False, help_text="Only where it is agreed.")
    reference = forms.CharField(
        label="Where is the paper kept?",
        max_length=250,
        required=False,
        help_text="Such as a reference or the name of a register. Those who keep the record read it.",
    )
    because = forms.CharField(
        label="What is this based on?",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Such as: signed by both; said at the meeting. Those who keep the record read it.",
    )

    def __init__(self, *args: Any, systems: Mapping[str, str], **given: Any) -> None:
        super().__init__(*args, **given)
        self._only = next(iter(systems)) if len(systems) == 1 else None
        field = self.fields["system"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(systems.items())
        if self._only is not None:
            del self.fields["system"]

    def clean(self) -> dict[str, Any]:
        """This function will give the one group where there is no choice."""
        given: dict[str, Any] = super().clean() or {}
        return {**given, "system": self._only} if self._only is not None else given


def _named(person: Person, on: date) -> str:
    held = [Role(grant.role) for grant in person.role_grants.all() if grant.as_grant().holds_on(on)]
    return f"{person.display_name} ({', '.join(dict.fromkeys(role_words(role) for role in held))})"
