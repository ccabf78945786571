"""What people fill in about concerns: the statement, evidence, a referral, the closing. Parsed, never saved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from sightline.core.access import Actor
from sightline.core.rulebook import Prompt
from sightline.core.rulebook.authority import CommissionerName
from sightline.core.rulebook.circumstances import Commissioner, Severity
from sightline.core.rulebook.registers import Registers
from sightline.directory.choosing import ChoosesSubjects, SubjectWords
from sightline.surveillance.concerns_given import Stated
from sightline.surveillance.words import Modifier
from sightline.web.checking import Checked
from sightline.web.fields import Choices, DayField, Keyed, Ticks

LONGEST = 8_000
LONGEST_REASON = 2_000
FUTURE = "This day is still to come. Give the day on which it was done."
# The fields under each heading of the form, in their order.
HEADINGS = (
    ("", ("says", "raised_on")),
    ("Safeguarding", ("is_abuse_suspected",)),
    ("How grave it is", ("severity", "modifiers")),
    ("Where it lies", ("commissioned_by", "reaches", "why_not_closer", "system_causes")),
)
REACHES = (
    ("is_wider", "It may bear on other areas, on a region or on the whole country"),
    ("needs_national_action", "It needs action by a national body"),
    ("has_conflict", "A conflict of interest stands in the way of those who would usually lead"),
)


class Prose(forms.CharField):
    """A stretch of somebody's own words."""

    def __init__(self, *, rows: int = 3, **given: Any) -> None:
        given.setdefault("max_length", LONGEST)
        super().__init__(widget=forms.Textarea(attrs={"rows": rows, "dir": "auto"}), **given)


class Boxes(Ticks):
    """Boxes of one list among several; that one is ticked in any of them, the form asks."""

    def validate(self, value: Any) -> None:
        """This function will let a list pass in which nothing is ticked."""
        if value:
            super().validate(value)


class ConcernSubjectForm(ChoosesSubjects):
    """Whom or what a concern is about: a provider, place, pathway, system or theme."""

    subject = SubjectWords(error_messages={"required": "Give the name or the code of what it is about."})

    def __init__(self, *args: Any, actor: Actor, on: date, **given: Any) -> None:
        super().__init__(*args, actor=actor, on=on, **given)


class StatementForm(Checked, Keyed):
    """What is said of a concern, in the words for severity of the guidance (RSK-06)."""

    def __init__(
        self,
        *args: Any,
        registers: Registers | None,
        commissioners: Sequence[CommissionerName],
        suspects: Prompt | None,
        **given: Any,
    ) -> None:
        super().__init__(*args, **given)
        self.fields["says"] = Prose(
            label="What is wrong?",
            help_text="What happens, to which people, since when. Name nobody.",
            rows=5,
            error_messages={"required": "Say what is wrong."},
        )
        self._ask_day()
        self.fields["is_abuse_suspected"] = forms.BooleanField(
            label="Yes, abuse or neglect is suspected",
            help_text=" ".join([suspects.asks, suspects.says]) if suspects else "",
            required=False,
        )
        self._ask_severity(registers)
        self.fields["commissioned_by"] = forms.ChoiceField(
            label="Who commissions the care?",
            help_text="Filled in from the directory where it knows. It decides who authorises a level.",
            choices=[(one.id.value, one.name) for one in commissioners],
        )
        self.fields["reaches"] = Ticks(label="Does any of this hold?", choices=REACHES, hints={}, required=False)
        self.fields["system_causes"] = Prose(
            label="What lies beyond this subject: causes or solutions in the wider system?",
            help_text="A risk may show in one provider while its causes are shared by many.",
            required=False,
        )
        self.fields["why_not_closer"] = Prose(
            label="Why can it not be solved closer to the point of care?",
            help_text="May be left for later. It is asked before a level is proposed.",
            required=False,
        )

    def _ask_day(self) -> None:
        self.fields["raised_on"] = DayField(
            label="When was it raised?",
            help_text="For example, 31 3 2026.",
            initial=timezone.localdate,
            error_messages={"required": "Give the day on which it was raised."},
        )

    def _ask_severity(self, registers: Registers | None) -> None:
        words = registers.severities if registers else ()
        self.fields["severity"] = Choices(
            label="Which word fits best?",
            choices=[(one.id.value, one.name) for one in words] or [(one.value, one.value) for one in Severity],
            hints={one.id.value: one.says for one in words},
            error_messages={"required": "Choose how grave it is."},
        )
        modifiers = registers.modifiers if registers else ()
        self.fields["modifiers"] = Ticks(
            label="Is it also",
            choices=[(one.id, one.name) for one in modifiers],
            hints={one.id: one.says for one in modifiers},
            required=False,
        )

    def clean_raised_on(self) -> date:
        """This function will refuse a day that is still to come."""
        return _past(self.cleaned_data["raised_on"])

    def stated(self) -> Stated:
        """This function will give what was said."""
        told = self.cleaned_data
        return Stated(
            says=told["says"],
            severity=Severity(told["severity"]),
            commissioned_by=Commissioner(told["commissioned_by"]),
            is_complex=Modifier.COMPLEX in told["modifiers"],
            is_recurrent=Modifier.RECURRENT in told["modifiers"],
            **{name: name in told["reaches"] for name, _ in REACHES},
            is_abuse_suspected=told["is_abuse_suspected"],
            why_not_closer=told["why_not_closer"],
            system_causes=told["system_causes"],
            knowingly=self.knowingly,
        )


class RestateForm(StatementForm):
    """A concern stated anew, with the reason; ``seen`` is what its writer had before them."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["because"] = _reason("Why do you state it anew?", "Say in a sentence why you state it anew.")

    def _ask_day(self) -> None:
        """It was raised when it was raised."""


class EvidenceForm(forms.Form):
    """Which pieces of evidence to link: boxes for each kind, given as name, label, and key, words and hint of each."""

    def __init__(
        self, *args: Any, groups: Sequence[tuple[str, str, Sequence[tuple[str, str, str]]]], **given: Any
    ) -> None:
        super().__init__(*args, **given)
        for name, label, pieces in groups:
            self.fields[name] = Boxes(
                label=label,
                choices=[(key, words) for key, words, _ in pieces],
                hints={key: hint for key, _, hint in pieces if hint},
                error_messages={"invalid_choice": "One of them no longer stands. Choose from the list again."},
            )

    def clean(self) -> dict[str, Any]:
        """This function will ask for at least one."""
        given: dict[str, Any] = super().clean() or {}
        if not self.errors and not self.pieces():
            raise forms.ValidationError("Tick at least one piece of evidence.")
        return given

    def pieces(self) -> list[str]:
        """This function will give what was ticked."""
        return [key for name in self.fields for key in self.cleaned_data.get(name) or ()]


class RemoveEvidenceForm(Checked):
    """Why a piece no longer counts for a concern."""

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["because"] = _reason("Why does it no longer count?", "Say in a sentence why it no longer counts.")


CASE, STRATEGIC = "case", "strategic"


class ReferralForm(Checked):
    """To whom a matter was reported, in the words of the guidance: a case, or a matter for a board (SAF-01, SAF-02)."""

    def __init__(self, *args: Any, case: Prompt | None, strategic: Prompt | None, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["kind"] = Choices(
            label="Which of the two is it?",
            choices=[
                (CASE, "Somebody may be suffering abuse or neglect: it was reported as a case"),
                (STRATEGIC, "Nobody is in danger now: it was raised with a safeguarding board as a pattern"),
            ],
            hints={CASE: case.says if case else "", STRATEGIC: strategic.says if strategic else ""},
            error_messages={"required": "Choose which of the two it is."},
        )
        known = [body.name for prompt in (case, strategic) if prompt for body in prompt.bodies]
        self.fields["body"] = forms.CharField(
            label="To which body?",
            help_text=f"Such as: {'; '.join(known)}." if known else "",
            max_length=250,
            error_messages={"required": "Name the body to which it was reported."},
        )
        self.fields["referred_on"] = DayField(
            label="On which day?",
            help_text="For example, 31 3 2026.",
            initial=timezone.localdate,
            error_messages={"required": "Give the day on which it was reported."},
        )
        self.fields["reference"] = forms.CharField(
            label="Their reference",
            help_text="What they call it. No name of anybody.",
            max_length=120,
            required=False,
        )

    def clean_referred_on(self) -> date:
        """This function will refuse a day that is still to come."""
        return _past(self.cleaned_data["referred_on"])


class CloseConcernForm(Checked):
    """Why a concern is closed."""

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["because"] = _reason("Why is it closed?", "Say in a sentence why it is closed.")


def _reason(label: str, says: str) -> Prose:
    return Prose(label=label, max_length=LONGEST_REASON, rows=2, error_messages={"required": says})


def _past(day: date) -> date:
    if day > timezone.localdate():
        raise forms.ValidationError(FUTURE)
    return day
