"""The check before anything is shared: what looks like personal data, and where else the matter may have to go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from sightline.core.intelligence.checking import REMEDIES, REMEDY_MEANS, Remedy, masked
from sightline.core.rulebook import Prompt, PromptKind
from sightline.core.signals import Bearing
from sightline.intelligence.giving import Given, Kept, Way, Words
from sightline.intelligence.looking import Seen
from sightline.intelligence.words import ReferralKind, Safeguarding

YES, NO = "yes", "no"


_WHO = {
    PromptKind.REGULATOR: "If yes, which regulator?",
    PromptKind.OTHER_GROUP: "If yes, which kind of group?",
    PromptKind.BUSINESS_AS_USUAL: "If yes, who can put it right?",
}

_AFTER = {YES: ("_body", "_which"), NO: ("_why",)}  # what is asked after each answer, by the ends of the fields' names


@dataclass(frozen=True, slots=True)
class Asked:
    """What must be asked about one item before it is shared."""

    people: bool
    prompts: tuple[Prompt, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def anything(self) -> bool:
        """Whether there is anything to ask or to tell; if not, the item is sent straight on."""
        return self.people or bool(self.prompts) or bool(self.remarks)


def asked_about(given: Given, seen: Seen, prompts: tuple[Prompt, ...], remarks: tuple[str, ...]) -> Asked:
    """This function will say what must be asked: good news goes nowhere else, anything else might (SAF-01, INT-07)."""
    return Asked(seen.anybody, () if given.bearing is Bearing.IMPROVEMENT else prompts, remarks)


@dataclass(frozen=True, slots=True)
class Question:
    """One question, and by each of its answers what is asked next."""

    field: BoundField
    after: Mapping[str, tuple[BoundField, ...]]


class CheckForm(forms.Form):
    """The answers to the check: fields for what must be asked, and no others."""

    def __init__(self, *args: Any, asked: Asked, **given: Any) -> None:
        super().__init__(*args, **given)
        self.asked = asked
        if asked.people:
            self.fields["people"] = _choice("What shall be done about it?", REMEDIES, REMEDY_MEANS)
            self.fields["knowingly"] = _lines("Why must it stay?", "")
        for place, prompt in enumerate(asked.prompts):
            self._ask(f"p{place}", prompt, must=prompt == next(iter(_safeguarding(asked.prompts)), None))

    def _ask(self, name: str, prompt: Prompt, must: bool) -> None:
        self.fields[name] = _choice(prompt.asks, {YES: "Yes", NO: "No"}, {YES: prompt.says}, required=must)
        if prompt.kind is PromptKind.SAFEGUARDING:
            return
        bodies = [("", "Not chosen"), *((one.name, one.name) for one in prompt.bodies)]
        self.fields[f"{name}_body"] = forms.ChoiceField(label=_WHO[prompt.kind], choices=bodies, required=False)
        if prompt.kind is PromptKind.OTHER_GROUP:
            self.fields[f"{name}_which"] = forms.CharField(
                label="What is it called, or where is it?", max_length=120, required=False
            )
        if prompt.kind is PromptKind.BUSINESS_AS_USUAL:
            self.fields[f"{name}_why"] = _lines("If no: why can it not be resolved there?", "")

    def clean(self) -> dict[str, Any]:
        """This function will ask for the reason of what must stay, and for whom a matter is to go to."""
        told: dict[str, Any] = super().clean() or {}
        if told.get("people") == Remedy.KEEP and not told.get("knowingly"):
            self.add_error("knowingly", "Say in a sentence why it must stay.")
        for place, prompt in enumerate(self.asked.prompts):
            name = f"p{place}"
            needs_body = prompt.kind in {PromptKind.OTHER_GROUP, PromptKind.BUSINESS_AS_USUAL}
            if needs_body and told.get(name) == YES and not told.get(f"{name}_body"):
                self.add_error(f"{name}_body", "Choose who it should go to.")
        return told

    def about_people(self) -> list[Question]:
        """This function will give what is asked about what looks like personal data: nothing, or one question."""
        return [Question(self["people"], {Remedy.KEEP.value: (self["knowingly"],)})] if self.asked.people else []

    def about_others(self) -> list[Question]:
        """This function will give the questions about where else the matter may have to go, in their order."""
        return [
            Question(
                self[name],
                {
                    answer: tuple(self[name + part] for part in parts if name + part in self.fields)
                    for answer, parts in _AFTER.items()
                },
            )
            for name in (f"p{place}" for place, _ in enumerate(self.asked.prompts))
        ]

    @property
    def goes_back(self) -> bool:
        """Whether the giver would rather change their words."""
        return self.cleaned_data.get("people") == Remedy.CHANGE

    def completed(self, given: Given, seen: Seen) -> Given:
        """This function will add the answers to what is given."""
        told = self.cleaned_data
        keeps = told.get("people") == Remedy.KEEP
        made = replace(
            given,
            knowingly=told["knowingly"] if keeps else "",
            safeguarding=self._safeguarding(),
            practitioner=any(self._answers(PromptKind.REGULATOR)),
            onward=tuple(self._ways()),
        )
        return _without_people(made, seen) if told.get("people") == Remedy.MASK else made

    def _answers(self, kind: PromptKind) -> list[bool]:
        names = [f"p{place}" for place, one in enumerate(self.asked.prompts) if one.kind is kind]
        return [self.cleaned_data.get(name) == YES for name in names]

    def _safeguarding(self) -> Safeguarding:
        """The first question is about somebody in danger; those after it are about patterns (SAF-02)."""
        answers = self._answers(PromptKind.SAFEGUARDING)
        if answers[:1] == [True]:
            return Safeguarding.SUSPECTED
        return Safeguarding.STRATEGIC if any(answers) else Safeguarding.NO

    def _ways(self) -> list[Way]:
        ways = []
        for place, prompt in enumerate(self.asked.prompts):
            told = {part: self.cleaned_data.get(f"p{place}{part}") or "" for part in ("", "_body", "_which", "_why")}
            if told[""] == YES and told["_body"]:
                ways.append(
                    Way(ReferralKind(prompt.kind.value), ": ".join(filter(None, (told["_body"], told["_which"]))))
                )
            elif told[""] == NO and told["_why"]:
                ways.append(Way(ReferralKind(prompt.kind.value), because=told["_why"]))
        return ways


def _safeguarding(prompts: tuple[Prompt, ...]) -> tuple[Prompt, ...]:
    return tuple(one for one in prompts if one.kind is PromptKind.SAFEGUARDING)


def _without_people(given: Given, seen: Seen) -> Given:
    words = tuple(
        Words(masked(one.text, found), one.handling) for one, found in zip(given.words, seen.words, strict=True)
    )
    files = tuple(
        Kept(_masked_name(one.name, found), one.media_type, one.data, one.handling)
        for one, found in zip(given.files, seen.names, strict=True)
    )
    return replace(given, words=words, files=files)


def _masked_name(name: str, found: Any) -> str:
    return masked(name, found).replace("[", "(").replace("]", ")") if found else name


def _choice(
    label: str, choices: Mapping[Any, str], hints: Mapping[Any, str], required: bool = True
) -> forms.ChoiceField:
    some = [(str(one), words) for one, words in choices.items()]
    field = forms.ChoiceField(label=label, choices=some, widget=forms.RadioSelect, required=required)
    field.hints = {str(one): words for one, words in hints.items()}  # type: ignore[attr-defined]  # read when drawn
    return field


def _lines(label: str, hint: str) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 2, "dir": "auto"})
    return forms.CharField(label=label, help_text=hint, max_length=1_000, required=False, widget=widget)
