"""Exact rules for one cell of a stranger's table: numbers, percentages, codes, and the marks of a missing figure."""

from __future__ import annotations

import math
import re

# What publishers write where a figure is missing. The bracketed marks are the Government Statistical Service's.
SUPPRESSED = {
    "": "not published",
    "-": "not applicable",
    "–": "not applicable",
    "*": "suppressed",
    "c": "suppressed",
    "[c]": "suppressed",
    "..": "not available",
    ":": "not available",
    "[x]": "not available",
    "[z]": "not applicable",
}

# ASCII digits only: int() and float() also accept "１２３", "1_000", "NaN" and "1e400".
_PLAIN = re.compile(r"[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?", re.ASCII)
_SCIENTIFIC = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?[eE][+-]?[0-9]{1,3}", re.ASCII)
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,31}", re.ASCII)
_MANGLED_NUMBER = re.compile(r"[0-9](?:\.[0-9]+)E\+[0-9]+", re.ASCII)
_MANGLED_DATE = re.compile(r"[0-9]{1,2}-(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)", re.ASCII | re.IGNORECASE)
_ERROR = re.compile(r"#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!|SPILL!|CALC!)")


class BadCell(ValueError):
    """A cell that breaks its rule: what is wrong with it, and how to mend it."""

    def __init__(self, says: str, mend: str) -> None:
        super().__init__(f"{says} {mend}")
        self.says = says
        self.mend = mend


def quoted(text: str) -> str:
    """This function will show a cell in an error message: cut short, in quotation marks."""
    shown = " ".join(text.split())
    return f"“{shown[:40]}…”" if len(shown) > 41 else f"“{shown}”"


def missing(text: str) -> str | None:
    """This function will say in words why a figure is absent, or None when the cell holds something."""
    return SUPPRESSED.get(text.strip().casefold())


def decimal(text: str) -> float | None:
    """This function will read a number in ASCII digits, thousands commas allowed; None for a missing figure."""
    stripped = text.strip()
    if stripped.casefold() in SUPPRESSED:
        return None
    if _PLAIN.fullmatch(stripped):
        value = float(stripped.replace(",", ""))
    elif _SCIENTIFIC.fullmatch(stripped):
        value = float(stripped)
    else:
        raise BadCell(*_not_a_number(stripped))
    if not math.isfinite(value):
        raise BadCell(f"{quoted(text)} is too large to be a figure.", "Correct the figure in the file.")
    return value


def whole(text: str) -> int | None:
    """This function will read a whole number; “12.0” counts as one, “12.5” does not."""
    value = decimal(text)
    if value is None:
        return None
    if not value.is_integer():
        raise BadCell(f"{quoted(text)} is not a whole number.", "Give a count without a fraction.")
    return int(value)


def count(text: str) -> int | None:
    """This function will read a whole number that is not below nought."""
    value = whole(text)
    if value is not None and value < 0:
        raise BadCell(f"{quoted(text)} is below nought.", "A count cannot be negative: correct the figure.")
    return value


def amount(text: str) -> float | None:
    """This function will read a number that is not below nought, fractions allowed (half patients, days)."""
    value = decimal(text)
    if value is not None and value < 0:
        raise BadCell(f"{quoted(text)} is below nought.", "This figure cannot be negative: correct it.")
    return value


def percent(text: str) -> float | None:
    """This function will read “80.00%” or “80” as 80.0, and refuse anything outside 0 to 100."""
    stripped = text.strip()
    value = decimal(stripped[:-1].rstrip() if len(stripped) > 1 and stripped.endswith("%") else stripped)
    if value is not None and not 0 <= value <= 100:
        raise BadCell(f"{quoted(text)} is not between 0% and 100%.", "Correct the percentage in the file.")
    return value


def code(text: str) -> str:
    """This function will read an organisation's code as the publisher writes it, and catch what Excel does to codes."""
    stripped = text.strip()
    if not stripped:
        raise BadCell("The organisation's code is missing.", "Fill in the code, or take the row out.")
    if _MANGLED_NUMBER.fullmatch(stripped) or _MANGLED_DATE.fullmatch(stripped):
        raise BadCell(
            f"{quoted(text)} looks like a code that Excel turned into a number or a date.",
            "Take the file from the publisher again and do not save it in Excel, or format the column as text.",
        )
    if not _CODE.fullmatch(stripped):
        raise BadCell(
            f"{quoted(text)} is not an organisation's code.", "A code has only letters, digits and hyphens: correct it."
        )
    return stripped.upper()


def _not_a_number(stripped: str) -> tuple[str, str]:
    if _ERROR.fullmatch(stripped):
        return f"{quoted(stripped)} is an error that Excel shows.", "Mend the formula and save the file again."
    if any(character.isdigit() and not character.isascii() for character in stripped):
        return (
            f"{quoted(stripped)} is written with digits other than 0 to 9.",
            "Type the figure with the digits 0 to 9.",
        )
    if stripped.casefold().lstrip("+-") in {"nan", "inf", "infinity"}:
        return f"{quoted(stripped)} is not a figure.", "Leave the cell blank where there is no figure."
    return f"{quoted(stripped)} is not a number.", "Correct the figure, or leave the cell blank where there is none."
