"""What waits to be reviewed in words: each published item, what holds it for a person, and a whole file at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sightline.core.intelligence.duties import Answer, Standing, Stated, standing
from sightline.core.rulebook import SourceEntry
from sightline.directory.choosing import described
from sightline.directory.models import Subject
from sightline.intelligence import wording as say
from sightline.intelligence.models import Addressee, Passage, Unplaced
from sightline.intelligence.presenters.importing import source_title
from sightline.intelligence.presenters.words import Paragraph, paragraphs
from sightline.intelligence.queries.reviewing import Became, Waiting
from sightline.intelligence.queries.reviewing_files import FileToReview, Pile
from sightline.intelligence.wording_handling import LOOKS_PERSONAL
from sightline.intelligence.words import Kind
from sightline.web.wording import day, moment, plural

Text = tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class NameLine:
    """A name that waits, with the bodies that may be meant to choose from."""

    key: int
    words: str
    says: str
    choices: tuple[tuple[UUID, str], ...]


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """A published item that waits; ``held`` and ``names`` say why a person must look at it, ``do`` what to do."""

    id: UUID
    title: str
    says: str
    text: Text
    addressees: tuple[str, ...]
    held: tuple[str, ...]
    names: tuple[NameLine, ...]
    became: tuple[str, ...]
    do: str


@dataclass(frozen=True, slots=True)
class PileLine:
    """A file of which several comments wait."""

    id: UUID
    title: str
    waits: str


@dataclass(frozen=True, slots=True)
class FilePage:
    """What may be decided together about a file."""

    id: UUID
    title: str
    items: int
    waits: str
    samples: tuple[WaitingLine, ...]
    about: tuple[str, ...]
    more: str
    left_out: str
    why: tuple[str, ...]
    listed: str


def pile_line(one: Pile) -> PileLine:
    """This function will write a file for the list of those that may be decided together."""
    return PileLine(
        one.delivery.pk,
        _file(one.delivery.source, moment(one.delivery.recorded_at)),
        plural(one.items, "comment waits", "comments wait"),
    )


def file_page(found: FileToReview, on: date) -> FilePage:
    """This function will write what may be decided together about one file, and what stays to be read one by one."""
    why = (
        (found.unclear, "is held for a person", "are held for a person"),
        (found.people, "holds what looks like personal data", "hold what looks like personal data"),
        (found.danger, "is marked as a safeguarding concern", "are marked as a safeguarding concern"),
    )
    more = found.bodies - len(found.about)
    return FilePage(
        id=found.delivery.pk,
        title=_file(found.delivery.source, moment(found.delivery.recorded_at)),
        items=found.items,
        waits=plural(found.items, "comment waits", "comments wait"),
        samples=tuple(waiting_line(one, on) for one in found.samples),
        about=tuple(f"{name}: {count:,}" for name, count in found.about),
        more=f"and {plural(more, 'other body', 'other bodies')}" if more else "",
        left_out=plural(found.left_out, "comment") if found.left_out else "",
        why=tuple(f"{count:,} {one if count == 1 else many}" for count, one, many in why if count),
        listed=found.listed,
    )


def _file(source: str, at: str) -> str:
    return f"{source_title(source)}, brought in at {at}"


def waiting_groups(
    rows: Iterable[Waiting], sources: Mapping[str, SourceEntry], on: date
) -> list[tuple[str, list[WaitingLine]]]:
    """This function will group what waits by where it came from."""
    groups: dict[str, list[WaitingLine]] = {}
    for row in rows:
        source = sources.get(row.item.source)
        name = source.name if source else say.KIND[Kind(row.item.kind)]
        groups.setdefault(name, []).append(waiting_line(row, on))
    return list(groups.items())


def waiting_line(row: Waiting, on: date) -> WaitingLine:
    """This function will write one published item with all that its review needs to know."""
    report = row.report
    facts = [
        say.KIND[Kind(row.item.kind)],
        f"{day(row.item.heard_on)}",
        f"Reference {report.reference}" if report else "",
        f"Coroner’s area: {report.area}" if report and report.area else "",
        report.category if report else "",
    ]
    names = tuple(_name(one, bodies) for one, bodies in row.unplaced)
    return WaitingLine(
        id=row.item.pk,
        title=", ".join(one.name for one in row.subjects) or "Nobody whom this record follows",
        says=". ".join(filter(None, facts)) + ".",
        text=passages_text(row.passages),
        addressees=tuple(_addressee(one, on) for one in report.addressees.all()) if report else (),
        held=(*row.doubts, *((LOOKS_PERSONAL,) if row.looks_personal else ())),
        names=names,
        became=tuple(_became(one) for one in row.became),
        do=_what_to_do(row),
    )


def _name(one: Unplaced, bodies: tuple[Subject, ...]) -> NameLine:
    match len(bodies):
        case 0:
            says = "fits nobody on record"
        case 1:
            says = "is not plainly one body’s name; it may mean this one"
        case number:
            says = f"fits {number} bodies on record"
    choices = tuple((body.pk, f"{body.name} ({described(body)})") for body in bodies)
    return NameLine(one.pk, one.words, says, choices)


def _what_to_do(row: Waiting) -> str:
    """The next step in plain words; empty where nothing holds the item."""
    steps = []
    if any(bodies for _, bodies in row.unplaced):
        steps.append("Choose the body that is meant, or say that it is none of these.")
    elif row.unplaced:
        steps.append("Say whom it means, or that it is nobody whom we follow.")
    if row.doubts or row.looks_personal:
        steps.append("Read it. Then accept it, or set it aside.")
    elif steps:
        steps.append("If that cannot be found out, set it aside.")
    return " ".join(steps)


def _became(one: Became) -> str:
    when = f" on {day(one.on)}" if one.on else ""
    return f"{one.old} became {'in part ' if one.is_part else ''}{one.new}{when}: both are told of it."


def passages_text(passages: Iterable[Passage]) -> Text:
    """This function will write passages one beneath the other."""
    return tuple(paragraph for one in passages for paragraph in paragraphs(one.text))


def _addressee(one: Addressee, on: date) -> str:
    found = standing(one.due_on, Stated(one.status), on=on, answered_on=one.answered_on, stated_on=one.stated_on)
    return f"{one.name}: {_answer(found, one.due_on)}"


def _answer(found: Standing, due: date | None) -> str:
    days = plural(abs(found.days or 0), "day")
    by = f", due on {day(due)}" if due else ""
    match found.answer:
        case Answer.ANSWERED:
            return "answered"
        case Answer.ANSWERED_LATE:
            return f"answered, {days} late"
        case Answer.AWAITED:
            return f"answer awaited{by}" + (f" ({days} left)" if found.days is not None else "")
        case Answer.OVERDUE:
            return f"answer overdue{by}" + (f" ({days} ago)" if found.days is not None else "")
        case Answer.UNKNOWN:
            return f"not known whether it answered{by}"
