"""What people send with files of intelligence, about a name that waits, and to narrow the themes. Never saved here."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from sightline.accounts.looking import listed_names
from sightline.core.access import Actor
from sightline.core.intelligence.checking import find_personal
from sightline.directory.choosing import ChoosesSubjects, SubjectWords, described
from sightline.directory.models import Subject
from sightline.intelligence.queries.placing import WaitingName
from sightline.web.fields import DayField, FilesField

Named = tuple[tuple[str, str], ...]
MEGABYTE = 1024 * 1024
ANOTHER, NONE_OF_OURS = "another", "none"


class ImportForm(forms.Form):
    """Files to bring in, and what is to be known of all of them."""

    files = FilesField(  # type: ignore[assignment]  # the stubs take the form's own attribute for the field
        label="Choose files",
        help_text="CSV, XLSX or ODS. Several at once, in any order.",
        error_messages={"required": "Choose at least one file.", "empty": "One of the files is empty. Choose another."},
        allow_empty_file=True,  # it is refused like any other bad file, with its mend
    )
    as_of = DayField(
        label="A day for rows that bear none (optional)",
        help_text="Without it they are listed and left out. For example, 31 3 2026.",
        required=False,
    )
    system = forms.ChoiceField(label="Whose record are they for?", required=False)
    readers = forms.MultipleChoiceField(
        label="Who may read rows for named people? (optional)",
        help_text="Only where the table says “named people”. You are always among them.",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    why_fewer = forms.CharField(
        label="Why may the members not all read such rows? (optional)",
        help_text="For rows that are for named people and do not say it in a column of their own. It is kept with them.",
        max_length=1_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    wanted = forms.CharField(
        label="Why is what looks like personal data wanted? (optional)",
        help_text="Rows in which something looks like a name or number of a person are left out, unless you say here "
        "why they must come in. Your reason is kept with the words.",
        max_length=1_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, systems: Named, readers: Named, **given: Any) -> None:
        super().__init__(*args, **given)
        self._only = systems[0][0] if len(systems) == 1 else None
        for name, choices in (("system", systems), ("readers", readers)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices
        if self._only is not None:
            del self.fields["system"]
        if not readers:
            del self.fields["readers"]

    def clean_files(self) -> list[UploadedFile[bytes]]:
        """This function will refuse files that are larger than may be read."""
        files: list[UploadedFile[bytes]] = self.cleaned_data["files"]
        large = [str(file.name) for file in files if (file.size or 0) > settings.PUBLISHED_FILE_LIMIT]
        if large:
            limit = settings.PUBLISHED_FILE_LIMIT // MEGABYTE
            raise forms.ValidationError(f"Larger than {limit} MB: {', '.join(large)}. Split it and bring in the parts.")
        return files

    def clean_as_of(self) -> date | None:
        """This function will refuse a day that lies ahead."""
        found: date | None = self.cleaned_data["as_of"]
        if found and found > timezone.localdate():
            raise forms.ValidationError("The day lies ahead. Give today or an earlier day.")
        return found

    def clean_why_fewer(self) -> str:
        """This function will refuse a reason that names somebody: it is kept beside the words (IGV-01)."""
        reason = str(self.cleaned_data["why_fewer"]).strip()
        if not str(self.data.get("wanted", "")).strip() and (found := find_personal(reason, listed_names())):
            raise forms.ValidationError([*dict.fromkeys(one.says for one in found), "Take it out of your reason."])
        return reason

    def clean_wanted(self) -> str:
        """This function will give the reason without the blanks around it."""
        return str(self.cleaned_data["wanted"]).strip()

    def clean(self) -> dict[str, Any]:
        """This function will give the one system where there is no choice, and the readers as they are kept."""
        given: dict[str, Any] = super().clean() or {}
        given["system"] = self._only if self._only is not None else given.get("system", "")
        given["readers"] = tuple(given.get("readers", ()))
        return given


class PlaceForm(ChoosesSubjects):
    """Whom a name means: one of those it may mean, another, or none of ours."""

    answer = forms.ChoiceField(
        label="Whom does it mean?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whom it means, or that it is none of ours."},
    )
    other = SubjectWords(label="Another", required=False)

    def __init__(self, *args: Any, name: WaitingName, actor: Actor, on: date, **given: Any) -> None:
        super().__init__(*args, actor=actor, on=on, **given)
        earlier = name.earlier.subject if name.earlier else None
        offered = {str(one.pk): one for one in [*([earlier] if earlier else []), *name.candidates]}
        self._offered: dict[str, Subject] = offered
        field = self.fields["answer"]
        assert isinstance(field, forms.ChoiceField)
        choices = [(key, f"{one.name} ({described(one)})") for key, one in offered.items()]
        field.choices = [*choices, (ANOTHER, "Another, whom I name below"), (NONE_OF_OURS, "None that we follow")]

    def clean(self) -> dict[str, Any]:
        """This function will put the subject in the place of the answer; None for none of ours."""
        typed = str(self.data.get("other", "")).strip()
        given = super().clean()
        answer = given.get("answer", "")
        if answer == ANOTHER and not given.get("other") and "other" not in self.errors and not typed:
            self.add_error("other", "Type the name or code of the one it means.")
        if answer != ANOTHER and typed and answer:
            self.add_error("answer", "You typed a name as well. Choose “Another”, or take the name out.")
        return {**given, "subject": given.get("other") if answer == ANOTHER else self._offered.get(answer)}
