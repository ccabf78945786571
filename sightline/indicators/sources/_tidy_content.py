"""Tells columns by what stands in them, where their headings are none that we know."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from sightline.intake import cells, periods
from sightline.intake.cells import BadCell

_CODE = re.compile(r"(?=.*[A-Z])[A-Z0-9][A-Z0-9-]{2,14}")
_LONG = 80  # letters on average: longer cells are sentences
_MOST = 0.9  # of the cells that are filled in


def by_content(
    header: Sequence[str], body: Sequence[Sequence[str]], chosen: Mapping[str, str]
) -> Iterator[tuple[str, str, str]]:
    """This function will give (field, heading, why) for an organisation, period or value that headings did not tell.

    Periods are looked for first: a year is a number too, and a code may look like one.
    """
    if any(map(_is_prose, _columns(header, body))):
        return  # what people wrote is no table of figures, and is not kept here to wait for a mapping
    taken = set(chosen.values())
    asked: tuple[tuple[str, Callable[[str], bool], str], ...] = (
        ("period", _is_period, "Its cells are written as periods."),
        ("organisation", lambda text: bool(_CODE.fullmatch(text)), "Its cells are written as codes."),
        ("value", _is_figure, "It is the first column of figures."),
    )
    for field, fits, why in asked:
        if field in chosen or (field == "value" and {"numerator", "denominator"} <= chosen.keys()):
            continue
        for place, heading in enumerate(header):
            column = filled(body, place)
            if heading and heading not in taken and column and _share(column, fits) >= _MOST:
                taken.add(heading)
                yield field, heading, why
                break


def filled(body: Sequence[Sequence[str]], place: int) -> list[str]:
    """This function will give the cells of a column that are not blank."""
    return [row[place] for row in body if place < len(row) and row[place]]


def _columns(header: Sequence[str], body: Sequence[Sequence[str]]) -> Iterator[list[str]]:
    return (filled(body, place) for place in range(len(header)))


def _is_prose(column: Sequence[str]) -> bool:
    return bool(column) and sum(map(len, column)) / len(column) > _LONG


def _share(column: Sequence[str], fits: Callable[[str], bool]) -> float:
    return sum(1 for text in column if fits(text)) / len(column)


def _is_period(text: str) -> bool:
    try:
        periods.period_of(text)
    except BadCell:
        return False
    return True


def _is_figure(text: str) -> bool:
    try:
        return cells.decimal(text.rstrip("%")) is not None
    except BadCell:
        return False
