"""Patients' comments in bulk, in the two layouts in which they are published with labels."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sightline.intake.contract import Fault, ReceivedFile
from sightline.intake.rows import headed
from sightline.intelligence.sources import _comments_critical, _comments_survey
from sightline.intelligence.sources._reading import Layout, tells_something
from sightline.intelligence.sources.contract import TextParsed

NAME = "patient_comments"
TITLE = "Patients' comments"
PUBLISHER = "NHS trusts, by way of the Patient Experience Qualitative Data project"
ADDRESS = "https://github.com/CDU-data-science-team/pxtextmining"

_LAYOUTS: tuple[Layout, ...] = (
    (_comments_survey.SIGNS, _comments_survey.parse),
    (_comments_critical.SIGNS, _comments_critical.parse),
)


def recognises(file: ReceivedFile) -> bool:
    """This function will know either layout by its headings."""
    return len(file.tables) == 1 and any(headed(file.tables[0], signs) is not None for signs, _ in _LAYOUTS)


def parse(file: ReceivedFile, today: date) -> TextParsed:
    """This function will read each comment; what it bears on is what its published sentiment says and no more."""
    table = file.tables[0]
    for signs, read in _LAYOUTS:
        at = headed(table, signs)
        if at is not None:
            return read(NAME, TITLE, file, at, today)
    return TextParsed(NAME, TITLE, faults=(Fault("The headings are not those of comments.", "Bring in another file."),))


def verify(parsed: TextParsed) -> Sequence[Fault]:
    """This function will refuse a file without comments; it prints no totals to hold them against."""
    return tells_something(parsed)
