"""What the regulator did about invented providers, in the table in which whoever keeps the record writes it down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sightline.demonstration.layout import Cell, csv_text, write_text
from sightline.demonstration.months import Calendar
from sightline.demonstration.organisations import GROUP_HOMES, PROVIDERS

HEADER: list[Cell] = ["Code", "Name", "Action", "Date", "Regulation", "Summary", "Reference"]
_NAME = {provider.code: provider.name for provider in PROVIDERS}


@dataclass(frozen=True, slots=True)
class Action:
    """One action of the regulator: months back, about whom, what it was, and why."""

    back: int
    code: str
    action: str
    regulation: str
    summary: str


ACTIONS: tuple[Action, ...] = (
    Action(2, "ZA2", "Warning notice under section 29A", "12 (safe care and treatment)",
           "The maternity service did not act on what its own reviews of incidents had found."),
    Action(5, GROUP_HOMES[0].code, "Notice of proposal to impose conditions", "12 and 18",
           "Not enough staff at night to keep residents safe from falls."),
    Action(2, GROUP_HOMES[2].code, "Warning notice", "12 (safe care and treatment)",
           "Medicines were not given as prescribed, and falls were not learned from."),
    Action(9, GROUP_HOMES[3].code, "Requirement notice", "17 (good governance)",
           "Audits were not completed since the registered manager left."),
    Action(26, "1-999000023", "Requirement notice", "17 (good governance)", "Visits were not logged."),
    Action(17, "1-999000023", "Requirement notice lifted", "17 (good governance)", "All visits are logged now."),
    Action(40, "ZB2", "Requirement notice", "18 (staffing)", "Mandatory training had lapsed for one in four staff."),
)  # fmt: skip


def write_enforcement(into: Path, calendar: Calendar) -> list[Path]:
    """This function will write every action, the oldest first."""
    rows: list[list[Cell]] = [
        [one.code, _NAME[one.code], one.action, _day(one, calendar), one.regulation, one.summary, f"DEMO-ENF-{number}"]
        for number, one in enumerate(sorted(ACTIONS, key=lambda action: -action.back), start=1)
    ]
    return [write_text(into / "intelligence" / "enforcement.csv", csv_text([HEADER, *rows]))]


def _day(one: Action, calendar: Calendar) -> str:
    return (calendar.month(one.back) + timedelta(days=16)).isoformat()
