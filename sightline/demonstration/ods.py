"""Trusts and practices in the layout of the organisation service: twenty-seven columns and no header."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from sightline.demonstration.geography import REGION, authority_named
from sightline.demonstration.layout import Cell, csv_text, write_text
from sightline.demonstration.months import Calendar
from sightline.demonstration.organisations import OPTICIANS, PRACTICES, PREDECESSORS, SUCCESSOR, TRUSTS, Provider

WIDTH = 27
GOVERNMENT_OFFICE = "Z"
GENERAL_PRACTICE, OPTOMETRY = "4", "11"  # prescribing settings
FOUNDED = "20020401"


def write_ods(into: Path, calendar: Calendar) -> list[Path]:
    """This function will write the trusts' file before and after the merger, and the practices' file."""
    before = [_trust(trust, calendar, merged=False) for trust in TRUSTS if trust.code != SUCCESSOR]
    after = [_trust(trust, calendar, merged=True) for trust in TRUSTS]
    practices = [_practice(practice, number, GENERAL_PRACTICE) for number, practice in enumerate(PRACTICES)]
    # The file of practices also lists others who prescribe, opticians among them.
    practices += [_practice(shop, 90 + number, OPTOMETRY) for number, shop in enumerate(OPTICIANS)]
    folder = into / "organisations"
    return [
        write_text(folder / f"etr_{calendar.merger.year - 1}.csv", csv_text(before, quote_all=True)),
        # The newer vintage comes with the other system's line endings, as it does in life.
        write_text(folder / f"etr_{calendar.last.year}.csv", csv_text(after, quote_all=True, ending="\r\n")),
        write_text(folder / "epraccur.csv", csv_text(practices, quote_all=True)),
    ]


def _compact(day: date) -> str:
    return day.strftime("%Y%m%d")


def _base(provider: Provider, street: str, postcode_end: str) -> list[Cell]:
    place = authority_named(provider.place)
    row: list[Cell] = [""] * WIDTH
    row[0] = provider.code
    row[1] = provider.name.upper()
    row[2] = REGION.code
    row[3] = provider.system.code
    row[4] = street
    row[7] = place.name.upper()
    row[9] = f"{place.postcode} {postcode_end}"
    row[21] = "0"
    return row


def _trust(trust: Provider, calendar: Calendar, *, merged: bool) -> list[Cell]:
    row = _base(trust, "TRUST HEADQUARTERS", "9ZZ")
    row[10] = _compact(calendar.merger) if trust.code == SUCCESSOR else FOUNDED
    if merged and trust.code in PREDECESSORS:
        row[11] = _compact(calendar.merger - timedelta(days=1))
    row[23] = GOVERNMENT_OFFICE
    return row


def _practice(practice: Provider, number: int, setting: str) -> list[Cell]:
    row = _base(practice, f"{number + 1} SURGERY LANE", f"{number % 9 + 1}AA")
    sub_icb = authority_named(practice.place).sub_icb
    row[10] = "19740401"
    row[12] = "A"
    row[13] = "B"
    row[14] = sub_icb
    row[15] = "20200401"
    row[17] = f"01632 960{number:03d}"  # a range that the telephone regulator keeps for drama
    row[23] = sub_icb
    row[25] = setting
    return row
