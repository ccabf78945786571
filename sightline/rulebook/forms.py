"""What people write into the rulebook. Parsed and checked, never saved."""

from __future__ import annotations

import hashlib
from typing import Any

from django import forms

from sightline.core.rulebook import LOCAL, Part, RulebookError, parse
from sightline.core.rulebook.reading import LONGEST
from sightline.core.signals import Quadrant
from sightline.rulebook.operations import LONGEST_REASON
from sightline.rulebook.queries import PartInForce
from sightline.web.quality import QUADRANT


def _reason(label: str = "Why?") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text="Everybody who reads the rule sees your reason. Name no patient and no member of staff in it.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST_REASON,
        error_messages={"required": "Say in a sentence why."},
    )


class ChangeForm(forms.Form):
    """The text of a part, checked before anything else is asked."""

    content = forms.CharField(
        label="The rules as text",
        help_text="Keep the spaces at the start of each line: they say what belongs to what. Every entry says in "
        f"“cites” where it comes from; for a choice of your own write “{LOCAL}”.",
        widget=forms.Textarea(attrs={"rows": 30, "spellcheck": "false", "autocapitalize": "none"}),
        max_length=LONGEST,
        strip=False,
    )
    derived_from = forms.CharField(widget=forms.HiddenInput, max_length=120, required=False)

    button = "Check the text"

    def __init__(self, *args: Any, now: PartInForce, **kwargs: Any) -> None:
        self.now = now
        super().__init__(*args, **kwargs)

    def clean_content(self) -> str:
        """This function will refuse a text that breaks the shape of its part, naming each line, or changes nothing."""
        content = str(self.cleaned_data["content"]).replace("\r\n", "\n")
        try:
            made = parse(self.now.name, content)
        except RulebookError as error:
            raise forms.ValidationError([str(problem) for problem in error.problems]) from None
        if made == self.now.content and not self.now.problems:
            raise forms.ValidationError("Nothing is changed yet: this says the same as the version that counts.")
        return content

    @property
    def is_as_shown(self) -> bool:
        """Whether the difference that this text makes was shown: not yet."""
        return False

    @property
    def is_sound(self) -> bool:
        """Whether the text can be read; ask only once the form is checked."""
        return "content" in self.cleaned_data

    @property
    def made(self) -> Part:
        """The part that a sound text describes."""
        return parse(self.now.name, self.cleaned_data["content"])

    @property
    def given(self) -> dict[str, str]:
        """What is kept, as the operation takes it."""
        return {name: self.cleaned_data[name] for name in ("content", "derived_from", "because")}

    def asking_why(self) -> KeepForm:
        """This function will make the form that follows once the difference is shown; what was typed stays."""
        content = self.cleaned_data["content"]
        kept = {"content": content, "checked": digest(content), "derived_from": self.cleaned_data["derived_from"]}
        return KeepForm(now=self.now, initial={**kept, "because": self.data.get("because", "")})


class KeepForm(ChangeForm):
    """A text whose difference was shown, with the reason for it."""

    button = "Keep this version"
    because = _reason()
    checked = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)

    field_order = ["because", "content"]

    @property
    def is_as_shown(self) -> bool:
        """Whether the text is the one whose difference was shown."""
        return bool(self.cleaned_data.get("checked") == digest(self.cleaned_data["content"]))


def digest(content: str) -> str:
    """This function will tell one checked text from another, so that what is kept is what was shown."""
    return hashlib.sha256(content.encode()).hexdigest()


class ReasonForm(forms.Form):
    """Only the reason."""

    because = _reason()


class SourceForm(forms.Form):
    """A source of evidence to be added."""

    name = forms.CharField(label="Name of the source", min_length=2, max_length=200)
    quadrant = forms.TypedChoiceField(
        label="Which kind of evidence is it?",
        choices=[(one.value, QUADRANT[one]) for one in Quadrant],
        coerce=Quadrant,
        widget=forms.RadioSelect,
    )
    cites = forms.CharField(
        label="Where does it come from?",
        help_text=f"The paragraph of a guidance, or “{LOCAL}” for a choice of your own.",
        min_length=3,
        max_length=200,
        initial=LOCAL,
    )
    feeds = forms.MultipleChoiceField(
        label="Does Sightline read anything for it?",
        help_text="Evidence from these files and collections then stands under this source too.",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    because = _reason()

    def __init__(self, *args: Any, feeds: tuple[tuple[str, str], ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["feeds"].choices = list(feeds)  # type: ignore[attr-defined]  # the stubs know only Field

    def clean_feeds(self) -> tuple[str, ...]:
        """This function will give the feeds in the order of the list."""
        return tuple(self.cleaned_data["feeds"])
