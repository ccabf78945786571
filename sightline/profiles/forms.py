"""What people fill in: the aids, what a side writes, what is shared, signed and reviewed. Parsed, never saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone

from sightline.core.rulebook.tools import Domain, HeatMap, Option, Question, RiskProfile, ScaleStep, TriggerTool
from sightline.core.triangulation.triggering import Answer
from sightline.profiles.giving import Answered, Written
from sightline.web.fields import DayField

LONGEST = 8_000
ANSWERS = ((Answer.YES.value, "Yes"), (Answer.NO.value, "No"), (Answer.NOT_KNOWN.value, "Not known"))
NOT_JUDGED = ("", "Cannot be judged yet")


class Prose(forms.CharField):
    """A stretch of somebody's own words."""

    def __init__(self, *, rows: int = 3, **given: Any) -> None:
        given.setdefault("max_length", LONGEST)
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **given)


class Choices(forms.ChoiceField):
    """One of several, each with a line that says when to choose it."""

    def __init__(self, *, hints: Mapping[str, str], **given: Any) -> None:
        super().__init__(widget=forms.RadioSelect, **given)
        self.hints = hints


class Keyed(forms.Form):
    """A form that, sent twice, does one thing."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


def _because(label: str, says: str) -> Prose:
    return Prose(label=label, max_length=2_000, error_messages={"required": says})


def _options(label: str, options: Sequence[Option], **given: Any) -> Choices:
    return Choices(
        label=label,
        choices=[(one.id, one.name) for one in options],
        hints={one.id: one.says for one in options},
        **given,
    )


class HeatMapForm(Keyed):
    """The three inputs of the heat map; ``counted`` fills in the first."""

    def __init__(self, *args: Any, heat_map: HeatMap, counted: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.counted = counted
        self.fields["issues"] = forms.IntegerField(
            label="Number of quality issues",
            help_text=f"{counted} concerns stand in the signals listed above. Change it where you know of others, or of fewer.",
            min_value=0,
            max_value=999,
            initial=counted,
        )
        self.fields["issues_because"] = Prose(
            label="Why is the number another than the count?", required=False, max_length=2_000, rows=2
        )
        self.fields["risk"] = _options("Level of risk", heat_map.risk)
        self.fields["confidence"] = _options("Confidence in the provider", heat_map.confidence)
        self.fields["because"] = _because("Why do you see it so?", "Say in a sentence why you see it so.")

    def clean(self) -> dict[str, Any]:
        """This function will ask for a reason where the count was changed."""
        given: dict[str, Any] = super().clean() or {}
        changed = given.get("issues") is not None and given["issues"] != self.counted
        if changed and not given.get("issues_because"):
            self.add_error("issues_because", f"{self.counted} concerns stand. Say why the number is another.")
        return given


class TriggerForm(Keyed):
    """Every question of the trigger tool; ``suggested`` says, by question, what the signals suggest."""

    def __init__(self, *args: Any, tool: TriggerTool, suggested: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tool = tool
        for question in tool.questions:
            self.fields[f"q-{question.id}"] = forms.ChoiceField(
                label=question.asks,
                help_text=_why(question, suggested.get(question.id, "")),
                choices=ANSWERS,
                widget=forms.RadioSelect,
                error_messages={
                    "required": f"“{question.asks}” is not answered. Choose “Not known” if nobody can say."
                },
            )
            self.fields[f"note-{question.id}"] = Prose(
                label="What do you know of it?", required=False, max_length=2_000, rows=1
            )
        self.fields["because"] = _because(
            "What do you make of the answers?", "Say in a sentence what you make of them."
        )

    def groups(self) -> list[tuple[str, list[Any]]]:
        """This function will give the fields under the headings of their groups."""
        return [
            (group.name, [self[f"{kind}-{one.id}"] for one in group.questions for kind in ("q", "note")])
            for group in self.tool.groups
        ]

    def answers(self) -> tuple[Answered, ...]:
        """This function will give what was answered."""
        given = self.cleaned_data
        return tuple(
            Answered(one.id, Answer(given[f"q-{one.id}"]), given[f"note-{one.id}"]) for one in self.tool.questions
        )


def _why(question: Question, suggested: str) -> str:
    source = "a local question" if question.is_local else question.cites
    return " ".join(filter(None, [question.why, f"({source})", suggested]))


class OtherProcessForm(Keyed):
    """Another process by which risk was assessed (RSK-09)."""

    name = forms.CharField(
        label="What is the process called?",
        max_length=250,
        error_messages={"required": "Give the process its name."},
    )
    held_on = DayField(
        label="When was it held?",
        help_text="For example, 31 3 2026.",
        error_messages={"required": "Give the date on which it was held."},
    )
    reference = forms.CharField(
        label="Reference", help_text="Where its result is kept.", max_length=250, required=False
    )
    because = _because(
        "What makes it as robust as a structured risk profile?", "Say in a sentence what makes it as robust."
    )

    def clean_held_on(self) -> Any:
        """This function will refuse a day that is still to come."""
        day = self.cleaned_data["held_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("This day is still to come. Record the process once it has been held.")
        return day


class StartForm(Keyed):
    """Why a structured risk profile is started (RSK-11)."""

    because = _because(
        "Why now? Which concerns last or grow, and what gave no assurance?",
        "Say in a sentence why a profile is needed now.",
    )


class EntryForm(forms.Form):
    """What one side writes about one domain; ``seen`` is the version that the writer has before them."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)

    def __init__(
        self, *args: Any, template: RiskProfile, domain: Domain, signals: Sequence[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.domain = domain
        self.fields["evidence_for"] = Prose(label="Evidence that there is a risk", required=False)
        if signals:
            self.fields["signals"] = forms.MultipleChoiceField(
                label="Signals to keep with it as evidence",
                help_text="They are kept in today’s words.",
                choices=[(words, words) for words in signals],
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )
        self.fields["evidence_against"] = Prose(
            label="Evidence that there is none, or that it is under control", required=False
        )
        self.fields["likelihood"] = _scale("How likely is harm or poor care?", template.likelihood)
        self.fields["consequence"] = _scale("How grave would it be?", template.consequence)
        self.fields["confidence"] = Choices(
            label="How much confidence does the evidence allow?",
            choices=[*((one.id, one.name) for one in template.confidence), NOT_JUDGED],
            hints={one.id: one.says for one in template.confidence},
            required=False,
        )
        self.fields["good_practice"] = Prose(label="Good practice that others could learn from", required=False)
        self.fields["view"] = Prose(label="Your side’s view, in sum", required=False)
        self.fields["measures"] = Prose(
            label="Measures to watch", help_text="One a line. They are reviewed every year.", required=False
        )

    def clean(self) -> dict[str, Any]:
        """This function will ask for both scores or neither, and for anything at all."""
        given: dict[str, Any] = super().clean() or {}
        if self.errors:
            return given
        if bool(given["likelihood"]) != bool(given["consequence"]):
            empty = "consequence" if given["likelihood"] else "likelihood"
            self.add_error(empty, "Give both likelihood and consequence, or neither where it cannot be judged yet.")
        elif self.written() == Written():
            self.add_error(None, "Nothing is written yet. Write at least one thing that your side knows or thinks.")
        return given

    def written(self) -> Written:
        """This function will give what was written."""
        given = self.cleaned_data
        return Written(
            evidence_for=given["evidence_for"],
            evidence_against=given["evidence_against"],
            good_practice=given["good_practice"],
            view=given["view"],
            measures=_lines(given["measures"]),
            signals=tuple(given.get("signals", ())),
            likelihood=given["likelihood"],
            consequence=given["consequence"],
            confidence=given["confidence"],
        )


def _scale(label: str, steps: Sequence[ScaleStep]) -> forms.TypedChoiceField:
    field = forms.TypedChoiceField(
        label=label,
        choices=[*((str(one.value), f"{one.value} – {one.name}") for one in steps), NOT_JUDGED],
        coerce=int,
        empty_value=None,
        widget=forms.RadioSelect,
        required=False,
    )
    field.hints = {str(one.value): one.says for one in steps}  # type: ignore[attr-defined]  # read by web.forms
    return field


class ShareForm(forms.Form):
    """Which domains the provider is given."""

    def __init__(self, *args: Any, domains: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["domains"] = forms.MultipleChoiceField(
            label="Share with the provider",
            help_text="The provider is given a copy of what your side last wrote. A copy cannot be taken back.",
            choices=domains,
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": "Tick at least one domain to share."},
        )


class SignForm(forms.Form):
    """A signature on the text whose hash the page bears."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    confirm = forms.BooleanField(label="I have read it, and sign it for my side")


class ReviewForm(Keyed):
    """The measures as they stand after their yearly review (RSK-10)."""

    measures = Prose(
        label="Measures",
        help_text="One a line. Take out what no longer helps, and add what is missing.",
        required=False,
        rows=8,
    )
    because = _because(
        "What did you change, and why? Or why is nothing changed?", "Say in a sentence what was decided."
    )

    def clean_measures(self) -> tuple[str, ...]:
        """This function will part the list into its lines."""
        return _lines(self.cleaned_data["measures"])


def _lines(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
