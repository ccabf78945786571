"""Forms about an item that is on the record: more words, other words, who may see it, and its tags."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from sightline.core.access import Handling
from sightline.intelligence import wording as say
from sightline.intelligence.forms.capture import TicksField, WordsField

_OPEN = (Handling.MEMBERS, Handling.RESTRICTED)
_ALL = (Handling.PUBLIC, *_OPEN)


def _lines(label: str, hint: str = "", required: bool = True) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    return forms.CharField(label=label, help_text=hint, max_length=1_000, required=required, widget=widget)


def _handling(label: str, ones: tuple[Handling, ...]) -> forms.ChoiceField:
    choices = [(one.value, say.HANDLING_OF[one]) for one in ones]
    return forms.ChoiceField(
        label=label,
        choices=choices,
        widget=forms.RadioSelect,
        initial=Handling.MEMBERS.value,
        help_text=say.HANDLING_LAW,
    )


def _choose_from(field: forms.Field, people: Sequence[tuple[str, str]]) -> None:
    assert isinstance(field, TicksField)
    field.choices = people


class WordsForm(forms.Form):
    """A passage more."""

    words = WordsField(
        label="What more have you heard?",
        help_text="Leave out names and anything else by which a person could be recognised.",
        error_messages={"required": "Say in a sentence what you heard."},
    )
    handling = _handling("Who may see these words?", _OPEN)
    knowingly = _lines(
        "Why must a name or number stay?", "Only if your words hold one that cannot be left out.", required=False
    )

    def clean_handling(self) -> Handling:
        """This function will give the handling as the rules know it."""
        return Handling(self.cleaned_data["handling"])


class AddWordsForm(WordsForm):
    """A passage more, with the reason where it is for fewer readers (IGV-05)."""

    field_order = ["words", "handling", "why_fewer", "knowingly"]
    why_fewer = _lines("Why for fewer readers?", "Only if the words are for named readers only.", required=False)


class ReplaceForm(WordsForm):
    """Other words in a passage's place, with the reason."""

    field_order = ["words", "handling", "because", "knowingly"]
    handling = _handling("Who may see the new words?", _ALL)
    because = _lines("Why do you replace them?", "The first words stay on the record, and their writer keeps them.")

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["words"].label = "The words in their place"


class HandlingForm(forms.Form):
    """Who may see an item, by handling and by name."""

    handling = _handling("Who may see it?", _ALL)
    readers = TicksField(
        label="People on its list",
        required=False,
        help_text="They alone read what is for named readers; the giver, and you, are always on the list.",
    )
    because = _lines("Why?")
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, readers: tuple[tuple[str, str], ...], **given: Any) -> None:
        super().__init__(*args, **given)
        _choose_from(self.fields["readers"], readers)

    def clean_handling(self) -> Handling:
        """This function will give the handling as the rules know it."""
        return Handling(self.cleaned_data["handling"])

    def clean_readers(self) -> tuple[str, ...]:
        """This function will give the actor ids that were chosen."""
        return tuple(self.cleaned_data["readers"])


class MarkForm(forms.Form):
    """That an item is more sensitive than was said: for fewer readers, with the reason (IGV-05, IGV-09)."""

    handling = forms.TypedChoiceField(
        label="Who may see it from now on?", coerce=Handling, widget=forms.RadioSelect, help_text=say.HANDLING_LAW
    )
    readers = TicksField(
        label="People on its list",
        required=False,
        help_text="Only for named readers. Whoever keeps the record sees it no more unless you tick them; the giver "
        "and you always do.",
    )
    because = _lines("Why is it more sensitive?", "Those who keep the record, and who may mark it, read your reason.")
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, ones: Sequence[Handling], people: Sequence[tuple[str, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        field = self.fields["handling"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [(one.value, say.HANDLING_OF[one]) for one in ones]
        _choose_from(self.fields["readers"], people)

    def clean_readers(self) -> tuple[str, ...]:
        """This function will give the actor ids that were chosen."""
        return tuple(self.cleaned_data["readers"])


class TagsForm(forms.Form):
    """The tags of one kind."""

    values = TicksField(label="Which of these?", required=False)

    def __init__(self, *args: Any, choices: tuple[tuple[str, str], ...], label: str, **given: Any) -> None:
        super().__init__(*args, **given)
        field = self.fields["values"]
        assert isinstance(field, TicksField)
        field.choices, field.label = choices, label

    def clean_values(self) -> tuple[str, ...]:
        """This function will give the ids that were chosen."""
        return tuple(self.cleaned_data["values"])
