"""Form fields that the pages share: words, one or some of several with hints, a day in three boxes, several files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict

PARTS = ("day", "month", "year")
LONGEST = 8_000  # letters of a stretch of words, where a form says no other number


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


class Ticks(forms.MultipleChoiceField):
    """Any of several, each with a line that says when to tick it."""

    def __init__(self, *, hints: Mapping[str, str], **given: Any) -> None:
        super().__init__(widget=forms.CheckboxSelectMultiple, **given)
        self.hints = hints


class Keyed(forms.Form):
    """A form that, sent twice, does one thing."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class DayWidget(forms.MultiWidget):
    """Three boxes, because people know dates by heart and calendars are slow by keyboard."""

    def __init__(self, attrs: Mapping[str, Any] | None = None) -> None:
        super().__init__([forms.TextInput(attrs={"inputmode": "numeric"}) for _ in PARTS], dict(attrs or {}))
        self.widgets_names = [f"-{part}" for part in PARTS]

    def decompress(self, value: date | str | None) -> list[int | None]:
        """This function will part a day into its three boxes."""
        if isinstance(value, str) and value:
            value = date.fromisoformat(value)
        return [value.day, value.month, value.year] if isinstance(value, date) else [None, None, None]


class DayField(forms.Field):
    """A day; what is wrong with it is said as a person would."""

    widget = DayWidget

    def to_python(self, value: Sequence[str | None] | date | None) -> date | None:
        """This function will read three boxes as one day."""
        if isinstance(value, date):
            return value
        if not value:
            return None
        parts = [(part or "").strip() for part in value]
        if not any(parts):
            return None
        missing = [name for name, part in zip(PARTS, parts, strict=True) if not part]
        if missing:
            raise ValidationError(f"{self._named()} must include a {' and a '.join(missing)}.", code="incomplete")
        if not all(part.isascii() and part.isdigit() for part in parts) or len(parts[2]) != 4:
            raise ValidationError(f"{self._named()} must be in numbers, for example 27 3 2026.", code="invalid")
        try:
            return date(int(parts[2]), int(parts[1]), int(parts[0]))
        except (ValueError, OverflowError) as problem:
            raise ValidationError(f"{self._named()} must be a day in the calendar.", code="invalid") from problem

    def _named(self) -> str:
        return str(self.label or "The date")


class FilesInput(forms.FileInput):
    """A file box that takes several files."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[UploadedFile[bytes]]:
        """This function will collect every file given under the name."""
        if isinstance(files, MultiValueDict):
            return files.getlist(name)
        return [files[name]] if name in files else []


class FilesField(forms.FileField):
    """One file or more; each must pass as a file of its own."""

    widget = FilesInput

    def clean(self, data: Sequence[UploadedFile[bytes]], initial: Any = None) -> list[UploadedFile[bytes]]:
        """This function will clean each file, and say all that is wrong at once."""
        if not data:
            return [super().clean(None, initial)] if self.required else []
        cleaned, problems = [], []
        for one in data:
            try:
                cleaned.append(super().clean(one, initial))
            except ValidationError as problem:
                problems += [f"{one.name}: {words}" for words in problem.messages]
        if problems:
            raise ValidationError(problems)
        return cleaned
