"""Files of intelligence for tests, in the publishers' layouts, about an invented country."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sightline.core.access import Actor
from sightline.intelligence.bringing import Brought, bring
from sightline.intelligence.models import TextDelivery
from sightline.intelligence.operations import take_in_text
from sightline.intelligence.sources.many_items import COLUMNS_EXPLAINED
from tests.factories.intelligence import NOW, SYSTEM, TODAY

CONCERNS = ("url", "id", "date", "coroner", "area", "receiver", "concerns", "judiciary_category")
ANSWERS = (
    "response status", "date_added", "date_of_report", "ref", "deceased_name", "coroner_name", "coroner_area",
    "category", "no. recipients", "report_url", "reply_urls", "concerns", "status", "sent_to",
)  # fmt: skip
SURVEY = ("Comment ID", "Trust", "Date", "FFT question", "FFT answer", "Comment sentiment",
          "Person identifiable info?", "Safeguarding concerns?")  # fmt: skip
CRITICAL = ("row_index", "organization", "question", "feedback", "criticality")
ENFORCEMENT = ("Code", "Name", "Action", "Date", "Regulation", "Summary", "Reference")
ITEMS = tuple(name for name, _ in COLUMNS_EXPLAINED)
BELLS = "The bell was not answered, because of a shortage of staff at night."


def csv_bytes(headings: Sequence[str], *rows: Mapping[str, object]) -> bytes:
    """This function will write rows as a publisher does."""
    out = io.StringIO()
    writer = csv.DictWriter(out, headings, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def a_report(reference: str = "2024-0101", **cells: str) -> dict[str, str]:
    """This function will make a row of the layout with a report a row."""
    return {
        "id": reference, "date": "2024-03-01", "coroner": "A Coroner", "area": "Invented North",
        "receiver": "Lantern Hospitals NHS Trust", "concerns": BELLS, "judiciary_category": "Hospital death", **cells,
    }  # fmt: skip


def reports(*rows: Mapping[str, str]) -> bytes:
    """This function will make a file of reports."""
    return csv_bytes(CONCERNS, *(rows or (a_report(),)))


def an_answer(status: str = "pending", added: str = "10/03/2024", **cells: str) -> dict[str, str]:
    """This function will make a row of the layout with a report and recipient a row."""
    overall = {"received": "completed", "overdue": "overdue"}.get(status, "pending")
    return {
        "response status": overall, "date_added": added, "date_of_report": "01/03/2024", "ref": "2024-0101",
        "deceased_name": "Zed Nobody", "coroner_name": "A Coroner", "coroner_area": "Invented North",
        "category": "Hospital death", "status": status, "sent_to": "Lantern Hospitals NHS Trust", **cells,
    }  # fmt: skip


def answers(*rows: Mapping[str, str]) -> bytes:
    """This function will make a file of answers."""
    return csv_bytes(ANSWERS, *(rows or (an_answer(),)))


def a_comment(number: int = 1, text: str = "The wait was far too long.", **cells: str) -> dict[str, str]:
    """This function will make a row of a survey."""
    return {
        "Comment ID": str(number), "Trust": "LHT", "Date": "05/06/2025", "FFT question": "What could be better?",
        "FFT answer": text, "Comment sentiment": "4", **cells,
    }  # fmt: skip


def comments(*rows: Mapping[str, str]) -> bytes:
    """This function will make a file of a survey's comments."""
    return csv_bytes(SURVEY, *(rows or (a_comment(),)))


def undated_comments(*texts: str) -> bytes:
    """This function will make a file of comments that bear no day."""
    rows = [
        {"row_index": str(at), "organization": "LHT", "question": "Q1", "feedback": text, "criticality": "-2"}
        for at, text in enumerate(texts, 1)
    ]
    return csv_bytes(CRITICAL, *rows)


def an_action(**cells: str) -> dict[str, str]:
    """This function will make a row of the regulator's actions."""
    return {
        "Name": "Lantern Hospitals NHS Trust", "Action": "Warning notice", "Date": "2025-05-01",
        "Regulation": "12", "Summary": "Medicines were not kept safely.", "Reference": "WN-1", **cells,
    }  # fmt: skip


def actions(*rows: Mapping[str, str]) -> bytes:
    """This function will make a table of the regulator's actions."""
    return csv_bytes(ENFORCEMENT, *(rows or (an_action(),)))


def a_row(about: str, what: str = "Nobody answers the bell at night.", **cells: str) -> dict[str, str]:
    """This function will make a row of the table for many items."""
    return {"About": about, "What": what, "Date heard": "2026-01-10", "Positive or concern": "Concern", **cells}


def items(*rows: Mapping[str, str]) -> bytes:
    """This function will make a table of many items."""
    return csv_bytes(ITEMS, *rows)


def brought(content: bytes, name: str = "file.csv", today: date = TODAY) -> Brought:
    """This function will read a file as it is brought in."""
    return bring(name, content, today)


def taken_in(content: bytes, by: Actor, at: datetime = NOW, name: str = "file.csv", **more: Any) -> TextDelivery:
    """This function will take a file in, for the invented system where none is named."""
    return take_in_text(by=by, at=at, brought=brought(content, name), **{"system": SYSTEM, **more})
