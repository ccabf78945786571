"""The check before words are kept: what looks like personal data in them, where it stands, and what is done about it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField

from sightline.core.intelligence.checking import REMEDIES, REMEDY_MEANS, WHAT_IS_CHECKED, Found, Remedy, masked

Finds = Mapping[str, tuple[Found, ...]]


ASKS = "This looks like personal data. What shall be done about it?"
WHY = "Why must it stay?"
NEXT_LINE = "\n"


class Checked(forms.Form):
    """A form whose words are looked through for people before they are kept (IGV-01; QSG 2017 ¶115).

    It asks only where something was found. An answer counts for what was found when it was given, and for nothing
    that was written since.
    """

    remedies: tuple[Remedy, ...] = tuple(Remedy)
    knowingly = ""  # why what was found stays, once somebody said so

    def texts(self) -> dict[str, str]:
        """This function will give the words that were typed, by their fields."""
        given = self.cleaned_data
        typed = {name: given.get(name) for name, field in self.fields.items() if _holds_words(field)}
        return {name: words for name, words in typed.items() if isinstance(words, str) and words}

    def settles(self, finds: Finds) -> bool:
        """This function will take the answer about what was found; where there is none, it asks, and says where."""
        found = {name: some for name, some in finds.items() if some}
        if not found:
            return True
        texts = self.texts()
        match self._remedy_for(found, texts):
            case Remedy.MASK:
                return self._masks(found, texts)
            case Remedy.KEEP if self._says_why():
                return True
        self.tell(found, texts)
        return False

    def tell(self, found: Finds, texts: Mapping[str, str]) -> None:
        """This function will say at each field what was found in it, in words that stand by themselves."""
        for name, some in found.items():
            label = self.fields[name].label or ""
            self.add_error(name, list(dict.fromkeys(place(one, texts[name], f"“{label}”") for one in some)))

    def check(self) -> list[BoundField]:
        """This function will give the fields of the check, where there is anything to ask."""
        return [self[name] for name in ("people", "knowingly", "looked") if name in self.fields]

    def _remedy_for(self, found: Finds, texts: Mapping[str, str]) -> Remedy | None:
        """Put the question; give its answer, if it was put before about the very same."""
        self.fields["people"] = _choice(self.remedies)
        self.fields["knowingly"] = forms.CharField(
            label=WHY,
            help_text="Only if it must stay.",
            max_length=1_000,
            required=False,
            widget=forms.Textarea(attrs={"rows": 2}),
        )
        self.fields["looked"] = forms.CharField(widget=forms.HiddenInput, required=False)
        mark = _mark(found, texts)
        told: Any = self.data
        if told.get("looked") == mark:
            answer = next((one for one in self.remedies if one == told.get("people")), None)
            if answer is None:
                self.add_error("people", "Choose what shall be done about it.")
            return answer
        typed = told.copy()
        typed["looked"] = mark
        typed.pop("people", None)
        self.data = typed
        return None

    def _says_why(self) -> bool:
        try:
            self.knowingly = str(self.fields["knowingly"].clean(self.data.get("knowingly", "")))
        except ValidationError as problem:
            self.add_error("knowingly", problem)
            return False
        if not self.knowingly:
            self.add_error("knowingly", "Say in a sentence why it must stay.")
        return bool(self.knowingly)

    def _masks(self, found: Finds, texts: Mapping[str, str]) -> bool:
        for name, some in found.items():
            made = masked(texts[name], some)
            try:
                self.fields[name].run_validators(made)
            except ValidationError as problem:
                self.add_error(name, problem)
                return False
            self.cleaned_data[name] = made
        return True


def place(one: Found, text: str, where: str) -> str:
    """This function will say what was found and where, with its line where there are several."""
    line = f", line {text.count(NEXT_LINE, 0, one.start) + 1}" if NEXT_LINE in text else ""
    return f"{where}{line}: {one.says}"


def _holds_words(field: forms.Field) -> bool:
    return isinstance(field, forms.CharField) and not field.widget.is_hidden


def _choice(answers: tuple[Remedy, ...]) -> forms.ChoiceField:
    some = [(one.value, REMEDIES[one]) for one in answers]
    field = forms.ChoiceField(
        label=ASKS, help_text=WHAT_IS_CHECKED, choices=some, widget=forms.RadioSelect, required=True
    )
    field.hints = {one.value: REMEDY_MEANS[one] for one in answers}  # type: ignore[attr-defined]  # read when drawn
    return field


def _mark(found: Finds, texts: Mapping[str, str]) -> str:
    """What was found, in a form that says nothing of it."""

    def parts() -> Iterator[str]:
        for name in sorted(found):
            for one in found[name]:
                yield f"{name}\x1f{one.kind.value}\x1f{texts[name][one.start : one.end]}"

    return hashlib.sha256("\x1e".join(parts()).encode("utf-8", "surrogatepass")).hexdigest()
