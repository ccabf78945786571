"""Requests for information in words: the list with the days that are left, a case, and what is given out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any
from uuid import UUID

from sightline.core.records.answering import Ruling, working_days_left
from sightline.core.rulebook.keeping import Disclosure, RequestKind
from sightline.records.models import DisclosurePack, InformationRequest
from sightline.records.queries.finding import Candidate
from sightline.records.queries.requests import Case, Decided
from sightline.records.words import ENDING, RULING, SOURCE, Ending
from sightline.web.wording import day, plural

TEMPLATE = Path(__file__).with_name("disclosure.typ")
PDF = "application/pdf"
RED, YELLOW, GREEN, GREY, BLUE = (
    "nhsuk-tag--red", "nhsuk-tag--yellow", "nhsuk-tag--green", "nhsuk-tag--grey", "nhsuk-tag--blue",
)  # fmt: skip
_SOON = 5  # working days
_SHORT = 220  # letters of what was found, beside its box


@dataclass(frozen=True, slots=True)
class RequestRow:
    """One request in the list."""

    key: UUID
    name: str
    tag: tuple[str, str]
    says: str


@dataclass(frozen=True, slots=True)
class PassageRow:
    """One passage of a case, with what was decided of it."""

    key: UUID
    name: str
    text: str
    tag: tuple[str, str]
    ground: str
    why: str
    decided: str


@dataclass(frozen=True, slots=True)
class RecordShown:
    """What is given out of one record: the number of its first passage; of each its words, and the ground if withheld."""

    heading: str
    first: int
    passages: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PackShown:
    """What is given out, in words; nothing of it tells what is withheld."""

    title: str
    about: tuple[tuple[str, str], ...]
    records: tuple[RecordShown, ...]
    grounds: tuple[tuple[str, str, tuple[str, ...]], ...]
    sha256: str


def rows(found: Sequence[InformationRequest], rules: Disclosure, on: date) -> list[RequestRow]:
    """This function will put requests into words, with the days that are left."""
    return [
        RequestRow(
            one.pk,
            f"{rules.regime(RequestKind(one.kind)).name} of {day(one.received_on)}",
            tag_of(one, rules, on),
            _stands(one),
        )
        for one in found
    ]


def _stands(one: Any) -> str:
    if hasattr(one, "closing"):
        return f"Closed on {day(one.closing.closed_on)}"
    if not one.taken:
        return f"To be answered by {day(one.answer_by)}. Nothing taken in yet"
    return f"To be answered by {day(one.answer_by)}. {one.decided} of {plural(one.taken, 'passage')} decided"


def tag_of(one: InformationRequest, rules: Disclosure, on: date) -> tuple[str, str]:
    """This function will say how many working days are left for an answer, or how it ended."""
    if hasattr(one, "closing"):
        return ENDING[Ending(one.closing.how)], GREEN
    left = working_days_left(on, one.answer_by, rules.bank_holidays.days)
    if left < 0:
        return f"Overdue by {plural(-left, 'working day')}", RED
    words = f"{plural(left, 'working day')} left"
    return words, YELLOW if left <= _SOON else BLUE


def head(case: Case) -> list[tuple[str, str]]:
    """This function will tell what was asked, by whom, and by when it is answered."""
    one, regime = case.request, case.regime
    length = plural(regime.working_days, "working day") if regime.working_days else plural(regime.months or 0, "month")
    found = [
        ("Came on", day(one.received_on)),
        ("To be answered by", f"{day(one.answer_by)}: {length} after it came ({regime.cites})"),
        ("Asked by", one.asked_by),
        ("Asks for", one.asks),
    ]
    if one.subject:
        found.append(("About", one.subject.name))
    if one.words:
        found.append(("Words looked for", ", ".join(one.words.splitlines())))
    if one.from_on or one.to_on:
        ends = [day(one.from_on) if one.from_on else "the beginning", day(one.to_on) if one.to_on else "today"]
        found.append(("Records from", " to ".join(ends)))
    if one.answer_by > case.rules.content.bank_holidays.known_to:
        found.append(("Note", "The bank holidays of that year are not known yet; whoever keeps the rules adds them."))
    if not case.is_open:
        closing = one.closing
        ended = f"{ENDING[Ending(closing.how)]}, {day(closing.closed_on)}, by {closing.closed_by}"
        found.append(("Closed", f"{ended}. {closing.says}" if closing.says else ended))
    return found


def passages(case: Case) -> list[PassageRow]:
    """This function will put the passages of a case into words."""
    return [
        PassageRow(
            one.passage.pk,
            name_of(one),
            one.passage.text,
            _ruled(one),
            one.exemption.name if one.exemption else "",
            one.ruling.public_interest if one.ruling else "",
            f"Decided by {one.ruling.decided_by}, {day(one.ruling.recorded_at)}" if one.ruling else "",
        )
        for one in case.passages
    ]


def name_of(one: Decided) -> str:
    """This function will name a passage by its number and where it is from."""
    return f"Passage {one.passage.place}: {SOURCE[one.kind]}, {day(one.passage.of_day)}"


def _ruled(one: Decided) -> tuple[str, str]:
    if one.ruling is None:
        return "To be decided", YELLOW
    ruling = Ruling(one.ruling.ruling)
    colour = {Ruling.RELEASE: GREEN, Ruling.WITHHOLD: RED, Ruling.OUT_OF_SCOPE: GREY}[ruling]
    return RULING[ruling], colour


def labels(found: Sequence[Candidate]) -> list[str]:
    """This function will put what was found into words, beside its box."""
    return [f"{SOURCE[one.kind]}, {day(one.of_day)}: {_short(one.text)}" for one in found]


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHORT else f"{line[:_SHORT].rstrip()} …"


def shown(content: Mapping[str, Any], sha256: str = "") -> PackShown:
    """This function will put what is given out into words, for the page and the PDF alike."""
    about = [("Request", content["law"]), ("Received", _day(content["received"]))]
    if "cleared_on" in content:
        about.append(("Cleared to be given out", f"{_day(content['cleared_on'])}, version {content['version']}"))
    return PackShown(
        "Answer to a request for information",
        tuple(about),
        tuple(_records(content["passages"])),
        tuple((f"{one['name']} ({one['cites']})", one["says"], tuple(one["why"])) for one in content["grounds"]),
        sha256,
    )


def _records(passages: Sequence[Mapping[str, str]]) -> Iterator[RecordShown]:
    """Passages that follow each other out of one record stand together, numbered through all of them."""
    number = 1
    for heading, some in groupby(passages, lambda one: f"{one['from']}, {_day(one['day'])}"):
        told = tuple((one.get("text", ""), one.get("withheld", "")) for one in some)
        yield RecordShown(heading, number, told)
        number += len(told)


def to_print(pack: PackShown) -> dict[str, Any]:
    """This function will give what is given out as its template sets it."""
    return {
        "title": pack.title,
        "about": [list(one) for one in pack.about],
        "records": [
            {
                "heading": one.heading,
                "first": one.first,
                "passages": [{"text": text, "withheld": ground} for text, ground in one.passages],
            }
            for one in pack.records
        ],
        "grounds": [{"name": name, "says": says, "why": list(why)} for name, says, why in pack.grounds],
    }


def pack_words(case: Case, pack: DisclosurePack) -> tuple[tuple[str, str], str]:
    """This function will say whether a pack is given out, was withdrawn and why, or is replaced by a newer one."""
    if hasattr(pack, "withdrawal"):
        return ("Withdrawn", RED), pack.withdrawal.because
    if case.standing is not None and case.standing.pk == pack.pk:
        return (("Given out", GREEN) if case.is_given_out else ("Decisions changed since", YELLOW)), ""
    return ("Replaced", GREY), ""


def _day(written: str) -> str:
    return day(date.fromisoformat(written))
