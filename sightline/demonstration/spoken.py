"""generate_words(): writes the files of words, in the order to bring them in; those of figures have their own."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from sightline.demonstration.comments import write_comments
from sightline.demonstration.coroners import write_coroners
from sightline.demonstration.enforcement import write_enforcement
from sightline.demonstration.generation import SEED
from sightline.demonstration.many import write_many
from sightline.demonstration.months import Calendar
from sightline.demonstration.stories import Chance


def generate_words(into: Path, today: date, seed: int = SEED) -> list[Path]:
    """This function will write coroners' reports, the regulator's actions, patients' comments and a table of items."""
    calendar, chance = Calendar(today), Chance(seed)
    return [
        *write_coroners(into, calendar),
        *write_enforcement(into, calendar),
        *write_comments(into, calendar, chance),
        *write_many(into, calendar, chance),
    ]
