"""The form for sharing and its check in words: which questions come first, drafts, and what was found."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sightline.core.access import Handling
from sightline.core.intelligence.checking import WHAT_IS_CHECKED, Found
from sightline.intelligence import wording as say
from sightline.intelligence.giving import Given
from sightline.intelligence.looking import Seen
from sightline.intelligence.models import Draft, DraftFile
from sightline.intelligence.presenters.words import Paragraph, marked_paragraphs
from sightline.intelligence.queries.drafts import key_of
from sightline.web.wording import moment, plural

FIRST = ("subject", "subject_chosen", "words", "bearing", "certainty", "handling")
READERS = ("readers", "why_fewer")
AFTER = ("source",)
MORE = (
    ("How you know it", ("heard_on", "channel", "reliability", "credibility", "protocol")),
    ("What others may know", ("wish", "verbal_only")),
    ("Words for fewer readers", ("narrow", "narrow_handling")),
    ("Documents", ("documents",)),
    ("What it is about", ("also", "also_chosen", "dimensions", "evidence", "issues", "populations")),
    ("Group", ("system",)),
)


@dataclass(frozen=True, slots=True)
class DraftLine:
    """Something begun and not yet sent."""

    key: UUID
    says: str


@dataclass(frozen=True, slots=True)
class FileOfDraft:
    """A file that waits with a draft."""

    id: UUID
    name: str
    remarks: str


@dataclass(frozen=True, slots=True)
class CheckedPassage:
    """A passage as it would be shared, with the places at which the checker stopped."""

    handling: str
    paragraphs: tuple[Paragraph, ...]
    finds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CheckPage:
    """What the check shows."""

    about: str
    passages: tuple[CheckedPassage, ...]
    files: tuple[tuple[str, tuple[str, ...]], ...]
    remarks: tuple[str, ...]
    what_is_checked: str
    found: bool


def draft_line(draft: Draft) -> DraftLine:
    """This function will say what was begun and when."""
    about = str((draft.content.get("subject") or [""])[0])[:80].strip()
    says = f"You began to write at {moment(draft.saved_at)}" + (f", about {about}." if about else ".")
    return DraftLine(key_of(draft), says)


def file_of_draft(file: DraftFile) -> FileOfDraft:
    """This function will name a file that waits with a draft."""
    return FileOfDraft(file.pk, file.name, file.remarks)


def check_page(given: Given, seen: Seen, remarks: tuple[str, ...]) -> CheckPage:
    """This function will write what is about to be shared as it would be shared."""
    passages = tuple(
        CheckedPassage(say.HANDLING_OF[one.handling], marked_paragraphs(one.text, found), _finds(found))
        for one, found in zip(given.words, seen.words, strict=True)
    )
    files = tuple((one.name, _finds(found)) for one, found in zip(given.files, seen.names, strict=True))
    more = tuple(f"{one.name}: {one.remarks}" for one in given.files if one.remarks)
    return CheckPage(
        about=", ".join(one.name for one in given.subjects),
        passages=passages,
        files=files,
        remarks=(*remarks, *more),
        what_is_checked=WHAT_IS_CHECKED,
        found=seen.anybody,
    )


def sent_to(handling: Handling, readers: int) -> str:
    """This function will say after sharing who can see it now."""
    named = plural(readers, "person", "people")
    match handling:
        case Handling.RESTRICTED:
            return f"You, and the {named} on its list. Nobody else can tell that it is there."
        case Handling.PUBLIC:
            return "The members of the group; and it may be told outside the group."
        case _:
            return (
                "You, and the members of the group. The provider concerned does not see it, "
                "nor does anybody who declared an interest in it."
            )


def _finds(found: tuple[Found, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.says for one in found))
