"""What people answer, ask and review. Parsed and checked, never saved."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from sightline.core.signals import ROWS, Dimension, Quadrant
from sightline.web.fields import DayField
from sightline.web.quality import DIMENSION, QUADRANT

LONGEST = 2000
_YES, _NO = "yes", "no"


class ProposalForm(forms.Form):
    """An answer to what the rules propose; a page may hold several, so each has ids of its own."""

    fingerprint = forms.CharField(max_length=4000, widget=forms.HiddenInput)
    accepted = forms.TypedChoiceField(
        label="What do you decide?",
        choices=[(_YES, "Accept"), (_NO, "Decline")],
        coerce=lambda word: word == _YES,
        widget=forms.RadioSelect,
    )
    because = forms.CharField(
        label="Why?",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="A sentence. Your name and your reason stay on the record.",
    )


class AskForm(forms.Form):
    """A request for information."""

    asked_of = forms.CharField(label="Who is asked?", max_length=250, help_text="A body, or the part of it that knows.")
    question = forms.CharField(
        label="What do you ask for?",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Do not repeat what was told in confidence: whoever is asked will read this.",
    )
    row = forms.TypedChoiceField(
        label="Which dimension of quality is it about?",
        required=False,
        choices=[("", "No one dimension"), *((one.value, DIMENSION[one]) for one in ROWS)],
        coerce=Dimension,
        empty_value=None,
    )
    quadrant = forms.TypedChoiceField(
        label="Which kind of source would the answer be?",
        required=False,
        choices=[("", "No one kind"), *((one.value, QUADRANT[one]) for one in Quadrant)],
        coerce=Quadrant,
        empty_value=None,
    )
    due_on = DayField(label="By when do you need the answer?", required=False, help_text="For example 27 3 2026.")
    again = forms.BooleanField(label="Ask the same again", required=False)

    def __init__(self, *args: Any, before: Iterable[tuple[str, str]] = (), **given: Any) -> None:
        super().__init__(*args, **given)
        self._before = {(_plain(whom), _plain(what)) for whom, what in before}
        if not self._repeats(str(self.data.get("asked_of", "")), str(self.data.get("question", ""))):
            del self.fields["again"]

    def clean(self) -> dict[str, Any]:
        """This function will warn of a question that was put before; whoever knows may put it again (CQC-06)."""
        given = super().clean() or {}
        again = given.pop("again", False)
        if self._repeats(given.get("asked_of", ""), given.get("question", "")) and not again:
            self.add_error("again", "The same was asked of the same body before. Tick to ask it again.")
        return given

    def _repeats(self, whom: str, what: str) -> bool:
        return (_plain(whom), _plain(what)) in self._before


class EndForm(forms.Form):
    """How a request ended."""

    came = forms.TypedChoiceField(
        label="Did an answer come?",
        choices=[(_YES, "Yes"), (_NO, "No, and it is awaited no longer")],
        coerce=lambda word: word == _YES,
        widget=forms.RadioSelect,
    )
    says = forms.CharField(
        label="What did it bring, or why did nothing come?",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Share what was learned as intelligence too, so that it counts in the picture.",
    )

    def clean(self) -> dict[str, Any]:
        """This function will ask for a word where nothing came."""
        given = super().clean() or {}
        if given.get("came") is False and not given.get("says"):
            self.add_error("says", "Say in a sentence why nothing came, or what you do instead.")
        return given


class RatingsForm(forms.Form):
    """Which of the listed ratings count, or do not."""

    signals = forms.MultipleChoiceField(
        label="Ratings",
        error_messages={
            "required": "Choose at least one rating.",
            "invalid_choice": "One that you chose has changed meanwhile: look at the list again.",
        },
    )
    counts = forms.TypedChoiceField(
        label="What do you decide about those that you chose?",
        choices=[(_YES, "They are about these bodies as they now are, and count"), (_NO, "Set them aside")],
        coerce=lambda word: word == _YES,
        widget=forms.RadioSelect,
    )
    because = forms.CharField(
        label="Why?",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Needed where you set them aside, such as: the judgement was about the body before it.",
    )

    def __init__(self, *args: Any, choices: Iterable[str], **given: Any) -> None:
        super().__init__(*args, **given)
        listed = self.fields["signals"]
        assert isinstance(listed, forms.MultipleChoiceField)
        listed.choices = [(key, key) for key in choices]

    def clean(self) -> dict[str, Any]:
        """This function will ask for a reason where ratings are set aside."""
        given = super().clean() or {}
        if given.get("counts") is False and not given.get("because"):
            self.add_error("because", "Say in a sentence why they are set aside.")
        return given


def _plain(words: str) -> str:
    return " ".join(words.split()).casefold()
