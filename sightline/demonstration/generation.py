"""generate(): writes every file of the demonstration, the same for the same day and seed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from sightline.demonstration.ae import write_ae
from sightline.demonstration.areas import write_areas, write_mapping
from sightline.demonstration.cqc import write_cqc
from sightline.demonstration.months import Calendar
from sightline.demonstration.ods import write_ods
from sightline.demonstration.shmi import write_shmi
from sightline.demonstration.sickness import write_sickness
from sightline.demonstration.social_care import write_social_care
from sightline.demonstration.stories import Chance
from sightline.demonstration.tidy import write_tidy

SEED = 20260401


def generate(into: Path, today: date, seed: int = SEED) -> list[Path]:
    """This function will write the demonstration's files below a folder, in the order to bring them in."""
    calendar, chance = Calendar(today), Chance(seed)
    return [
        *write_ods(into, calendar),
        *write_areas(into, calendar),
        write_mapping(into, calendar),
        *write_cqc(into, calendar),
        *write_ae(into, calendar, chance),
        *write_sickness(into, calendar, chance),
        *write_shmi(into, calendar, chance),
        *write_social_care(into, calendar, chance),
        *write_tidy(into, calendar, chance),
    ]
