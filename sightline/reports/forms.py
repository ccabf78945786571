"""What is filled in for a report: what to begin, a section, that it is frozen, to whom it goes, and that it came."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from sightline.core.rulebook.duties import Purpose
from sightline.directory.models import Organisation
from sightline.intake.word_template import AT_MOST, LookedAt, look_at_template
from sightline.reports.giving import Begun, Layout, Sent, Written
from sightline.reports.layouts import KNOWN
from sightline.reports.queries.drafts import Part
from sightline.reports.queries.layouts import Place
from sightline.reports.words import How
from sightline.web.checking import Checked
from sightline.web.fields import DayField, Keyed, Prose

LONGEST = 20_000  # characters of one section
_LINE = 160  # characters of a line beside its box


class BeginForm(Checked, Keyed):
    """Which report of which group to begin; ``choices`` are these by group, as ``group.template``."""

    report = forms.ChoiceField(label="Which report?")
    title = forms.CharField(label="Title", max_length=250)
    begins_on = DayField(label="First day of the period", help_text="For example 1 10 2025.")
    ends_on = DayField(label="Last day of the period", help_text="For example 31 12 2025.")
    for_meeting = forms.CharField(
        label="For which meeting of theirs?", help_text="Its name and day, if it goes to one.", max_length=250,
        required=False,
    )  # fmt: skip
    agenda_item = forms.CharField(label="Item on their agenda", max_length=40, required=False)

    def __init__(self, *args: Any, choices: Sequence[tuple[str, list[tuple[str, str]]]], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["report"] = forms.ChoiceField(label="Which report?", choices=[("", "Choose one"), *choices])
        self.order_fields(["report"])

    def begun(self) -> tuple[str, Begun]:
        """This function will give the key of the group, and the report as the operation takes it."""
        told = self.cleaned_data
        group, _, template = told["report"].partition(".")
        return group, Begun(
            template, told["title"], told["begins_on"], told["ends_on"], told["for_meeting"], told["agenda_item"]
        )


class SectionForm(Checked):
    """One section: the lines that go into it, and words before them."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, part: Part, **given: Any) -> None:
        super().__init__(*args, **given)
        self._part = part
        section = part.section
        if section.stands is None:
            self.fields["text"] = Prose(
                label="In your words", help_text=_help(part), required=False, rows=8, max_length=LONGEST
            )
        if part.lines:
            self.fields["keep"] = forms.MultipleChoiceField(
                label="From the record",
                help_text="What is ticked goes into the report below your words. Untick what does not belong in it.",
                choices=[(one.record, _short(one.says)) for one in part.lines],
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )
        if section.blank is not None:
            label = f"There is nothing to tell here. The report then says “{section.blank.says}”"
            self.fields["is_none"] = forms.BooleanField(label=label, required=False)

    def clean(self) -> dict[str, Any]:
        """This function will ask for one of two: words, or that there is nothing."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("is_none") and str(given.get("text", "")).strip():
            self.add_error("text", "Write something, or tick that there is nothing: one of the two.")
        return given

    def written(self) -> Written:
        """This function will give what was filled in as the operation takes it."""
        told = self.cleaned_data
        kept = set(told.get("keep", ()))
        out = tuple(one.record for one in self._part.lines if one.record not in kept)
        return Written(self._part.section.id, told.get("text", ""), out, bool(told.get("is_none")))


class FreezeForm(Checked):
    """That a report is done; what changed, where there is an earlier version; why no minutes go with it."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, again: bool, needs_why: bool, says_purpose: bool, **given: Any) -> None:
        super().__init__(*args, **given)
        if says_purpose:
            self.fields["purpose"] = forms.ChoiceField(
                label="What is the report for?",
                choices=[
                    (Purpose.INFORMATION.value, "To note, for information only"),
                    (Purpose.ACTION.value, "For action: it asks for something"),
                ],
                widget=forms.RadioSelect,
            )
        if again:
            self.fields["changed"] = Prose(
                label="What is otherwise now?", help_text="Readers of the earlier version see this first.",
                max_length=1_000, rows=2,
            )  # fmt: skip
        if needs_why:
            self.fields["why_no_minutes"] = Prose(
                label="Why are no minutes enclosed?", help_text="No meeting was held in this period.",
                max_length=1_000, rows=2,
            )  # fmt: skip

    def purpose(self) -> Purpose | None:
        """This function will give what the report is for, where it says so."""
        told = self.cleaned_data.get("purpose")
        return Purpose(told) if told else None


class SendForm(Checked, Keyed):
    """To which body a version goes."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    part = forms.CharField(
        label="To which committee or team of it?", max_length=250, required=False,
        help_text="For example the health scrutiny committee. Leave it empty for the body itself.",
    )  # fmt: skip
    how = forms.ChoiceField(
        label="How does it go?",
        choices=[
            (How.HERE.value, "Here: its people are told that it came, and read it here"),
            (How.OUTSIDE.value, "I pass it on myself, as a file"),
        ],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, bodies: Sequence[Organisation], **given: Any) -> None:
        super().__init__(*args, **given)
        self._bodies = {one.code: one for one in bodies}
        choices = [("", "Choose one"), *((one.code, one.name) for one in bodies)]
        self.fields["to_body"] = forms.ChoiceField(label="To whom?", choices=choices)
        self.order_fields(["to_body"])

    def given(self) -> Sent:
        """This function will give what was filled in as the operation takes it."""
        told = self.cleaned_data
        return Sent(self._bodies[told["to_body"]], How(told["how"]), told["form_key"], told["part"])


class WordTemplateForm(Keyed):
    """A Word template, and for which report of which system it is; ``places`` are these by their keys."""

    place = forms.ChoiceField(label="For which report?")
    file = forms.FileField(
        label="The template",
        help_text=f"A Word document (.docx) of up to {AT_MOST // 2**20} MB, without macros.",
        allow_empty_file=True,
    )
    found: LookedAt | None = None

    def __init__(self, *args: Any, places: Sequence[Place], **given: Any) -> None:
        super().__init__(*args, **given)
        self._places = {one.key: one for one in places}
        several = len({one.system for one in places}) > 1
        choices = [(one.key, f"{one.name} ({one.system_name})" if several else one.name) for one in places]
        self.fields["place"] = forms.ChoiceField(
            label="For which report?", choices=choices,
            help_text="One for a single report comes before the one for every report.",
        )  # fmt: skip
        for one in places:  # what its keeper saw of each, so that nobody writes over somebody else's
            self.fields[f"seen-{one.key}"] = forms.IntegerField(
                widget=forms.HiddenInput, required=False, min_value=0, initial=len(one.versions)
            )
        self.order_fields(["place", "file"])

    def clean_file(self) -> UploadedFile[bytes]:
        """This function will look at the template, and say all that is wrong with it and what to do about it."""
        given: UploadedFile[bytes] = self.cleaned_data["file"]
        found = look_at_template(given.name or "", given.read(AT_MOST + 1), KNOWN)
        if found.faults:
            raise forms.ValidationError(list(found.faults))
        self.found = found
        return given

    def given(self) -> Layout:
        """This function will give the template as the operation takes it."""
        told = self.cleaned_data
        assert self.found is not None, "a form that is valid has looked at its file"
        place = self._places[told["place"]]
        seen = told[f"seen-{place.key}"] or 0
        return Layout(place.system, place.template, self.found.name, self.found.data, seen)


class EndWordTemplateForm(Keyed):
    """That a Word template is no longer used."""


class AcknowledgeForm(Checked):
    """That a report came, and what there is to say of it."""

    says = Prose(
        label="Anything to say to whoever sent it?", help_text="For example when you will take it up.", required=False,
        max_length=2_000,
    )  # fmt: skip


def _help(part: Part) -> str:
    section = part.section
    if section.blank is None:
        empty = " With nothing written and nothing ticked, the report leaves it out."
    elif section.blank.outright:
        empty = " Write something, keep a line, or tick that there is nothing."
    else:
        empty = f" With nothing written and nothing ticked, the report says “{section.blank.says}”."
    return f"{section.says}{empty} ({section.cites})"


def _short(says: str) -> str:
    return says if len(says) <= _LINE else f"{says[:_LINE].rstrip()} …"
