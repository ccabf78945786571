"""Some sixty soft items in the table that a partner fills in: what was noted at visits and calls, mostly small things."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import numpy as np

from sightline.demonstration.layout import Cell, csv_text, write_text
from sightline.demonstration.months import Calendar, month_end
from sightline.demonstration.organisations import HOMES, OTHERS, PRACTICES, UNHEARD_OF, Provider, Sector
from sightline.demonstration.partners import ADVOCATES, HEALTHWATCH
from sightline.demonstration.stories import Chance
from sightline.demonstration.tales import GOOD_FIGURES
from sightline.demonstration.tales_misleading import RUMOURED, TOLD_BY_ONE

ITEMS = 60
PLACE_WITHOUT_WORDS = "Marrowdale"
HEADER: list[Cell] = [
    "About", "What", "Date heard", "Source", "How sure", "Positive or concern", "Dimension", "Who may see", "Verbal",
    "Passage for fewer", "Told by",
]  # fmt: skip
# About bodies whose story would no longer be theirs alone if anybody said more of them.
_LEFT_ALONE = frozenset({UNHEARD_OF, GOOD_FIGURES, RUMOURED, TOLD_BY_ONE, "1-999000071"})

# Words, source, dimension; the kind of care says which of them fit.
_Line = tuple[str, str, str]
_GOOD: dict[Sector, tuple[_Line, ...]] = {
    Sector.GP: (
        ("A carers’ clinic on Saturday mornings is full every week.", "healthwatch-reports", "equitable"),
        ("The practice rings everybody over 80 once in winter.", "patient-forums", "effective"),
        (
            "Patients with a learning disability get their yearly check at home if they wish.",
            "healthwatch-reports",
            "equitable",
        ),
        (
            "Letters are now written so that people understand them; the patient group helped.",
            "patient-forums",
            "caring",
        ),
        ("Reception staff have learned some sign language.", "healthwatch-reports", "equitable"),
    ),
    Sector.CARE_HOME: (
        ("Residents planned the summer party themselves, and it showed.", "healthwatch-reports", "caring"),
        ("Every resident has a page by the bed that says what matters to them.", "healthwatch-reports", "caring"),
        ("The manager invites families to look at the falls diary with her.", "complaints", "safe"),
        ("Mealtimes are unhurried, and staff eat with residents.", "healthwatch-reports", "caring"),
    ),
}
_GOOD_ANYWHERE: tuple[_Line, ...] = (
    ("People say that they were told what would happen next.", "patient-forums", "caring"),
    ("Complaints are answered by telephone within two days.", "complaints", "well-led"),
    ("The last two visits found everything in order.", "quality-groups", "safe"),
)
_BAD: dict[Sector, tuple[_Line, ...]] = {
    Sector.GP: (
        ("Two people said that test results were not passed on until they asked.", "complaints", "safe"),
        ("The online form closes at nine, and older patients cannot use it.", "healthwatch-reports", "equitable"),
        ("Prescriptions were sent to a pharmacy that closed last year.", "complaints", "safe"),
        ("The waiting room is cold, and there is nowhere to talk in private.", "patient-forums", "caring"),
    ),
    Sector.CARE_HOME: (
        ("The garden door was locked at two visits in the warm weather.", "healthwatch-reports", "caring"),
        ("Residents were in bed by six when we came.", "healthwatch-reports", "caring"),
        ("A relative says that washing goes missing every week.", "complaints", "caring"),
    ),
}
_BAD_ANYWHERE: tuple[_Line, ...] = (
    ("Somebody waited six weeks for an answer to a complaint.", "complaints", "well-led"),
    ("People with a hearing loss say that nobody faces them when speaking.", "patient-forums", "equitable"),
)
_NEITHER: tuple[_Line, ...] = (
    ("A new manager begins next month.", "quality-groups", "well-led"),
    ("The building work is to last until spring.", "quality-groups", "sustainably resourced"),
)


def write_many(into: Path, calendar: Calendar, chance: Chance) -> list[Path]:
    """This function will write the table, its dates spread over fourteen months."""
    dice = chance.named("many")
    bodies = [
        body
        for body in (*PRACTICES, *HOMES, *OTHERS)
        if body.code not in _LEFT_ALONE and body.place != PLACE_WITHOUT_WORDS and not body.brand
    ]
    rows = [_row(number, bodies[number % len(bodies)], calendar, dice) for number in range(ITEMS)]
    return [write_text(into / "intelligence" / "what-partners-told.csv", csv_text([HEADER, *rows]))]


def _row(number: int, body: Provider, calendar: Calendar, dice: np.random.Generator) -> list[Cell]:
    bearing, bank = _bank(number, body.sector)
    what, source, dimension = bank[int(dice.integers(0, len(bank)))]
    month = calendar.month(int(dice.integers(0, 14)))
    day = month + timedelta(days=int(dice.integers(0, month_end(month).day)))
    sure = ("sure", "fairly sure", "", "hunch")[int(dice.integers(0, 4))]
    giver = ("", HEALTHWATCH.code, ADVOCATES.code)[number % 3]
    fewer = "Whoever told us asked that their own part in it be known to few." if number % 20 == 7 else ""
    handling = "public" if bearing == "positive" and number % 5 == 0 else "members"
    verbal = "yes" if number % 9 == 4 else ""
    return [body.code, what, day.isoformat(), source, sure, bearing, dimension, handling, verbal, fewer, giver]


def _bank(number: int, sector: Sector) -> tuple[str, tuple[_Line, ...]]:
    """Half of what is noted is good, two in five are worries, the rest is neither."""
    match number % 10:
        case 0 | 2 | 4 | 6 | 8:
            return "positive", _GOOD.get(sector, _GOOD_ANYWHERE)
        case 9:
            return "neither", _NEITHER
        case _:
            return "concern", _BAD.get(sector, _BAD_ANYWHERE)
