"""Coroners' reports about invented bodies in both layouts; who died is not named, not even by an invented name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from sightline.core.intelligence.duties import response_due
from sightline.demonstration.layout import Cell, csv_text, write_text
from sightline.demonstration.months import Calendar
from sightline.demonstration.organisations import GROUP_HOMES, PROVIDERS

PAGE = "https://www.judiciary.uk/prevention-of-future-death-reports/report-{}/"
CONCERNS_HEADER: list[Cell] = ["url", "id", "date", "coroner", "area", "receiver", "concerns", "judiciary_category"]
ANSWERS_HEADER: list[Cell] = [
    "response status", "date_added", "date_of_report", "ref", "deceased_name", "coroner_name", "coroner_title",
    "coroner_area", "category", "this_report_is_being_sent_to", "no. recipients", "no. replies", "report_url", "pdf_url",
    "reply_urls", "circumstances", "concerns", "inquest", "action", "response", "legal", "replies", "year", "status",
    "sent_to", "escaped_urls",
]  # fmt: skip
_NAME = {provider.code: provider.name for provider in PROVIDERS}
_MINISTRY = "Department of Health and Social Care"
_HOSPITAL = "Hospital Death (Clinical Procedures and medical management) related deaths"


@dataclass(frozen=True, slots=True)
class Report:
    """One report: months back, to whom it was sent, in which words, and how each recipient's answer stands."""

    back: int
    receivers: tuple[str, ...]
    concerns: str
    category: str = _HOSPITAL
    area: str = "Northern Waters Coast"
    statuses: tuple[str, ...] = ()


REPORTS: tuple[Report, ...] = (
    Report(
        5,
        (_NAME["ZA2"], _MINISTRY),
        "1. The baby’s heartbeat was monitored, and nobody on the labour ward acted when it slowed.\n\n2. The midwife in "
        "charge was caring for two women in labour at once.\n\n3. A review after an earlier death had recommended a "
        "second midwife at night. I was told that the post is still vacant.",
        statuses=("overdue", "received"),
    ),
    Report(
        13,
        (_NAME["ZA2"],),
        "There was no system to call a consultant obstetrician to the maternity unit at the weekend, and staff were "
        "not trained in how to ask for help.",
        statuses=("received",),
    ),
    Report(
        7,
        (GROUP_HOMES[0].name, "Lanternlight Care Limited"),
        "The resident fell eleven times in six weeks. No falls assessment was done, and the night staff did not know "
        "that there should have been one.",
        "Care Home Health related deaths",
        statuses=("overdue", "pending"),
    ),
    Report(
        4,
        (f"{_NAME['ZA1']}, {_NAME['ZA4']}",),
        "The scan result was sent from one hospital to the other and was read by neither. There is no agreed way to "
        "hand over an urgent result between the two.",
        statuses=("pending",),
    ),
    Report(
        9,
        (_NAME["ZM2"], "NHS England"),
        "Observations on the ward were written down in advance. The patient had been restrained earlier that day and "
        "nobody had examined them afterwards.",
        "Mental Health related deaths",
        statuses=("received", "received"),
    ),
    Report(
        6,
        (_NAME["ZE1"],),
        "The ambulance took two hours and forty minutes. Nobody called back while the patient waited, although the "
        "policy asks for it.",
        "Emergency services related deaths (2019 onwards)",
        statuses=("received",),
    ),
    Report(
        30,
        (_NAME["ZA3"],),
        "The patient’s allergy stood in the paper notes and not in the electronic prescribing system.",
        statuses=("received",),
    ),
    Report(
        27,
        (_NAME["ZC2"], _NAME["ZB2"]),
        "The community nurses were not told that the patient had left hospital with a pressure ulcer.",
        "Community health care and emergency services related deaths",
        statuses=("received", "received"),
    ),
    Report(
        2,
        ("Healthcare at Marrow Vale Prison", "HM Prison and Probation Service"),
        "Medication for withdrawal was not given over a weekend because no nurse on duty could prescribe.",
        "State Custody related deaths",
        statuses=("pending", "pending"),
    ),
    Report(
        1,
        ("Marrowdale Hospital Trust", _MINISTRY),
        "There was one registrar for four wards at night. The request for a review was made three times.",
        statuses=("pending", "pending"),
    ),
)


def write_coroners(into: Path, calendar: Calendar) -> list[Path]:
    """This function will write every report in the first layout, and how answers stand in the second."""
    folder = into / "intelligence"
    concerns = [_concerns_row(number, one, calendar) for number, one in enumerate(REPORTS, start=1)]
    answers = [row for number, one in enumerate(REPORTS, start=1) for row in _answer_rows(number, one, calendar)]
    return [
        write_text(folder / "prevention-of-future-deaths.csv", csv_text([CONCERNS_HEADER, *concerns])),
        write_text(folder / "answers-to-coroners.csv", csv_text([ANSWERS_HEADER, *answers])),
    ]


def sent_on(one: Report, calendar: Calendar) -> date:
    """This function will give the day on which a report was sent."""
    return calendar.month(one.back) + timedelta(days=8 + one.back % 11)


def _reference(number: int, one: Report, calendar: Calendar) -> str:
    return f"{sent_on(one, calendar):%Y}-{9900 + number}"


def _concerns_row(number: int, one: Report, calendar: Calendar) -> list[Cell]:
    reference = _reference(number, one, calendar)
    # As in real lists, some of the addresses begin with an office.
    offices = {name: f"The Chief Executive, {name}" for name in _NAME.values() if name.endswith("Trust")}
    receivers = "; ".join(offices.get(name, name) for name in one.receivers)
    day = sent_on(one, calendar).isoformat()
    return [PAGE.format(reference), reference, day, "A. Coroner", one.area, receivers, one.concerns, one.category]


def _answer_rows(number: int, one: Report, calendar: Calendar) -> list[list[Cell]]:
    reference, sent = _reference(number, one, calendar), sent_on(one, calendar)
    stated = calendar.month(0) + timedelta(days=27)
    over = response_due(sent) < stated
    rows: list[list[Cell]] = []
    for name, status in zip(one.receivers, one.statuses, strict=True):
        shown = "received" if status == "received" else ("overdue" if over else "pending")
        values: dict[Cell, Cell] = dict.fromkeys(ANSWERS_HEADER, "")
        values |= {
            "response status": _overall(one.statuses, over=over),
            "date_added": f"{stated:%d/%m/%Y}",
            "date_of_report": f"{sent:%d/%m/%Y}",
            "ref": reference,
            "deceased_name": "Q. V.",
            "coroner_name": "A. Coroner",
            "coroner_title": "Area Coroner",
            "coroner_area": one.area,
            "category": one.category,
            "this_report_is_being_sent_to": " | ".join(one.receivers),
            "no. recipients": len(one.receivers),
            "no. replies": one.statuses.count("received"),
            "report_url": PAGE.format(reference),
            "concerns": one.concerns,
            "year": sent.year,
            "status": shown,
            "sent_to": name,
        }
        rows.append(list(values.values()))
    return rows


def _overall(statuses: tuple[str, ...], *, over: bool) -> str:
    answered = statuses.count("received")
    if answered == len(statuses):
        return "completed"
    if answered:
        return "partial"
    return "overdue" if over else "pending"
