"""NHS numbers in a text: ten digits with a right check digit, whatever other numbers stand beside them.

Digits are read in groups, as they are written, and groups that could belong together in windows of ten digits. A
window begins and ends where a group does, so that a year or an amount beside a number does not hide it. As one in
eleven of any ten digits has a right check digit, a window that is not written as people write these numbers must
also stand apart from its neighbours. The time grows with the length of the text and no faster: a window has at most
ten groups.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stdnum.gb import nhs

from sightline.core.intelligence.patterns import Span, digits, telephones

LENGTH, LONGEST_GAP = 10, 3
_GROUP = re.compile(r"[0-9]+")
_GAP = re.compile(r"[ ./_-]{1,3}|[ ]?\n[ ]?")  # a line may break within a number; tabs part the cells of a table
_PRINTED = (3, 3, 4)  # as on letters and cards
_USUAL = frozenset({_PRINTED, (10,), (3, 7), (6, 4)})
_ONE_MARK = frozenset(" .-/")
_TOLD = re.compile(r"(?i:nhs)[^0-9\n]{0,30}(?P<number>[0-9](?:[ .,_/-]{0,3}[0-9]){9})(?![0-9])")
_LABEL = re.compile(r"(?i)(?:nhs|no|nr|num|number|id)$")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_DAY = re.compile(r"(?:19|20)[0-9]{2}[01][0-9][0-3][0-9]|[0-3][0-9][01][0-9](?:19|20)[0-9]{2}")


@dataclass(frozen=True, slots=True)
class _Group:
    """Digits with nothing between them, and the gap before them: empty where they cannot belong to those before."""

    start: int
    end: int
    gap: str
    is_year: bool
    is_day: bool


@dataclass(frozen=True, slots=True)
class _Window:
    """Ten digits in whole groups, and the neighbours that its own gap, and no other, parts from it."""

    groups: Sequence[_Group]
    shape: tuple[int, ...]
    neighbours: Sequence[_Group]

    @property
    def span(self) -> Span:
        return self.groups[0].start, self.groups[-1].end

    @property
    def stands_apart(self) -> bool:
        """One mark throughout, no neighbour with which it would be a row of figures, and no year or day in it."""
        marks = {one.gap for one in self.groups[1:]}
        return (
            len(marks) == 1
            and marks <= _ONE_MARK
            and all(one.is_year or self._is_unlike(one) for one in self.neighbours)
            and not any(one.is_year or one.is_day for one in self.groups)
        )

    def _is_unlike(self, neighbour: _Group) -> bool:
        """Whether the number is in groups of one length, “94 34 76 59 19”, and its neighbour is of another."""
        return len(set(self.shape)) == 1 and neighbour.end - neighbour.start != self.shape[0]


def usual_numbers(text: str) -> Iterator[Span]:
    """This function will yield the NHS numbers that are written as usual or said to be ones, outside telephone numbers.

    A telephone number that only begins or ends within one is none: “141 010 0006 2024” is a number and a year.
    """
    covered = bytearray(len(text))
    for start, end in telephones(text):
        covered[start:end] = b"\x01" * (end - start)
    for start, end in [*_as_usual(text), *_as_told(text)]:
        if covered.find(0, start, end) >= 0:
            yield start, end


def other_numbers(text: str) -> Iterator[Span]:
    """This function will yield the NHS numbers that are written in unusual groups, in what nothing else claimed."""
    for window in _windows(text):
        if window.stands_apart and not _in_code(text, window) and _is_valid(text, window.span):
            yield window.span


def _as_usual(text: str) -> Iterator[Span]:
    for window in _windows(text):
        is_written_so = window.shape == _PRINTED or (window.shape in _USUAL and not _in_code(text, window))
        if is_written_so and _is_valid(text, window.span):
            yield window.span


def _as_told(text: str) -> Iterator[Span]:
    for found in _TOLD.finditer(text):
        if _is_valid(text, found.span("number")):
            yield found.span("number")


def _is_valid(text: str, span: Span) -> bool:
    return bool(nhs.is_valid(digits(text[slice(*span)])))


def _in_code(text: str, window: _Window) -> bool:
    """Whether letters stand before the first digit, as in a code or a reference, and are no label of the number."""
    start = window.groups[0].start
    before = text[max(0, start - 6) : start]
    return before[-1:].isalpha() and not _LABEL.search(before)


def _windows(text: str) -> Iterator[_Window]:
    groups = _groups(text)
    sizes = [one.end - one.start for one in groups]
    for first in range(len(groups)):
        length = 0
        for last in range(first, len(groups)):
            if length and not groups[last].gap:
                break
            length += sizes[last]
            if length == LENGTH:
                shape = tuple(sizes[first : last + 1])
                yield _Window(groups[first : last + 1], shape, _neighbours(groups, first, last))
            if length >= LENGTH:
                break


def _neighbours(groups: Sequence[_Group], first: int, last: int) -> list[_Group]:
    own = groups[last].gap if last > first else ""
    before = [groups[first - 1]] if own and groups[first].gap == own else []
    return before + [one for one in groups[last + 1 : last + 2] if own and one.gap == own]


def _groups(text: str) -> list[_Group]:
    groups: list[_Group] = []
    reached = 0
    for found in _GROUP.finditer(text):
        gap = text[reached : found.start()]
        gap = gap if groups and len(gap) <= LONGEST_GAP and _GAP.fullmatch(gap) else ""
        is_year, is_day = bool(_YEAR.fullmatch(found[0])), bool(_DAY.fullmatch(found[0]))
        groups.append(_Group(*found.span(), gap, is_year, is_day))
        reached = found.end()
    return groups
