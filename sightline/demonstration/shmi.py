"""Quarterly mortality (SHMI) of the acute trusts: each file speaks about twelve months and drifts in its header."""

from __future__ import annotations

from datetime import date
from math import sqrt
from pathlib import Path

from sightline.demonstration.layout import Cell, csv_text, write_text
from sightline.demonstration.months import MONTHS, Calendar, add_months, first_of
from sightline.demonstration.organisations import SILENT_TRUST, TRUSTS, Provider, Sector, is_open
from sightline.demonstration.stories import Chance, Course, Series, Shift, drawn

INDICATOR = "I00699"
QUARTERS = 14
# A publication of October speaks about the twelve months that ended in March.
PUBLISHED_AFTER_END = 7
FOOTER = "Copyright © {year}, Demonstration Publisher. All Rights Reserved"
OLD_HEADER: list[Cell] = [
    "INDICATOR_CODE",
    "PROVIDER",
    "PROVIDER NAME",
    "DENOMINATOR",
    "OBSERVED",
    "EXPECTED",
    "VALUE",
    "PO_LL",
    "PO_UL",
    "PO_BANDING",
    "OD_LL",
    "OD_UL",
    "OD_BANDING",
]
# Later files lost the banding by Poisson limits, and a blank in a heading became an underscore.
HEADER: list[Cell] = [
    str(name).replace("PROVIDER NAME", "PROVIDER_NAME") for name in OLD_HEADER if name != "PO_BANDING"
]
RATIOS = {
    "ZA1": Course(0.97, 0.008),
    "ZA2": Course(1.02, 0.008),
    "ZA3": Course(1.04, 0.009),
    "ZA5": Course(1.03, 0.009),
    SILENT_TRUST: Course(1.03, 0.008, (Shift(0.16, 26, 10),)),
    "ZB1": Course(0.95, 0.008),
    "ZB2": Course(1.00, 0.01),
}


def write_shmi(into: Path, calendar: Calendar, chance: Chance) -> list[Path]:
    """This function will write one file for each quarterly publication up to today, the newest two with a footer."""
    ratios = {code: drawn(course, calendar.last.month, chance.named("shmi", code)) for code, course in RATIOS.items()}
    paths = []
    for number, published in enumerate(publications(calendar.today)):
        rows = [row for trust in TRUSTS if (row := _row(trust, published, ratios, calendar)) is not None]
        if not rows:  # on a few days the oldest publication ends before the first month of the demonstration
            continue
        with_po = number >= QUARTERS - 2
        lines = [OLD_HEADER, *rows] if with_po else [HEADER, *(row[:9] + row[10:] for row in rows)]
        if number < 2:
            width = len(lines[0])
            lines += [[""] * width, [FOOTER.format(year=published.year), *[""] * (width - 1)]]
        # The table says nowhere which months it covers, so the name does.
        ended = add_months(published, -PUBLISHED_AFTER_END)
        covers = f"{add_months(ended, -11):%Y-%m}-to-{ended:%Y-%m}"
        path = into / "mortality" / f"shmi-{published.year}-{published:%B}-covers-{covers}.csv".lower()
        # The publisher's older tools wrote this one sign in the Windows encoding.
        paths.append(write_text(path, csv_text(lines, ending="\r\n"), encoding="cp1252"))
    return paths


def publications(today: date) -> list[date]:
    """This function will give the months of publication, newest first, each from its fifteenth day."""
    newest = first_of(today)
    while newest.month % 3 != 1:
        newest = add_months(newest, -1)
    if newest == first_of(today) and today.day < 15:
        newest = add_months(newest, -3)
    return [add_months(newest, -3 * number) for number in range(QUARTERS)]


def _row(trust: Provider, published: date, ratios: dict[str, Series], calendar: Calendar) -> list[Cell] | None:
    ended = add_months(published, -PUBLISHED_AFTER_END)
    back = calendar.back(ended)
    if trust.sector is not Sector.ACUTE or not 0 <= back < MONTHS:
        return None
    if not is_open(trust, back, calendar.back(calendar.merger)):
        return None
    # Activity drifts a little from one publication to the next.
    spells = trust.size * 8 + 37 * (back % 7)
    expected = round(spells * 0.032, 4)
    observed = round(expected * float(ratios[trust.code][MONTHS - 1 - back]))
    value = round(observed / expected, 4)
    narrow, wide = 1.96 / sqrt(expected), 0.115
    low, high = round(1 - wide, 4), round(1 + wide * 1.12, 4)
    return [
        INDICATOR,
        trust.code,
        trust.name.upper(),
        spells,
        observed,
        expected,
        value,
        round(1 - narrow, 4),
        round(1 + narrow, 4),
        _band(value, 1 - narrow, 1 + narrow),
        low,
        high,
        _band(value, low, high),
    ]


def _band(value: float, low: float, high: float) -> int:
    """The publisher's banding: 1 for higher than expected, 3 for lower, otherwise 2."""
    if value > high:
        return 1
    return 3 if value < low else 2
