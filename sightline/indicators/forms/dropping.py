"""Files that people bring in. Parsed and checked, never saved."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from sightline.web.fields import FilesField

MEGABYTE = 1024 * 1024


class DropForm(forms.Form):
    """Files to bring in."""

    files = FilesField(  # type: ignore[assignment]  # the stubs take the form's own attribute for the field
        label="Choose files",
        help_text="CSV, XLSX, ODS or JSON as published. Several at once, in any order.",
        error_messages={
            "required": "Choose at least one file.",
            "empty": "One of the files is empty. Choose it again.",
        },
        allow_empty_file=True,  # it is refused like any other bad file, with the rest of the drop
    )

    def clean_files(self) -> list[UploadedFile[bytes]]:
        """This function will refuse files that are larger than may be read."""
        files: list[UploadedFile[bytes]] = self.cleaned_data["files"]
        large = [str(file.name) for file in files if (file.size or 0) > settings.PUBLISHED_FILE_LIMIT]
        if large:
            limit = settings.PUBLISHED_FILE_LIMIT // MEGABYTE
            raise forms.ValidationError(f"Larger than {limit} MB: {', '.join(large)}. Split it and drop the parts.")
        return files
