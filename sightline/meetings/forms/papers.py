"""What is filled in about a paper: the file, what it is called and for, and why it is confidential or withdrawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from sightline.intake.attachments import AT_MOST, Inspected, inspect
from sightline.meetings.giving import PaperSays
from sightline.meetings.words import CHARTS_AT_MOST, PAPER_FOR, PaperFor
from sightline.web.checking import Checked
from sightline.web.fields import Keyed, Prose

LONGEST = 2_000
_MB = 2**20
TAKEN = (
    f"A PDF, Word, Excel, PowerPoint, OpenDocument, CSV or text file, or a picture, of up to {AT_MOST // _MB} MB. "
    "Only a PDF follows in the PDF of the pack; the others are in its ZIP."
)


class SaysForm(Checked, Keyed):
    """What a paper is called and is for; ``people`` may be responsible for it."""

    title = forms.CharField(label="What is the paper called?", max_length=250)
    purpose = forms.ChoiceField(
        label="What is it for?",
        choices=[(one.value, words) for one, words in PAPER_FOR.items()],
        widget=forms.RadioSelect,
        initial=PaperFor.DISCUSSION.value,
    )
    confidential_because = Prose(
        label="Why is it confidential?",
        required=False,
        max_length=LONGEST,
        rows=2,
        help_text="Leave it empty for a paper that is open to requests under the Freedom of Information Act.",
    )
    field_order = ["file", "title", "purpose", "responsible", "confidential_because"]

    def __init__(self, *args: Any, people: Mapping[str, str], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["responsible"] = forms.ChoiceField(
            label="Who is responsible for it?", choices=[("", "Nobody in particular"), *people.items()], required=False
        )
        self.order_fields(self.field_order)

    def says(self) -> PaperSays:
        """This function will give what was said of the paper, once it is valid."""
        given = self.cleaned_data
        return PaperSays(
            title=given["title"],
            purpose=PaperFor(given["purpose"]),
            responsible=given["responsible"] or None,
            confidential_because=given["confidential_because"],
        )


class ChartForm(SaysForm):
    """A chart as a paper: for which item of which meeting."""

    field_order = ["item", *SaysForm.field_order]

    def __init__(self, *args: Any, items: Mapping[str, str], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["item"] = forms.ChoiceField(label="For which item?", choices=list(items.items()))
        self.order_fields(self.field_order)


class DataPackForm(SaysForm):
    """Several charts as one paper: which of those that are offered, and which indicators as a funnel, by their keys."""

    field_order = ["charts", "funnels", *SaysForm.field_order]

    def __init__(self, *args: Any, charts: Mapping[str, str], funnels: Mapping[str, str], **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["charts"] = forms.MultipleChoiceField(
            label="Which charts?",
            help_text=f"One to {CHARTS_AT_MOST}, those that say most. What changed in them comes first in the pack.",
            choices=list(charts.items()),
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )
        if funnels:
            self.fields["funnels"] = forms.MultipleChoiceField(
                label="Which as a funnel?",
                help_text=(
                    "Every subject with counts beside the others at one moment, besides the charts above or in their "
                    "place. Whoever reads the item reads the names of those furthest outside the limits."
                ),
                choices=list(funnels.items()),
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any] | None:
        """This function will say that nothing was chosen."""
        given = super().clean()
        chosen = any(self.cleaned_data.get(name) for name in ("charts", "funnels"))
        if not chosen and not self.errors.keys() & {"charts", "funnels"}:
            self.add_error("charts", "Choose at least one chart.")
        return given


class PaperForm(SaysForm):
    """A file as a paper. One that was looked at waits by its ticket while the rest is put right, so that none is lost."""

    file = forms.FileField(label="The file", required=False, help_text=TAKEN, allow_empty_file=True)
    held = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20_000)
    needs_file = True
    found: Inspected | None = None

    def clean_file(self) -> UploadedFile[bytes] | None:
        """This function will look at the file, and say what is wrong with it and what to do instead."""
        given: UploadedFile[bytes] | None = self.cleaned_data["file"]
        if given is None:
            return None
        if (given.size or 0) > AT_MOST:
            raise forms.ValidationError(
                f"“{given.name}” has {(given.size or 0) / _MB:,.0f} MB, and a paper may have {AT_MOST // _MB}. "
                "Save its pictures smaller, or part it in two. What you wrote below is kept."
            )
        found = inspect(given.name or "", given.read(AT_MOST + 1))
        if not found.verdict:
            raise forms.ValidationError([one.says for one in found.verdict.reasons])
        self.found = found
        return given

    def hold(self, ticket: str, name: str) -> None:
        """This function will have the form carry the ticket of a file, and name it."""
        typed = self.data.copy()  # type: ignore[attr-defined]  # what was sent
        typed["held"] = ticket
        self.data = typed
        self["file"].help_text = f"“{name}” is kept. Choose another file only to put it in its place. {TAKEN}"

    def ask_for_file(self) -> None:
        """This function will say that a file is missing, unless something else is said of it."""
        if "file" not in self.errors:
            self.add_error("file", "Choose the file of the paper.")


class ReviseForm(PaperForm):
    """A new version of a paper: another file, or other words beside the same one."""

    needs_file = False
    seen = forms.IntegerField(widget=forms.HiddenInput)


class WithdrawPaperForm(Checked, forms.Form):
    """That a paper is withdrawn."""

    because = Prose(label="Why is it withdrawn?", max_length=LONGEST, rows=2, help_text="Whoever has read it will ask.")
