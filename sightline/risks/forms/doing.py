"""What people fill in when they do something about a risk: score, add, step, place, accept, review, close, link."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from sightline.core.intelligence.checking import Remedy
from sightline.core.risks import RiskRules
from sightline.risks.forms.fields import one_of, steps
from sightline.risks.giving import Placing
from sightline.risks.queries.choices import Linkable
from sightline.risks.words import MeasureHow, MeasureKind, ScoreKind
from sightline.web.checking import Checked
from sightline.web.fields import DayField, Prose

NO_KEEPING = (Remedy.MASK, Remedy.CHANGE)  # what has no room for a reason keeps no personal data


class ScoreForm(Checked):
    """One cell of the matrix."""

    remedies = NO_KEEPING

    def __init__(self, *args: Any, rules: RiskRules, **given: Any) -> None:
        super().__init__(*args, **given)
        matrix = rules.matrix
        kinds = (
            (ScoreKind.CURRENT.value, "How it stands now", ""),
            (ScoreKind.TARGET.value, "Where it is to come to rest", ""),
            (ScoreKind.INITIAL.value, "How it stood before anything was done", ""),
        )
        self.fields["kind"] = one_of("Which score is it?", kinds, initial=ScoreKind.CURRENT.value)
        for name, label, scale in (
            ("likelihood", "How likely is it?", matrix.likelihood),
            ("consequence", "How grave would it be?", matrix.consequence),
        ):
            self.fields[name] = one_of(label, steps(scale))
        self.fields["because"] = Prose(
            label="Why?", max_length=2_000, error_messages={"required": "Say in a sentence why it is scored so."}
        )
        self.fields["holds_from"] = DayField(label="From which day?", help_text="Today, if left empty.", required=False)
        self.fields["by_on"] = DayField(label="Of a target: by when?", required=False)

    def scored(self) -> dict[str, Any]:
        """This function will give the score as the operation takes it."""
        given = self.cleaned_data
        steps = {name: int(given[name]) for name in ("likelihood", "consequence")}
        rest = {name: given[name] for name in ("because", "holds_from", "by_on")}
        return {"kind": ScoreKind(given["kind"]), **steps, **rest}


class MeasureForm(Checked):
    """A control, a gap, or an action; ``gaps`` are those that an action may be against."""

    remedies = NO_KEEPING

    def __init__(self, *args: Any, gaps: Sequence[tuple[str, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        kinds = (
            (MeasureKind.CONTROL.value, "A control", "Something that holds the risk in check."),
            (MeasureKind.GAP.value, "A gap", "Something missing in the controls, or in making sure of them."),
            (MeasureKind.ACTION.value, "An action", "Something to be done, by somebody and by a day."),
        )
        self.fields["kind"] = one_of("What is it?", kinds, initial=MeasureKind.ACTION.value)
        self.fields["says"] = Prose(label="In a sentence")
        self.fields["holder"] = forms.CharField(label="Who sees to it?", max_length=250, required=False)
        self.fields["due_on"] = DayField(label="Of an action: by when?", required=False)
        if gaps:
            some = [("", "None of them"), *gaps]
            self.fields["against"] = forms.ChoiceField(label="Which gap does it close?", choices=some, required=False)


class StepForm(Checked):
    """What became of a control, a gap or an action; ``hows`` are what its kind can become."""

    remedies = NO_KEEPING

    def __init__(self, *args: Any, hows: Sequence[tuple[str, str, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["how"] = one_of("What happened?", hows, initial=hows[0][0])
        self.fields["because"] = Prose(
            label="What is to be said about it?",
            help_text="Needed where a gap stays, or where something counts no more.",
            required=False,
        )
        self.fields["happened_on"] = DayField(label="When?", help_text="Today, if left empty.", required=False)

    @property
    def how(self) -> MeasureHow:
        """What became of it."""
        return MeasureHow(self.cleaned_data["how"])


class PlaceForm(Checked):
    """A register, with the number that the risk has there."""

    remedies = NO_KEEPING

    def __init__(self, *args: Any, registers: Sequence[tuple[str, str, Placing]], **given: Any) -> None:
        super().__init__(*args, **given)
        self.placings = {key: one for key, _, one in registers}
        self.fields["register"] = one_of("Which register?", [(key, name, "") for key, name, _ in registers])
        self.fields["reference"] = forms.CharField(label="Its number there", max_length=80, required=False)
        self.fields["since"] = DayField(label="Since when?", help_text="Today, if left empty.", required=False)
        self.fields["because"] = Prose(label="Why?", required=False)

    @property
    def placing(self) -> Placing:
        """Which register was chosen, and the number."""
        one = self.placings[self.cleaned_data["register"]]
        return Placing(one.tier, one.body, self.cleaned_data["reference"])


class ReasonForm(Checked):
    """A reason, where nothing else is asked."""

    remedies = NO_KEEPING
    because = Prose(label="Why?", max_length=2_000, error_messages={"required": "Say in a sentence why."})


class AcceptForm(ReasonForm):
    """Who bears a risk as it is, why, and until when."""

    accepted_by = forms.CharField(
        label="Who answers for it?",
        help_text="By name or by office. Needed where it stands above what is tolerated.",
        max_length=250,
        required=False,
    )
    until = DayField(label="Until when?", required=False)


class ReviewForm(Checked):
    """A review of a risk."""

    remedies = NO_KEEPING
    says = Prose(label="What did the review find?", error_messages={"required": "Say in a sentence what it found."})
    reviewed_on = DayField(label="When was it looked at?", help_text="Today, if left empty.", required=False)
    next_review_on = DayField(label="When is it looked at next?", required=False)


class CloseForm(ReasonForm):
    """The end of a risk."""

    learned = Prose(label="What can be learned from it?", required=False)
    ended_on = DayField(label="When did it end?", help_text="Today, if left empty.", required=False)


class LinkForm(forms.Form):
    """What a risk rests on, or what it led to."""

    def __init__(self, *args: Any, choices: Sequence[tuple[Linkable, str, str]], **given: Any) -> None:
        super().__init__(*args, **given)
        self.records = {one.value: one.record for one, *_ in choices}
        self.fields["record"] = one_of("Link it to", [(one.value, name, hint) for one, name, hint in choices])
