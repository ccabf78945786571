"""The retention schedule, what falls due by it, and holds, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from sightline.core.rulebook.keeping import RecordKind, RetentionClass
from sightline.records.models import Hold
from sightline.records.queries.going import GOING, what_of
from sightline.records.queries.retaining import Kept, OfClass, Show, system_of
from sightline.web.wording import day, plural

RED, YELLOW, GREEN, GREY = "nhsuk-tag--red", "nhsuk-tag--yellow", "nhsuk-tag--green", "nhsuk-tag--grey"
SHOW: Mapping[Show, str] = {
    Show.SOON: "Due, or due within a year",
    Show.NOW: "Due",
    Show.ALL: "All whose period has begun",
}
_KIND: Mapping[RecordKind, str] = {
    RecordKind.NOTE: "Note of a meeting",
    RecordKind.KEY_POINTS: "Key points",
    RecordKind.REPORT: "Report",
    RecordKind.DECISION: "Decision on a level",
    RecordKind.RISK: "Risk",
    RecordKind.PLAN: "Improvement plan",
    RecordKind.REVIEW: "Rapid Quality Review",
    RecordKind.REQUEST: "Request for information",
}


@dataclass(frozen=True, slots=True)
class ClassRow:
    """One class of the schedule: how long, counted from when, by which source, and how its records stand."""

    key: str
    name: str
    says: str
    kept_for: str
    begins: str
    cites: str
    stands: str
    next_due: str


@dataclass(frozen=True, slots=True)
class KeptRow:
    """One record of the list, with its address, its class, its days, and what stops that it is disposed of."""

    name: str
    href: str
    of: str
    begun: str
    due: str
    tag: tuple[str, str]
    stops: tuple[str, ...]
    dispose: str  # where its disposal is proposed, where the reader may


@dataclass(frozen=True, slots=True)
class HoldRow:
    """One hold: what it covers, why, who asked and who placed it, and how it ended."""

    key: Any
    covers: str
    because: str
    placed: str
    lifted: str
    may_lift: bool


def class_rows(found: Sequence[OfClass]) -> list[ClassRow]:
    """This function will put the schedule into words, with how the records of each class stand."""
    return [
        ClassRow(
            one.of.id, one.of.name, one.of.says, kept_for(one.of), one.of.begins, one.of.cites, _stands(one),
            day(one.next_due) if one.next_due else "None",
        )
        for one in found
    ]  # fmt: skip


def kept_for(of: RetentionClass) -> str:
    """This function will say for how long a class is kept."""
    return plural(of.years, "year") if of.years else "No period laid down"


def _stands(one: OfClass) -> str:
    parts = [f"{one.begun} kept under it"] if one.begun else []
    parts += [f"{one.due} due"] if one.due else []
    parts += [f"{one.in_use} still in use"] if one.in_use else []
    return ", ".join(parts) or "None that you may read"


def kept_rows(found: Sequence[Kept], on: date, keeps: frozenset[str] | None) -> list[KeptRow]:
    """This function will put the records of the list into words; ``keeps`` are the systems whose record the reader keeps."""
    return [
        KeptRow(
            name=name_of(one.kind, one.record),
            href=href_of(one.kind, one.record),
            of=one.of.name,
            begun=day(one.trigger),
            due=day(one.due) if one.due else "",
            tag=_tag(one, on),
            stops=_stops(one),
            dispose=_dispose(one, keeps),
        )
        for one in found
    ]


def _stops(one: Kept) -> tuple[str, ...]:
    """Why a record is kept, or that one of its kind is looked at when it falls due and stays."""
    if one.verdict and one.kind not in GOING:
        return ("It is looked at now, and kept: records of this kind are not disposed of here.",)
    return tuple(reason.says for reason in one.verdict.reasons)


def _dispose(one: Kept, keeps: frozenset[str] | None) -> str:
    what = what_of(one.kind, one.record)
    if what is None or not one.verdict or not (keeps is None or system_of(one.kind, one.record) in keeps):
        return ""
    return reverse("disposal_propose", args=[what.kind.value, what.record, what.number])


def _tag(one: Kept, on: date) -> tuple[str, str]:
    if one.holds:
        return "Held", RED
    if one.due is None:
        return "No period", YELLOW
    return ("Due for review", YELLOW) if one.due <= on else ("Kept", GREY)


def name_of(kind: RecordKind, record: Any) -> str:
    """This function will name a record as its readers know it."""
    match kind:
        case RecordKind.NOTE:
            return f"{_KIND[kind]}: {record.group.name}, {day(timezone.localdate(record.begins))}"
        case RecordKind.KEY_POINTS:
            return f"{_KIND[kind]}: {record.meeting.group.name}, version {record.number}"
        case RecordKind.REPORT:
            return f"{_KIND[kind]}: {record.report.title}, version {record.number}"
        case RecordKind.DECISION:
            return f"{_KIND[kind]}: {record.subject.name}, {record.level_to.replace('-', ' ')}"
        case RecordKind.RISK:
            return f"{_KIND[kind]} opened on {day(record.opened_on)}"
        case RecordKind.PLAN | RecordKind.REVIEW:
            return f"{_KIND[kind]}: {record.subject.name}"
        case RecordKind.REQUEST:
            return f"{_KIND[kind]} of {day(record.received_on)}"


def href_of(kind: RecordKind, record: Any) -> str:
    """This function will give the page on which a record is read."""
    match kind:
        case RecordKind.KEY_POINTS:
            return reverse("key_points", args=[record.meeting_id])
        case RecordKind.REPORT:
            return reverse("report_version", args=[record.report_id, record.number])
        case _:
            pages = {
                RecordKind.NOTE: "note", RecordKind.DECISION: "level_decision", RecordKind.RISK: "risk",
                RecordKind.PLAN: "plan", RecordKind.REVIEW: "rapid", RecordKind.REQUEST: "information_request"
            }  # fmt: skip
            return reverse(pages[kind], args=[record.pk])


def hold_rows(found: Sequence[Hold], keeps: frozenset[str] | None) -> list[HoldRow]:
    """This function will put holds into words; ``keeps`` are the systems whose holds the reader lifts, None for all."""
    return [
        HoldRow(
            one.pk,
            f"Every record that touches {one.subject.name}" if one.subject else f"Every record of system {one.system}",
            one.because,
            f"Placed on {day(one.placed_on)} by {one.placed_by}. Asked for by: {one.asked_by}",
            _lifted(one),
            not hasattr(one, "lifting") and (keeps is None or one.system in keeps),
        )
        for one in found
    ]


def _lifted(one: Hold) -> str:
    ending = getattr(one, "lifting", None)
    return f"Lifted on {day(ending.lifted_on)} by {ending.lifted_by}: {ending.because}" if ending else ""
