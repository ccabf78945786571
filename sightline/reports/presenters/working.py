"""Chooses the words for reports as they are worked on: the list, what is due, a draft with what it lacks and what changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sightline.core.reports.changing import Change, Changed
from sightline.reports.models import Sending
from sightline.reports.presenters.page import href_of
from sightline.reports.queries.drafts import Draft, Part
from sightline.reports.queries.reports import Due, Listed
from sightline.reports.words import How
from sightline.web.wording import day, plural

GREY, YELLOW, BLUE, GREEN, RED = (f"nhsuk-tag--{one}" for one in ("grey", "yellow", "blue", "green", "red"))
_SOON = timedelta(days=14)
_CHANGES = {Change.NEW: "New", Change.OTHERWISE: "Reads otherwise now", Change.GONE: "No longer there"}


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One report in a list."""

    report: UUID
    title: str
    name: str
    group: str
    period: str
    tag: tuple[str, str]
    waits: str


@dataclass(frozen=True, slots=True)
class DueRow:
    """A report that comes at an interval."""

    group: UUID
    key: str
    name: str
    of: str
    tag: tuple[str, str]
    says: str


@dataclass(frozen=True, slots=True)
class SentRow:
    """One sending: where it went, how, and whether it was acknowledged."""

    id: UUID
    version: int
    says: str
    tag: tuple[str, str]
    answer: str


@dataclass(frozen=True, slots=True)
class PartShown:
    """One section of a draft: what was written, what was gathered, and what it still lacks."""

    id: str
    opens: str
    heading: str
    level: int  # of its heading on the page of a draft
    says: str
    text: str
    piles: tuple[
        tuple[str, tuple[tuple[str, str], ...]], ...
    ]  # under which sub-heading, what each says, and its address
    left_out: int
    tag: tuple[str, str] | None
    may_write: bool


def rows(found: Iterable[Listed], on: date) -> list[ReportRow]:
    """This function will give a line for each report of the groups in which the reader is."""
    return [
        ReportRow(
            one.report.pk,
            one.report.title,
            one.name,
            one.report.group.name,
            _period(one.report.begins_on, one.report.ends_on),
            state(one),
            _waits(one.waiting, on),
        )
        for one in found
    ]


def state(one: Listed) -> tuple[str, str]:
    """This function will say where a report stands, with the colour of its tag."""
    if one.newest is None:
        return "Draft", GREY
    if not one.sendings:
        return "Frozen, not sent", YELLOW
    return ("Not acknowledged", BLUE) if one.waiting else ("Acknowledged", GREEN)


def due(found: Iterable[Due], on: date) -> list[DueRow]:
    """This function will say when each report with an interval goes again."""
    return [
        DueRow(
            one.group.pk,
            f"{one.group.pk}.{one.laid.template.id}",
            one.laid.template.name,
            one.group.name,
            _due_tag(one.by, on),
            _due_words(one),
        )
        for one in found
    ]


def sent(found: Sequence[Sending], on: date) -> list[SentRow]:
    """This function will tell of each sending when it went, where to, and for how long it has waited."""
    return [_sent(one, on) for one in found]


def parts(draft: Draft) -> list[PartShown]:
    """This function will put the sections of a draft into words."""
    over, found = "", []
    for one in draft.parts:
        under = one.section.under or ""
        found.append(_part(one, draft, under if under != over else ""))
        over = under
    return found


def changes(found: Iterable[Changed]) -> list[tuple[str, str, str]]:
    """This function will say of each line that is otherwise what became of it, what it says, and what it said before."""
    return [
        (_CHANGES[one.change], one.line.says, one.before if one.change is Change.OTHERWISE else "") for one in found
    ]


def head(draft: Draft) -> list[tuple[str, str]]:
    """This function will tell by what a report is laid out, and of which period it is."""
    report = draft.report
    found = [("Group", report.group.name), ("Period", _period(report.begins_on, report.ends_on))]
    if draft.laid:
        template = draft.laid.template
        found += [("To", template.recipient), ("Laid out by", f"{draft.laid.guidance}, {template.cites}")]
    if draft.gathering:
        found.append(("Gathered", day(draft.gathering.recorded_at)))
    return found


def _part(one: Part, draft: Draft, opens: str) -> PartShown:
    stands = one.section.stands or ""
    return PartShown(
        id=one.section.id,
        opens=opens,
        heading=one.section.heading,
        level=4 if one.section.under else 3,
        says=one.section.says,
        text=stands or (one.passage.text if one.passage else ""),
        piles=tuple((over, tuple((line.says, href_of(line)) for line in some)) for over, some in one.parted),
        left_out=len(one.lines) - len(one.kept),
        tag=_part_tag(one, draft),
        may_write=draft.keeps and (not stands or bool(one.lines)),
    )


def _part_tag(one: Part, draft: Draft) -> tuple[str, str] | None:
    """What a section lacks, or what it says where nothing is in it."""
    section = one.section
    if one.passage and one.passage.is_none and section.blank:
        return f"Says “{section.blank.says}”", GREY
    if section.id not in draft.blanks:
        return None
    if section.blank is None:
        return "Empty: left out", GREY
    return ("Say something, or say that there is nothing", RED) if section.blank.outright else (
        f"Empty: says “{section.blank.says}”", GREY,
    )  # fmt: skip


def _sent(one: Sending, on: date) -> SentRow:
    receipt = getattr(one, "receipt", None)
    to = f"{one.to_body.name}, {one.part}" if one.part else one.to_body.name
    how = "" if one.how == How.HERE.value else ", as a file beside Sightline"
    says = f"Version {one.version.number} went to {to} on {day(one.sent_on)}{how}."
    if receipt is None:
        return SentRow(one.pk, one.version.number, says, _age(one, on), "")
    answer = f"{receipt.received_by} on {day(receipt.received_on)}"
    return SentRow(
        one.pk,
        one.version.number,
        says,
        ("Acknowledged", GREEN),
        f"{answer}: {receipt.says}" if receipt.says else answer,
    )


def _age(one: Sending, on: date) -> tuple[str, str]:
    days = (on - one.sent_on).days
    return (f"Not acknowledged for {plural(days, 'day')}", YELLOW if days else BLUE)


def _waits(waiting: Sequence[Sending], on: date) -> str:
    if not waiting:
        return ""
    days = max((on - one.sent_on).days for one in waiting)
    return f"{plural(len(waiting), 'recipient')} yet to acknowledge it, for up to {plural(days, 'day')}"


def _due_tag(by: date | None, on: date) -> tuple[str, str]:
    if by is None:
        return "Never sent", YELLOW
    if by < on:
        return f"Overdue by {plural((on - by).days, 'day')}", RED
    return ("Due soon", YELLOW) if by - on <= _SOON else ("In time", GREEN)


def _due_words(one: Due) -> str:
    cadence = one.laid.template.cadence
    says = f"{cadence.says} ({cadence.cites})" if cadence else ""
    if one.last is None or one.by is None:
        return says
    return f"Sent on {day(one.last)}; again by {day(one.by)}. {says}"


def _period(first: date, last: date) -> str:
    return f"{day(first)} to {day(last)}"
