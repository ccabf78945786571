"""The note of a meeting in words: its sections as paragraphs and lists, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from sightline.core.meetings.noting import DASH
from sightline.core.meetings.quorum import Status
from sightline.core.meetings.words import listed
from sightline.meetings.models import AnnexEntry, FedBack, NoteAgreement, NoteComment, NotePassage
from sightline.meetings.queries.note_pages import NoteSection, NoteView
from sightline.web.wording import clock, day, plural

Tag = tuple[str, str]
_QUORATE: Mapping[Status, str] = {
    Status.QUORATE: "quorate",
    Status.NOT_QUORATE: "not quorate, which is recommended here and not asked for,",
    Status.NONE_SET: "",
}
_HEADING = 120  # a longer line that ends with a colon is a sentence


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a section as the page draws it: a heading, a paragraph, or a list."""

    kind: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version of a section: its text, who wrote it and when, and why it was written anew."""

    number: int
    blocks: tuple[Block, ...]
    who: str
    at: datetime
    because: str


@dataclass(frozen=True, slots=True)
class SectionLine:
    """One section as its reader reads it; ``number`` counts the items that are open to them."""

    item: UUID | None
    number: int
    title: str
    blocks: tuple[Block, ...]
    tag: Tag | None
    changes: tuple[VersionLine, ...]
    corrections: tuple[VersionLine, ...]
    earlier: tuple[VersionLine, ...]
    agreed: VersionLine | None  # where it was corrected since: what the group agreed
    sha256: str


@dataclass(frozen=True, slots=True)
class CommentLine:
    """A comment on a section, and what became of it."""

    id: UUID
    blocks: tuple[Block, ...]
    who: str
    at: datetime
    tag: Tag
    answer: str
    waits: bool


def comment_line(one: NoteComment, names: Mapping[str, str]) -> CommentLine:
    """This function will write a comment on a draft with what became of it."""
    answer = getattr(one, "answer", None)
    if answer is None:
        tag = ("Not answered yet", "nhsuk-tag--yellow")
    else:
        tag = ("Taken in", "nhsuk-tag--green") if answer.is_taken_in else ("Not taken in", "nhsuk-tag--grey")
    says = answer.says if answer else ""
    return CommentLine(
        one.pk, blocks_of(one.text), names.get(one.recorded_by, ""), one.recorded_at, tag, says, answer is None
    )


def blocks_of(text: str) -> tuple[Block, ...]:
    """This function will part the text of a section into headings, paragraphs and lists."""
    return tuple(_blocks(text.splitlines()))


def _blocks(lines: Sequence[str]) -> Iterator[Block]:
    waiting: list[str] = []
    for line in (one.strip() for one in lines):
        if line.startswith(DASH):
            waiting.append(line.removeprefix(DASH).strip())
            continue
        if waiting:
            yield Block("list", tuple(waiting))
            waiting = []
        if line.endswith(":") and len(line) <= _HEADING:
            yield Block("heading", (line.removesuffix(":"),))
        elif line:
            yield Block("words", (line,))
    if waiting:
        yield Block("list", tuple(waiting))


def section_lines(note: NoteView, names: Mapping[str, str]) -> list[SectionLine]:
    """This function will write the sections of a note, numbered as its reader counts them."""
    made, number = [], 0
    for one in note.sections:
        number += one.newest.item_id is not None
        made.append(_section(one, number if one.newest.item_id else 0, note, names))
    return made


def _section(one: NoteSection, number: int, note: NoteView, names: Mapping[str, str]) -> SectionLine:
    agreed, newest = one.agreed, one.newest
    is_corrected = agreed is not None and agreed.pk != newest.pk
    return SectionLine(
        item=newest.item_id,
        number=number,
        title=newest.title,
        blocks=blocks_of(newest.text),
        tag=_section_tag(one, note),
        changes=tuple(_version(each, names) for each in one.changes),
        corrections=tuple(_version(each, names) for each in one.corrections),
        earlier=tuple(_version(each, names) for each in reversed(one.versions[:-1])),
        agreed=_version(agreed, names) if agreed is not None and is_corrected else None,
        sha256=agreed.agreed.sha256 if agreed is not None else "",
    )


def _section_tag(one: NoteSection, note: NoteView) -> Tag | None:
    if one.corrections:
        return ("Corrected since", "nhsuk-tag--yellow")
    if note.agreements and one.agreed is None:
        return ("Not agreed yet", "nhsuk-tag--blue")
    return None


def _version(one: NotePassage, names: Mapping[str, str]) -> VersionLine:
    return VersionLine(one.number, blocks_of(one.text), names.get(one.recorded_by, ""), one.recorded_at, one.because)


def state_tag(note: NoteView) -> Tag:
    """This function will say what became of a note so far, as far as its reader reads it."""
    if note.is_agreed:
        return ("Agreed", "nhsuk-tag--green")
    if note.agreements:
        return ("Agreed in part", "nhsuk-tag--yellow")
    if note.sharing:
        return ("Draft, shared for comment", "nhsuk-tag--blue")
    return ("Draft", "nhsuk-tag--grey")


def state_words(note: NoteView) -> list[str]:
    """This function will say when a note was shared and agreed, at which meeting, and with which changes (REC-04)."""
    said = []
    if note.sharing and not note.agreements:
        said.append(
            f"Shared with the members on {_day(note.sharing.at)}. Comment on a section where something should be changed."
        )
    said += [_agreement(one, note) for one in note.agreements]
    if not note.sharing and note.sections:
        said.append("Written from the record of the meeting. Nobody but those who keep the record reads it yet.")
    return said


def _agreement(one: NoteAgreement, note: NoteView) -> str:
    held = list(one.at_meeting.times.all())[-1].starts_at
    mine = [each for each in note.sections if each.agreed and each.agreed.agreed.agreement_id == one.pk]
    changed = [each.newest.title for each in mine if each.changes]
    changes = f"with changes to {listed(changed)}" if changed else "without changes"
    words = _QUORATE[Status(one.quorum)]
    quorate = f", {words} with {plural(one.present, 'member')} there" if words else ""
    return f"Agreed by the group at its meeting of {_day(held)}, at {clock(timezone.localtime(one.at))}{quorate}, {changes}."


def fed_back_words(rows: Sequence[FedBack], names: Mapping[str, str]) -> list[str]:
    """This function will say to whom a meeting was fed back, on which day, and who wrote that down."""
    return [
        f"{one.to_whom}, on {day(one.told_on)}. "
        f"Recorded by {names.get(one.recorded_by, '')} on {_day(one.recorded_at)}."
        for one in rows
    ]


@dataclass(frozen=True, slots=True)
class AnnexLine:
    """An entry of the annex, with what it belongs to as its reader counts the items."""

    title: str
    blocks: tuple[Block, ...]
    who: str
    at: datetime


def annex_lines(
    entries: Sequence[AnnexEntry], sections: Sequence[SectionLine], names: Mapping[str, str]
) -> list[AnnexLine]:
    """This function will write the entries of an annex."""
    titles = {one.item: f"{one.number}. {one.title}" if one.number else one.title for one in sections}
    return [
        AnnexLine(titles.get(one.item_id, ""), blocks_of(one.text), names.get(one.recorded_by, ""), one.recorded_at)
        for one in entries
    ]


def _day(at: datetime) -> str:
    found = timezone.localtime(at)
    return f"{found.day} {found:%B %Y}"
