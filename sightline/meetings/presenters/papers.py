"""Papers in words: what each is for, how long it is, what its writer may mend, and who was given it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sightline.meetings.models import PaperVersion
from sightline.meetings.queries.papers import PaperView
from sightline.meetings.words import GIVEN, PAPER_FOR, Given, PaperFor
from sightline.web.wording import day, moment, plural

_KINDS = {
    ".pdf": "PDF",
    ".docx": "Word",
    ".xlsx": "Excel",
    ".pptx": "PowerPoint",
    ".odt": "OpenDocument text",
    ".ods": "OpenDocument table",
    ".csv": "CSV",
    ".txt": "Text",
    ".png": "Picture",
    ".jpg": "Picture",
    ".jpeg": "Picture",
}
FROM_THE_RECORD = "Made from the record"


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One paper of an item, as a list tells of it."""

    id: UUID
    title: str
    purpose: str
    about: str
    responsible: str
    is_confidential: bool
    is_file: bool
    number: int


def record_of(version: PaperVersion) -> Any:
    """This function will give what a version made from the record says, or nothing for a file."""
    return getattr(version, "record", None)


def paper_line(version: PaperVersion) -> PaperLine:
    """This function will write one paper."""
    return PaperLine(
        id=version.paper_id,
        title=version.title,
        purpose=PAPER_FOR[PaperFor(version.purpose)],
        about=about_words(version),
        responsible=version.responsible.display_name if version.responsible else "",
        is_confidential=bool(version.confidential_because),
        is_file=record_of(version) is None,
        number=version.number,
    )


def paper_lines(versions: Iterable[PaperVersion]) -> list[PaperLine]:
    """This function will write the papers of an item."""
    return [paper_line(one) for one in versions]


def about_words(version: PaperVersion) -> str:
    """This function will say what kind of file a paper is, how long it is, and which version."""
    record = record_of(version)
    parts = [_made(record), f"as of {moment(record.as_of)}"] if record is not None else [_kind(version.name)]
    if version.pages:
        parts.append(plural(version.pages, "page"))
    if record is None:
        parts.append(_size(version.size))
    if version.number > 1:
        parts.append(f"version {version.number}")
    return ", ".join(parts)


def version_lines(view: PaperView) -> list[dict[str, Any]]:
    """This function will write the versions of a paper, the newest first."""
    return [
        {
            "number": one.number,
            "title": one.title,
            "about": about_words(one),
            "when": moment(one.recorded_at),
            "is_file": record_of(one) is None,
        }
        for one in view.versions
    ]


def given_lines(view: PaperView) -> list[str]:
    """This function will say who was given the paper, how and when."""
    return [
        f"{name}: {GIVEN[Given(one.how)].lower()}, version {one.version.number}, {day(one.on)}"
        for name, one in view.given
    ]


def remark_lines(version: PaperVersion) -> list[str]:
    """This function will give the remarks on how plain a paper's English is."""
    return [one for one in version.remarks.splitlines() if one.strip()]


def _made(record: Any) -> str:
    if "charts" in record.content:
        return "Data pack"
    return "Chart" if "chart" in record.content else FROM_THE_RECORD


def _kind(name: str) -> str:
    return _KINDS.get("." + name.rpartition(".")[2].lower(), "File")


def _size(size: int) -> str:
    return f"{size / 2**20:,.1f} MB" if size >= 2**20 else f"{max(1, size // 1024):,} KB"
