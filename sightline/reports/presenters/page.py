"""A frozen report in words, for its page, the PDF, Word and the tables alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.urls import reverse

from sightline.reports.models import ReportLine, ReportVersion
from sightline.reports.words import RecordKind
from sightline.web.wording import day

TEMPLATE = Path(__file__).with_name("report.typ")
PDF = "application/pdf"
CHANGED = "What has changed since the last version"
_HEAD, _WRITTEN = "At the head", "In words"
KINDS: Mapping[RecordKind, str] = {
    RecordKind.DECISION: "Level",
    RecordKind.RISK: "Risk",
    RecordKind.OUTCOME: "Decision of a meeting",
    RecordKind.ACTION: "Action",
    RecordKind.EXCHANGE: "Exchange",
    RecordKind.REGULATION: "Regulatory action",
    RecordKind.TELLING: "What a provider was told",
    RecordKind.MEETING: "Meeting",
    RecordKind.REVIEW: "Rapid Quality Review",
    RecordKind.ITEM: "What the regulator made public",
}
_ADDRESSES: Mapping[RecordKind, str] = {
    RecordKind.DECISION: "level_decision",
    RecordKind.RISK: "risk",
    RecordKind.ACTION: "action",
    RecordKind.EXCHANGE: "exchange",
    RecordKind.MEETING: "meeting",
    RecordKind.REVIEW: "rapid",
    RecordKind.ITEM: "item",
}


@dataclass(frozen=True, slots=True)
class LineShown:
    """One line of a report: what it says, of what kind of record, of which day, and where that is read."""

    says: str
    kind: str
    of_day: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class PileShown:
    """Lines that stand together, and the sub-heading over them; none where all of a section is of one kind."""

    over: str
    lines: tuple[LineShown, ...]


@dataclass(frozen=True, slots=True)
class SectionShown:
    """One section as it leaves the house. ``opens`` is the heading over it and those that follow, where one begins here."""

    opens: str
    heading: str
    level: int  # of its heading: 2, or 3 where it stands under another
    paragraphs: tuple[str, ...]
    piles: tuple[PileShown, ...]

    @property
    def lines(self) -> tuple[LineShown, ...]:
        """Every line of it, in order."""
        return tuple(line for pile in self.piles for line in pile.lines)


@dataclass(frozen=True, slots=True)
class ReportShown:
    """A report in words; ``about`` are the labels at its head with what stands there."""

    title: str
    name: str
    about: tuple[tuple[str, str], ...]
    group: str
    changed: str
    sections: tuple[SectionShown, ...]
    notes: tuple[str, ...]
    short_forms: tuple[tuple[str, str], ...]
    mark: str
    sha256: str


def shown(version: ReportVersion, hrefs: Mapping[str, str] | None = None) -> ReportShown:
    """This function will put a frozen report into words; ``hrefs`` are the addresses of records, for whoever reads them."""
    content: Mapping[str, Any] = version.content
    frozen = _day(content.get("frozen_on", ""))
    period = [_day(one) for one in content.get("period", ())]
    head = [(label, value or "Not given") for label, value in content.get("heading", ())]
    group = content.get("group", "")
    sender = content.get("sender") or group
    goes_to_group = group != sender and group in [value for _, value in head]
    names_group = goes_to_group or group == sender
    whose = f"Report {'to' if goes_to_group else 'of'} {group}"
    about = [
        *head,
        ("From", sender),
        *([] if names_group else [("Group", group)]),
        ("To", content.get("recipient", "")),
        ("Period", " to ".join(period)),
        ("Frozen", f"{frozen} by {version.frozen_by}, version {version.number}"),
        ("Laid out by", f"{content.get('guidance', '')}, {content.get('cites', '')} ({content.get('rules', '')})"),
    ]
    notes = [f"Enclosed: {content['encloses']}"] if content.get("encloses") else []
    if content.get("no_minutes"):
        notes = [f"No minutes are enclosed: {content['no_minutes']}"]
    return ReportShown(
        title=content.get("title", ""),
        name=content.get("name", ""),
        about=tuple(about),
        group=group,
        changed=version.changed,
        sections=sections_of(content, hrefs),
        notes=tuple(notes),
        short_forms=tuple((short, words) for short, words in content.get("short_forms", ())),
        mark=f"{whose}, {frozen}. For the body to which it was sent. Pass it to nobody else.",
        sha256=version.sha256,
    )


def hrefs_of(lines: Iterable[ReportLine]) -> dict[str, str]:
    """This function will give the address of the record behind each line, where it has a page."""
    return {one.record: href for one in lines if (href := href_of(one))}


def href_of(line: ReportLine) -> str:
    """This function will give the address of the record behind a line; empty where it has no page of its own."""
    kind = RecordKind(line.kind)
    if line.outcome is not None:
        return reverse("meeting_live_item", args=[line.outcome.item.meeting_id, line.outcome.item_id])
    if line.regulation is not None:
        return reverse("level_decision", args=[line.regulation.decision_id])
    if line.telling is not None:
        return reverse("duty", args=[line.telling.duty_id])
    return reverse(_ADDRESSES[kind], args=[getattr(line, f"{kind.value}_id")])


def to_print(page: ReportShown) -> dict[str, Any]:
    """This function will give a report as its template sets it."""
    return {
        "title": page.title,
        "name": page.name,
        "mark": page.mark,
        "about": [list(one) for one in page.about],
        "changed": page.changed,
        "notes": list(page.notes),
        "short_forms": [list(one) for one in page.short_forms],
        "sections": [
            {
                "opens": one.opens,
                "heading": one.heading,
                "level": one.level,
                "paragraphs": list(one.paragraphs),
                "piles": [{"over": pile.over, "lines": [line.says for line in pile.lines]} for pile in one.piles],
            }
            for one in page.sections
        ],
    }


def rows(page: ReportShown) -> list[list[str]]:
    """This function will give a report as a table with all that its page holds: head, each line with its record, notes."""
    table = [["Section", "Under", "What it says", "Kind of record", "Date"]]
    table += [[_HEAD, label, value, "", ""] for label, value in page.about]
    table += [[CHANGED, "", page.changed, _WRITTEN, ""]] if page.changed else []
    over = ""
    for section in page.sections:
        over = (section.opens or over) if section.level > 2 else ""
        heading = f"{over}: {section.heading}" if over else section.heading
        table += [[heading, "", one, _WRITTEN, ""] for one in section.paragraphs]
        table += [[heading, pile.over, one.says, one.kind, one.of_day] for pile in section.piles for one in pile.lines]
    table += [["Note", "", one, "", ""] for one in page.notes]
    return table + [["Short forms", short, words, "", ""] for short, words in page.short_forms]


def sections_of(content: Mapping[str, Any], hrefs: Mapping[str, str] | None = None) -> tuple[SectionShown, ...]:
    """This function will put the sections of a report into words; ``hrefs`` are the addresses of records, where told."""
    found, over = [], ""
    for one in content.get("sections", ()):
        under = one.get("under", "")
        found.append(_section(one, under if under != over else "", hrefs or {}))
        over = under
    return tuple(found)


def _section(one: Mapping[str, Any], opens: str, hrefs: Mapping[str, str]) -> SectionShown:
    words = "\n".join(filter(None, (one.get("stands", ""), one.get("text", ""))))
    piles: dict[str, list[LineShown]] = {}
    for line in one.get("lines", ()):
        kind = KINDS[RecordKind(line["record"].partition(".")[0])]
        shown = LineShown(line["says"], kind, _day(line["day"]), hrefs.get(line["record"], ""))
        piles.setdefault(line.get("over", ""), []).append(shown)
    return SectionShown(
        opens=opens,
        heading=one.get("heading", ""),
        level=3 if one.get("under") else 2,
        paragraphs=tuple(line.strip() for line in words.splitlines() if line.strip()),
        piles=tuple(PileShown(over, tuple(lines)) for over, lines in piles.items()),
    )


def _day(written: str) -> str:
    return day(date.fromisoformat(written)) if written else ""
