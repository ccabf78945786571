"""What people fill in of a profile: why it starts, what a side writes, what is shared, signed, reviewed. Never saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from sightline.core.intelligence.checking import Remedy
from sightline.core.rulebook.tools import Domain, RiskProfile
from sightline.profiles.forms.fields import NOT_JUDGED, lines_of, reason, scale
from sightline.profiles.giving import Written
from sightline.web.checking import Checked, Finds, place
from sightline.web.fields import Choices, Keyed, Prose


class StartForm(Checked, Keyed):
    """Why a structured risk profile is started (RSK-11)."""

    because = reason(
        "Why now? Which concerns last or grow, and what gave no assurance?",
        "Say in a sentence why a profile is needed now.",
    )


class EntryForm(Checked):
    """What one side writes about one domain; ``seen`` is the version that the writer has before them.

    ``last`` says, by field, what stands there from an earlier profile, or was judged in it.
    """

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)

    def __init__(
        self,
        *args: Any,
        template: RiskProfile,
        domain: Domain,
        signals: Sequence[str],
        last: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.domain = domain
        self.last = last or {}
        self.fields["evidence_for"] = self._prose("evidence_for", "Evidence that there is a risk")
        if signals:
            self.fields["signals"] = forms.MultipleChoiceField(
                label="Signals to keep with it as evidence",
                help_text="They are kept in today’s words.",
                choices=[(words, words) for words in signals],
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )
        self.fields["evidence_against"] = self._prose(
            "evidence_against", "Evidence that there is none, or that it is under control"
        )
        self._ask_judgement(template)
        self.fields["good_practice"] = self._prose("good_practice", "Good practice that others could learn from")
        self.fields["view"] = self._prose("view", "Your side’s view, in sum")
        self.fields["measures"] = self._prose(
            "measures", "Measures to watch", "One a line. They are reviewed every year."
        )

    def _ask_judgement(self, template: RiskProfile) -> None:
        """A judgement is given anew each time: what was judged last time is told, and never chosen beforehand."""
        said = self.last.get
        self.fields["likelihood"] = scale(
            "How likely is harm or poor care?", template.likelihood, said("likelihood", "")
        )
        self.fields["consequence"] = scale("How grave would it be?", template.consequence, said("consequence", ""))
        self.fields["confidence"] = Choices(
            label="How much confidence does the evidence allow?",
            help_text=said("confidence", ""),
            choices=[*((one.id, one.name) for one in template.confidence), NOT_JUDGED],
            hints={one.id: one.says for one in template.confidence},
            required=False,
        )

    def _prose(self, name: str, label: str, help_text: str = "") -> Prose:
        said = " ".join(filter(None, [help_text, self.last.get(name, "")]))
        return Prose(label=label, help_text=said, required=False)

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
            measures=lines_of(given["measures"]),
            signals=tuple(given.get("signals", ())),
            likelihood=given["likelihood"],
            consequence=given["consequence"],
            confidence=given["confidence"],
        )


class ShareForm(Checked):
    """Which domains the provider is given; ``copies`` are the words that would be copied, by domain and by place."""

    remedies = (Remedy.CHANGE, Remedy.KEEP)  # a copy says what was written: nothing can be taken out of it here

    def __init__(
        self,
        *args: Any,
        domains: Sequence[tuple[str, str]],
        copies: Mapping[str, Mapping[str, str]] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.copies = copies or {}
        self.fields["domains"] = forms.MultipleChoiceField(
            label="Share with the provider",
            help_text="The provider is given a copy of what your side last wrote. A copy cannot be taken back.",
            choices=domains,
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": "Tick at least one domain to share."},
        )

    def texts(self) -> dict[str, str]:
        """This function will give the words of the domains that were ticked, by their places."""
        chosen = self.cleaned_data.get("domains", ())
        return {where: words for domain in chosen for where, words in self.copies.get(domain, {}).items()}

    def tell(self, found: Finds, texts: Mapping[str, str]) -> None:
        """This function will say of each domain what was found in it, and where."""
        self.add_error("domains", [place(one, texts[where], where) for where in found for one in found[where]])


class SignForm(forms.Form):
    """A signature on the text whose hash the page bears."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    confirm = forms.BooleanField(label="I have read it, and sign it for my side")


class ReviewForm(Checked, Keyed):
    """The measures as they stand after their yearly review (RSK-10)."""

    measures = Prose(
        label="Measures",
        help_text="One a line. Take out what no longer helps, and add what is missing.",
        required=False,
        rows=8,
    )
    because = reason("What did you change, and why? Or why is nothing changed?", "Say in a sentence what was decided.")

    def listed(self) -> tuple[str, ...]:
        """This function will part the list into its lines."""
        return lines_of(self.cleaned_data["measures"])
