"""Coroners' reports to prevent future deaths: their concerns, whom they were sent to, and how the answers stand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sightline.intake.contract import Fault, ReceivedFile
from sightline.intake.rows import headed
from sightline.intelligence.sources import _coroners_answers, _coroners_concerns
from sightline.intelligence.sources._reading import Layout, tells_something
from sightline.intelligence.sources.contract import TextParsed

NAME = "coroners_reports"
TITLE = "Coroners' reports to prevent future deaths"
PUBLISHER = "Courts and Tribunals Judiciary, by way of those who gather its pages"
ADDRESS = "https://www.judiciary.uk/prevention-of-future-death-reports/"

_LAYOUTS: tuple[Layout, ...] = (
    (_coroners_concerns.SIGNS, _coroners_concerns.parse),
    (_coroners_answers.SIGNS, _coroners_answers.parse),
)


def recognises(file: ReceivedFile) -> bool:
    """This function will know either layout by its headings: a report a row, or a report and recipient a row."""
    return len(file.tables) == 1 and any(headed(file.tables[0], signs) is not None for signs, _ in _LAYOUTS)


def parse(file: ReceivedFile, today: date) -> TextParsed:
    """This function will read reports; neither the name of who died nor an address that holds it leaves it (INT-13)."""
    table = file.tables[0]
    for signs, read in _LAYOUTS:
        at = headed(table, signs)
        if at is not None:
            return read(NAME, TITLE, file, at, today)
    return TextParsed(NAME, TITLE, faults=(Fault("The headings are not those of reports.", "Bring in another file."),))


def verify(parsed: TextParsed) -> Sequence[Fault]:
    """This function will say where fewer recipients are listed than the file states for a report."""
    return [
        *tells_something(parsed),
        *(
            Fault(
                f"{check.says}: the file says {check.stated:.0f}, and lists {check.found:.0f}.",
                "Look at the report itself before relying on the list.",
                check.line,
            )
            for check in parsed.checks
            if check.found < check.stated
        ),
    ]
