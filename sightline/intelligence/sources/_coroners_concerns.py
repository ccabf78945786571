"""The layout with one report a row: its reference, date, coroner, receivers as free text, and the concerns."""

from __future__ import annotations

import hashlib
import html
import re
from collections import Counter
from dataclasses import replace
from datetime import date

from sightline.core.intelligence.duties import response_due
from sightline.core.signals import Bearing
from sightline.intake.cells import BadCell
from sightline.intake.contract import ReceivedFile
from sightline.intake.rows import Columns, Row
from sightline.intelligence.sources._addressees import addressed
from sightline.intelligence.sources._deceased import deceased
from sightline.intelligence.sources._reading import Reading, past_day
from sightline.intelligence.sources._text import narrative, one_line
from sightline.intelligence.sources.contract import NamedSubject, ReportFacts, ResponseFacts, Telling, TextParsed
from sightline.intelligence.words import Kind

SIGNS = ("id", "date", "coroner", "area", "receiver", "concerns")
_COLUMNS: Columns = {
    "address": ("url",),
    "reference": ("id",),
    "sent": ("date",),
    "coroner": ("coroner",),
    "area": ("area",),
    "receiver": ("receiver",),
    "concerns": ("concerns",),
    "category": ("judiciary_category",),
}
_OPTIONAL = {"address", "category"}
_REFERENCE = re.compile(r"[12][0-9]{3}-[0-9]{4}", re.ASCII)
_RECEIVERS = 5_000  # characters
_TAG = re.compile(r"<[^>]{0,200}>")
SHARED = "Another report in the file bears the same reference. Look which of them it is."
NOT_SAID = "The report says nothing of its concerns here. Look at the report itself."


def parse(name: str, title: str, file: ReceivedFile, at: int, today: date) -> TextParsed:
    """This function will read every report of which the row can be read."""
    reading = Reading(file)
    found: dict[str, Telling] = {}
    for row in reading.rows(file.tables[0], at, _COLUMNS, _OPTIONAL):
        telling = _one(row, today)
        if telling is None:
            continue
        if (first := found.get(_fingerprint(telling))) and replace(telling, line=first.line) == first:
            reading.join(row)
        else:
            found[_fingerprint(telling)] = telling
            reading.take(row)
    return reading.close(name, title, told_apart(list(found.values())))


def _one(row: Row, today: date) -> Telling | None:
    somebody = deceased(address=row.text("address"))
    reference = row.read("reference", read_reference)
    sent_on = past_day(row, "sent", today)
    if not row.text("sent"):
        row.fault("The date of the report is missing.", "Fill it in from the report.", "sent")
    concerns = row.read("concerns", narrative)
    coroner, area = row.read("coroner", one_line), row.read("area", one_line)
    category = row.read("category", read_category)
    receivers = row.read("receiver", _receivers)
    if not row.ok or concerns is None or receivers is None:
        return None
    sent_to = addressed(somebody.masked(receivers, even_alone=False))
    facts = ReportFacts(
        reference or "",
        coroner or "",
        area or "",
        category or "",
        sent_to.names,
        sent_on,
        response_due(sent_on) if sent_on else None,
        responses=tuple(ResponseFacts(one) for one in sent_to.names),
        withheld=sent_to.withheld,
    )
    return told(row.line, facts, somebody.masked(concerns))


def told(line: int, facts: ReportFacts, text: str) -> Telling:
    """This function will make the telling of one report; where no words came with it, it is held for a person."""
    held = "" if text else NOT_SAID
    return Telling(
        line,
        facts.reference or f"undated-{_digest(facts)}",
        tuple(NamedSubject(one) for one in facts.addressees),
        text,
        Bearing.CONCERN,
        Kind.DEATH_REPORT,
        said_on=facts.sent_on,
        report=facts,
        held=held,
    )


def told_apart(tellings: list[Telling]) -> list[Telling]:
    """This function will give reports of one reference keys of their own, and hold them for a person."""
    times = Counter(telling.key for telling in tellings)
    return [
        replace(telling, key=f"{telling.key}-{_digest(telling.report)}", held=SHARED)
        if times[telling.key] > 1 and telling.report
        else telling
        for telling in tellings
    ]


def read_reference(text: str) -> str:
    """This function will read a reference such as 2025-0123, blank where the publisher gave none."""
    stripped = text.strip()
    if stripped and not _REFERENCE.fullmatch(stripped):
        # What stands there is not shown: in a shifted row it may be somebody's name.
        raise BadCell("The reference is not written like 2025-0123.", "Take it from the report.")
    return stripped


def read_category(text: str) -> str:
    """This function will read the official categories, of which the publisher leaves marks of its page behind."""
    plain = _TAG.sub("", html.unescape(text)).replace("|", ";")
    parts = [" ".join(part.split()) for part in plain.split(";")]
    return one_line("; ".join(dict.fromkeys(part for part in parts if part)), 250)


def _receivers(text: str) -> str:
    if len(text) > _RECEIVERS:
        raise BadCell(
            f"The receivers have {len(text):,} characters; {_RECEIVERS:,} are allowed.",
            "Look for a quotation mark that is not closed.",
        )
    if not text.strip():
        raise BadCell("Nobody is named to whom the report was sent.", "Fill it in from the report.")
    return narrative(text)


def _fingerprint(telling: Telling) -> str:
    return f"{telling.key} {_digest(telling.report)}" if telling.report else telling.key


def _digest(facts: ReportFacts | None) -> str:
    """What tells a report without a reference of its own from others: never a name of who died."""
    if facts is None:
        return ""
    words = "\n".join([str(facts.sent_on), facts.coroner, facts.area, *sorted(facts.addressees)])
    return hashlib.sha256(words.casefold().encode()).hexdigest()[:12]
