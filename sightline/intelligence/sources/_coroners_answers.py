"""The layout with one report and recipient a row: how each answer stands, and what of the report's text is given."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sightline.core.intelligence.duties import response_due
from sightline.directory.naming import folded
from sightline.intake.cells import BadCell, count
from sightline.intake.contract import Check, ReceivedFile
from sightline.intake.rows import Columns, Row
from sightline.intelligence.sources._addressees import Addressed, addressed
from sightline.intelligence.sources._coroners_concerns import read_category, read_reference, told, told_apart
from sightline.intelligence.sources._deceased import Deceased, deceased, safe_address
from sightline.intelligence.sources._reading import Reading, day, past_day
from sightline.intelligence.sources._text import narrative, one_line
from sightline.intelligence.sources.contract import ReportFacts, ResponseFacts, Telling, TextParsed
from sightline.intelligence.words import AnswerStatus

SIGNS = ("ref", "date_of_report", "coroner_area", "sent_to", "response status")
_COLUMNS: Columns = {
    "reference": ("ref",),
    "sent": ("date_of_report",),
    "added": ("date_added",),
    "name": ("deceased_name",),
    "coroner": ("coroner_name",),
    "area": ("coroner_area",),
    "category": ("category",),
    "all": ("this_report_is_being_sent_to",),
    "recipients": ("no. recipients",),
    "address": ("report_url",),
    "replies": ("reply_urls",),
    "circumstances": ("circumstances",),
    "concerns": ("concerns",),
    "duty": ("response",),
    "overall": ("response status",),
    "status": ("status",),
    "to": ("sent_to",),
}
_OPTIONAL = {"added", "name", "coroner", "category", "all", "recipients", "address", "replies"} | {
    "circumstances", "concerns", "duty", "status"
}  # fmt: skip
_OVERALL = frozenset({"pending", "overdue", "partial", "completed"})
_STATUSES = {
    "received": AnswerStatus.ANSWERED,
    "pending": AnswerStatus.AWAITED,
    "overdue": AnswerStatus.OVERDUE,
    "": AnswerStatus.UNKNOWN,
}
_NAMELY = re.compile(
    r"namely by (?:the )?(?:\w+day,? )?(?P<day>[0-9]{1,2}(?:st|nd|rd|th)? ?(?:of )?\w{3,9},? [0-9]{4})"
)
_REPLY = re.compile(r"response[-_ ]from[-_ ](?P<who>.+?)(?:-\d)?\.pdf$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Line:
    """One row, its names already taken out: what it says of the report, and of one recipient."""

    line: int
    facts: ReportFacts
    text: str
    recipient: Addressed
    status: AnswerStatus
    addresses: tuple[str, ...]
    stated: int | None

    @property
    def report(self) -> tuple[object, ...]:
        """What tells two reports of one reference apart."""
        return (self.facts.reference, self.facts.sent_on, self.facts.coroner, self.facts.area)


def parse(name: str, title: str, file: ReceivedFile, at: int, today: date) -> TextParsed:
    """This function will read every row, and make one telling of the rows of each report."""
    reading = Reading(file)
    reports: dict[tuple[object, ...], list[_Line]] = defaultdict(list)
    for row in reading.rows(file.tables[0], at, _COLUMNS, _OPTIONAL):
        line = _one(row, today)
        if line is None:
            continue
        (reading.join if line.report in reports else reading.take)(row)
        reports[line.report].append(line)
    as_of = max((line.facts.as_of for some in reports.values() for line in some if line.facts.as_of), default=None)
    tellings = [_report(lines, as_of) for lines in reports.values()]
    reading.report.checks += [
        Check(f"Recipients of {lines[0].facts.reference}", lines[0].stated, len(lines), line=lines[0].line)
        for lines in reports.values()
        if lines[0].stated is not None
    ]
    return reading.close(name, title, told_apart(tellings))


def _one(row: Row, today: date) -> _Line | None:
    somebody = deceased(row.text("name"), row.text("address"))
    reference = row.read("reference", _must_have_reference)
    sent_on, added_on = past_day(row, "sent", today), past_day(row, "added", today)
    overall = row.read("overall", _overall)
    status = row.read("status", _status)
    coroner, area, to = (row.read(key, one_line) for key in ("coroner", "area", "to"))
    category = row.read("category", read_category)
    concerns, circumstances = row.read("concerns", narrative), row.read("circumstances", narrative)
    stated = row.read("recipients", count)
    if not row.ok or reference is None or status is None or to is None:
        return None
    if overall == "completed" and status is not AnswerStatus.ANSWERED:
        # As many answers came as there are recipients, but none was found to be this one's.
        status = AnswerStatus.UNKNOWN
    due = response_due(sent_on) if sent_on else None
    facts = ReportFacts(
        reference, coroner or "", area or "", category or "", (), sent_on, due, _later(row, due), as_of=added_on
    )
    words = _words(somebody, concerns or "", circumstances or "")
    addresses = tuple(safe_address(one, somebody) for one in row.text("replies").split("|"))
    return _Line(
        row.line,
        facts,
        words,
        addressed(somebody.masked(to, even_alone=False)),
        status,
        tuple(filter(None, addresses)),
        stated,
    )


def _report(lines: list[_Line], as_of: date | None) -> Telling:
    """One report of its rows: what any of them gives, and each recipient once."""
    first = lines[0].facts
    addresses = [address for line in lines for address in line.addresses]
    responses: dict[str, ResponseFacts] = {}
    for line in lines:
        for name in line.recipient.names:
            responses.setdefault(folded(name), ResponseFacts(name, line.status, _answer_of(name, addresses)))
    names = tuple(one.addressee for one in responses.values())
    dates: Mapping[str, date | None] = {
        key: next((found for line in lines if (found := getattr(line.facts, key))), None)
        for key in ("sent_on", "due_on", "extended_to")
    }
    facts = ReportFacts(
        first.reference,
        first.coroner,
        first.area,
        first.category,
        names,
        dates["sent_on"],
        dates["due_on"],
        dates["extended_to"],
        tuple(responses.values()),
        as_of,
        sum(line.recipient.withheld for line in lines),
    )
    return told(lines[0].line, facts, next((line.text for line in lines if line.text), ""))


def _answer_of(name: str, addresses: list[str]) -> str:
    """The web address of the one answer that bears this recipient's name; blank where that is not plain."""
    wanted = folded(name)
    found = {
        address
        for address in addresses
        if (reply := _REPLY.search(address)) and folded(reply["who"].replace("-", " ")) == wanted
    }
    return found.pop() if len(found) == 1 else ""


def _words(somebody: Deceased, concerns: str, circumstances: str) -> str:
    parts = [concerns]
    if len(circumstances) > 1:  # some rows hold a lone colon or letter of the page
        parts.append(f"Circumstances of the death, without the name:\n{circumstances}")
    return somebody.masked("\n\n".join(part for part in parts if part))


def _later(row: Row, due: date | None) -> date | None:
    """The day that the coroner names in the report, where it is later than the fifty-six days make it."""
    found = _NAMELY.search(" ".join(row.text("duty").split())[:2_000])
    if not found or due is None:
        return None
    try:
        named = day(found["day"].replace(" of ", " ").replace(",", ""))
    except BadCell:
        return None
    return named if due < named and (named - due).days < 400 else None


def _must_have_reference(text: str) -> str:
    if not text.strip():
        raise BadCell("The reference of the report is missing.", "Take it from the report.")
    return read_reference(text)


def _overall(text: str) -> str:
    stripped = text.strip().casefold()
    if stripped not in _OVERALL:
        raise BadCell("The status of the answers is not known.", f"Write one of: {', '.join(sorted(_OVERALL))}.")
    return stripped


def _status(text: str) -> AnswerStatus:
    found = _STATUSES.get(text.strip().casefold())
    if found is None:
        raise BadCell("The status of the answer is not known.", "Write received, pending or overdue.")
    return found
