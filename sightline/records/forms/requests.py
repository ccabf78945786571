"""What is filled in for a request for information: what was asked, what is taken in, decided, consulted and closed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from sightline.core.records.answering import Ruling
from sightline.core.rulebook.keeping import Disclosure, Exemption, RequestKind
from sightline.directory.choosing import CHOSEN, ChoosesSubjects, SubjectWords
from sightline.directory.models import Organisation
from sightline.records.giving import Asked, Consulted, Decision
from sightline.records.queries.finding import Candidate
from sightline.records.words import ENDING, RULING, Ending
from sightline.web.checking import Checked
from sightline.web.fields import DayField, Keyed, Prose


class AskedForm(Checked, ChoosesSubjects, Keyed):
    """A request as it came, and by what it is looked for in the record."""

    received_on = DayField(label="On which day did it come?", help_text="For example 27 3 2026.")
    asked_by = forms.CharField(label="Who asks?", max_length=250, help_text="It is never given out.")
    asks = Prose(label="What is asked for?", help_text="In the words of the request.", rows=4)
    subject = SubjectWords(
        label="About whom or what is it?", required=False, help_text="Leave it empty for no one subject."
    )
    words = Prose(
        label="Words to look for", required=False, rows=2, max_length=1_000,
        help_text="One on a line, for example a name or a ward. Empty: every word.",
    )  # fmt: skip
    from_on = DayField(label="Records from which day on?", required=False)
    to_on = DayField(label="To which day?", required=False)

    def __init__(self, *args: Any, systems: Sequence[Organisation], rules: Disclosure, **given: Any) -> None:
        super().__init__(*args, **given)
        choices = [(one.code, one.name) for one in systems]
        self.fields["system"] = forms.ChoiceField(label="Of which system?", choices=choices)
        self.fields["kind"] = forms.ChoiceField(
            label="Under which law?",
            choices=[(one.kind.value, one.name) for one in rules.regimes],
            widget=forms.RadioSelect,
        )
        self.order_fields(
            [
                "system",
                "kind",
                "received_on",
                "asked_by",
                "asks",
                "subject",
                "subject" + CHOSEN,
                "words",
                "from_on",
                "to_on",
            ]
        )

    def asked(self) -> Asked:
        """This function will give what was filled in as the operation takes it."""
        told = self.cleaned_data
        return Asked(
            told["system"], RequestKind(told["kind"]), told["received_on"], told["asked_by"], told["asks"],
            told["form_key"], told["subject"], told["words"], told["from_on"], told["to_on"],
        )  # fmt: skip


class TakeForm(forms.Form):
    """Which of what was found goes into the case."""

    def __init__(self, *args: Any, found: Sequence[Candidate], labels: Sequence[str], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["sources"] = forms.MultipleChoiceField(
            label="What goes into the case?",
            help_text="Each paragraph of it is decided by itself. Whoever works on this case reads it from then on.",
            choices=[(one.source, says) for one, says in zip(found, labels, strict=True)],
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": "Choose at least one of what was found."},
        )


class RulingForm(Checked):
    """What is decided of one passage."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, exemptions: Sequence[Exemption], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["ruling"] = forms.ChoiceField(
            label="What is done with it?",
            choices=[(one.value, words) for one, words in RULING.items()],
            widget=forms.RadioSelect,
        )
        names = [
            (one.id, f"{one.name}{', weighed against the public interest' if one.qualified else ''}")
            for one in exemptions
        ]
        self.fields["exemption"] = forms.ChoiceField(
            label="On which ground is it withheld?", required=False, choices=[("", "It is not withheld"), *names]
        )
        self.fields["public_interest"] = Prose(
            label="Why does the public interest not outweigh the ground?", required=False, rows=3, max_length=2_000,
            help_text="Whoever asked reads this. Say nothing in it of what is withheld.",
        )  # fmt: skip

    def decision(self) -> Decision:
        """This function will give what was filled in as the operation takes it."""
        told = self.cleaned_data
        return Decision(Ruling(told["ruling"]), told["exemption"], told["public_interest"])


class ConsultForm(Checked, Keyed):
    """Which other body was asked, and what was asked or answered."""

    on_day = DayField(label="On which day?", help_text="For example 27 3 2026.")
    says = Prose(label="What was asked, or what did they say?", rows=3)

    def __init__(self, *args: Any, bodies: Sequence[Organisation], **given: Any) -> None:
        super().__init__(*args, **given)
        self._bodies = {one.code: one for one in bodies}
        choices = [("", "Choose one"), *((one.code, one.name) for one in bodies)]
        self.fields["body"] = forms.ChoiceField(label="Which body?", choices=choices)
        self.order_fields(["body"])

    def consulted(self) -> Consulted:
        """This function will give what was filled in as the operation takes it."""
        told = self.cleaned_data
        return Consulted(self._bodies[told["body"]], told["on_day"], told["says"], told["form_key"])


class ClearForm(forms.Form):
    """That what stands on the page is given out as it stands."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)


class CloseForm(Checked):
    """How a request ended."""

    how = forms.ChoiceField(
        label="How did it end?", choices=[(one.value, words) for one, words in ENDING.items()], widget=forms.RadioSelect
    )
    says = Prose(label="What is there to say of it?", required=False, rows=2, max_length=2_000)

    def ending(self) -> Ending:
        """This function will give how it ended."""
        return Ending(self.cleaned_data["how"])
