"""Files that somebody chose: each is looked at, so that a bad one does not cost the good ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile

from sightline.core.access import Handling
from sightline.intake.attachments import AT_MOST, inspect
from sightline.intelligence.giving import Kept


@dataclass(frozen=True, slots=True)
class LookedAt:
    """What may be kept, and what is wrong with the rest."""

    kept: tuple[Kept, ...] = ()
    problems: tuple[str, ...] = ()


def looked_at(files: Sequence[UploadedFile[bytes]], handling: Handling) -> LookedAt:
    """This function will look at each file, read no further than a file may be long."""
    kept, problems = [], []
    for one in files:
        found = inspect(one.name or "", one.read(AT_MOST + 1))
        if found.verdict:
            says = " ".join(found.remarks)
            kept.append(Kept(found.safe_name, found.media_type, found.data, handling, says))
        else:
            problems.append(found.verdict.words)
    return LookedAt(tuple(kept), tuple(problems))
